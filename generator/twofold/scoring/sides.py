"""An item's two scores: what customers and what users would gain by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from twofold.scoring.interval import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.model import Item
    from twofold.scoring.hearing import Hearing

    Figures = tuple[float, float, float]
    """As in an estimate: score, low, high."""


class Sides(NamedTuple):
    """An item's scores, each 0 to 100."""

    customer: Estimate
    user: Estimate
    needs: Mapping[int, Estimate]
    """Each persona's need, 0 to 1, for those whose voices the item's evidence has."""

    assumed: bool
    """Whether a satisfaction in it is assumed."""


def sides(hearing: Hearing, item: Item) -> Sides:
    """Score an item for either side."""
    themes, assumed = _themes(hearing, item)
    rests: dict[int, Figures] = {}
    # In a fixed order: the last digit must not depend on the order of the evidence.
    for key in sorted(themes):
        persona, (score, low, high) = key[0], themes[key]
        if persona in rests:
            one, other, third = rests[persona]
            rests[persona] = one * (1 - score), other * (1 - low), third * (1 - high)
        else:
            rests[persona] = 1 - score, 1 - low, 1 - high
    needs = {persona: Estimate(1 - score, 1 - low, 1 - high) for persona, (score, low, high) in rests.items()}
    return Sides(_total(needs, hearing.customers), _total(needs, hearing.users), needs, assumed)


def _themes(hearing: Hearing, item: Item) -> tuple[dict[tuple[int, int], Figures], bool]:
    """For each persona and theme the largest need, each of the three figures for itself."""
    found: dict[tuple[int, int], Figures] = {}
    assumed = False
    for answer in item.evidence:
        fit = answer.fit
        for key, score, low, high, guessed in hearing.needs.get(answer.finding, ()):
            need = score * fit, low * fit, high * fit
            if guessed and need[0] > 0:
                assumed = True
            one = found.get(key)
            # Most are the only one of their theme; comparing three figures takes its time.
            found[key] = need if one is None else _larger(one, need)
    return found, assumed


def _larger(one: Figures, other: Figures) -> Figures:
    return max(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2])


def _total(needs: Mapping[int, Estimate], parts: Mapping[int, float]) -> Estimate:
    """100 · Σ weight · need / Σ weight, over those who were heard."""
    score = low = high = 0.0
    for persona, figures in needs.items():
        part = parts.get(persona)
        if part is not None:
            score += part * figures[0]
            low += part * figures[1]
            high += part * figures[2]
    # Parts add up to 1 but for the last digit.
    return Estimate(min(100.0, 100 * score), min(100.0, 100 * low), min(100.0, 100 * high))
