"""The ranking for a terminal, 80 columns wide or more."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len

from twofold.emit.figures import cell, priority, ranged
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twofold.emit.figures import Paint
    from twofold.plan import Plan
    from twofold.scoring.ranking import Ranking, Scored

NARROW = 80
SHOWN = 5
"""How many of those nobody asked are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How wide the columns are."""

    item: int
    window: int
    paint: Paint

    @property
    def whole(self) -> int:
        """Columns of a row."""
        return 4 + 1 + self.item + 3 * 12 + 9 + 1 + self.window

    @classmethod
    def of(cls, ranking: Ranking, *, width: int, paint: Paint) -> Layout:
        """As wide as the ids need, where the terminal has the room."""
        window = max(5, *(len(_window(one)) for one in ranking.items))
        longest = max(20, *(cell_len(one.id) for one in ranking.items))
        bare = cls(item=0, window=window, paint=paint).whole
        return cls(item=min(max(width, NARROW) - bare, longest), window=window, paint=paint)


def render(plan: Plan, ranking: Ranking, *, by: str, width: int, paint: Paint) -> Iterator[str]:
    """The lines of the table, sorted by `priority`, `value`, `customer` or `user`."""
    if not ranking.items:
        yield "There is nothing to rank: no item is an idea, planned or in progress."
        return
    ranked = _sorted(ranking.ranked, by)
    layout = Layout.of(ranking, width=width, paint=paint)
    count = f"{len(ranked)} of {len(ranking.items)} open items"
    yield f"{count}, ranked by {ranking.model.title}; ranges are 95 %"
    yield from wrap(f"Priority = {ranking.model.formula}", NARROW, subsequent_indent="  ")
    weight = f"Customer weight {ranking.customer_weight:g}"
    yield f"{weight}; sorted by {by}" if by != "priority" else weight
    heads = f"{'Customer':>12}{'User':>12}{'Value':>12}{'Priority':>9}"
    if ranked or ranking.not_estimated:
        yield ""
        yield paint(f"{'#':>3}  {'Item':<{layout.item}}{heads} {'Ranks':>{layout.window}}", "bold")
    brackets = _brackets(ranked) if by == "priority" else [" "] * len(ranked)
    for one, bracket in zip(ranked, brackets, strict=True):
        yield from _rows(plan, one, bracket, layout)
    yield from _apart(plan, ranking, by, layout)
    yield from _notes(plan, ranking, tied=any(bracket.strip() for bracket in brackets))


def in_order(ranking: Ranking, by: str) -> list[Scored]:
    """All items: ranked, not estimated, not ranked, each part sorted."""
    parts = (ranking.ranked, ranking.not_estimated, ranking.not_ranked)
    return [one for part in parts for one in _sorted(part, by)]


def _rows(plan: Plan, one: Scored, bracket: str, layout: Layout) -> Iterator[str]:
    is_ranked = one.priority is not None
    rank = f"{one.rank:>3}" if is_ranked else "   "
    figures = f"{ranged(one.customer):>12}{ranged(one.user):>12}{ranged(one.value):>12}"
    shown = priority(one.priority.score) if one.priority is not None else "–"
    window = _window(one) if is_ranked else ""
    id = layout.paint(cell(one.id, layout.item), "bold")
    yield f"{rank}{bracket} {id}{figures}{shown:>9} {window:>{layout.window}}".rstrip()
    inner = "│" if bracket in {"┌", "├"} else " "
    yield layout.paint(f"   {inner} {_about(plan, one, layout.whole - 5)}", "dim")


def _about(plan: Plan, one: Scored, room: int) -> str:
    """Title, for whom above all, and what is assumed; the title gives way."""
    tail = "" if one.strongest is None else f" · for {plan.personas[one.strongest].name}"
    guessed = {"confidence": one.confidence_assumed, "satisfaction": one.satisfaction_assumed}
    assumed = " and ".join(name for name, is_assumed in guessed.items() if is_assumed)
    note = f" · {assumed} assumed" if assumed else ""
    tail = cell(tail, min(cell_len(tail), room // 2 - len(note) // 2)) + note
    title = plan.items[one.id].title
    return cell(title, min(cell_len(plain(title)), room - cell_len(tail))) + tail


def _apart(plan: Plan, ranking: Ranking, by: str, layout: Layout) -> Iterator[str]:
    waiting = _sorted(ranking.not_estimated, by)
    if waiting:
        yield ""
        yield layout.paint("Not estimated: ranked last until they have an `effort`", "bold")
        for one in waiting:
            yield from _rows(plan, one, " ", layout)
    reasons: dict[str, list[str]] = {}
    for one in ranking.not_ranked:
        reasons.setdefault(one.problem, []).append(one.id)
    for problem, ids in reasons.items():
        yield ""
        yield layout.paint(f"Not ranked by {ranking.model.title}: {problem}", "bold")
        listed = plain(", ".join(ids))
        yield from wrap(
            listed, layout.whole, initial_indent=" " * 5, subsequent_indent=" " * 5, break_on_hyphens=False
        )


def _notes(plan: Plan, ranking: Ranking, *, tied: bool) -> Iterator[str]:
    hearing = ranking.hearing
    yield ""
    if tied:
        yield "┌└ tied: their ranges overlap by more than half, so their order says little."
    if ranking.ranked:
        yield "Ranks: best and worst as the customer weight goes from 0 to 1."
    for side, unheard in (("customers", hearing.unheard_customers), ("users", hearing.unheard_users)):
        names = ", ".join(cell(plan.personas[id].name, 30).rstrip() for id in unheard[:SHOWN])
        if unheard:
            more = f" and {len(unheard) - SHOWN} more" if len(unheard) > SHOWN else ""
            yield f"Not heard, of the {side}: {names}{more}."


def _sorted(items: Sequence[Scored], by: str) -> list[Scored]:
    # What is equal stays in the order of ranks.
    match by:
        case "value":
            return sorted(items, key=lambda one: -one.value.score)
        case "customer":
            return sorted(items, key=lambda one: -one.customer.score)
        case "user":
            return sorted(items, key=lambda one: -one.user.score)
    return list(items)


def _brackets(ranked: Sequence[Scored]) -> list[str]:
    """For each item the sign that ties it to its neighbours."""
    found = []
    for number, one in enumerate(ranked):
        above = number > 0 and ranked[number - 1].band == one.band
        below = number + 1 < len(ranked) and ranked[number + 1].band == one.band
        found.append(
            {(False, False): " ", (False, True): "┌", (True, True): "├", (True, False): "└"}[above, below]
        )
    return found


def _window(one: Scored) -> str:
    return f"{one.rank_best}–{one.rank_worst}" if one.rank_best != one.rank_worst else f"{one.rank_best}"
