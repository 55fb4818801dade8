"""How the effort divides between customers and users, and which items serve whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING

from twofold.charts.ranges import ShareMark, share_mark
from twofold.charts.scatter import NARROW, WIDE, Room, Scatter, Spot, scatter
from twofold.model import Kind
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.scoring.balance import ENOUGH
from twofold.views import figures, words
from twofold.views.parts import Badge, Figure, status_badge
from twofold.views.ways import PRIORITIES, Way, ways
from twofold.views.what_if import WhatIf, what_if

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twofold.plan import Plan
    from twofold.scoring.balance import Balance, Shares
    from twofold.scoring.ranking import Ranking, Scored

STRONG = 10.0
"""From this score on, of 100, a side's need is strong: the line in the map, the same for every plan."""

CORNERS = ("Loved, not bought", "Serves both", "Weak evidence", "Closes deals, risks adoption")
"""Above left, above right, below left, below right: customers to the right, users upwards."""

_STEPS = (1.0, 5.0, 10.0, 20.0, 40.0, 60.0, 80.0, 100.0)
"""Lines of the map, as far as they are needed."""

_KINDS = ("user", "both", "weak", "customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareStrip:
    """How the committed effort divides, in one picture: for the home page."""

    ref: Ref
    customers: str
    users: str
    mark: ShareMark
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """Some items' effort."""

    title: str
    ref: Ref | None
    customers: str
    users: str
    weeks: str
    """`""` where there is nothing to divide."""

    mark: ShareMark | None
    detail: str
    """What stands beside the shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareGroup:
    """Rows under a heading."""

    title: str
    rows: tuple[ShareRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerRow:
    """An item of the map, as a row of its table."""

    ref: Ref
    status: Badge
    customer: str
    user: str
    customer_order: str
    user_order: str
    """By which the table sorts."""

    corner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceView:
    """All that the page prints."""

    template = "balance.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    verdict: str
    is_good: bool
    figures: tuple[Figure, ...]
    groups: tuple[ShareGroup, ...]
    aim: str
    """The target in words."""

    unbacked: tuple[Ref, ...]
    chart: Scatter | None
    narrow: Scatter | None
    """The map for a phone."""

    corners: tuple[CornerRow, ...]
    note: str
    left_out: str
    """What has no place in the map."""

    open: bool
    """Whether the table is unfolded, since the map does not name everything."""

    what_if: WhatIf | None
    """What would come first at another customer weight."""

    is_empty: bool


def balance_view(plan: Plan, found: Balance, ranking: Ranking) -> BalanceView:
    """Gather the page."""
    committed = found.committed
    verdict, is_good = _verdict(found)
    spots = _spots(plan, ranking)
    chart = _chart(spots, weight=ranking.customer_weight) if spots else None
    unplaced = len(ranking.items) - len(spots)
    return BalanceView(
        title="Balance",
        ways=ways(PRIORITIES, addresses.BALANCE),
        lead=(
            "Too much for customers closes deals and is not adopted; too much for users is loved and not "
            "bought. Each item’s effort is divided as its two scores."
        ),
        verdict=verdict,
        is_good=is_good,
        figures=(
            Figure(
                value=figures.percent(committed.customer_share), label="of committed effort for customers"
            ),
            Figure(value=_span(found), label="aimed at"),
            Figure(
                value=f"{committed.estimated:,} of {committed.items:,}", label="committed items estimated"
            ),
        ),
        groups=_groups(plan, found),
        aim=f"Line: the target, {figures.percent(found.target)}. Shaded: {_span(found)}.",
        unbacked=tuple(addresses.record(plan, Kind.ITEM, id) for id in found.unbacked),
        chart=chart,
        narrow=_narrow(spots, weight=ranking.customer_weight) if spots else None,
        corners=tuple(_corner_row(plan, one) for one, _ in spots),
        note=f"{words.count(chart.unlabelled, 'name')} found no room in the map; the table below has all."
        if chart and chart.unlabelled
        else "",
        left_out=f"Not in the map: {words.count(unplaced, 'open item')} with both scores\u00a00."
        if unplaced
        else "",
        open=bool(chart and chart.unlabelled),
        what_if=what_if(plan, ranking),
        is_empty=not (committed.items or found.delivered.items or spots),
    )


def share_strip(found: Balance) -> ShareStrip | None:
    """Gather the picture; None where there is nothing to divide."""
    share = found.committed.customer_share
    if share is None:
        return None
    return ShareStrip(
        ref=Ref(title="Where the effort goes", address=addresses.BALANCE),
        customers=figures.percent(share),
        users=figures.percent(1 - share),
        mark=share_mark(share, target=found.target, tolerance=found.tolerance),
        verdict=_verdict(found)[0],
    )


def corner(one: Scored) -> int:
    """The corner of the map in which an item stands, as in `CORNERS`."""
    return (0 if one.user.score >= STRONG else 2) + (one.customer.score >= STRONG)


def _verdict(found: Balance) -> tuple[str, bool]:
    committed = found.committed
    share = committed.customer_share
    if share is None:
        return "Nothing to divide: no committed item has both an effort and a need behind it.", False
    if not found.is_covered:
        return (
            f"Not judged: fewer than {figures.percent(ENOUGH)} of the committed items are estimated.",
            False,
        )
    told = f"{figures.percent(share)} of the committed effort is for customers"
    if found.is_balanced:
        return f"Balanced: {told}, within the {_span(found)} aimed at.", True
    side = "above" if share > found.target else "below"
    return f"Unbalanced: {told}, {side} the {_span(found)} aimed at.", False


def _span(found: Balance) -> str:
    low = max(0.0, found.target - found.tolerance)
    high = min(1.0, found.target + found.tolerance)
    return words.unbroken(f"{100 * low:.0f} to {100 * high:.0f} %")


def _groups(plan: Plan, found: Balance) -> tuple[ShareGroup, ...]:
    horizons = [
        _row(found, shares, words.HORIZON[horizon], detail=True)
        for horizon, shares in found.by_horizon.items()
    ]
    objectives = [
        _row(found, shares, "No objective")
        if id is None
        else _row(found, shares, plan.objectives[id].title, addresses.record(plan, Kind.OBJECTIVE, id))
        for id, shares in found.by_objective.items()
    ]
    since = f"Since {words.day(found.since)}"
    groups = (
        ("Committed", [_row(found, found.committed, "Planned and in progress", detail=True)]),
        ("By horizon", horizons),
        ("By first objective", objectives),
        ("Delivered", [_row(found, found.delivered, since, detail=True)]),
    )
    return tuple(ShareGroup(title=title, rows=tuple(rows)) for title, rows in groups if rows)


def _row(
    found: Balance, shares: Shares, title: str, ref: Ref | None = None, *, detail: bool = False
) -> ShareRow:
    share = shares.customer_share
    beside = (
        (shares.obligation_effort, "for obligations"),
        (shares.enabler_effort, "for enablers"),
        (shares.unbacked_effort, "unbacked"),
    )
    parts = [f"{figures.weeks(effort)} {name}" for effort, name in beside if effort] if detail else []
    missing = shares.items - shares.estimated
    if missing:
        parts.append(f"{words.count(missing, 'item')} not estimated")
    return ShareRow(
        title=title,
        ref=ref,
        customers=figures.percent(share),
        users=figures.percent(None if share is None else 1 - share),
        weeks=figures.weeks(shares.customer_effort + shares.user_effort) if share is not None else "",
        mark=share_mark(share, target=found.target, tolerance=found.tolerance) if share is not None else None,
        detail="; ".join(parts),
    )


def _spots(plan: Plan, ranking: Ranking) -> list[tuple[Scored, Spot]]:
    """Items with a score, those with the highest value first: their names are placed first."""
    scored = [one for one in ranking.items if one.customer.score or one.user.score]
    scored.sort(key=lambda one: (-one.value.score, one.id))
    return [
        (
            one,
            Spot(
                id=one.id,
                label=plan.items[one.id].title,
                x=one.customer.score,
                y=one.user.score,
                kind=_KINDS[corner(one)],
                title=(
                    f"{plan.items[one.id].title}: customers {figures.ranged(one.customer)}, "
                    f"users {figures.ranged(one.user)}"
                ),
            ),
        )
        for one in scored
    ]


def _chart(spots: Sequence[tuple[Scored, Spot]], *, weight: float, room: Room = WIDE) -> Scatter:
    most = max(2 * STRONG, *(max(spot.x, spot.y) for _, spot in spots))
    steps = (0.0, *(step for step in _STEPS if step < most), next(step for step in _STEPS if step >= most))
    both = [spot.label for one, spot in spots if corner(one) == 1]
    named = ", ".join(both[:5]) + (f" and {len(both) - 5:,} more" if len(both) > 5 else "")
    return scatter(
        [spot for _, spot in spots],
        id="balance-map" if room is WIDE else "balance-map-narrow",
        title="Customers’ score against users’ score",
        summary=(
            f"{words.count(len(spots), 'open item')} by the customers’ score (to the right) and the users’ "
            f"score (upwards)." + (f" Serving both: {named}." if both else "")
        ),
        across="Customers’ score, of 100",
        upwards="Users’ score, of 100",
        corners=CORNERS,
        steps=steps,
        middle=STRONG,
        room=room,
        curve=sqrt,
        contour=(STRONG, weight),
    )


def _narrow(spots: Sequence[tuple[Scored, Spot]], *, weight: float) -> Scatter:
    return _chart([(one, replace(spot, title="")) for one, spot in spots], weight=weight, room=NARROW)


def _corner_row(plan: Plan, one: Scored) -> CornerRow:
    return CornerRow(
        ref=addresses.record(plan, Kind.ITEM, one.id),
        status=status_badge(plan.items[one.id].status),
        customer=figures.ranged(one.customer),
        user=figures.ranged(one.user),
        customer_order=f"{one.customer.score:.6f}",
        user_order=f"{one.user.score:.6f}",
        corner=CORNERS[corner(one)],
    )
