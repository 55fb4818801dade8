"""Views that a hand-written page places in its text, for the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twofold.model import Horizon, Status
from twofold.views.board import marks
from twofold.views.dates import soonest
from twofold.views.metrics import metrics_view
from twofold.views.objectives import objectives_view
from twofold.views.parts import item_cards
from twofold.views.people import people_view
from twofold.views.releases import releases_view

if TYPE_CHECKING:
    from datetime import date

    from twofold.model import ItemId
    from twofold.plan import Plan
    from twofold.prose.blocks import Block

_STATUSES = (Status.IN_PROGRESS, Status.PLANNED, Status.IDEA, Status.RELEASED, Status.DECLINED)
_HORIZONS = (Horizon.NOW, Horizon.NEXT, Horizon.LATER, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedView:
    """A list in the middle of a page."""

    template: str
    entries: tuple[Any, ...]
    """What the template of this view prints."""


def placed_view(plan: Plan, block: Block, *, today: date) -> PlacedView:
    """Gather what a block asks for."""
    entries: tuple[Any, ...]
    match block.view:
        case "roadmap":
            entries = item_cards(plan, _items(plan, block))
        case "releases":
            entries = releases_view(plan, today=today).rows
        case "objectives":
            entries = objectives_view(plan).rows
        case "metrics":
            entries = tuple(line for _, _, lines in metrics_view(plan).groups for line in lines)
        case _:
            entries = tuple(card for group in people_view(plan).groups for card in group.cards)
    return PlacedView(template=f"placed/{block.view}.html", entries=entries[: block.limit])


def _items(plan: Plan, block: Block) -> list[ItemId]:
    """What is under way first, then by horizon and date."""
    wanted = block.wanted.get("status", tuple(status.value for status in _STATUSES[:3]))
    found = [
        id
        for id, item in plan.items.items()
        if item.status.value in wanted
        and block.keeps({**marks(plan, id), "status": [(item.status.value, "")]})
    ]

    def order(id: ItemId) -> tuple[object, ...]:
        item = plan.items[id]
        return (_STATUSES.index(item.status), _HORIZONS.index(item.horizon), soonest(plan, id))

    return sorted(found, key=order)
