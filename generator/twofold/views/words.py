"""The words and figures of pages: what an enumeration is called, how a number is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import (
    Change,
    Direction,
    Driver,
    Horizon,
    Kind,
    Method,
    Moment,
    ReleaseDate,
    Side,
    Stage,
    Status,
)
from twofold.model.period import day_name
from twofold.plan import addresses

if TYPE_CHECKING:
    from datetime import date

    from twofold.plan import Plan

STATUS = {
    Status.IDEA: "Idea",
    Status.PLANNED: "Planned",
    Status.IN_PROGRESS: "In progress",
    Status.RELEASED: "Released",
    Status.DECLINED: "Declined",
}
HORIZON = {Horizon.NOW: "Now", Horizon.NEXT: "Next", Horizon.LATER: "Later"}
SIDE = {Side.CUSTOMER: "Customers", Side.USER: "Users", Side.BOTH: "Both sides"}
DRIVER = {Driver.NEED: "Need", Driver.OBLIGATION: "Obligation", Driver.ENABLER: "Enabler"}
METHOD = {
    Method.INTERVIEW: "Interviews",
    Method.SURVEY: "Survey",
    Method.SUPPORT: "Support tickets",
    Method.SALES: "Sales talks",
    Method.REVIEW: "Reviews",
    Method.USAGE: "Usage data",
    Method.COMMUNITY: "Community",
}
CHANGE = {
    Change.ADDED: "Added",
    Change.CHANGED: "Changed",
    Change.DEPRECATED: "Deprecated",
    Change.REMOVED: "Removed",
    Change.FIXED: "Fixed",
    Change.SECURITY: "Security",
}
STAGE = {Stage.PILOT: "Pilot", Stage.BETA: "Beta", Stage.GENERAL: "Generally available"}
DIRECTION = {Direction.UP: "Higher is better", Direction.DOWN: "Lower is better"}


def number(value: float) -> str:
    """A number as people write it: `5`, `4.5`, `12,000`; two decimals, more where it would vanish."""
    if 0 < abs(value) < 0.01 or abs(value) >= 1e15:
        return f"{value:.4g}"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def unbroken(text: str) -> str:
    """A short text that keeps to one line: `Q1 2027` never breaks after `Q1`."""
    return text.replace(" ", "\u00a0")


def count(amount: int, one: str, many: str | None = None) -> str:
    """`1 item`, `3 items`, `no items`."""
    if amount == 1:
        return f"1 {one}"
    return f"{amount:,} {many or one + 's'}" if amount else f"no {many or one + 's'}"


def day(when: date) -> str:
    """`30 November 2026`."""
    return day_name(when)


def moment(plan: Plan, when: Moment) -> tuple[str, addresses.Ref | None]:
    """When something is due, in words, and the release that it hangs on, if it does."""
    if isinstance(when, ReleaseDate):
        ref = addresses.record(plan, Kind.RELEASE, when.release)
        return f"with release {ref.title}", ref
    return when.name, None


def published(labels: tuple[str, ...]) -> str:
    """Who may read a record."""
    names = {"customer": "customers", "user": "users"}
    return ", ".join(names.get(label, label) for label in labels) or "nobody: internal"


def product(plan: Plan, id: str | None) -> str:
    """A product's name; ``""`` where there are no several."""
    return plan.settings.products.get(id, id) if id and plan.settings.products else ""
