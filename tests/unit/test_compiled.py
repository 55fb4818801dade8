"""Templates that are compiled once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader

from twofold.render.compiled import Compiled
from twofold.render.printing import Templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Counting(Compiled):
    def __init__(self, place: Path | None = None, folders: tuple[str, ...] = ()) -> None:
        super().__init__(place, folders)
        self.compiled = 0

    def dump_bytecode(self, bucket: object) -> None:
        self.compiled += 1
        super().dump_bytecode(bucket)  # type: ignore[arg-type]


def printed(folder: Path, known: Compiled, *, autoescape: bool = True) -> str:
    loader = FileSystemLoader(folder)
    environment = Environment(loader=loader, autoescape=autoescape, bytecode_cache=known)  # noqa: S701 - told apart
    return environment.get_template("page.html").render(text="<b>")


def test_a_template_is_compiled_once_for_all_environments(tmp_path: Path) -> None:
    known = Counting()
    (tmp_path / "page.html").write_text("{{ text }}")
    assert printed(tmp_path, known) == printed(tmp_path, known) == "&lt;b&gt;"
    assert known.compiled == 1


def test_a_template_with_another_text_is_another(tmp_path: Path) -> None:
    known = Counting()
    (tmp_path / "page.html").write_text("{{ text }}")
    printed(tmp_path, known)
    (tmp_path / "page.html").write_text("changed {{ text }}")
    assert printed(tmp_path, known) == "changed &lt;b&gt;"
    assert known.compiled == 2


def test_what_escapes_is_never_taken_for_what_does_not(tmp_path: Path) -> None:
    known = Counting()
    (tmp_path / "page.html").write_text("{{ text }}")
    assert printed(tmp_path, known, autoescape=False) == "<b>"
    assert printed(tmp_path, known) == "&lt;b&gt;"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where code is kept; that of `ours/page.html` is."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text("{{ text }}")
    _next_run(tmp_path, "ours", "theirs")
    return tmp_path / "code/kept"


def _next_run(root: Path, *names: str) -> int:
    """Print the pages of these folders; give how many templates were compiled for it."""
    known = Counting(root / "code/kept", (f"{root / 'ours'}/",))
    for name in names:
        assert printed(root / name, known) == "&lt;b&gt;"
    known.keep()
    return known.compiled


def test_our_templates_are_not_compiled_in_the_next_run(kept: Path) -> None:
    assert _next_run(kept.parents[1], "ours") == 0


def test_what_an_owner_has_written_is_not_kept(kept: Path) -> None:
    assert b"theirs" not in kept.read_bytes()
    assert _next_run(kept.parents[1], "theirs") == 1


def test_of_a_template_its_last_text_alone_is_kept(kept: Path) -> None:
    size = kept.stat().st_size
    for number in range(3):
        (kept.parents[1] / "ours/page.html").write_text(f"{{# {number} #}}{{{{ text }}}}")
        assert _next_run(kept.parents[1], "ours") == 1
    assert _next_run(kept.parents[1], "ours") == 0
    assert kept.stat().st_size <= size


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:-1] + b"x", lambda data: b"x" + data, lambda _: b""]
)
def test_a_damaged_file_is_passed_over_and_written_anew(kept: Path, damage: Callable[[bytes], bytes]) -> None:
    kept.write_bytes(damage(kept.read_bytes()))
    assert _next_run(kept.parents[1], "ours") == 1
    assert _next_run(kept.parents[1], "ours") == 0


def test_nothing_is_written_where_python_writes_no_code(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    _next_run(kept.parents[1], "ours")
    assert not kept.exists()


def test_a_place_that_cannot_be_written_to_does_no_harm(kept: Path) -> None:
    kept.unlink()
    kept.parent.rmdir()
    kept.parent.touch()
    assert _next_run(kept.parents[1], "ours") == 1


def test_code_that_another_compiler_has_made_is_not_taken(tmp_path: Path) -> None:
    known = Counting()
    (tmp_path / "page.html").write_text("{{ text }}")
    loader = FileSystemLoader(tmp_path)
    for kind in (Environment, Templates):
        kind(loader=loader, autoescape=True, bytecode_cache=known).get_template("page.html")
    assert known.compiled == 2
