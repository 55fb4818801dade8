"""Which item comes first, and how far that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from twofold.model.item import OPEN
from twofold.scoring.assessment import NOT_ESTIMATED, Asked, assess, strongest
from twofold.scoring.hearing import listen
from twofold.scoring.registry import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from twofold.model import ItemId, PersonaId
    from twofold.plan import Plan
    from twofold.scoring.assessment import Assessed
    from twofold.scoring.hearing import Hearing
    from twofold.scoring.interval import Estimate
    from twofold.scoring.protocol import Candidate, Model

Key = TypeVar("Key")

WEIGHTS = tuple(step / 20 for step in range(21))
"""The customer weights under which an item's ranks are compared: 0 to 1 in steps of 0.05."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An item with its scores."""

    id: ItemId
    customer: Estimate
    """0 to 100."""

    user: Estimate
    """0 to 100."""

    value: Estimate
    """0 to 100."""

    confidence: float
    """0 to 1."""

    confidence_assumed: bool
    """Whether 1 stands in for a confidence that nobody gave."""

    satisfaction_assumed: bool
    """Whether the middle stands in for a satisfaction that nobody gave."""

    effort: float | None
    """Person-weeks."""

    strongest: PersonaId | None
    """The persona with the largest need that it answers; None where it answers none."""

    priority: Estimate | None
    """None for what is not estimated or not ranked."""

    rank: int | None
    """From 1; None for what is not ranked."""

    rank_best: int | None
    """The best rank under any customer weight."""

    rank_worst: int | None
    """The worst rank under any customer weight."""

    band: int | None
    """From 1. Items of one band are tied: their order says nothing. None for what has no priority."""

    problem: str
    """Why it has no priority; `""` where it has one."""

    @property
    def sure(self) -> bool:
        """Whether nothing in it is assumed."""
        return not (self.confidence_assumed or self.satisfaction_assumed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """All open items in their order: the ranked, those not estimated, those not ranked."""

    name: str
    """The model's name in the settings."""

    asked: Asked
    """The model, as it is to be asked for further items."""

    customer_weight: float
    items: tuple[Scored, ...]
    hearing: Hearing

    @property
    def model(self) -> Model:
        """The model."""
        return self.asked.model

    @property
    def ranked(self) -> tuple[Scored, ...]:
        """Items with a priority."""
        return tuple(one for one in self.items if one.priority is not None)

    @property
    def not_estimated(self) -> tuple[Scored, ...]:
        """Items that wait for an effort; they are ranked last."""
        return tuple(one for one in self.items if one.priority is None and one.rank is not None)

    @property
    def not_ranked(self) -> tuple[Scored, ...]:
        """Items that lack what the model asks for."""
        return tuple(one for one in self.items if one.rank is None)


class Position(NamedTuple):
    """Where an item stands; None where it has no priority, or no rank."""

    value: float
    """0 to 100."""

    priority: float | None
    rank: int | None


class Place(NamedTuple):
    """An item's rank, and how far it moves with the customer weight."""

    rank: int
    best: int
    worst: int


def rank(plan: Plan, *, model: str | None = None) -> Ranking:
    """Score and rank every open item, by the model of a name or by the one of the settings.

    Raises:
        ModelError: when the model cannot be used.
    """
    name = plan.settings.scoring if model is None else model
    chosen = Asked(find(name), name)
    hearing = listen(plan)
    weight = plan.settings.customer_weight
    # Present ids come in their order, and sorting is stable: what is equal stays in the order of ids.
    found = [assess(plan, hearing, id, chosen) for id, item in plan.items.items() if item.status in OPEN]
    ready, waiting, lacking = _sorted_out(found)
    candidates = [one.candidate for one in ready]

    def priorities(weight: float) -> list[float]:
        return chosen.all(candidates, _values(candidates, weight))

    def values(weight: float) -> list[float]:
        return _values([one.candidate for one in waiting], weight)

    places = _places(priorities, weight)
    ranked = sorted(zip(ready, places, strict=True), key=lambda pair: pair[1].rank)
    bands = _bands([one.priority for one, _ in ranked if one.priority is not None])
    later = sorted(zip(waiting, _places(values, weight), strict=True), key=lambda pair: pair[1].rank)
    items = (
        *(_scored(one, hearing, place, band) for (one, place), band in zip(ranked, bands, strict=True)),
        *(_scored(one, hearing, _after(place, len(ranked)), None) for one, place in later),
        *(_scored(one, hearing, None, None) for one in lacking),
    )
    return Ranking(name=name, asked=chosen, customer_weight=weight, items=items, hearing=hearing)


def positions(before: Plan, after: Plan) -> tuple[dict[ItemId, Position], dict[ItemId, Position]]:
    """Priority and rank of every open item of two revisions, by the settings' models.

    As `rank` gives them, without how sure they are; what is the same in both is scored once.

    Raises:
        ModelError: when a model cannot be used.
    """
    known: dict[int, Assessed] = {}
    earlier = _positions(before, {}, made=known)
    return earlier, _positions(after, known if _scores_alike(before, after) else {}, made={})


def _scores_alike(before: Plan, after: Plan) -> bool:
    """Whether an item that is the same in both revisions has the same score in both."""
    return (
        before.settings == after.settings
        and _are_same(before.personas, after.personas)
        and _are_same(before.findings, after.findings)
        and _are_same(before.summaries, after.summaries)
    )


def _are_same(before: Mapping[Key, object], after: Mapping[Key, object]) -> bool:
    return before.keys() == after.keys() and all(after[key] is one for key, one in before.items())


def _positions(
    plan: Plan, known: Mapping[int, Assessed], *, made: dict[int, Assessed]
) -> dict[ItemId, Position]:
    """Take from `known` what has been scored, by the items' identity; `made` gets what is scored now."""
    name = plan.settings.scoring
    chosen = Asked(find(name), name)
    hearing = listen(plan)
    found: list[Assessed] = []
    for item_id, item in plan.items.items():
        if item.status in OPEN:
            one = made[id(item)] = known.get(id(item)) or assess(plan, hearing, item_id, chosen)
            found.append(one)
    ready, waiting, lacking = _sorted_out(found)
    weight = plan.settings.customer_weight
    candidates = [one.candidate for one in ready]
    ranks = _ranks(chosen.all(candidates, _values(candidates, weight)))
    later = _ranks(_values([one.candidate for one in waiting], weight))
    return {
        **{
            one.id: Position(one.value.score, one.priority.score, place)
            for one, place in zip(ready, ranks, strict=True)
            if one.priority is not None
        },
        **{
            one.id: Position(one.value.score, None, len(ready) + place)
            for one, place in zip(waiting, later, strict=True)
        },
        **{one.id: Position(one.value.score, None, None) for one in lacking},
    }


def _sorted_out(
    found: Sequence[Assessed],
) -> tuple[list[Assessed], list[Assessed], list[Assessed]]:
    """Items with a priority, those not estimated, and those that lack what the model asks for."""
    return (
        [one for one in found if one.priority is not None],
        [one for one in found if one.problem == NOT_ESTIMATED],
        [one for one in found if one.priority is None and one.problem != NOT_ESTIMATED],
    )


def single(plan: Plan, ranking: Ranking, id: ItemId) -> Scored:
    """Score an item outside the ranking: one that is released or declined has no rank."""
    return _scored(assess(plan, ranking.hearing, id, ranking.asked), ranking.hearing, None, None)


def _values(items: Iterable[Candidate], weight: float) -> list[float]:
    rest = 1 - weight
    # As `mixed` does it, for the scores alone: it is done for every item under every weight.
    return [weight * one.customer + rest * one.user for one in items]


def _places(keys_at: Callable[[float], Sequence[float]], weight: float) -> list[Place]:
    """Each item's rank under one customer weight, and its best and worst under all of them."""
    ranks = _ranks(keys_at(weight))
    best, worst = list(ranks), list(ranks)
    for other in WEIGHTS:
        if other != weight:
            for number, place in enumerate(_ranks(keys_at(other))):
                if place < best[number]:
                    best[number] = place
                elif place > worst[number]:
                    worst[number] = place
    return [Place(*one) for one in zip(ranks, best, worst, strict=True)]


def _ranks(keys: Sequence[float]) -> list[int]:
    """The place of each key among all, from 1 for the largest; equal ones in the order that they have."""
    found = [0] * len(keys)
    # `reverse` leaves equal keys in their order.
    for place, number in enumerate(sorted(range(len(keys)), key=keys.__getitem__, reverse=True), 1):
        found[number] = place
    return found


def _bands(priorities: Sequence[Estimate]) -> list[int]:
    """The band of each priority, in the order of ranks: neighbours that are tied share one."""
    bands = [1] if priorities else []
    for above, below in pairwise(priorities):
        bands.append(bands[-1] + (not tied(above, below)))
    return bands


def tied(one: Estimate, other: Estimate) -> bool:
    """Whether two ranges overlap by more than half of the smaller one.

    A range that is a point lies wholly within the other, or not at all.
    """
    overlap = min(one.high, other.high) - max(one.low, other.low)
    smaller = min(one.high - one.low, other.high - other.low)
    return overlap > smaller / 2 if smaller > 0 else overlap >= 0


def _after(place: Place, others: int) -> Place:
    return Place(*(one + others for one in place))


def _scored(one: Assessed, hearing: Hearing, place: Place | None, band: int | None) -> Scored:
    return Scored(
        id=one.id,
        customer=one.sides.customer,
        user=one.sides.user,
        value=one.value,
        confidence=one.candidate.confidence,
        confidence_assumed=one.item.confidence is None,
        satisfaction_assumed=one.sides.assumed,
        effort=one.item.effort.weeks if one.item.effort is not None else None,
        strongest=strongest(one.sides, hearing),
        priority=one.priority,
        rank=place.rank if place else None,
        rank_best=place.best if place else None,
        rank_worst=place.worst if place else None,
        band=band,
        problem=one.problem,
    )
