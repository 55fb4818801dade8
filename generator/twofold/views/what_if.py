"""What would come first at another customer weight: what a script in the page reckons with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from twofold.model import Kind
from twofold.plan import addresses
from twofold.scoring.assessment import assess
from twofold.scoring.ranking import WEIGHTS
from twofold.views import figures
from twofold.views.scores import window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.scoring.assessment import Asked
    from twofold.scoring.protocol import Candidate
    from twofold.scoring.ranking import Ranking, Scored

MOST = 1e15
"""Larger priorities are not written digit by digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRow:
    """A ranked item as it stands now, and what its rank comes from."""

    ref: Ref
    rank: int
    customer: str
    user: str
    value: str
    priority: str
    ranks: str
    """Best to worst under any customer weight."""

    reckoning: str
    """For the script: the place among equals, the customers' and the users' score, and of
    `base + value × up ÷ down` the three parts. No digit is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The table, and the weight from which one starts."""

    weight: str
    """The customer weight in force, as a number, 0 to 1."""

    rows: tuple[WhatIfRow, ...]
    problem: str
    """Why the weight cannot be tried out; `""` where it can."""


def what_if(plan: Plan, ranking: Ranking) -> WhatIf | None:
    """Gather the table; None where nothing is ranked."""
    ranked = sorted(ranking.ranked, key=lambda one: one.id)
    if not ranked:
        return None
    candidates = [assess(plan, ranking.hearing, one.id, ranking.asked).candidate for one in ranked]
    found = _reckonings(ranking.asked, candidates, (*WEIGHTS, ranking.customer_weight))
    title = ranking.model.title
    problem = ""
    if found is None:
        problem = f"The model {title} cannot be reckoned in the page, so no other weight can be tried here."
    elif not any(one.up for one in found):
        problem = f"Under the model {title}, no customer weight changes the order."
    rows: list[WhatIfRow] = []
    if found is not None and not problem:
        rows = [_row(plan, one, place, found[place]) for place, one in enumerate(ranked)]
        rows.sort(key=lambda row: row.rank)
    return WhatIf(weight=f"{ranking.customer_weight!r}", rows=tuple(rows), problem=problem)


class Reckoning(NamedTuple):
    """A priority as a straight line over the value."""

    base: float
    up: float
    down: float

    def priority(self, value: float) -> float:
        """As the script works it out, in the same steps."""
        return self.base + value * self.up / self.down


def _reckonings(
    asked: Asked, candidates: Sequence[Candidate], weights: Sequence[float]
) -> list[Reckoning] | None:
    """How each priority follows from the value; None where it is no straight line, or too large a number.

    Models are Python, and anybody may write one. So this does not ask what a model is called: it looks
    whether the line gives every rank and every figure that the model gives.
    """
    values = [[weight * one.customer + (1 - weight) * one.user for one in candidates] for weight in weights]
    asked_for = [asked.all(candidates, some) for some in values]
    for attempt in (_shared(candidates), _straight(asked, candidates)):
        found = list(attempt)
        if all(
            _are_alike(wanted, [one.priority(value) for one, value in zip(found, some, strict=True)])
            for wanted, some in zip(asked_for, values, strict=True)
        ):
            return found
    return None


def _shared(candidates: Sequence[Candidate]) -> Iterator[Reckoning]:
    """The value by confidence and effort: the same to the last digit where that is the model."""
    for one in candidates:
        yield Reckoning(0.0, one.confidence, one.effort or 1.0)


def _straight(asked: Asked, candidates: Sequence[Candidate]) -> Iterator[Reckoning]:
    """A line through the priorities of no value and of a full one."""
    low = asked.all(candidates, [0.0] * len(candidates))
    high = asked.all(candidates, [100.0] * len(candidates))
    for base, top in zip(low, high, strict=True):
        yield Reckoning(base, top - base, 100.0)


def _are_alike(wanted: Sequence[float], got: Sequence[float]) -> bool:
    if not all(0 <= one < MOST for one in (*wanted, *got)):
        return False
    order = sorted(range(len(wanted)), key=wanted.__getitem__, reverse=True)
    return all(
        got[one] > got[other] or (got[one] == got[other] and one < other) for one, other in pairwise(order)
    ) and all(
        figures.priority(one) == figures.priority(other) for one, other in zip(wanted, got, strict=True)
    )


def _row(plan: Plan, one: Scored, place: int, found: Reckoning) -> WhatIfRow:
    exact = (one.customer.score, one.user.score, *found)
    return WhatIfRow(
        ref=addresses.record(plan, Kind.ITEM, one.id),
        rank=one.rank or 0,
        customer=figures.score(one.customer.score),
        user=figures.score(one.user.score),
        value=figures.score(one.value.score),
        priority=figures.priority(one.priority.score) if one.priority else "",
        ranks=window(one),
        reckoning=" ".join((str(place), *map(repr, exact))),
    )
