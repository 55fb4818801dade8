"""Views that a hand-written page places in its text, of what its audience reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twofold.model import Status
from twofold.views.public.ahead import marks
from twofold.views.public.cards import cards
from twofold.views.public.metrics import figures
from twofold.views.public.objectives import aims
from twofold.views.public.people import people_view

if TYPE_CHECKING:
    from twofold.audience.published import PublishedItem
    from twofold.plan.addresses import Ref
    from twofold.prose.blocks import Block
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
    """A list in the middle of a page."""

    template: str
    entries: tuple[Any, ...]
    """What the template of this view prints."""


def placed_view(shelf: Shelf, block: Block) -> PlacedView:
    """Gather what a block asks for."""
    entries: tuple[Any, ...]
    match block.view:
        case "roadmap":
            entries = cards(shelf, [item for item in shelf.items if _is_wanted(shelf, item, block)])
        case "releases":
            entries = tuple(
                ReleaseLine(ref=shelf.release_ref(one.id), headline=one.title or "", when=one.date.name)
                for one in shelf.releases
            )
        case "objectives":
            entries = aims(shelf)
        case "metrics":
            entries = figures(shelf)
        case _:
            entries = people_view(shelf).people
    return PlacedView(template=f"public/placed/{block.view}.html", entries=entries[: block.limit])


def _is_wanted(shelf: Shelf, item: PublishedItem, block: Block) -> bool:
    status = item.status.value
    return status in block.wanted.get("status", _AHEAD) and block.keeps(
        {**marks(shelf, item), "status": [(status, "")]}
    )
