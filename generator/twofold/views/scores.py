"""What comes first: every open item with its two scores, its range and its rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.charts.geometry import ticks
from twofold.charts.ranges import RangeMark, range_mark
from twofold.model import Kind
from twofold.plan import addresses
from twofold.views import figures, words
from twofold.views.parts import Badge, status_badge
from twofold.views.ways import PRIORITIES, Way, ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twofold.model import PersonaId
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.scoring.interval import Estimate
    from twofold.scoring.ranking import Ranking, Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """A figure with its range, in words and as a picture."""

    text: str
    range: str
    """`21–45`; `""` where the range is a point."""

    order: str
    """What it is sorted by."""

    mark: RangeMark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One item."""

    ref: Ref
    status: Badge
    rank: str
    """`""` where it has none."""

    tie: str
    """How it is tied to its neighbours: `first`, `inner`, `last`, or `""`."""

    customer: FigureCell
    user: FigureCell
    value: FigureCell
    priority: FigureCell
    ranks: str
    """Best to worst under any customer weight."""

    strongest: Ref | None
    assumed: str
    """What is assumed, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Items that the model does not rank, and why."""

    problem: str
    items: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresView:
    """All that the page prints."""

    template = "scores.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    formula: str
    rows: tuple[ScoreRow, ...]
    waiting: tuple[ScoreRow, ...]
    """Items without an estimate."""

    apart: tuple[Apart, ...]
    has_ties: bool
    scale: str
    """How long the pictures' scale is."""

    unheard: tuple[tuple[str, tuple[Ref, ...]], ...]
    """Side, and those of it whom nobody asked."""

    is_empty: bool


def scores_view(plan: Plan, ranking: Ranking) -> ScoresView:
    """Gather the page."""
    most = scale_of(ranking.items)
    ranked = ranking.ranked
    rows = tuple(
        score_row(plan, one, most=most, tie=tie) for one, tie in zip(ranked, _ties(ranked), strict=True)
    )
    reasons: dict[str, list[Ref]] = {}
    for one in ranking.not_ranked:
        reasons.setdefault(one.problem, []).append(addresses.record(plan, Kind.ITEM, one.id))
    weight = words.number(ranking.customer_weight)
    return ScoresView(
        title="Scores",
        ways=ways(PRIORITIES, addresses.SCORES),
        lead=(
            "What each open item is worth to customers and to users, how sure that is, and what comes first. "
            "Every score is absolute: no other item moves it."
        ),
        formula=f"{ranking.model.title}: priority = {ranking.model.formula}; customer weight {weight}",
        rows=rows,
        waiting=tuple(score_row(plan, one, most=most) for one in ranking.not_estimated),
        apart=tuple(Apart(problem=problem, items=tuple(items)) for problem, items in reasons.items()),
        has_ties=any(row.tie for row in rows),
        scale=f"0 to {words.number(most)}",
        unheard=unheard(plan, ranking),
        is_empty=not ranking.items,
    )


def scale_of(items: Sequence[Scored]) -> float:
    """A round number that no range exceeds, so that all pictures have one scale."""
    most = max((max(one.customer.high, one.user.high) for one in items), default=0.0)
    return ticks(0.0, most, most=6)[-1] if most > 0 else 100.0


def score_row(plan: Plan, one: Scored, *, most: float, tie: str = "") -> ScoreRow:
    """One item's row."""
    is_ranked = one.priority is not None
    guessed = {"confidence": one.confidence_assumed, "satisfaction": one.satisfaction_assumed}
    return ScoreRow(
        ref=addresses.record(plan, Kind.ITEM, one.id),
        status=status_badge(plan.items[one.id].status),
        rank=f"{one.rank}" if is_ranked else "",
        tie=tie,
        customer=figure_cell(one.customer, most=most),
        user=figure_cell(one.user, most=most),
        value=figure_cell(one.value, most=most),
        priority=_priority(one.priority),
        ranks=window(one) if is_ranked else "–",
        strongest=_persona(plan, one.strongest),
        assumed=" and ".join(name for name, is_assumed in guessed.items() if is_assumed),
    )


def figure_cell(found: Estimate, *, most: float) -> FigureCell:
    """A score with its range."""
    span = f"{figures.score(found.low)}–{figures.score(found.high)}" if found.high > found.low else ""
    mark = range_mark(*found, most=most) if found.high > 0 else None
    return FigureCell(text=figures.score(found.score), range=span, order=f"{found.score:.6f}", mark=mark)


def window(one: Scored) -> str:
    """The ranks that an item may take: `5–7`."""
    return f"{one.rank_best}–{one.rank_worst}" if one.rank_best != one.rank_worst else f"{one.rank_best}"


def unheard(plan: Plan, ranking: Ranking) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    """Whom nobody asked, by side."""
    hearing = ranking.hearing
    sides = (("customers", hearing.unheard_customers), ("users", hearing.unheard_users))
    return tuple(
        (side, tuple(addresses.record(plan, Kind.PERSONA, id) for id in ids)) for side, ids in sides if ids
    )


def _priority(found: Estimate | None) -> FigureCell:
    if found is None:
        return FigureCell(text="–", range="", order="", mark=None)
    low, high = figures.priority(found.low), figures.priority(found.high)
    return FigureCell(
        text=figures.priority(found.score),
        range=f"{low}–{high}" if low != high else "",
        order=f"{found.score:.9g}",
        mark=None,
    )


def _persona(plan: Plan, id: PersonaId | None) -> Ref | None:
    return addresses.record(plan, Kind.PERSONA, id) if id is not None else None


def _ties(ranked: Sequence[Scored]) -> list[str]:
    """How each item is tied to the one before and the one after it."""
    names = {(False, False): "", (False, True): "first", (True, True): "inner", (True, False): "last"}
    bands = [None, *(one.band for one in ranked), None]
    pairs = zip(bands, bands[1:], bands[2:], strict=False)
    return [names[before == here, after == here] for before, here, after in pairs]
