"""The roadmap as a board: what is in progress, what comes now, next and later, and what became of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from twofold.model import Horizon, Item, ItemId, ReleaseDate, Status
from twofold.views import words
from twofold.views.parts import ItemCard, item_cards

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.plan import Plan

RECENT_DAYS = 184
"""What was released within so many days, half a year, is recent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A list of items under a heading."""

    id: str
    title: str
    note: str
    """What the column means, in a few words."""

    cards: tuple[ItemCard, ...]
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """All that the board prints."""

    template = "board.html"

    title: str
    columns: tuple[Column, ...]
    """In progress, now, next, later: side by side."""

    below: tuple[Column, ...]
    """Ideas without a horizon, recently released, earlier, declined: those that have entries."""

    is_empty: bool
    """Whether there is no item at all."""


def board_view(plan: Plan, *, today: date) -> BoardView:
    """Gather the board."""
    by_status = {status: [id for id, item in plan.items.items() if item.status is status] for status in Status}
    open_items = [*by_status[Status.PLANNED], *by_status[Status.IDEA]]
    released = sorted(by_status[Status.RELEASED], key=lambda id: (-released_on(plan, plan.items[id]).toordinal(), id))
    recent = [id for id in released if (today - released_on(plan, plan.items[id])).days <= RECENT_DAYS]
    earlier = [id for id in released if id not in set(recent)]

    def horizon(which: Horizon) -> list[ItemId]:
        return [id for id in open_items if plan.items[id].horizon is which]

    columns = (
        _column(plan, "in-progress", "In progress", "being built", by_status[Status.IN_PROGRESS]),
        _column(plan, "now", "Now", "starts soon", horizon(Horizon.NOW)),
        _column(plan, "next", "Next", "after that", horizon(Horizon.NEXT)),
        _column(plan, "later", "Later", "on the way", horizon(Horizon.LATER)),
    )
    ideas = [id for id in by_status[Status.IDEA] if plan.items[id].horizon is None]
    below = (
        _column(plan, "ideas", "Ideas", "not placed yet", ideas),
        _column(plan, "recently-released", "Recently released", "in the last half year", recent, keep_order=True),
        _column(plan, "released-earlier", "Released earlier", "", earlier, keep_order=True),
        _column(plan, "declined", "Declined", "and why", by_status[Status.DECLINED]),
    )
    return BoardView(
        title="Roadmap",
        columns=columns,
        below=tuple(column for column in below if column.cards),
        is_empty=not plan.items,
    )


def released_on(plan: Plan, item: Item) -> date:
    """The day an item was released: its own, else its release's; the first of all days where neither is known."""
    if item.released is not None:
        return item.released
    if item.release is not None:
        return plan.releases[item.release].date.end
    return date.min


def _column(
    plan: Plan, id: str, title: str, note: str, ids: Iterable[ItemId], *, keep_order: bool = False  # noqa: A002 - it is the id
) -> Column:
    ordered = list(ids) if keep_order else sorted(ids, key=lambda id: _soonest(plan, id))
    return Column(
        id=id, title=title, note=note, cards=item_cards(plan, ordered), count=words.count(len(ordered), "item")
    )


def _soonest(plan: Plan, id: ItemId) -> tuple[bool, date, str, str]:  # noqa: A002 - it is the id
    """Items with a date first, the soonest first; then by title."""
    day = due_day(plan, plan.items[id])
    return (day is None, day or date.max, plan.items[id].title.casefold(), id)


def due_day(plan: Plan, item: Item) -> date | None:
    """The last day of an item's target, or of its release where it has no target."""
    target = item.target
    if target is None:
        return plan.releases[item.release].date.end if item.release is not None else None
    return plan.releases[target.release].date.end if isinstance(target, ReleaseDate) else target.end
