"""A map of points: one scale across, one upwards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from twofold.charts.drawing import Caption, Dot, Rule, caption, labelled, rule
from twofold.charts.geometry import LINE, TEXT, Box, Scale, fixed, shortened, text_width
from twofold.charts.labels import Mark, place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RADIUS = 6.0

FAR = 20_000.0
"""An ellipse of this radius is a straight line, as far as the map goes."""

_SPREAD = 9.0
_CROWD = 40.0
"""Points that share a place stand apart, but no further from it than this."""

_GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of it a map has. Letters keep their size: where there is less, fewer names find a place."""

    width: int
    height: int
    label: float
    """The most that a point's name may take of the width."""

    @property
    def frame(self) -> Box:
        """Where the points are; the scales stand around it."""
        return Box(left=34, top=12, right=self.width - 12, bottom=self.height - 48)


WIDE = Room(width=880, height=540, label=220)
NARROW = Room(width=340, height=400, label=110)
"""A phone's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point of the map, most important first in a list of them."""

    id: str
    label: str
    x: float
    y: float
    kind: str
    """A CSS suffix that also names its shape: `customer`, `user` or `both`."""

    title: str
    """What is shown when the point is pointed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contour:
    """Where points are worth the same: a quarter of an ellipse about the corner where both scales are 0.

    That is what a straight line becomes where both scales are square roots.
    """

    left: str
    top: str
    width: str
    height: str
    """The part of the map above and to the right of 0, outside which nothing of it is drawn."""

    rx: str
    ry: str
    across: str
    upwards: str
    """The reach at full weight of its own side: `rx` is `across` over the root of the weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """A map, ready to be drawn."""

    id: str
    title: str
    summary: str
    """What the map shows, in words: for those who cannot see it."""

    width: int
    height: int
    rules: tuple[Rule, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Caption, ...]
    captions: tuple[Caption, ...]
    """Numbers and names of the scales, and names of the corners."""

    unlabelled: int
    """How many points found no place for their label."""

    contour: Contour | None = None


def scatter(
    spots: Sequence[Spot],
    *,
    id: str,
    title: str,
    summary: str,
    across: str,
    upwards: str,
    corners: tuple[str, str, str, str],
    steps: Sequence[float] = (1, 2, 3, 4, 5),
    steps_upwards: Sequence[float] | None = None,
    middle: float = 3,
    room: Room = WIDE,
    curve: Callable[[float], float] = float,
    contour: tuple[float, float] | None = None,
) -> Scatter:
    """Lay out a map whose two scales have these `steps`, whole numbers from low to high.

    Where `steps_upwards` is not given, both scales have the same.

    `corners` names the four quarters on the sides of `middle`: above left, above right, below left, below
    right. Where points crowd at one end of the scales, a rising `curve` such as the square root draws them
    apart. With the square root, `contour` is a value and the weight, 0 to 1, of what goes across in it: a
    line runs where points have that value.
    """
    spots = [replace(spot, x=curve(spot.x), y=curve(spot.y)) for spot in spots]
    frame = room.frame
    over = [curve(step) for step in steps]
    up = over if steps_upwards is None else [curve(step) for step in steps_upwards]
    x = _scale(over, start=frame.left, end=frame.right)
    y = _scale(up, start=frame.bottom, end=frame.top)
    placed = _apart(spots, x, y, frame)
    marks = [
        Mark(id=spot.id, text=shortened(spot.label, width=room.label), x=left, y=top, radius=RADIUS)
        for spot, (left, top) in zip(spots, placed, strict=True)
    ]
    names, taken = _corners(corners, frame)
    labels = place(marks, frame=frame, taken=taken)
    return Scatter(
        id=id,
        title=title,
        summary=summary,
        width=room.width,
        height=room.height,
        rules=(
            *(rule(place, frame.top, place, frame.bottom) for place in map(x.at, over)),
            *(rule(frame.left, place, frame.right, place) for place in map(y.at, up)),
            rule(x.at(curve(middle)), frame.top, x.at(curve(middle)), frame.bottom, kind="middle"),
            rule(frame.left, y.at(curve(middle)), frame.right, y.at(curve(middle)), kind="middle"),
        ),
        dots=tuple(
            Dot(x=fixed(mark.x), y=fixed(mark.y), kind=spot.kind, title=spot.title)
            for spot, mark in zip(spots, marks, strict=True)
        ),
        labels=tuple(labelled(label) for label in labels),
        captions=(
            *names,
            *(caption(x.at(curve(step)), frame.bottom + 16, f"{step:g}", "middle") for step in steps),
            *(
                caption(frame.left - 8, y.at(curve(step)) + 4, f"{step:g}", "end")
                for step in steps_upwards or steps
            ),
            caption(frame.right, frame.bottom + 36, f"{across} →", "end"),
            caption(frame.left, frame.bottom + 36, f"↑ {upwards}", "start"),
        ),
        unlabelled=sum(1 for mark in marks if mark.text) - len(labels),
        contour=_contour(*contour, x, y, frame) if contour else None,
    )


def _scale(steps: Sequence[float], *, start: float, end: float) -> Scale:
    # Some room on each side: what stands at the end of a scale has a place, and so has its label.
    room = (steps[-1] - steps[0]) / 8
    return Scale(low=steps[0] - room, high=steps[-1] + room, start=start, end=end)


def _contour(value: float, weight: float, x: Scale, y: Scale, frame: Box) -> Contour:
    left, bottom = x.at(0), y.at(0)
    across, upwards = x.at(sqrt(value)) - left, bottom - y.at(sqrt(value))
    return Contour(
        left=fixed(left),
        top=fixed(frame.top),
        width=fixed(frame.right - left),
        height=fixed(bottom - frame.top),
        rx=fixed(_reach(across, weight)),
        ry=fixed(_reach(upwards, 1 - weight)),
        across=fixed(across),
        upwards=fixed(upwards),
    )


def _reach(full: float, weight: float) -> float:
    # A side that counts for nothing is never reached; this is as good as straight.
    return min(full / sqrt(weight), FAR) if weight > 0 else FAR


def _apart(spots: Sequence[Spot], x: Scale, y: Scale, frame: Box) -> list[tuple[float, float]]:
    """A place for each point: those that would cover one another stand around their common place."""
    together: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index, spot in enumerate(spots):
        together[round(x.at(spot.x) / RADIUS), round(y.at(spot.y) / RADIUS)].append(index)
    places = [(0.0, 0.0)] * len(spots)
    for crowd in together.values():
        # Sunflower seeds: even distances for any number, and the first in the middle.
        spread = min(_SPREAD, _CROWD / sqrt(len(crowd)))
        for rank, index in enumerate(crowd):
            reach = spread * sqrt(rank + 0.5) if len(crowd) > 1 else 0.0
            left = x.at(spots[index].x) + reach * cos(rank * _GOLDEN)
            top = y.at(spots[index].y) + reach * sin(rank * _GOLDEN)
            places[index] = (
                min(max(left, frame.left + RADIUS), frame.right - RADIUS),
                min(max(top, frame.top + RADIUS), frame.bottom - RADIUS),
            )
    return places


def _corners(names: tuple[str, str, str, str], frame: Box) -> tuple[list[Caption], list[Box]]:
    high, low = frame.top + TEXT + 4, frame.bottom - 8
    spots = (
        (frame.left + 8, high, "start"),
        (frame.right - 8, high, "end"),
        (frame.left + 8, low, "start"),
        (frame.right - 8, low, "end"),
    )
    captions, boxes = [], []
    for name, (x, y, anchor) in zip(names, spots, strict=True):
        width = text_width(name)
        left = x if anchor == "start" else x - width
        captions.append(caption(x, y, name, anchor))
        boxes.append(Box(left=left, top=y - TEXT, right=left + width, bottom=y - TEXT + TEXT * LINE))
    return captions, boxes
