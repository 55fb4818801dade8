"""Objectives: what the roadmap is for, as a tree and a page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Kind, MetricId, ObjectiveId
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.views import words
from twofold.views.metrics import MetricLine, metric_line
from twofold.views.narratives import Prose, Story, narratives, stories
from twofold.views.parts import (
    Badge,
    Fact,
    ItemGroup,
    Progress,
    by_status,
    facts,
    progress,
    side_badge,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow:
    """An objective in a list."""

    ref: Ref
    side: Badge
    period: str
    progress: Progress
    metrics: str
    """How its metrics stand, in words; ``""`` without metrics."""

    depth: int
    """How many objectives it is part of, one in another; 0 at the top, at most 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectivesView:
    """All that the list of objectives prints."""

    template = "objectives.html"

    title: str
    lead: str
    rows: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveView:
    """All that an objective's page prints."""

    template = "objective.html"

    title: str
    side: Badge
    facts: tuple[Fact, ...]
    progress: Progress
    stories: tuple[Story, ...]
    internal: Prose | None
    parts: tuple[ObjectiveRow, ...]
    metrics: tuple[MetricLine, ...]
    groups: tuple[ItemGroup, ...]
    description: str


def objectives_view(plan: Plan) -> ObjectivesView:
    """Gather the list of objectives, each under the one that it is part of."""
    return ObjectivesView(
        title="Objectives",
        lead="What the roadmap is for.",
        rows=tuple(objective_row(plan, id, depth=depth) for id, depth in tree(plan)),
    )


def objective_view(plan: Plan, id: ObjectiveId) -> ObjectiveView:
    """Gather an objective's page."""
    one = plan.objectives[id]
    texts = narratives(one, plan.origins[Kind.OBJECTIVE, id].document.source)
    items = items_of(plan, id)
    return ObjectiveView(
        title=one.title,
        side=side_badge(one.side),
        facts=facts(
            Fact(label="Period", text=one.period.name if one.period else ""),
            Fact(
                label="Part of",
                refs=(addresses.record(plan, Kind.OBJECTIVE, one.parent),) if one.parent else (),
            ),
            Fact(label="Product", text=words.product(plan, one.product)),
            Fact(label="Published to", text=words.published(one.publish)),
            Fact(label="Owners", text=", ".join(one.owners)),
            Fact(label="Review by", text=words.day(one.review_by) if one.review_by else ""),
            Fact(label="Tags", text=", ".join(one.tags)),
        ),
        progress=progress(plan, items),
        stories=stories(texts),
        internal=texts.get(INTERNAL),
        parts=tuple(objective_row(plan, child) for child in _children(plan, id)),
        metrics=tuple(metric_line(plan, metric) for metric in one.metrics),
        groups=by_status(plan, items),
        description=f"Objective of {words.SIDE[one.side].lower()}",
    )


def objective_row(plan: Plan, id: ObjectiveId, *, depth: int = 0) -> ObjectiveRow:
    """An objective in a list."""
    one = plan.objectives[id]
    return ObjectiveRow(
        ref=addresses.record(plan, Kind.OBJECTIVE, id),
        side=side_badge(one.side),
        period=words.unbroken(one.period.name) if one.period else "",
        progress=progress(plan, items_of(plan, id)),
        metrics=_standing(plan, one.metrics),
        depth=min(depth, 5),
    )


def items_of(plan: Plan, id: ObjectiveId) -> tuple[str, ...]:
    """The items that serve an objective."""
    return plan.naming(Kind.OBJECTIVE, id, by=Kind.ITEM, field="objectives")


def tree(plan: Plan) -> Iterator[tuple[ObjectiveId, int]]:
    """All objectives, each after the one that it is part of, with its depth; siblings by title."""
    tops = [id for id, one in plan.objectives.items() if one.parent is None]
    # A stack, not recursion: nothing limits how deep objectives may nest.
    waiting = [(id, 0) for id in reversed(_by_title(plan, tops))]
    while waiting:
        id, depth = waiting.pop()
        yield id, depth
        waiting.extend((child, depth + 1) for child in reversed(_children(plan, id)))


def _children(plan: Plan, id: ObjectiveId) -> list[ObjectiveId]:
    named = plan.naming(Kind.OBJECTIVE, id, by=Kind.OBJECTIVE, field="parent")
    return _by_title(plan, [ObjectiveId(child) for child in named])


def _by_title(plan: Plan, ids: list[ObjectiveId]) -> list[ObjectiveId]:
    return sorted(ids, key=lambda id: (plan.objectives[id].title.casefold(), id))


def _standing(plan: Plan, metrics: tuple[MetricId, ...]) -> str:
    """`Overtime: on track; Entries charted: behind`."""
    lines = [metric_line(plan, metric) for metric in metrics]
    return "; ".join(f"{line.ref.title}: {line.standing.text.lower()}" for line in lines)
