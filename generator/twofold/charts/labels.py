"""Where the labels of points go, so that none covers another, a point, or leaves the frame."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.charts.geometry import LINE, TEXT, Box, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAPS = (3.0, 9.0)
"""How far from its point a label may stand: as near as it goes, else a little further."""

_CELL = 48.0
_RIGHT, _LEFT, _MIDDLE = "start", "end", "middle"
_ANCHORS = {1: _RIGHT, -1: _LEFT, 0: _MIDDLE}
_PLACES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""Right, left, above, below, then the corners: where readers look for a label first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point that would like a label."""

    id: str
    text: str
    """Its label; ``""`` for a point that only stands in the way."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label that found its place."""

    id: str
    """Of its mark."""

    text: str
    x: float
    y: float
    """The baseline of its letters."""

    anchor: str
    """SVG's `text-anchor`."""

    box: Box
    """The room it takes."""


def place(
    marks: Sequence[Mark], *, frame: Box, taken: Iterable[Box] = (), size: float = TEXT
) -> tuple[Label, ...]:
    """Give labels to as many marks as find a place, in the order of their importance, the first first.

    A label that finds none is left out: it stands in the chart's table. No two labels overlap, none covers
    a mark or one of the boxes already `taken`, and each lies within `frame`. The same marks in the same order
    always get the same labels.
    """
    ground = _Ground()
    for box in taken:
        ground.take(box)
    for mark in marks:
        ground.take(_around(mark))
    placed: list[Label] = []
    for mark in marks:
        if not mark.text:
            continue
        fit = (spot for spot in _candidates(mark, size) if frame.holds(spot[2]) and ground.is_free(spot[2]))
        spot = next(fit, None)
        if spot is not None:
            x, anchor, box = spot
            ground.take(box)
            # Letters stand on a line about a quarter of their size above the box's lower edge.
            placed.append(Label(id=mark.id, text=mark.text, x=x, y=box.top + size, anchor=anchor, box=box))
    return tuple(placed)


class _Ground:
    """Boxes in a coarse grid: only neighbours are compared."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        overlaps, known = box.overlaps, self._cells
        for cell in _cells(box):
            # `any` would begin anew for each cell; there are hundreds of thousands.
            for other in known.get(cell, ()):
                if overlaps(other):
                    return False
        return True


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


def _around(mark: Mark) -> Box:
    return Box(
        left=mark.x - mark.radius,
        top=mark.y - mark.radius,
        right=mark.x + mark.radius,
        bottom=mark.y + mark.radius,
    )


def _candidates(mark: Mark, size: float) -> Iterator[tuple[float, str, Box]]:
    """Where a label might go, the best first: its `x`, its anchor and its box."""
    width, height = text_width(mark.text, size=size), size * LINE
    for gap in GAPS:
        for across, down in _PLACES:
            # At a corner the label may come as near as the corner of the mark's box.
            reach = mark.radius + (gap if across == 0 or down == 0 else gap / 2)
            anchor = _ANCHORS[across]
            x = mark.x + across * reach
            left = {_RIGHT: x, _LEFT: x - width, _MIDDLE: x - width / 2}[anchor]
            top = {0: mark.y - height / 2, -1: mark.y - reach - height, 1: mark.y + reach}[down]
            yield x, anchor, Box(left=left, top=top, right=left + width, bottom=top + height)
