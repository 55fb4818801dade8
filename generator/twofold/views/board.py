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
    by_status: dict[Status, list[ItemId]] = {status: [] for status in Status}
    for id, item in plan.items.items():
        by_status[item.status].append(id)
    ahead = [*by_status[Status.PLANNED], *by_status[Status.IDEA]]
    released = sorted(
        by_status[Status.RELEASED], key=lambda id: (-released_on(plan, plan.items[id]).toordinal(), id)
    )
    recent = [id for id in released if is_recent(plan, plan.items[id], today=today)]
    earlier = [id for id in released if not is_recent(plan, plan.items[id], today=today)]

    known = {id: marks(plan, id) for id in plan.items}

    def group(id: str, title: str, note: str, ids: list[ItemId], *, most: int | None = None) -> ItemGroup:
        compact = None if most is None else len(ids) > most
        found = item_group(plan, ids, id=id, title=title, note=note, compact=compact)
        cards = zip(found.cards, ids, strict=True)
        return replace(
            found,
            count=words.count(len(ids), "item"),
            cards=tuple(replace(card, has=written(known[id])) for card, id in cards),
        )

    def column(id: str, title: str, note: str, ids: list[ItemId]) -> ItemGroup:
        return group(id, title, note, sorted(ids, key=lambda id: soonest(plan, id)), most=MOST_IN_COLUMN)

    def horizon(which: Horizon | None, ids: list[ItemId]) -> list[ItemId]:
        return [id for id in ids if plan.items[id].horizon is which]

    ideas = sorted(horizon(None, by_status[Status.IDEA]), key=lambda id: soonest(plan, id))
    declined = sorted(by_status[Status.DECLINED], key=lambda id: (plan.items[id].title.casefold(), id))
    below = (
        group("ideas", "Ideas", "not placed yet", ideas),
        group("recently-released", "Recently released", "in the last half year", recent),
        group("released-earlier", "Released earlier", "", earlier),
        group("declined", "Declined", "", declined),
    )
    return BoardView(
        title="Roadmap",
        ways=ways(ROADMAP, addresses.ROADMAP),
        filters=filters(known.values()),
        columns=(
            column("in-progress", "In progress", "being built", by_status[Status.IN_PROGRESS]),
            column("now", "Now", "starts soon", horizon(Horizon.NOW, ahead)),
            column("next", "Next", "after that", horizon(Horizon.NEXT, ahead)),
            column("later", "Later", "on the way", horizon(Horizon.LATER, ahead)),
        ),
        below=tuple(one for one in below if one.cards),
        is_empty=not plan.items,
    )


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
