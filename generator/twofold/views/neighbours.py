"""What comes before and after a record in the internal portal's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import Kind
from twofold.plan import addresses
from twofold.views.board import board_order
from twofold.views.metrics import behind_first
from twofold.views.objectives import tree
from twofold.views.people import SIDES, by_name
from twofold.views.public.neighbours import in_turn
from twofold.views.releases import newest_first
from twofold.views.words import SIDE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from twofold.plan import Plan
    from twofold.views.public.neighbours import Neighbours


def neighbours(plan: Plan, *, today: date) -> dict[str, Neighbours]:
    """The neighbours of every record's page, by its address, in the order of the page that lists it."""
    personas, metrics = by_name(plan), behind_first(plan)
    orders: dict[Kind, Iterable[str]] = {
        Kind.ITEM: board_order(plan, today=today),
        Kind.RELEASE: newest_first(plan),
        Kind.OBJECTIVE: (id for id, _ in tree(plan)),
        Kind.PERSONA: (id for side in SIDES for id in personas if plan.personas[id].side is side),
        Kind.METRIC: (id for side in SIDE for id in metrics if plan.metrics[id].side is side),
    }
    found: dict[str, Neighbours] = {}
    for kind, ids in orders.items():
        found |= in_turn(addresses.record(plan, kind, id) for id in ids)
    return found
