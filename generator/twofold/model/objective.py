"""Objectives: what the roadmap is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from twofold.model.fields import MetricId, ObjectiveId, Text, addable, public
from twofold.model.period import PeriodField
from twofold.model.record import Kind, Narrated, References, Side, listed

if TYPE_CHECKING:
    from collections.abc import Iterator


class Objective(Narrated):
    """An objective: `objectives/every-shift-charted.md`."""

    title: Annotated[Text, public("Every shift charted before it ends")]
    """What is to be true."""

    side: Annotated[Side, addable("user")]
    """Whose success it is."""

    period: Annotated[PeriodField | None, public("2026-H2")] = None
    """When it is to be reached; due at its last day."""

    parent: Annotated[ObjectiveId | None, addable("safer-wards")] = None
    """The objective that this one is part of."""

    metrics: Annotated[tuple[MetricId, ...], addable(["charting-overtime"])] = ()
    """How it is measured."""

    def references(self) -> Iterator[References]:
        """The parent and the metrics."""
        if self.parent:
            yield References(("parent",), Kind.OBJECTIVE, (self.parent,))
        yield listed("metrics", Kind.METRIC, self.metrics)
