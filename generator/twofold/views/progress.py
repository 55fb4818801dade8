"""Whether a metric is on its way to its target."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from twofold.model import Direction

if TYPE_CHECKING:
    from datetime import date

    from twofold.model import Metric


class Standing(StrEnum):
    """Where a metric stands."""

    REACHED = "reached"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NEARER = "nearer"
    FURTHER = "further"
    UNCHANGED = "unchanged"
    UNCOMPARED = "uncompared"
    """One value, and nothing to compare it with."""

    NOT_MEASURED = "not-measured"
    NO_TARGET = "no-target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Where a metric stands, and what it was compared with."""

    standing: Standing
    expected: float | None = None
    """The value of the straight line on the day of the latest observation, where there is such a line."""


def judge(metric: Metric) -> Judged:
    """Compare the latest observation with the way from baseline to target.

    With a baseline (day b, value B) and a target (day t, value T), t after b, the value expected on day d is
    B + (T − B) · s with s = (d − b) / (t − b), held between 0 and 1: a straight line, level outside it.
    `REACHED`: the latest value is at the target or beyond, in the metric's direction. Else `ON_TRACK`: it is
    at the expected value or beyond. Else `BEHIND`.
    Where the target has no day, or there is no baseline or one that is not before the target, the line does
    not exist: then `NEARER` or `FURTHER` say whether the latest value is nearer to the target than the
    baseline, or without one than the first observation; `UNCHANGED` when it is as near.
    """
    seen = metric.by_date()
    if not seen:
        return Judged(standing=Standing.NOT_MEASURED)
    if metric.target is None:
        return Judged(standing=Standing.NO_TARGET)
    latest, target, baseline = seen[-1], metric.target, metric.baseline
    expected = _expected(metric, latest.date)
    if _at_least(latest.value, target.value, metric.direction):
        return Judged(standing=Standing.REACHED, expected=expected)
    if expected is not None:
        on_track = _at_least(latest.value, expected, metric.direction)
        return Judged(standing=Standing.ON_TRACK if on_track else Standing.BEHIND, expected=expected)
    if baseline is None and len(seen) == 1:
        return Judged(standing=Standing.UNCOMPARED)
    before = abs(target.value - (baseline.value if baseline else seen[0].value))
    now = abs(target.value - latest.value)
    if now == before:
        return Judged(standing=Standing.UNCHANGED)
    return Judged(standing=Standing.NEARER if now < before else Standing.FURTHER)


def _expected(metric: Metric, day: date) -> float | None:
    baseline, target = metric.baseline, metric.target
    if baseline is None or target is None or target.date is None or target.date <= baseline.date:
        return None
    share = (day - baseline.date).days / (target.date - baseline.date).days
    return baseline.value + (target.value - baseline.value) * min(max(share, 0.0), 1.0)


def _at_least(value: float, other: float, direction: Direction) -> bool:
    """Whether a value is as good as another. A billionth is forgiven: arithmetic is inexact."""
    slack = 1e-9 * max(abs(value), abs(other))
    return value >= other - slack if direction is Direction.UP else value <= other + slack
