"""What is on its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from twofold.model import Horizon, Status
from twofold.views.public import wording
from twofold.views.public.cards import cards
from twofold.views.public.filters import filters, written
from twofold.views.public.parts import brief

if TYPE_CHECKING:
    from collections.abc import Collection

    from twofold.audience.published import PublishedItem
    from twofold.model import ItemId
    from twofold.plan.addresses import Ref
    from twofold.views.public.filters import Filter, Marks
    from twofold.views.public.parts import Card, Text
    from twofold.views.public.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What comes at one time."""

    anchor: str
    title: str
    """``""`` where there is only one."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRelease:
    """A release that is still to come."""

    ref: Ref
    headline: str
    when: str
    text: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadView:
    """The page of what is on its way."""

    template = "public/ahead.html"

    title: str
    lead: str
    releases: tuple[NextRelease, ...]
    stretches: tuple[Stretch, ...]
    filters: tuple[Filter, ...]


def ahead_view(shelf: Shelf) -> AheadView:
    """Gather the page of what is on its way."""
    return AheadView(
        title=shelf.words.roadmap,
        lead=shelf.words.roadmap_lead,
        releases=upcoming(shelf),
        stretches=stretches(shelf),
        filters=filters(marks(shelf, item) for item in open_items(shelf)),
    )


def open_items(shelf: Shelf) -> list[PublishedItem]:
    """Items that are not released yet, those under way first."""
    return [item for one in _by_time(shelf).values() for item in one]


def upcoming(shelf: Shelf) -> tuple[NextRelease, ...]:
    """Releases that are still to come, the next one first."""
    return tuple(
        NextRelease(
            ref=shelf.release_ref(release.id),
            headline=release.title or "",
            when=release.date.name,
            text=brief(release),
        )
        for release in reversed(shelf.releases)
        if release.id not in shelf.out
    )


def stretches(shelf: Shelf, *, of: Collection[ItemId] | None = None) -> tuple[Stretch, ...]:
    """Open items by when they come: all, or those `of` a collection."""
    times = {
        name: [item for item in items if of is None or item.id in of]
        for name, items in _by_time(shelf).items()
    }
    found = [(name, items) for name, items in times.items() if items]
    return tuple(
        Stretch(
            anchor=name.lower().replace(" ", "-"),
            title=name if len(found) > 1 else "",
            cards=tuple(
                replace(card, has=written(marks(shelf, item)))
                for card, item in zip(cards(shelf, items), items, strict=True)
            ),
        )
        for name, items in found
    )


def _by_time(shelf: Shelf) -> dict[str, list[PublishedItem]]:
    times: dict[str, list[PublishedItem]] = {
        "Now": [],
        "Next": [],
        "Later": [],
        "Ideas": [],
        "Decided against": [],
    }
    for item in shelf.items:
        match item.status:
            case Status.RELEASED:
                continue
            case Status.DECLINED:
                times["Decided against"].append(item)
            case Status.IDEA:
                times["Ideas"].append(item)
            case Status.IN_PROGRESS:
                times["Now"].append(item)
            case Status.PLANNED:
                times[_TIMES[item.horizon]].append(item)
    return times


def marks(shelf: Shelf, item: PublishedItem) -> Marks:
    """What the page can be narrowed down by: fields that the audience reads, and nothing else."""
    plan = shelf.plan
    horizon = Horizon.NOW if item.status is Status.IN_PROGRESS else item.horizon
    return {
        "horizon": [(horizon.value, wording.HORIZON[horizon])] if horizon else (),
        "objective": [(one, plan.objectives[one].title) for one in item.objectives],
        "persona": [
            (one, plan.personas[one].name) for one in _added(item, "personas") if one in plan.personas
        ],
        "tag": [(one, one) for one in _added(item, "tags")],
    }


def _added(item: PublishedItem, field: str) -> tuple[Any, ...]:
    """The texts of a field that `show:` may have added."""
    found = item.additions.get(field, ())
    return found if isinstance(found, tuple) else ()


_TIMES = {Horizon.NOW: "Now", Horizon.NEXT: "Next", Horizon.LATER: "Later", None: "Later"}
