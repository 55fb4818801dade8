"""The content folder is read, nothing outside it, and nothing that is no file."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twofold.diagnostics import Diagnostic
from twofold.source import files
from twofold.source.files import Found, Text
from twofold.source.limits import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def _walk(folder: Path) -> tuple[list[str], list[str]]:
    found, problems = files.walk(folder, shown="content")
    return [file.path for file in found], sorted(
        f"{problem.code} {problem.span.path}" for problem in problems
    )


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", "a.md", "a/b/c.md", "a-b.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert _walk(tmp_path) == (["a-b.md", "a.md", "a/b/c.md", "a/z.md", "b.md"], [])


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.md").touch()
    (tmp_path / ".a.md").touch()
    assert _walk(tmp_path) == ([], [])


def test_a_link_inside_the_folder_is_read_and_one_that_leads_out_is_not(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "content-secret").mkdir()
    (tmp_path / "content-secret" / "x.md").write_text("secret", encoding="utf-8")
    (content / "a.md").write_text("text", encoding="utf-8")
    (content / "b.md").symlink_to("a.md")
    # The name of the folder begins as the content folder's does.
    (content / "c.md").symlink_to("../content-secret/x.md")
    (content / "d.md").symlink_to(content / "gone.md")
    assert _walk(content) == (["a.md", "b.md"], ["TF001 content/d.md", "TF007 content/c.md"])


def test_a_content_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").touch()
    (tmp_path / "real" / "b.md").symlink_to("a.md")
    (tmp_path / "content").symlink_to("real")
    assert _walk(tmp_path / "content") == (["a.md", "b.md"], [])


def test_a_linked_folder_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(".")
    assert _walk(tmp_path) == ([], ["TF007 content/round"])


def test_pipes_and_sockets_are_named_and_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    monkeypatch.chdir(tmp_path)  # A socket's path may not be long.
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        paths, problems = _walk(tmp_path)
    assert (paths, problems) == ([], ["TF001 content/pipe.md", "TF001 content/socket.md"])


def test_a_file_that_becomes_a_pipe_after_the_walk_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    found = files.read(Found(path="a.md", location=str(tmp_path / "a.md")), shown="content")
    assert isinstance(found, Diagnostic)
    assert "not a regular file" in found.message


def test_a_file_that_becomes_a_link_after_the_walk_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("/etc/passwd")
    found = files.read(Found(path="a.md", location=str(tmp_path / "a.md")), shown="content")
    assert isinstance(found, Diagnostic)
    assert found.code == "TF001"


def test_a_file_that_is_gone_after_the_walk_is_a_diagnostic(tmp_path: Path) -> None:
    found = files.read(Found(path="a.md", location=str(tmp_path / "a.md")), shown="content")
    assert isinstance(found, Diagnostic)
    assert (found.code, found.span.path) == ("TF001", "content/a.md")


@pytest.mark.parametrize("size", [0, 1, 100, MAX_BYTES - 1, MAX_BYTES])
def test_a_file_up_to_the_limit_is_read_whole(size: int, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * size)
    found = files.read(Found(path="a.md", location=str(tmp_path / "a.md")), shown="content")
    assert found == Text(path="content/a.md", text="x" * size)


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 2 * MAX_BYTES, 9 * MAX_BYTES])
def test_a_file_beyond_the_limit_is_refused(size: int, tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(size)
    found = files.read(Found(path="a.md", location=str(tmp_path / "a.md")), shown="content")
    assert isinstance(found, Diagnostic)
    assert found.code == "TF008"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(ends: str, mark: str) -> None:
    raw = (mark + ends.join(["a", "ü", "", "b"])).encode()
    assert files.decode(raw, path="a.md") == Text(path="a.md", text="a\nü\n\nb")


@pytest.mark.parametrize(
    ("raw", "place", "part"),
    [
        (b"a\nb\xe4", (2, 2), "0xE4"),
        ("ü".encode() + b"\xff", (1, 2), "0xFF"),
        (b"\xef\xbb\xbfa\xff", (1, 2), "0xFF"),
        (b"ab\n\0", (2, 1), "NUL"),
        ("text".encode("utf-16-le"), (1, 2), "UTF-16"),
        ("text".encode("utf-16"), (1, 1), "UTF-16"),
        ("text".encode("utf-32"), (1, 1), "UTF-32"),
        (b"\xed\xa0\x80", (1, 1), "0xED"),
    ],
)
def test_what_is_not_utf_8_is_refused_where_it_stands(raw: bytes, place: tuple[int, int], part: str) -> None:
    found = files.decode(raw, path="a.md")
    assert isinstance(found, Diagnostic)
    assert (found.code, (found.span.line, found.span.column)) == ("TF001", place)
    assert part in found.message


@given(st.binary())
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
def test_any_bytes_are_a_text_or_a_diagnostic(raw: bytes) -> None:
    found = files.decode(raw, path="a.md")
    if isinstance(found, Text):
        assert "\r" not in found.text
        assert "\0" not in found.text
        assert found.text.encode() in {raw, *_ends(raw)}
    else:
        assert found.span.line <= raw.count(b"\n") + 1


def _ends(raw: bytes) -> set[bytes]:
    bare = raw.removeprefix(b"\xef\xbb\xbf")
    return {bare, bare.replace(b"\r\n", b"\n").replace(b"\r", b"\n")}


def test_names_that_other_systems_take_for_one_collide(tmp_path: Path) -> None:
    for name in ("Straße.md", "STRASSE.md", "caf\u00e9.md", "cafe\u0301.md", "other.md"):
        (tmp_path / name).touch()
    _, problems = files.walk(tmp_path, shown="content")
    assert [(problem.code, problem.span.path) for problem in problems] == [
        ("TF009", "content/Straße.md"),
        ("TF009", "content/caf\u00e9.md"),
    ]
