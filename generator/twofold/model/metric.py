"""Success metrics."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from twofold.model.fields import Count, Day, Id, Number, Text, addable, never, public
from twofold.model.record import Record, Side, Strict


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Baseline(Strict):
    """Where a metric stood before."""

    date: Annotated[Day, public("2025-10-01")]
    """The day it was measured. ISO date."""

    value: Annotated[Number, public(34)]
    """In the metric's unit."""


class Target(Strict):
    """Where a metric is to be."""

    date: Annotated[Day | None, addable("2027-03-31")] = None
    """The day by which; without it, some day. ISO date."""

    value: Annotated[Number, addable(10)]
    """In the metric's unit."""


class Observation(Strict):
    """Where a metric stood on a day."""

    date: Annotated[Day, public("2026-09-30")]
    """The day it was measured. ISO date."""

    value: Annotated[Number, public(21)]
    """In the metric's unit."""

    n: Annotated[Count | None, never(380)] = None
    """How many were measured."""


class Metric(Record):
    """A metric, in a list: `metrics/success.yml`."""

    id: Annotated[Id, public("charting-overtime")]
    """Unique among all metrics."""

    title: Annotated[Text, public("Charting after the shift")]
    """What is measured."""

    side: Annotated[Side, addable("user")]
    """Whose success it is."""

    direction: Annotated[Direction, public("down")]
    """Which way is better: `up` or `down`."""

    description: Annotated[str, public("Minutes between a shift's end and its last entry.")] = ""
    """What exactly is counted. One paragraph of Markdown."""

    unit: Annotated[Text | None, public("minutes")] = None
    """The unit of every value below."""

    baseline: Annotated[Baseline | None, public({"date": "2025-10-01", "value": 34})] = None
    """Where it stood before."""

    target: Annotated[Target | None, addable({"date": "2027-03-31", "value": 10})] = None
    """Where it is to be."""

    observations: Annotated[tuple[Observation, ...], public([{"date": "2026-09-30", "value": 21}])] = ()
    """Where it stood, in any order."""

    method: Annotated[Text | None, addable("Audit log, all wards")] = None
    """How it is measured."""

    def by_date(self) -> tuple[Observation, ...]:
        """The observations, oldest first."""
        return tuple(sorted(self.observations, key=lambda seen: (seen.date, seen.value)))
