"""Figures and texts as people read them in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from twofold.emit.text import plain
from twofold.views.figures import percent, priority, ranged, score, weeks, weight

if TYPE_CHECKING:
    from collections.abc import Callable

    Paint = Callable[[str, str], str]
    """A text and its style, `bold` or `dim`, to what is printed."""

__all__ = ["cell", "percent", "priority", "ranged", "score", "weeks", "weight"]

_CUT = "…"


def cell(text: str, width: int, *, right: bool = False) -> str:
    """A text of a record, cut or filled up to so many columns."""
    shown = plain(text)
    if cell_len(shown) > width:
        return set_cell_size(shown, width - 1) + _CUT
    gap = " " * (width - cell_len(shown))
    return f"{gap}{shown}" if right else f"{shown}{gap}"
