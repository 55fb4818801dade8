"""Scores and shares as people read them: no more digits than they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twofold.scoring.interval import Estimate


def score(value: float) -> str:
    """A score without more digits than it has: `31`, `0.4`."""
    if value <= 0:
        return "0"
    return f"{value:.0f}" if round(value, 1) >= 1 else f"{value:.1f}" if value >= 0.05 else "<0.1"


def ranged(found: Estimate) -> str:
    """A score with its range: `31 (21–45)`."""
    if found.high <= 0:
        return "0"
    return f"{score(found.score)} ({score(found.low)}–{score(found.high)})"


def priority(value: float) -> str:
    """A priority: three digits that count."""
    # From here on, three digits are a whole number: `99.96` would be `100.`.
    return f"{value:,.0f}" if value >= 99.95 else f"{value:#.3g}" if value >= 0.001 else f"{value:.1g}"


def percent(share: float | None) -> str:
    """A share: `51 %`."""
    return "–" if share is None else f"{100 * share:.0f} %"


def weeks(effort: float) -> str:
    """Person-weeks, to a tenth: `16`, `4.5`."""
    return f"{round(effort, 1):,g}"


def weight(value: float) -> str:
    """A weight or an effort as it was written: `1`, `0.5`."""
    return f"{value:,.10g}"
