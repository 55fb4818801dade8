"""What changed lately: what came out, what was heard, what was measured."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Kind, Status
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views import words
from twofold.views.feedback import study_ref
from twofold.views.metrics import value_of
from twofold.views.parts import Badge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from twofold.model import MetricId
    from twofold.plan import Plan

MOST_CHANGES = 8
MOST_MEASURED = 4
"""Metrics that are named for one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened on a day."""

    when: str
    kind: Badge
    """`Release`, `Feedback`, `Measured`."""

    named: tuple[tuple[Ref, str], ...]
    """The records that it is about, each with what is to be said of it; ``""`` where nothing is."""

    more: Ref | None = None
    """Where the others are, if not all are named."""


def lately(plan: Plan, *, today: date) -> tuple[Happening, ...]:
    """The latest few things that happened until today, newest first."""
    # Of one day, what came out is told before what was heard, and that before what was measured.
    found = (*_released(plan), *_heard(plan), *_measured(plan))
    past = sorted((pair for pair in found if pair[0] <= today), key=lambda pair: pair[0], reverse=True)
    return tuple(happening for _, happening in past[:MOST_CHANGES])


def _released(plan: Plan) -> Iterator[tuple[date, Happening]]:
    for id, release in sorted(plan.releases.items()):
        ref = addresses.record(plan, Kind.RELEASE, id)
        kind = Badge(text="Release", kind="status-released")
        named = ((ref, release.title or ""),)
        yield release.date.end, Happening(when=release.date.name, kind=kind, named=named)
    for item_id, item in sorted(plan.items.items()):
        if item.status is Status.RELEASED and item.release is None and item.released is not None:
            kind = Badge(text=words.STATUS[Status.RELEASED], kind="status-released")
            named = ((addresses.record(plan, Kind.ITEM, item_id), ""),)
            yield item.released, Happening(when=words.day(item.released), kind=kind, named=named)


def _heard(plan: Plan) -> Iterator[tuple[date, Happening]]:
    for id, summary in sorted(plan.summaries.items()):
        if summary.collected is not None:
            yield (
                summary.collected,
                Happening(
                    when=words.day(summary.collected),
                    kind=Badge(text="Feedback", kind="feedback"),
                    named=((study_ref(plan, id), words.count(len(summary.findings), "finding")),),
                ),
            )


def _measured(plan: Plan) -> Iterator[tuple[date, Happening]]:
    """One for each day on which something was measured: metrics are mostly measured together."""
    days: defaultdict[date, dict[MetricId, float]] = defaultdict(dict)
    for id in sorted(plan.metrics, key=lambda id: (plan.metrics[id].title.casefold(), id)):
        for seen in plan.metrics[id].by_date():
            days[seen.date][id] = seen.value
    for day, values in days.items():
        named = tuple(
            (addresses.record(plan, Kind.METRIC, id), value_of(plan.metrics[id], value))
            for id, value in values.items()
        )
        left = len(named) - MOST_MEASURED
        # A single one that is left takes no more room than to say so.
        full = left <= 1
        yield (
            day,
            Happening(
                when=words.day(day),
                kind=Badge(text="Measured", kind="measured"),
                named=named if full else named[:MOST_MEASURED],
                more=None if full else Ref(title=f"{left:,} more", address=addresses.METRICS),
            ),
        )
