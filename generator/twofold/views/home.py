"""The internal portal's home: where the plan stands, in one screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Kind, Side, Status
from twofold.plan import addresses
from twofold.views import words
from twofold.views.parts import ItemCard, item_cards

if TYPE_CHECKING:
    from datetime import date

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what it counts."""

    value: str
    label: str
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """A release in a line."""

    ref: Ref
    title: str
    when: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """All that the home page prints."""

    template = "home.html"

    title: str
    lead: str
    figures: tuple[Figure, ...]
    in_progress: tuple[ItemCard, ...]
    next_release: ReleaseLine | None
    last_release: ReleaseLine | None
    objectives: tuple[tuple[Ref, str], ...]
    """Objective, and how its items stand."""

    is_empty: bool


def home_view(plan: Plan, *, today: date) -> HomeView:
    """Gather the home page."""
    sides = [persona.side for persona in plan.personas.values()]
    customers = sum(side is not Side.USER for side in sides)
    users = sum(side is not Side.CUSTOMER for side in sides)
    open_items = [id for id, item in plan.items.items() if item.status in {Status.PLANNED, Status.IN_PROGRESS}]
    in_progress = sorted(
        (id for id, item in plan.items.items() if item.status is Status.IN_PROGRESS),
        key=lambda id: (plan.items[id].title.casefold(), id),
    )
    ahead = sorted((release for release in plan.releases.values() if release.date.end > today), key=lambda one: (one.date.end, one.id))
    behind = sorted((release for release in plan.releases.values() if release.date.end <= today), key=lambda one: (one.date.end, one.id))
    lead = (
        f"What {words.count(customers, 'customer persona')} and {words.count(users, 'user persona')} need, "
        "what we plan to do about it, and how we know that it helped."
    )
    return HomeView(
        title=plan.name,
        lead=lead,
        figures=(
            Figure(value=f"{len(open_items):,}", label="committed items", ref=addresses.Ref(title="Roadmap", address=addresses.ROADMAP)),
            Figure(value=f"{len(plan.findings):,}", label="findings", ref=addresses.Ref(title="Feedback", address=addresses.FEEDBACK)),
            Figure(value=f"{len(plan.personas):,}", label="personas", ref=addresses.Ref(title="Personas", address=addresses.PERSONAS)),
            Figure(value=f"{len(plan.metrics):,}", label="success metrics", ref=addresses.Ref(title="Metrics", address=addresses.METRICS)),
        ),
        in_progress=item_cards(plan, in_progress),
        next_release=_line(plan, ahead[0].id) if ahead else None,
        last_release=_line(plan, behind[-1].id) if behind else None,
        objectives=tuple(
            (addresses.record(plan, Kind.OBJECTIVE, id), _standing(plan, id))
            for id in sorted(plan.objectives, key=lambda id: (plan.objectives[id].title.casefold(), id))
        ),
        is_empty=not (plan.items or plan.personas or plan.findings or plan.objectives or plan.releases or plan.metrics),
    )


def _line(plan: Plan, id: str) -> ReleaseLine:  # noqa: A002 - it is the id
    release = plan.releases[id]  # type: ignore[index] # an id of this kind
    items = len(plan.naming(Kind.RELEASE, id, by=Kind.ITEM, field="release"))
    return ReleaseLine(
        ref=addresses.record(plan, Kind.RELEASE, id),
        title=release.title or "",
        when=release.date.name,
        count=words.count(items, "item"),
    )


def _standing(plan: Plan, id: str) -> str:  # noqa: A002 - it is the id
    """`3 released, 2 in progress, 1 planned`."""
    statuses = [plan.items[item].status for item in plan.naming(Kind.OBJECTIVE, id, by=Kind.ITEM, field="objectives")]  # type: ignore[index] # ids of this kind
    order = (Status.RELEASED, Status.IN_PROGRESS, Status.PLANNED, Status.IDEA)
    parts = [f"{statuses.count(status)} {words.STATUS[status].lower()}" for status in order if status in statuses]
    return ", ".join(parts) or "no items"
