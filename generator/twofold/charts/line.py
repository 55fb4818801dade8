"""A value over time: what was observed, and the straight way from where it stood to where it is to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from twofold.charts.drawing import Caption, Dot, Rule, labelled, rule
from twofold.charts.geometry import Box, Scale, fixed, shortened, text_width, ticks
from twofold.charts.labels import Mark, place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = 720, 320
TOP, BOTTOM, RIGHT = 16.0, 276.0, 700.0
RADIUS = 4.0
LABEL_WIDTH = 140.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
"""Months between two marks of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A value on a day."""

    day: date
    value: float
    label: str
    """The value as people write it."""

    title: str
    """What is shown when the point is pointed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where the value is to be; without a day, some day."""

    day: date | None
    value: float
    label: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line chart, ready to be drawn."""

    id: str
    title: str
    summary: str
    width: int
    height: int
    rules: tuple[Rule, ...]
    way: Rule | None
    """The straight line to the goal."""

    path: str
    """SVG path through the observations; ``""`` for fewer than two."""

    dots: tuple[Dot, ...]
    labels: tuple[Caption, ...]
    captions: tuple[Caption, ...]


def line(
    seen: Sequence[Seen],
    *,
    start: Seen | None,
    goal: Goal | None,
    id: str,
    title: str,
    summary: str,
    written: Callable[[float], str],
) -> Line:
    """Lay out a line chart of observations, oldest first, at least one of `seen` and `start`.

    `start` is where the value stood before, `written` writes a number of the scale.
    """
    frame, x, y, rules, captions = _axes(seen, start, goal, written)
    marks: list[Mark] = []
    dots: list[Dot] = []

    def dot(point: Seen | Goal, left: float, *, name: str, kind: str) -> None:
        top = y.at(point.value)
        marks.append(
            Mark(
                id=str(len(marks)),
                text=shortened(point.label, width=LABEL_WIDTH),
                x=left,
                y=top,
                radius=RADIUS + 1,
            )
        )
        dots.append(Dot(x=fixed(left), y=fixed(top), kind=kind, title=f"{name}: {point.title}"))

    way = None
    if goal is not None:
        left = x.at(goal.day.toordinal()) if goal.day else frame.right - RADIUS - 1
        dot(goal, left, name="Target", kind="target")
        if start is None or goal.day is None or goal.day <= start.day:
            # Without both days there is no way to compare with, only a height to reach.
            way = rule(frame.left, y.at(goal.value), frame.right, y.at(goal.value), kind="way")
        else:
            way = rule(x.at(start.day.toordinal()), y.at(start.value), left, y.at(goal.value), kind="way")
    if seen:
        dot(seen[-1], x.at(seen[-1].day.toordinal()), name="Latest", kind="seen")
    if start is not None:
        dot(start, x.at(start.day.toordinal()), name="Baseline", kind="baseline")
    for point in reversed(seen[:-1]):
        dot(point, x.at(point.day.toordinal()), name="Observed", kind="seen")
    steps = [(x.at(point.day.toordinal()), y.at(point.value)) for point in seen]
    labels = place(marks, frame=frame, taken=_beside(steps))
    return Line(
        id=id,
        title=title,
        summary=summary,
        width=WIDTH,
        height=HEIGHT,
        rules=tuple(rules),
        way=way,
        path="M" + "L".join(f"{fixed(left)} {fixed(top)}" for left, top in steps) if len(steps) > 1 else "",
        dots=tuple(dots),
        labels=tuple(labelled(label) for label in labels),
        captions=tuple(captions),
    )


def _axes(
    seen: Sequence[Seen], start: Seen | None, goal: Goal | None, written: Callable[[float], str]
) -> tuple[Box, Scale, Scale, list[Rule], list[Caption]]:
    points = [*seen, *([start] if start else [])]
    values = [point.value for point in points] + ([goal.value] if goal else [])
    days = [point.day.toordinal() for point in points] + ([goal.day.toordinal()] if goal and goal.day else [])
    low, high = min(values), max(values)
    if low == high:
        room = abs(low) * 0.1 or 1.0
        low, high = low - room, high + room
    marks = ticks(low, high, most=5)
    if len(marks) < 2:
        marks = (low, high)
    names = [written(mark) for mark in marks]
    first, last = min(days), max(days)
    if last - first < 60:
        # Two months at least, so that a lone value has a scale.
        first, last = max(first - 30, 1), min(last + 30, date.max.toordinal())
    # The scale's own numbers may be long; the drawing begins where they end.
    left = min(8 + max(text_width(name) for name in names) + 8, WIDTH / 3)
    frame = Box(left=left, top=TOP, right=RIGHT, bottom=BOTTOM)
    x = Scale(low=first, high=last, start=frame.left + 14, end=frame.right - 14)
    y = Scale(low=marks[0], high=marks[-1], start=frame.bottom, end=frame.top)
    rules, captions = [], []
    for mark, name in zip(marks, names, strict=True):
        rules.append(rule(frame.left, y.at(mark), frame.right, y.at(mark)))
        captions.append(Caption(x=fixed(frame.left - 8), y=fixed(y.at(mark) + 4), text=name, anchor="end"))
    for day, name in months(first, last, most=8):
        rules.append(rule(x.at(day), frame.bottom, x.at(day), frame.bottom + 5))
        captions.append(Caption(x=fixed(x.at(day)), y=fixed(frame.bottom + 20), text=name, anchor="middle"))
    return frame, x, y, rules, captions


def months(first: int, last: int, *, most: int) -> list[tuple[int, str]]:
    """The first days of months between two days (as ordinals), at most `most`, with their names."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    from_month = begin.year * 12 + begin.month - 1 + (begin.day > 1)
    to_month = end.year * 12 + end.month - 1
    step = next((step for step in _STEPS if (to_month - from_month) // step < most), 12_000)
    found = []
    for month in range(-(-from_month // step) * step, to_month + 1, step):
        year, index = divmod(month, 12)
        name = str(year) if step % 12 == 0 else f"{_MONTHS[index]} {year}"
        found.append((date(year, index + 1, 1).toordinal(), name))
    return found


def _beside(steps: Sequence[tuple[float, float]]) -> list[Box]:
    """Small boxes along the line through the observations, so that no label covers it."""
    boxes = []
    for (left, top), (right, bottom) in pairwise(steps):
        pieces = max(1, round((abs(right - left) + abs(bottom - top)) / 8))
        for piece in range(pieces + 1):
            share = piece / pieces
            x, y = left + share * (right - left), top + share * (bottom - top)
            boxes.append(Box(left=x - 2, top=y - 2, right=x + 2, bottom=y + 2))
    return boxes
