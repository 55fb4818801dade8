"""How the committed effort divides: for a terminal and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from twofold.emit.figures import cell, percent, weeks
from twofold.model import Driver
from twofold.model.period import day_name
from twofold.scoring.balance import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.emit.figures import Paint
    from twofold.plan import Plan
    from twofold.scoring.balance import Balance, Shares

BAR = 30
"""Columns of a bar."""

LABEL = 24
SHOWN = 5
"""How many unbacked items are named."""


def data(found: Balance) -> dict[str, Any]:
    """For JSON."""
    return {
        "customer_share": found.committed.customer_share,
        "target": found.target,
        "tolerance": found.tolerance,
        "balanced": found.is_balanced,
        **_efforts(found.committed),
        "unbacked_items": list(found.unbacked),
        "by_horizon": {horizon.value: _shares(one) for horizon, one in found.by_horizon.items()},
        "by_objective": {id: _shares(one) for id, one in found.by_objective.items() if id is not None},
        "without_objective": _shares(found.by_objective[None]) if None in found.by_objective else None,
        "delivered": {"since": found.since.isoformat(), **_shares(found.delivered)},
    }


def as_json(found: Balance) -> str:
    """The object as text, in ASCII."""
    return json.dumps(data(found), indent=2, allow_nan=False) + "\n"


def render(plan: Plan, found: Balance, *, paint: Paint) -> Iterator[str]:
    """The lines for a terminal of 80 columns."""
    if not found.committed.items and not found.delivered.items:
        yield "There is nothing to balance: no item is planned, in progress or lately released."
        return
    yield paint(f"{'':<{LABEL}} {'':>5} {'customers':<15}{'users':>15} {'':5} {'weeks':>6}", "bold")
    yield _row("Committed", found.committed)
    yield f"{'':<{LABEL}} {'':>5} {_scale(found)}"
    yield paint("By horizon", "bold")
    for horizon, shares in found.by_horizon.items():
        yield _row(f"  {horizon.value}", shares)
    yield paint("By first objective", "bold")
    for id, shares in found.by_objective.items():
        yield _row(f"  {plan.objectives[id].title if id is not None else 'none'}", shares)
    yield paint("Delivered", "bold")
    yield _row(f"  since {day_name(found.since)}", found.delivered)
    yield ""
    yield from _verdict(found)
    yield from _beside(found)


def _row(label: str, shares: Shares) -> str:
    share = shares.customer_share
    effort = shares.customer_effort + shares.user_effort
    if share is None:
        return f"{cell(label, LABEL)} {'–':>5} {'nothing to divide':<{BAR}}"
    full = round(share * BAR)
    bar = "█" * full + "░" * (BAR - full)
    return f"{cell(label, LABEL)} {percent(share):>5} {bar} {percent(1 - share):<5} {weeks(effort):>6}"


def _scale(found: Balance) -> str:
    """Where the target is, and what is close enough to it."""
    low = round(max(0.0, found.target - found.tolerance) * (BAR - 1))
    high = round(min(1.0, found.target + found.tolerance) * (BAR - 1))
    aim = round(found.target * (BAR - 1))
    signs = ["╵" if at == aim else "┄" if low <= at <= high else " " for at in range(BAR)]
    return "".join(signs) + f" target {percent(found.target)}"


def _verdict(found: Balance) -> Iterator[str]:
    committed = found.committed
    coverage = f"{committed.estimated} of {committed.items} committed items estimated"
    low, high = max(0.0, found.target - found.tolerance), min(1.0, found.target + found.tolerance)
    aim = f"the {percent(low)} to {percent(high)} aimed at"
    share = committed.customer_share
    if share is None:
        yield f"Nothing to divide: {coverage}."
    elif not found.is_covered:
        yield f"Not judged: {coverage}, fewer than {percent(ENOUGH)}."
    elif found.is_balanced:
        yield f"Balanced: {percent(share)} for customers is within {aim}."
        yield f"{coverage} ({percent(committed.coverage)})."
    else:
        side = "above" if share > found.target else "below"
        yield f"Unbalanced: {percent(share)} for customers is {side} {aim}."
        yield f"{coverage} ({percent(committed.coverage)})."


def _beside(found: Balance) -> Iterator[str]:
    committed = found.committed
    parts = [
        f"{weeks(effort)} for {name}"
        for name, effort in (
            (f"{Driver.OBLIGATION.value}s", committed.obligation_effort),
            (f"{Driver.ENABLER.value}s", committed.enabler_effort),
        )
        if effort
    ]
    if parts:
        yield f"Beside that, person-weeks committed: {', '.join(parts)}."
    if found.unbacked:
        names = ", ".join(found.unbacked[:SHOWN])
        more = f" and {len(found.unbacked) - SHOWN} more" if len(found.unbacked) > SHOWN else ""
        yield f"Unbacked, {weeks(committed.unbacked_effort)} person-weeks: {names}{more}."


def _shares(shares: Shares) -> dict[str, Any]:
    return {"customer_share": shares.customer_share, **_efforts(shares)}


def _efforts(shares: Shares) -> dict[str, Any]:
    return {
        "customer_effort": shares.customer_effort,
        "user_effort": shares.user_effort,
        "unbacked_effort": shares.unbacked_effort,
        "obligation_effort": shares.obligation_effort,
        "enabler_effort": shares.enabler_effort,
        "coverage": shares.coverage,
        "items": shares.items,
        "estimated": shares.estimated,
    }
