"""A place in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A place in a file, as people count: lines and columns begin at 1."""

    path: str
    """POSIX path, relative to the folder that holds `mkdocs.yml`."""

    line: int = 1
    """Line of the first character, from 1."""

    column: int = 1
    """Column of the first character, in characters from 1."""

    length: int = 1
    """How many characters of that line are meant, at least 1."""
