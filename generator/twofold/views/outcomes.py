"""Objectives, releases and metrics: what the roadmap is for, what came of it, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import ItemId, Kind, Metric, MetricId, ObjectiveId, Release, ReleaseId, Status
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.views import words
from twofold.views.item import Story, stories
from twofold.views.parts import Badge, Fact, ItemCard, Prose, item_cards, narratives, side_badge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record in a list: its link, a badge where it has one, and what is to be known at once."""

    ref: Ref
    badge: Badge | None
    text: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page that lists the records of a kind."""

    template = "list.html"

    title: str
    lead: str
    rows: tuple[Row, ...]
    empty: str
    """What stands there when there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A release note."""

    id: str
    change: Badge | None
    stage: str
    item: Ref | None
    texts: tuple[tuple[str, str], ...]
    """Whom it is for, and what they are told."""

    availability: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """All that the page of an objective, a release or a metric prints."""

    template = "outcome.html"

    title: str
    kind: str
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    stories: tuple[Story, ...]
    internal: Prose | None
    groups: tuple[tuple[str, tuple[ItemCard, ...]], ...]
    """Heading and items."""

    notes: tuple[NoteRow, ...]
    observations: tuple[tuple[str, str, str], ...]
    """Day, value, how many were measured; oldest first."""

    refs: tuple[tuple[str, tuple[Ref, ...]], ...]
    """Heading and links: metrics, objectives, personas."""

    description: str


def objectives_view(plan: Plan) -> ListView:
    """Gather the list of objectives."""
    return ListView(
        title="Objectives",
        lead="What the roadmap is for.",
        rows=tuple(
            Row(
                ref=addresses.record(plan, Kind.OBJECTIVE, id),
                badge=side_badge(one.side),
                text=one.period.name if one.period else "",
                detail=words.count(len(plan.naming(Kind.OBJECTIVE, id, by=Kind.ITEM, field="objectives")), "item"),
            )
            for id, one in sorted(plan.objectives.items(), key=lambda pair: (pair[1].title.casefold(), pair[0]))
        ),
        empty="No objectives yet. A file in objectives/ makes one.",
    )


def releases_view(plan: Plan) -> ListView:
    """Gather the list of releases, newest first."""
    return ListView(
        title="Releases",
        lead="What was delivered, and when.",
        rows=tuple(
            Row(
                ref=addresses.record(plan, Kind.RELEASE, id),
                badge=None,
                text=release.title or "",
                detail=f"{release.date.name}, {words.count(len(_entries(plan, id)), 'item')}",
            )
            for id, release in sorted(plan.releases.items(), key=lambda pair: (pair[1].date.end, pair[0]), reverse=True)
        ),
        empty="No releases yet. A file in releases/ makes one.",
    )


def metrics_view(plan: Plan) -> ListView:
    """Gather the list of metrics."""
    return ListView(
        title="Metrics",
        lead="How we know that it helped.",
        rows=tuple(
            Row(
                ref=addresses.record(plan, Kind.METRIC, id),
                badge=side_badge(metric.side),
                text=_latest(metric),
                detail=f"target {_value(metric, metric.target.value)}" if metric.target else "no target",
            )
            for id, metric in sorted(plan.metrics.items(), key=lambda pair: (pair[1].title.casefold(), pair[0]))
        ),
        empty="No metrics yet. A list in metrics/ makes them.",
    )


def objective_view(plan: Plan, id: ObjectiveId) -> OutcomeView:  # noqa: A002 - it is the id
    """Gather an objective's page."""
    one = plan.objectives[id]
    texts = narratives(one, plan.origins[Kind.OBJECTIVE, id].document.source)
    parent = (addresses.record(plan, Kind.OBJECTIVE, one.parent),) if one.parent else ()
    children = plan.naming(Kind.OBJECTIVE, id, by=Kind.OBJECTIVE, field="parent")
    return OutcomeView(
        title=one.title,
        kind="Objective",
        badges=(side_badge(one.side),),
        facts=_facts(
            Fact(label="Period", text=one.period.name if one.period else ""),
            Fact(label="Part of", refs=parent),
            Fact(label="Published to", text=", ".join(one.publish) or "nobody: internal"),
            Fact(label="Owners", text=", ".join(one.owners)),
        ),
        stories=stories(texts),
        internal=texts.get(INTERNAL),
        groups=_by_status(plan, plan.naming(Kind.OBJECTIVE, id, by=Kind.ITEM, field="objectives")),
        notes=(),
        observations=(),
        refs=_refs(
            ("Metrics", tuple(addresses.record(plan, Kind.METRIC, metric) for metric in one.metrics)),
            ("Parts", tuple(addresses.record(plan, Kind.OBJECTIVE, child) for child in children)),
        ),
        description=f"Objective of {words.SIDE[one.side].lower()}",
    )


def release_view(plan: Plan, id: ReleaseId) -> OutcomeView:  # noqa: A002 - it is the id
    """Gather a release's page."""
    release = plan.releases[id]
    texts = narratives(release, plan.origins[Kind.RELEASE, id].document.source)
    return OutcomeView(
        title=f"{release.version}: {release.title}" if release.title else release.version,
        kind="Release",
        badges=(),
        facts=_facts(
            Fact(label="Date", text=release.date.name),
            Fact(label="Published to", text=", ".join(release.publish) or "nobody: internal"),
        ),
        stories=stories(texts),
        internal=texts.get(INTERNAL),
        groups=_by_status(plan, _entries(plan, id)),
        notes=_notes(plan, release),
        observations=(),
        refs=(),
        description=f"Release {release.version}, {release.date.name}",
    )


def metric_view(plan: Plan, id: MetricId) -> OutcomeView:  # noqa: A002 - it is the id
    """Gather a metric's page."""
    metric = plan.metrics[id]
    source = plan.origins[Kind.METRIC, id].document.source
    naming = {kind: plan.naming(Kind.METRIC, id, by=kind, field="metrics") for kind in (Kind.OBJECTIVE, Kind.PERSONA)}
    about = metric.description.strip()
    baseline, target = metric.baseline, metric.target
    return OutcomeView(
        title=metric.title,
        kind="Metric",
        badges=(side_badge(metric.side),),
        facts=_facts(
            Fact(label="Latest", text=_latest(metric)),
            Fact(label="Baseline", text=f"{_value(metric, baseline.value)}, {words.day(baseline.date)}" if baseline else ""),
            Fact(
                label="Target",
                text=_value(metric, target.value) + (f" by {words.day(target.date)}" if target.date else "") if target else "",
            ),
            Fact(label="Direction", text=words.DIRECTION[metric.direction]),
            Fact(label="Measured by", text=metric.method or ""),
            Fact(label="Published to", text=", ".join(metric.publish) or "nobody: internal"),
        ),
        stories=(),
        internal=Prose(text=about, source=source, prefix="about-") if about else None,
        groups=_by_status(plan, plan.naming(Kind.METRIC, id, by=Kind.ITEM, field="metrics")),
        notes=(),
        observations=tuple(
            (words.day(seen.date), _value(metric, seen.value), f"{seen.n:,}" if seen.n is not None else "")
            for seen in metric.by_date()
        ),
        refs=_refs(
            ("Objectives", tuple(addresses.record(plan, Kind.OBJECTIVE, one) for one in naming[Kind.OBJECTIVE])),
            ("Personas", tuple(addresses.record(plan, Kind.PERSONA, one) for one in naming[Kind.PERSONA])),
        ),
        description=f"Success metric: {metric.title}",
    )


def _entries(plan: Plan, id: str) -> tuple[str, ...]:  # noqa: A002 - it is the id
    return plan.naming(Kind.RELEASE, id, by=Kind.ITEM, field="release")


def _by_status(plan: Plan, ids: Iterable[str]) -> tuple[tuple[str, tuple[ItemCard, ...]], ...]:
    """Items under their statuses, what is under way first."""
    found = [ItemId(id) for id in ids]
    order = (Status.IN_PROGRESS, Status.PLANNED, Status.RELEASED, Status.IDEA, Status.DECLINED)
    groups = ((words.STATUS[status], [id for id in found if plan.items[id].status is status]) for status in order)
    return tuple((title, item_cards(plan, group)) for title, group in groups if group)


def _notes(plan: Plan, release: Release) -> tuple[NoteRow, ...]:
    names = {"customer": "Customers", "user": "Users", INTERNAL: "Team"}
    return tuple(
        NoteRow(
            id=f"note-{note.id}",
            change=Badge(text=words.CHANGE[note.change], kind=f"change-{note.change.value}") if note.change else None,
            stage=words.STAGE[note.stage] if note.stage else "",
            item=addresses.record(plan, Kind.ITEM, note.item) if note.item else None,
            texts=tuple((names.get(label, label.capitalize()), text) for label, text in note.texts.items()),
            availability=note.availability or "",
            action=note.action or "",
        )
        for note in release.notes
    )


def _refs(*groups: tuple[str, tuple[Ref, ...]]) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    return tuple(group for group in groups if group[1])


def _facts(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.text or fact.refs)


def _value(metric: Metric, value: float) -> str:
    unit = metric.unit or ""
    separator = "" if unit in {"%", "‰", "°"} else " "
    return f"{words.number(value)}{separator if unit else ''}{unit}"


def _latest(metric: Metric) -> str:
    seen = metric.by_date()
    return f"{_value(metric, seen[-1].value)}, {words.day(seen[-1].date)}" if seen else "not measured yet"
