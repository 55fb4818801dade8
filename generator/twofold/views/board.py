"""The roadmap as a board: what is in progress, what comes now, next and later, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from twofold.model import Horizon, ItemId, Side, Status
from twofold.plan import addresses
from twofold.views import words
from twofold.views.dates import is_recent, released_on, soonest
from twofold.views.parts import ItemGroup, item_group, served_personas
from twofold.views.public.filters import Filter, filters, written
from twofold.views.ways import ROADMAP, Way, ways

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from twofold.plan import Plan
    from twofold.plan.index import Index
    from twofold.views.public.filters import Marks

Key = TypeVar("Key", bound=str)

MOST_IN_COLUMN = 30
"""A column with more items names them in rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """All that the board prints."""

    template = "board.html"

    title: str
    ways: tuple[Way, ...]
    filters: tuple[Filter, ...]
    columns: tuple[ItemGroup, ...]
    """In progress, now, next, later: side by side."""

    below: tuple[ItemGroup, ...]
    """Ideas without a horizon, recently released, earlier, declined: those that have entries."""

    is_empty: bool
    """Whether there is no item at all."""


def board_view(plan: Plan, *, today: date) -> BoardView:
    """Gather the board."""
    places = _places(plan, today=today)
    known = {id: marks(plan, id) for id in plan.items}

    def group(id: str, title: str, note: str, *, most: int | None = None) -> ItemGroup:
        ids = places[id]
        compact = None if most is None else len(ids) > most
        found = item_group(plan, ids, id=id, title=title, note=note, compact=compact)
        cards = zip(found.cards, ids, strict=True)
        return replace(
            found,
            count=words.count(len(ids), "item"),
            cards=tuple(replace(card, has=written(known[id])) for card, id in cards),
        )

    below = (
        group("ideas", "Ideas", "not placed yet"),
        group("recently-released", "Recently released", "in the last half year"),
        group("released-earlier", "Released earlier", ""),
        group("declined", "Declined", ""),
    )
    return BoardView(
        title="Roadmap",
        ways=ways(ROADMAP, addresses.ROADMAP),
        filters=filters(known.values()),
        columns=(
            group("in-progress", "In progress", "being built", most=MOST_IN_COLUMN),
            group("now", "Now", "starts soon", most=MOST_IN_COLUMN),
            group("next", "Next", "after that", most=MOST_IN_COLUMN),
            group("later", "Later", "on the way", most=MOST_IN_COLUMN),
        ),
        below=tuple(one for one in below if one.cards),
        is_empty=not plan.items,
    )


def board_order(plan: Plan, *, today: date) -> tuple[ItemId, ...]:
    """All items as the board lists them, column by column, then those below."""
    return tuple(id for ids in _places(plan, today=today).values() for id in ids)


def _places(plan: Plan, *, today: date) -> dict[str, list[ItemId]]:
    """The items of each column, and of each list below, by its anchor."""
    by_status: dict[Status, list[ItemId]] = {status: [] for status in Status}
    for id, item in plan.items.items():
        by_status[item.status].append(id)
    ahead = sorted([*by_status[Status.PLANNED], *by_status[Status.IDEA]], key=lambda id: soonest(plan, id))
    released = sorted(
        by_status[Status.RELEASED], key=lambda id: (-released_on(plan, plan.items[id]).toordinal(), id)
    )

    def horizon(which: Horizon) -> list[ItemId]:
        return [id for id in ahead if plan.items[id].horizon is which]

    return {
        "in-progress": sorted(by_status[Status.IN_PROGRESS], key=lambda id: soonest(plan, id)),
        "now": horizon(Horizon.NOW),
        "next": horizon(Horizon.NEXT),
        "later": horizon(Horizon.LATER),
        "ideas": [
            id for id in ahead if plan.items[id].horizon is None and plan.items[id].status is Status.IDEA
        ],
        "recently-released": [id for id in released if is_recent(plan, plan.items[id], today=today)],
        "released-earlier": [id for id in released if not is_recent(plan, plan.items[id], today=today)],
        "declined": sorted(by_status[Status.DECLINED], key=lambda id: (plan.items[id].title.casefold(), id)),
    }


def marks(plan: Plan, id: ItemId) -> Marks:
    """What the board can be narrowed down by."""
    item = plan.items[id]
    # What is being built is there now, whether or not its horizon says so.
    horizon = Horizon.NOW if item.status is Status.IN_PROGRESS else item.horizon
    served = served_personas(plan, item)
    sides = {plan.personas[persona].side for persona in served}
    return {
        "horizon": [(horizon.value, words.HORIZON[horizon])] if horizon else (),
        "objective": [
            (one, plan.objectives[one].title) for one in _present(plan.objectives, item.objectives)
        ],
        "side": [
            (side.value, words.SIDE[side])
            for side in (Side.CUSTOMER, Side.USER)
            if side in sides or Side.BOTH in sides
        ],
        "persona": [(one, plan.personas[one].title) for one in sorted(served)],
        "tag": [(one, one) for one in item.tags],
    }


def _present(index: Index[Key, Any], ids: Iterable[Key]) -> list[Key]:
    return [one for one in map(index.canonical, ids) if one is not None]
