"""When items are due, and when they were released."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from twofold.model import Item, ItemId, ReleaseDate, Status

if TYPE_CHECKING:
    from twofold.model import Moment
    from twofold.model.period import Period
    from twofold.plan import Plan

RECENT_DAYS = 184
"""What was released within so many days, half a year, is recent."""


def period_of(plan: Plan, when: Moment) -> Period:
    """A moment as a period: a release's is its date."""
    return plan.releases[when.release].date if isinstance(when, ReleaseDate) else when


def due_period(plan: Plan, item: Item) -> Period | None:
    """The period in which an item is due: its target, or its release where it has no target."""
    if item.target is not None:
        return period_of(plan, item.target)
    return plan.releases[item.release].date if item.release is not None else None


def due_day(plan: Plan, item: Item) -> date | None:
    """The last day of the period in which an item is due."""
    period = due_period(plan, item)
    return period.end if period else None


def released_on(plan: Plan, item: Item) -> date:
    """The day an item was released: its own, else its release's; the first of all where neither is known."""
    if item.released is not None:
        return item.released
    if item.release is not None:
        return plan.releases[item.release].date.end
    return date.min


def is_recent(plan: Plan, item: Item, *, today: date) -> bool:
    """Whether an item was released in the last half year."""
    return item.status is Status.RELEASED and (today - released_on(plan, item)).days <= RECENT_DAYS


def soonest(plan: Plan, id: ItemId) -> tuple[bool, date, str, str]:
    """An order: items with a date first, the soonest first; then by title."""
    day = due_day(plan, plan.items[id])
    return (day is None, day or date.max, plan.items[id].title.casefold(), id)


def quarter_name(quarter: str) -> str:
    """`Q4 2026` for `2026-Q4`."""
    year, _, name = quarter.partition("-")
    return f"{name} {year}"


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from one day to a later one; below 0 when it is not later."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months
