"""How the committed effort divides between customers and users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sys import float_info
from typing import TYPE_CHECKING, assert_never

from twofold.model.item import COMMITTED, Driver, Horizon, Status
from twofold.scoring.hearing import listen
from twofold.scoring.sides import sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twofold.model import Item, ItemId, ObjectiveId
    from twofold.plan import Plan
    from twofold.scoring.hearing import Hearing

ENOUGH = 0.6
"""From this coverage on, 0 to 1, the balance says something about the roadmap."""

QUARTERS = 4
"""Delivered balance looks at so many quarters, the present one included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What some items' effort is spent on, in person-weeks."""

    customer_effort: float = 0.0
    user_effort: float = 0.0
    unbacked_effort: float = 0.0
    """Of items that nobody who was asked has any need of."""

    obligation_effort: float = 0.0
    enabler_effort: float = 0.0
    items: int = 0
    estimated: int = 0
    """How many of the items have an effort."""

    @property
    def customer_share(self) -> float | None:
        """Of the effort that either side has a need of, the customers' part, 0 to 1; None without any."""
        # Halved, since the sum of two large numbers may be too large.
        whole = self.customer_effort / 2 + self.user_effort / 2
        return self.customer_effort / 2 / whole if whole else None

    @property
    def coverage(self) -> float | None:
        """How much of the items is estimated, 0 to 1; None without any."""
        return self.estimated / self.items if self.items else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How effort divides, what is aimed at, and what was delivered."""

    target: float
    """The customers' share that is aimed at, 0 to 1."""

    tolerance: float
    committed: Shares
    """Of what is planned or in progress."""

    by_horizon: Mapping[Horizon, Shares]
    """All three, of what is committed."""

    by_objective: Mapping[ObjectiveId | None, Shares]
    """By the first objective of what is committed; None stands for none."""

    delivered: Shares
    """Of what was released in the last four quarters."""

    since: date
    """The first day of those quarters."""

    unbacked: tuple[ItemId, ...]
    """Committed items with an effort that nobody who was asked has any need of."""

    @property
    def is_covered(self) -> bool:
        """Whether enough of what is committed is estimated."""
        return (self.committed.coverage or 0.0) >= ENOUGH

    @property
    def is_balanced(self) -> bool | None:
        """Whether the customers' share is close enough to the target; None where there is none."""
        return within(self.committed.customer_share, self.target, self.tolerance)


def balance(plan: Plan, *, today: date) -> Balance:
    """Divide the effort of a plan."""
    return plan.memory.once((balance, today), lambda: _balance(plan, today))


def _balance(plan: Plan, today: date) -> Balance:
    hearing = listen(plan)
    committed = {id: item for id, item in plan.items.items() if item.status in COMMITTED}
    divided = {id: _divide(hearing, item) for id, item in committed.items()}
    since = quarters_ago(today)
    delivered = [item for item in plan.items.values() if _is_delivered(plan, item, since, today)]
    settings = plan.settings
    target = settings.customer_weight if settings.balance_target is None else settings.balance_target
    objectives = {id: _objective(plan, item) for id, item in committed.items()}
    return Balance(
        target=target,
        tolerance=settings.balance_tolerance,
        committed=_sum(divided.values()),
        by_horizon={
            horizon: _sum(divided[id] for id, item in committed.items() if item.horizon is horizon)
            for horizon in Horizon
        },
        by_objective={
            objective: _sum(divided[id] for id, one in objectives.items() if one == objective)
            # What serves no objective comes last.
            for objective in sorted(set(objectives.values()), key=lambda one: (one is None, one or ""))
        },
        delivered=_sum(_divide(hearing, item) for item in delivered),
        since=since,
        unbacked=tuple(id for id, shares in divided.items() if shares.unbacked_effort),
    )


def within(share: float | None, target: float, tolerance: float) -> bool | None:
    """Whether a share is no further from the target than it may be; None where there is no share."""
    # A share of 0.65 is within 0.15 of 0.5, whatever the last digit says.
    return None if share is None else abs(share - target) <= tolerance + 1e-9


def quarters_ago(today: date) -> date:
    """The first day of the quarters that delivered balance looks at."""
    quarter = today.year * 4 + (today.month - 1) // 3 - (QUARTERS - 1)
    return date(quarter // 4, quarter % 4 * 3 + 1, 1) if quarter >= 4 else date.min


def _is_delivered(plan: Plan, item: Item, since: date, today: date) -> bool:
    if item.status is not Status.RELEASED:
        return False
    if item.released is not None:
        return since <= item.released <= today
    release = plan.releases.get(item.release) if item.release is not None else None
    # A release may be known to the quarter only, and that quarter may still run.
    return release is not None and release.date.start <= today and release.date.end >= since


def _objective(plan: Plan, item: Item) -> ObjectiveId | None:
    return plan.objectives.canonical(item.objectives[0]) if item.objectives else None


def _divide(hearing: Hearing, item: Item) -> Shares:
    """One item's effort, split as its two scores."""
    if item.effort is None:
        return Shares(items=1)
    weeks = item.effort.weeks
    match item.driver:
        case Driver.OBLIGATION:
            return Shares(obligation_effort=weeks, items=1, estimated=1)
        case Driver.ENABLER:
            return Shares(enabler_effort=weeks, items=1, estimated=1)
        case Driver.NEED:
            both = sides(hearing, item)
            whole = both.customer.score + both.user.score
            if not whole:
                return Shares(unbacked_effort=weeks, items=1, estimated=1)
            part = both.customer.score / whole
            return Shares(customer_effort=weeks * part, user_effort=weeks * (1 - part), items=1, estimated=1)
        case _:
            assert_never(item.driver)


def _sum(parts: Iterable[Shares]) -> Shares:
    found = tuple(parts)
    return Shares(
        customer_effort=_weeks(one.customer_effort for one in found),
        user_effort=_weeks(one.user_effort for one in found),
        unbacked_effort=_weeks(one.unbacked_effort for one in found),
        obligation_effort=_weeks(one.obligation_effort for one in found),
        enabler_effort=_weeks(one.enabler_effort for one in found),
        items=len(found),
        estimated=sum(one.estimated for one in found),
    )


def _weeks(efforts: Iterable[float]) -> float:
    # Each is finite; their sum need not be.
    return min(sum(efforts), float_info.max)
