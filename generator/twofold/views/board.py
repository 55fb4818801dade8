"""The roadmap as a board: what is in progress, what comes now, next and later, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Horizon, ItemId, Status
from twofold.plan import addresses
from twofold.views import words
from twofold.views.dates import is_recent, released_on, soonest
from twofold.views.parts import ItemGroup, item_group
from twofold.views.ways import ROADMAP, Way, ways

if TYPE_CHECKING:
    from datetime import date

    from twofold.plan import Plan

MOST_IN_COLUMN = 30
"""A column with more items names them in rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """All that the board prints."""

    template = "board.html"

    title: str
    ways: tuple[Way, ...]
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

    def group(id: str, title: str, note: str, ids: list[ItemId], *, most: int | None = None) -> ItemGroup:
        count = words.count(len(ids), "item")
        compact = None if most is None else len(ids) > most
        return item_group(
            plan, ids, id=id, title=title, note=f"{count}, {note}" if note else count, compact=compact
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
        columns=(
            column("in-progress", "In progress", "being built", by_status[Status.IN_PROGRESS]),
            column("now", "Now", "starts soon", horizon(Horizon.NOW, ahead)),
            column("next", "Next", "after that", horizon(Horizon.NEXT, ahead)),
            column("later", "Later", "on the way", horizon(Horizon.LATER, ahead)),
        ),
        below=tuple(one for one in below if one.cards),
        is_empty=not plan.items,
    )
