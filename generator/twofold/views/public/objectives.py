"""What the work is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Change, Status
from twofold.views.public.cards import cards, standing
from twofold.views.public.extras import added_facts
from twofold.views.public.parts import Fact, brief, facts, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.audience.published import PublishedItem, PublishedLink, PublishedObjective
    from twofold.model import ObjectiveId
    from twofold.views.public.parts import Card, Named, Text, Told
    from twofold.views.public.shelf import Shelf

MOST_DELIVERED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """An objective in a list."""

    name: Named
    when: str
    text: Text | None
    standing: str
    delivered: tuple[Named, ...]
    """What has been released towards it, the newest few; its page has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectivesView:
    """The page of all objectives."""

    template = "public/objectives.html"

    title: str
    lead: str
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveView:
    """The page of an objective."""

    template = "public/objective.html"

    title: str
    about: Text | None
    told: tuple[Told, ...]
    facts: tuple[Fact, ...]
    groups: tuple[tuple[str, str, tuple[Card, ...]], ...]
    """Anchor, heading and items."""

    links: tuple[PublishedLink, ...]


def objectives_view(shelf: Shelf) -> ObjectivesView:
    """Gather the page of all objectives."""
    return ObjectivesView(title=shelf.words.objectives, lead=shelf.words.objectives_lead, aims=aims(shelf))


def objective_view(shelf: Shelf, id: ObjectiveId) -> ObjectiveView:
    """Gather the page of an objective."""
    one = shelf.plan.objectives[id]
    items = shelf.by_objective.get(id, ())
    ahead = [item for item in items if item.status not in {Status.RELEASED, Status.DECLINED}]
    groups = (
        ("on-its-way", "On its way", cards(shelf, ahead, badges=True)),
        ("delivered", "Delivered", cards(shelf, [item for item in items if item.status is Status.RELEASED])),
        (
            "decided-against",
            "Decided against",
            cards(shelf, [item for item in items if item.status is Status.DECLINED]),
        ),
    )
    return ObjectiveView(
        title=one.title,
        about=brief(one),
        told=told(one),
        facts=facts(
            Fact(label="Period", text=one.period.name if one.period else ""),
            *added_facts(shelf, one),
        ),
        groups=tuple(group for group in groups if group[2]),
        links=one.links,
    )


def aims(shelf: Shelf, *, of: Iterable[PublishedObjective] | None = None) -> tuple[Aim, ...]:
    """Objectives, all or some, those with the most to show first."""
    objectives = shelf.plan.objectives.values() if of is None else of
    return tuple(_aim(shelf, one) for one in sorted(objectives, key=lambda one: _key(shelf, one)))


def _key(shelf: Shelf, one: PublishedObjective) -> tuple[int, str, str]:
    return (-len(shelf.by_objective.get(one.id, ())), one.title.casefold(), one.id)


def _is_delivered(item: PublishedItem) -> bool:
    # What is taken away comes in a release as well, and is no delivery to boast of.
    return item.status is Status.RELEASED and item.change not in {Change.DEPRECATED, Change.REMOVED}


def _aim(shelf: Shelf, one: PublishedObjective) -> Aim:
    items = shelf.by_objective.get(one.id, ())
    return Aim(
        name=shelf.objective(one.id),
        when=one.period.name if one.period else "",
        text=brief(one),
        standing=standing(items),
        delivered=tuple(shelf.item(item.id) for item in items if _is_delivered(item))[:MOST_DELIVERED],
    )
