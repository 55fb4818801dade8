"""Where a file stands in the repository: what a forge's pages and annotations go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Project(Protocol):
    """Where a project's files stand."""

    @property
    def root(self) -> Path:
        """The folder of `mkdocs.yml`."""

    @property
    def content(self) -> Path:
        """The content folder."""

    @property
    def shown_content(self) -> str:
        """The content folder's POSIX path in diagnostics."""


def repository_path(project: Project, *, top: Path | None) -> Callable[[str], str]:
    """From a path in diagnostics to one from the top of the repository, POSIX; as it is where there is none.

    A portal may stand in a subfolder, and its content folder beside it.
    """
    prefix = f"{project.shown_content}/"
    beside = not project.content.is_relative_to(project.root)

    def place(path: str) -> str:
        inside = path.startswith(prefix) and beside
        file = project.content / path.removeprefix(prefix) if inside else project.root / path
        if top is None or not file.is_relative_to(top):
            return path
        return file.relative_to(top).as_posix()

    return place
