"""What the templates of charts print: coordinates are texts already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.charts.geometry import fixed

if TYPE_CHECKING:
    from twofold.charts.labels import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A point in its place."""

    x: str
    y: str
    kind: str
    """A CSS suffix that also names its shape."""

    title: str
    """What is shown when the point is pointed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A text in a chart."""

    x: str
    y: str
    text: str
    anchor: str
    """SVG's `text-anchor`: `start`, `middle` or `end`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str
    kind: str = "grid"
    """A CSS suffix."""


def caption(x: float, y: float, text: str, anchor: str) -> Caption:
    """A text in its place."""
    return Caption(x=fixed(x), y=fixed(y), text=text, anchor=anchor)


def labelled(label: Label) -> Caption:
    """A label in the place that it found."""
    return caption(label.x, label.y, label.text, label.anchor)


def rule(x1: float, y1: float, x2: float, y2: float, *, kind: str = "grid") -> Rule:
    """A straight line in its place."""
    return Rule(x1=fixed(x1), y1=fixed(y1), x2=fixed(x2), y2=fixed(y2), kind=kind)
