"""Templates that are compiled once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader

from twofold.render.compiled import Compiled

if TYPE_CHECKING:
    from pathlib import Path


class Counting(Compiled):
    def __init__(self) -> None:
        super().__init__()
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
