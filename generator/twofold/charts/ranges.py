"""Small pictures for the cells of a table: a figure within its range, and a share against its target."""

from __future__ import annotations

from dataclasses import dataclass

from twofold.charts.geometry import Scale, fixed

WIDTH = 88
"""Of the picture of a range."""

SHARE_WIDTH = 240
"""Of the picture of a share."""

_MARGIN = 5.0
_SHORTEST = 1.5
"""A range that is hardly there is still seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeMark:
    """A range as a line with its figure as a dot."""

    x1: str
    x2: str
    x: str
    """The figure's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareMark:
    """A bar in two parts, with the target and what is close enough to it."""

    split: str
    """Where the first part ends."""

    rest: str
    """The second part's width."""

    aim: str
    """The target's place."""

    near: str
    """Where what is close enough begins."""

    near_width: str


def range_mark(score: float, low: float, high: float, *, most: float) -> RangeMark:
    """Place a range on a scale from 0 to `most`, above 0."""
    scale = Scale(low=0.0, high=most, start=_MARGIN, end=WIDTH - _MARGIN)
    first, last = scale.at(low), scale.at(high)
    return RangeMark(x1=fixed(first), x2=fixed(max(last, first + _SHORTEST)), x=fixed(scale.at(score)))


def share_mark(share: float, *, target: float, tolerance: float) -> ShareMark:
    """Place a share, all three 0 to 1."""
    near = max(0.0, target - tolerance)
    width = min(1.0, target + tolerance) - near
    split = round(share * SHARE_WIDTH, 1)
    return ShareMark(
        split=fixed(split),
        rest=fixed(SHARE_WIDTH - split),
        aim=fixed(target * SHARE_WIDTH),
        near=fixed(near * SHARE_WIDTH),
        near_width=fixed(width * SHARE_WIDTH),
    )
