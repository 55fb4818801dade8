"""Promises taken back: what a public audience could read, and can no longer count on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Horizon, ItemId, Status
from twofold.model.period import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from twofold.audience.published import AudiencePlan, PublishedItem
    from twofold.diff.side import Projections
    from twofold.model import Period

_ORDER = {Horizon.NOW: 0, Horizon.NEXT: 1, Horizon.LATER: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """One promise that an audience had read."""

    audience: str
    id: str
    title: str
    """As the audience read it."""

    what: str
    """`withdrawn`, `declined`, `moved from next to later`, `moved from Q3 2026 to Q4 2026`."""


def taken_back(projections: Projections, renamed: Mapping[str, str]) -> tuple[TakenBack, ...]:
    """Every promise that a change takes back, by audience and id.

    `renamed` maps items' earlier ids to their present ones.
    """
    found: list[TakenBack] = []
    for audience, (old, new) in projections.items():
        if old is None:
            continue
        for id, item in old.items.items():
            if item.status is not Status.RELEASED:
                now = new.items.get(ItemId(renamed.get(id, id))) if new is not None else None
                found.extend(
                    TakenBack(audience=audience, id=id, title=item.title, what=what)
                    for what in _of_item(item, now, old, new)
                )
        for release, was in old.releases.items():
            later = new.releases.get(release) if new is not None else None
            if later is not None and later.date.end > was.date.end:
                what = f"moved from {was.date.name} to {later.date.name}"
                title = f"Release {was.version}"
                found.append(TakenBack(audience=audience, id=release, title=title, what=what))
    return tuple(found)


def _of_item(
    item: PublishedItem, now: PublishedItem | None, old: AudiencePlan, new: AudiencePlan | None
) -> Iterator[str]:
    if now is None or new is None:
        yield "withdrawn"
        return
    if now.status is Status.DECLINED:
        yield "declined"
        return
    if now.status is Status.RELEASED:
        return
    if _ORDER.get(now.horizon, 3) > _ORDER.get(item.horizon, 3):  # type: ignore[arg-type] # None comes last
        yield f"moved from {item.horizon} to {now.horizon or 'no horizon'}"
    was_due, now_due = _due(item, old), _due(now, new)
    if was_due is not None and now_due is not None and now_due[0] > was_due[0]:
        yield f"moved from {was_due[1]} to {now_due[1]}"
    elif was_due is not None and now_due is None:
        yield f"no longer dated {was_due[1]}"


def _due(item: PublishedItem, plan: AudiencePlan) -> tuple[date, str] | None:
    """The day that an audience may count on, and its name: a target that it sees, else the release's."""
    target = item.additions.get("target")
    if isinstance(target, str):
        release = next((one for id, one in plan.releases.items() if id == target), None)
        period = release.date if release is not None else _period(target)
        if period is not None:
            return period.end, period.name
    release = plan.releases.get(item.release) if item.release is not None else None
    return None if release is None else (release.date.end, f"release {release.version}")


def _period(text: str) -> Period | None:
    try:
        return parse(text)
    except ValueError:
        return None
