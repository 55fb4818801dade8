"""An item's two scores: what customers and what users would gain by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from twofold.scoring.interval import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twofold.model import Item
    from twofold.plan import Plan
    from twofold.scoring.hearing import Hearing, Need


class Sides(NamedTuple):
    """An item's scores, each 0 to 100."""

    customer: Estimate
    user: Estimate
    needs: Mapping[int, Estimate]
    """Each persona's need, 0 to 1, for those whose voices the item's evidence has."""

    assumed: bool
    """Whether a satisfaction in it is assumed."""


def sides(plan: Plan, hearing: Hearing, item: Item) -> Sides:
    """Score an item for either side."""
    themes, assumed = _themes(plan, hearing, item)
    rests: dict[int, tuple[float, float, float]] = {}
    # In a fixed order: the last digit must not depend on the order of the evidence.
    for (persona, _), (score, low, high) in sorted(themes.items()):
        rest = rests.get(persona, (1.0, 1.0, 1.0))
        rests[persona] = rest[0] * (1 - score), rest[1] * (1 - low), rest[2] * (1 - high)
    needs = {persona: Estimate(1 - score, 1 - low, 1 - high) for persona, (score, low, high) in rests.items()}
    return Sides(_total(needs, hearing.customers), _total(needs, hearing.users), needs, assumed)


def _themes(
    plan: Plan, hearing: Hearing, item: Item
) -> tuple[dict[tuple[int, int], tuple[float, float, float]], bool]:
    """For each persona and theme the largest need, each of the three figures for itself."""
    found: dict[tuple[int, int], tuple[float, float, float]] = {}
    assumed = False
    for answer in item.evidence:
        finding = plan.findings.canonical(answer.finding)
        voices: Sequence[Need] = () if finding is None else hearing.needs[finding]
        fit = answer.fit
        for persona, theme, score, low, high, guessed in voices:
            key = persona, theme
            assumed = assumed or (guessed and score * fit > 0)
            one = found.get(key)
            if one is None:
                found[key] = score * fit, low * fit, high * fit
            else:
                found[key] = max(one[0], score * fit), max(one[1], low * fit), max(one[2], high * fit)
    return found, assumed


def _total(needs: Mapping[int, Estimate], parts: Mapping[int, float]) -> Estimate:
    """100 · Σ weight · need / Σ weight, over those who were heard."""
    score = low = high = 0.0
    for persona, need in needs.items():
        part = parts.get(persona, 0.0)
        score += part * need.score
        low += part * need.low
        high += part * need.high
    # Parts add up to 1 but for the last digit.
    return Estimate(min(100.0, 100 * score), min(100.0, 100 * low), min(100.0, 100 * high))
