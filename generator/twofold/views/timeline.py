"""The roadmap by quarter, with what depends on what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from twofold.charts.schedule import MOST_ROWS, Due, Schedule, schedule
from twofold.checks.due import OPEN
from twofold.model import ItemId, Status
from twofold.plan import addresses
from twofold.views import words
from twofold.views.dates import due_day, due_period, is_recent, quarter_name, released_on, soonest
from twofold.views.parts import Badge, ItemCard, ItemGroup, item_card, status_badge
from twofold.views.ways import ROADMAP, Way, ways

if TYPE_CHECKING:
    from collections.abc import Collection

    from twofold.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A row of the chart's table: what waits for what."""

    name: str
    due: str
    day: int
    """The last day of that, counted from the first of all; by which the table sorts."""

    needs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """All that the timeline prints."""

    template = "timeline.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    chart: Schedule | None
    legend: tuple[Badge, ...]
    has_late: bool
    """Whether something is due before what it waits for."""

    note: str
    rows: tuple[Link, ...]
    groups: tuple[ItemGroup, ...]
    """A list per quarter, then what has no date."""

    is_empty: bool


_NO_DATE = "no-date"


def timeline_view(
    plan: Plan,
    *,
    today: date,
    of: Collection[ItemId] | None = None,
    limit: int | None = None,
    id: str = "timeline",
) -> TimelineView:
    """Gather the timeline: what is open, and what was released in the last half year.

    It has all items or those `of` a collection, at most `limit`, for which what lies ahead comes before what
    is done. `id` begins the ids of the chart.
    """
    shown = [
        one
        for one, item in plan.items.items()
        if (of is None or one in of) and (item.status in OPEN or is_recent(plan, item, today=today))
    ]
    shown.sort(key=lambda one: (_day(plan, one) is None, _day(plan, one) or today, soonest(plan, one)))
    kept = set(sorted(shown, key=lambda one: plan.items[one].status not in OPEN)[:limit])
    shown = [one for one in shown if one in kept]
    dated = [one for one in shown if _day(plan, one) is not None]
    drawn = _drawn(plan, dated)
    dues = [_due(plan, one) for one in drawn]
    chart = None
    if dues:
        chart = schedule(
            dues,
            today=today,
            id=id,
            title="What is due when",
            summary=(
                f"{words.count(len(dues), 'item')} by the quarter in which they are due, from "
                f"{_quarter(plan, drawn[0])} to {_quarter(plan, drawn[-1])}. The lists below name them all."
            ),
        )
    left_out = len(dated) - len(drawn)
    note = f"The chart shows {len(drawn):,} open items, the soonest; the lists below have all {len(dated):,}."
    statuses = {plan.items[one].status for one in drawn}
    return TimelineView(
        title="Timeline",
        ways=ways(ROADMAP, addresses.TIMELINE),
        lead="What is open, when it is due, and what it waits for; and what the last half year brought.",
        chart=chart,
        legend=tuple(
            Badge(text=words.STATUS[status], kind=status.value)
            for status in (Status.RELEASED, Status.IN_PROGRESS, Status.PLANNED, Status.IDEA)
            if status in statuses
        ),
        has_late=any(arrow.late for arrow in chart.arrows) if chart else False,
        note=note if left_out else "",
        rows=tuple(_link(plan, one) for one in drawn),
        groups=_groups(plan, shown, today=today),
        is_empty=not shown,
    )


def _drawn(plan: Plan, dated: list[ItemId]) -> list[ItemId]:
    """What the chart has room for: where that is not all, what lies ahead before what is done."""
    if len(dated) <= MOST_ROWS:
        return dated
    ahead = [id for id in dated if plan.items[id].status in OPEN]
    return (ahead or dated)[:MOST_ROWS]


def _groups(plan: Plan, shown: list[ItemId], *, today: date) -> tuple[ItemGroup, ...]:
    quarters: defaultdict[str, list[ItemCard]] = defaultdict(list)
    for id in shown:
        day = _day(plan, id)
        key = f"{day.year:04}-Q{(day.month + 2) // 3}" if day else _NO_DATE
        quarters[key].append(_card(plan, id, today=today))
    ordered = sorted(quarters, key=lambda key: (key == _NO_DATE, key))
    return tuple(
        ItemGroup(
            id=key.lower(),
            title="Without a date" if key == _NO_DATE else quarter_name(key),
            note=words.count(len(quarters[key]), "item"),
            cards=tuple(quarters[key]),
            compact=True,
        )
        for key in ordered
    )


def _card(plan: Plan, id: ItemId, *, today: date) -> ItemCard:
    item = plan.items[id]
    card = item_card(plan, id)
    remarks = []
    if item.status in OPEN:
        day = due_day(plan, item)
        if day is not None and day < today:
            remarks.append("overdue")
        waits = _needs(plan, id)
        if waits:
            remarks.append("waits for " + ", ".join(_waits(plan, id, need) for need in waits))
    return replace(card, remark="; ".join(remarks))


def _waits(plan: Plan, id: ItemId, need: ItemId) -> str:
    own, other = _day(plan, id), _day(plan, need)
    late = own is not None and other is not None and other > own
    return plan.items[need].title + (" (due later)" if late else "")


def _needs(plan: Plan, id: ItemId) -> list[ItemId]:
    """What an item still waits for."""
    found = dict.fromkeys(plan.items.canonical(need) for need in plan.items[id].depends_on)
    return [need for need in found if need is not None and plan.items[need].status in OPEN]


def _day(plan: Plan, id: ItemId) -> date | None:
    item = plan.items[id]
    return released_on(plan, item) if item.status is Status.RELEASED else due_day(plan, item)


def _due(plan: Plan, id: ItemId) -> Due:
    item = plan.items[id]
    period = due_period(plan, item)
    if item.status is Status.RELEASED or period is None:
        start = end = released_on(plan, item)
        when = f"released {words.day(end)}"
    else:
        start, end = period.start, period.end
        when = f"due {period.name}"
    return Due(
        id=id,
        name=item.title,
        start=start,
        end=end,
        kind=item.status.value,
        title=f"{item.title}: {status_badge(item.status).text.lower()}, {when}",
        needs=tuple(_needs(plan, id)) if item.status in OPEN else (),
    )


def _link(plan: Plan, id: ItemId) -> Link:
    item = plan.items[id]
    period = due_period(plan, item)
    is_out = item.status is Status.RELEASED or period is None
    when = words.day(released_on(plan, item)) if is_out else period.name if period else ""
    needs = "; ".join(_waits(plan, id, need) for need in _needs(plan, id)) if item.status in OPEN else ""
    day = _day(plan, id) or date.max
    return Link(name=item.title, due=when, day=day.toordinal(), needs=needs)


def _quarter(plan: Plan, id: ItemId) -> str:
    day = _day(plan, id)
    return f"Q{(day.month + 2) // 3} {day.year}" if day else ""
