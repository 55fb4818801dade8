"""When an item is due, and which items are still open: what several families of rules ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import ReleaseDate
from twofold.model.item import COMMITTED, OPEN

if TYPE_CHECKING:
    from datetime import date

    from twofold.model import Item, Period, ReleaseId
    from twofold.model.record import Location
    from twofold.plan import Plan

__all__ = ["COMMITTED", "OPEN", "Due", "due", "moment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day on which something is on time."""

    day: date
    words: str
    """As it goes into a sentence: `by the end of Q4 2026`, `with release 2026.4 on 8 December 2026`."""

    location: Location
    """Where the item says so."""


def due(item: Item, plan: Plan) -> tuple[Due, ...]:
    """When an item is due: by its `target`, and by the release that it names.

    The first is the one that counts. A release that is not in the plan says nothing.
    """
    found: list[Due] = []
    if isinstance(item.target, ReleaseDate):
        found += _with_release(item.target.release, plan, ("target", "release"))
    elif item.target is not None:
        period = item.target
        found.append(Due(day=period.end, words=moment(period), location=("target",)))
    if item.release is not None:
        found += _with_release(item.release, plan, ("release",))
    return tuple(found)


def moment(period: Period) -> str:
    """`on 30 November 2026`, or `by the end of Q4 2026`."""
    return f"on {period.name}" if period.is_day else f"by the end of {period.name}"


def _with_release(id: ReleaseId, plan: Plan, location: Location) -> list[Due]:
    release = plan.releases.get(id)
    if release is None:
        return []
    words = f"with release {release.version} {moment(release.date)}"
    return [Due(day=release.date.end, words=words, location=location)]
