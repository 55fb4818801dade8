"""A git revision is read as the disk is."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from twofold.diagnostics import Diagnostic
from twofold.source import git
from twofold.source.git_command import GitError
from twofold.source.tree import DISK

if TYPE_CHECKING:
    from pathlib import Path

    from twofold.source.tree import Tree


def commit(folder: Path) -> git.Revision:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
    exact = ("-c", "core.autocrlf=false", "-c", "core.symlinks=true")
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=x")):
        subprocess.run(["git", *identity, *exact, *arguments], cwd=folder, check=True)
    return git.revision(git.find(folder, environ=os.environ), "HEAD")


def told(tree: Tree, content: Path) -> tuple[list[str], list[str], list[str]]:
    """Files, what each says or why not, and what is wrong with the folder."""
    found, problems = tree.walk(content, shown="content")
    texts = [tree.read(file, shown="content") for file in found]
    return (
        [file.path for file in found],
        [text.message if isinstance(text, Diagnostic) else text.text for text in texts],
        sorted(f"{one.span.path}: {one.code} {one.message}" for one in problems),
    )


def test_a_revision_is_read_as_the_disk_is(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "roadmap/below").mkdir(parents=True)
    (content / ".hidden").mkdir()
    (tmp_path / "beside").mkdir()
    for name, data in {
        "content/roadmap/plain.md": b"---\ntitle: a\n---\n",
        "content/roadmap/windows.md": b"\xef\xbb\xbf---\r\ntitle: b\r\n---\r\n",
        "content/roadmap/below/ward \xc3\xbc.yml": "title: ü\n".encode(),
        "content/roadmap/below/empty.md": b"",
        "content/roadmap/wide.md": "wide".encode("utf-16"),
        "content/roadmap/large.md": b"x" * (1024 * 1024 + 1),
        "content/.hidden/secret.md": b"no",
        "content/roadmap/.draft.md": b"no",
        "content/picture.png": b"\x89PNG",
        "beside/plan.md": b"no",
    }.items():
        (tmp_path / os.fsdecode(name)).write_bytes(data)
    for name, target in {
        "content/roadmap/inside.md": "plain.md",
        "content/roadmap/twice.md": "inside.md",
        "content/roadmap/outside.md": "../../beside/plan.md",
        "content/roadmap/root.md": "/etc/passwd",
        "content/roadmap/folder": "below",
        "content/roadmap/gone.md": "nowhere.md",
    }.items():
        (tmp_path / name).symlink_to(target)
    revision = commit(tmp_path)
    files, texts, problems = told(revision, content)
    assert (files, texts, problems) == told(DISK, content)
    assert "roadmap/inside.md" in files
    assert not {"roadmap/outside.md", "roadmap/root.md", ".hidden/secret.md"} & set(files)
    assert [problem.partition(":")[0] for problem in problems] == [
        "content/roadmap/folder",
        "content/roadmap/gone.md",
        "content/roadmap/outside.md",
        "content/roadmap/root.md",
    ]
    for path in files:
        assert revision.digest(content / path) == DISK.digest(content / path)


def test_an_object_that_a_clone_has_left_out_is_told(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "roadmap").mkdir(parents=True)
    (content / "roadmap/plain.md").write_text("---\ntitle: a\n---\n", "utf-8")
    revision = commit(tmp_path)
    blob = revision.entries["content/roadmap/plain.md"].blob
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitError, match=f"git has no object {blob}; the clone may be a partial one"):
        revision.walk(content, shown="content")


def test_names_that_only_some_systems_tell_apart_collide_in_a_revision_too(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    for name in ("Same.md", "same.md"):
        (tmp_path / "content" / name).write_text("x", encoding="utf-8")
    assert told(commit(tmp_path), tmp_path / "content") == told(DISK, tmp_path / "content")


def test_a_name_cannot_be_an_option_of_git(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    repository = commit(tmp_path).repository
    for name in ("--output=leak", "-h", "HEAD:a.md", ""):
        with pytest.raises(GitError, match="git knows no revision"):
            git.revision(repository, name)
    assert not (tmp_path / "leak").exists()


def test_what_a_hook_says_of_another_repository_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    commit(tmp_path)
    environ = {**os.environ, "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere"}
    assert git.find(tmp_path, environ=environ).top == tmp_path.resolve()
