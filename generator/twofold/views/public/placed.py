"""Views that a hand-written page places in its text, of what its audience reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twofold.model import Side, Status
from twofold.prose.blocks import VIEWS
from twofold.views.public.ahead import marks, stretches, upcoming
from twofold.views.public.cards import cards
from twofold.views.public.heard import heard, ranked
from twofold.views.public.metrics import figures
from twofold.views.public.objectives import aims
from twofold.views.public.people import people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.audience.published import (
        PublishedFinding,
        PublishedItem,
        PublishedMetric,
        PublishedObjective,
        PublishedPersona,
        PublishedRecord,
    )
    from twofold.plan.addresses import Ref
    from twofold.prose.blocks import Block, Place
    from twofold.views.public.ahead import NextRelease
    from twofold.views.public.filters import Marks
    from twofold.views.public.shelf import Shelf

_AHEAD = (Status.IN_PROGRESS.value, Status.PLANNED.value, Status.IDEA.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """A release in a list."""

    ref: Ref
    headline: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedView:
    """A view in the middle of a page."""

    template: str
    entries: tuple[Any, ...]
    """What the template of this view prints."""

    coming: tuple[NextRelease, ...] = ()
    """Releases that are still to come, above the entries of a timeline."""


def placed_view(shelf: Shelf, block: Block, _: Place) -> PlacedView | None:
    """Gather what a block asks for; None for a view that only the team has."""
    if not VIEWS[block.view].is_public:
        return None
    entries: Iterable[Any]
    coming: tuple[NextRelease, ...] = ()
    limit = block.limit
    match block.view:
        case "roadmap":
            entries = cards(shelf, [item for item in shelf.items if _is_wanted(shelf, item, block)])
        case "timeline":
            items = [item for item in shelf.items if _is_wanted(shelf, item, block)]
            entries, limit = stretches(shelf, of={item.id for item in items[:limit]}), None
            # What is asked for by its items says nothing of the releases that come.
            coming = () if block.wanted else upcoming(shelf)
        case "releases":
            entries = (
                ReleaseLine(ref=shelf.release_ref(one.id), headline=one.title or "", when=one.date.name)
                for one in shelf.releases
                if block.keeps({"release": [(one.id, "")]})
            )
        case "objectives":
            entries = aims(shelf, of=[one for one in shelf.plan.objectives.values() if _is_aim(one, block)])
        case "metrics":
            metrics = shelf.plan.metrics.values()
            entries = figures(shelf, of=[one for one in metrics if block.keeps(_metric(shelf, one))])
        case "personas":
            everybody = shelf.plan.personas.values()
            entries = people(shelf, of=[one for one in everybody if _is_one(one, block)])
        case _:
            findings = (one for one in ranked(shelf) if block.keeps(_finding(shelf, one)))
            entries = (heard(shelf, one) for one in findings)
    template = f"public/placed/{block.view}.html"
    return PlacedView(template=template, entries=tuple(entries)[:limit], coming=coming)


def _is_wanted(shelf: Shelf, item: PublishedItem, block: Block) -> bool:
    status = item.status.value
    release = item.release or item.additions.get("target")
    own: Marks = {
        "status": [(status, "")],
        "release": [(release, "")] if isinstance(release, str) else (),
    }
    return status in block.wanted.get("status", _AHEAD) and block.keeps({**marks(shelf, item), **own})


def _is_aim(one: PublishedObjective, block: Block) -> bool:
    return block.keeps({"objective": [(one.id, "")], "side": _sides(one), "tag": _added(one, "tags")})


def _is_one(one: PublishedPersona, block: Block) -> bool:
    return block.keeps({"persona": [(one.id, "")], "side": _sides(one), "tag": _added(one, "tags")})


def _metric(shelf: Shelf, one: PublishedMetric) -> Marks:
    objectives = shelf.plan.objectives.values()
    named = [(aim.id, "") for aim in objectives if (one.id, "") in _added(aim, "metrics")]
    return {"metric": [(one.id, "")], "objective": named, "side": _sides(one), "tag": _added(one, "tags")}


def _finding(shelf: Shelf, one: PublishedFinding) -> Marks:
    answers = shelf.by_finding.get(one.id, ())
    return {
        "theme": _added(one, "theme"),
        "objective": [(objective, "") for item in answers for objective in item.objectives],
        "tag": _added(one, "tags"),
    }


def _sides(one: PublishedRecord) -> list[tuple[str, str]]:
    found = [value for value, _ in _added(one, "side")]
    both = Side.BOTH.value in found
    return [(side.value, "") for side in (Side.CUSTOMER, Side.USER) if both or side.value in found]


def _added(one: PublishedRecord, field: str) -> list[tuple[str, str]]:
    """The texts of a field that `show:` may have added."""
    found = one.additions.get(field, ())
    values = found if isinstance(found, tuple) else (found,)
    return [(value, "") for value in values if isinstance(value, str)]
