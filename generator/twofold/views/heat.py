"""Who needs what: themes by persona."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from twofold.model import Kind, Side
from twofold.plan import addresses
from twofold.views import figures
from twofold.views.evidence import theme_title
from twofold.views.parts import Badge, side_badge
from twofold.views.ways import PRIORITIES, Way, ways

if TYPE_CHECKING:
    from collections.abc import Collection

    from twofold.model import PersonaId
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.scoring.hearing import Hearing
    from twofold.scoring.interval import Estimate

STEPS = (0, 5, 15, 30, 45, 60)
"""From which need on, of 100, a cell is so much darker."""

_SIDES = (Side.CUSTOMER, Side.BOTH, Side.USER)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """What a persona needs of a theme."""

    text: str
    range: str
    heat: int
    """How dark, 0 to 5; -1 where nobody asked."""

    order: str
    """The number by which the table sorts it; ``""`` where nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A theme."""

    ref: Ref
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatView:
    """All that the page prints."""

    template = "heat.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    sides: tuple[tuple[Badge, int], ...]
    """Each side that has personas, and how many columns it takes."""

    columns: tuple[Ref, ...]
    """The personas, those of a side together."""

    rows: tuple[HeatRow, ...]
    legend: tuple[tuple[int, str], ...]
    """Step and what it stands for."""


def heat_view(
    plan: Plan,
    hearing: Hearing,
    *,
    of: Collection[PersonaId] | None = None,
    on: Collection[str] | None = None,
    limit: int | None = None,
) -> HeatView:
    """Gather the page: customers first, then users, and the strongest themes first.

    It has all personas or those `of` a collection, all themes or those `on` a list, at most `limit`.
    """
    people = sorted(
        (id for id in plan.personas if of is None or id in of),
        key=lambda id: (_SIDES.index(plan.personas[id].side), plan.personas[id].name.casefold(), id),
    )
    places = {hearing.personas.index(id) for id in people}
    needs = {
        theme: {place: need for place, need in cells.items() if place in places}
        for theme, cells in _needs(plan, hearing).items()
        if on is None or theme in on
    }
    strength = {theme: max(found[0] for found in cells.values()) for theme, cells in needs.items() if cells}
    themes = sorted(strength, key=lambda theme: (-strength[theme], theme is None, theme or ""))[:limit]
    return HeatView(
        title="Needs by persona",
        ways=ways(PRIORITIES, addresses.NEEDS),
        lead=(
            "How much each persona needs something done about each theme: the share that brought it up times "
            "how much it hurts, of 100. Of several findings the largest counts."
        ),
        sides=tuple(
            (side_badge(side), number)
            for side in _SIDES
            if (number := sum(plan.personas[id].side is side for id in people))
        ),
        columns=tuple(addresses.record(plan, Kind.PERSONA, id) for id in people),
        rows=tuple(
            HeatRow(
                ref=addresses.Ref(title=theme_title(theme), address=addresses.theme_address(theme)),
                cells=tuple(_cell(needs[theme].get(hearing.personas.index(id))) for id in people),
            )
            for theme in themes
        ),
        legend=tuple((step, name) for step, name in enumerate(_legend())),
    )


def _needs(plan: Plan, hearing: Hearing) -> dict[str | None, dict[int, Estimate]]:
    """Theme and persona's place to the largest need, 0 to 1; findings without a theme are taken together."""
    found: defaultdict[str | None, dict[int, Estimate]] = defaultdict(dict)
    for id, finding in plan.findings.items():
        for need in hearing.needs[id]:
            persona = need.key[0]
            one = need.estimate
            old = found[finding.theme].get(persona, one)
            found[finding.theme][persona] = type(one)(*map(max, one, old))
    return found


def _cell(need: Estimate | None) -> HeatCell:
    if need is None:
        return HeatCell(text="", range="", heat=-1, order="")
    hundred = need.times(100)
    span = f"{figures.score(hundred.low)}–{figures.score(hundred.high)}" if hundred.high > hundred.low else ""
    heat = max(step for step, least in enumerate(STEPS) if hundred.score >= least)
    return HeatCell(text=figures.score(hundred.score), range=span, heat=heat, order=f"{hundred.score:.6f}")


def _legend() -> tuple[str, ...]:
    ends = [*(f"{least}–{above}" for least, above in pairwise(STEPS)), f"{STEPS[-1]}–100"]
    return tuple(ends)
