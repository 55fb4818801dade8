"""One item under a model: its two scores, its value, and what the model makes of them."""

from __future__ import annotations

from math import inf, isfinite, isnan
from typing import TYPE_CHECKING, NamedTuple

from twofold.scoring.interval import Estimate
from twofold.scoring.protocol import Candidate, ModelError
from twofold.scoring.registry import blame
from twofold.scoring.sides import sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twofold.model import Item, ItemId, PersonaId
    from twofold.plan import Plan
    from twofold.scoring.hearing import Hearing, Rating
    from twofold.scoring.protocol import Model
    from twofold.scoring.sides import Sides

NOT_ESTIMATED = "not estimated"
"""The problem of an item that has no effort, where the model needs one."""


class Assessed(NamedTuple):
    """An item before it is compared with others."""

    id: ItemId
    item: Item
    sides: Sides
    value: Estimate
    candidate: Candidate
    priority: Estimate | None
    problem: str
    """Why it has no priority; `""` where it has one."""


def assess(plan: Plan, hearing: Hearing, id: ItemId, model: Asked) -> Assessed:
    """Score one item, of any status."""
    item = plan.items[id]
    both = sides(hearing, item)
    weight = plan.settings.customer_weight
    value = mixed(both.customer, both.user, weight)
    effort = item.effort.weeks if item.effort is not None else 0.0
    candidate = Candidate(
        id=id,
        customer=both.customer.score,
        user=both.user.score,
        confidence=1.0 if item.confidence is None else item.confidence,
        effort=effort,
        inputs=item.inputs,
        ratings=tuple(_ratings(hearing, item)),
    )
    problem = _missing(model.model, item)
    priority = None if problem else model.estimate(candidate, value)
    if priority is None:
        problem = problem or "its evidence does not say enough"
    elif not all(map(isfinite, priority)):
        priority, problem = None, "its figures are too large to reckon with"
    return Assessed(id, item, both, value, candidate, priority, problem)


def mixed(customer: Estimate, user: Estimate, weight: float) -> Estimate:
    """The value of two scores under a customer weight, 0 to 1."""
    rest = 1 - weight
    return Estimate(
        weight * customer.score + rest * user.score,
        weight * customer.low + rest * user.low,
        weight * customer.high + rest * user.high,
    )


def strongest(both: Sides, hearing: Hearing) -> PersonaId | None:
    """The persona whose need is the largest, the first by id among equals; None where none has any."""
    most = max(both.needs, key=lambda persona: (both.needs[persona].score, -persona), default=None)
    return hearing.personas[most] if most is not None and both.needs[most].score > 0 else None


class Asked:
    """A model that is asked with care: a plug-in's mistake is told as one."""

    __slots__ = ("_name", "model")

    def __init__(self, model: Model, name: str) -> None:
        self.model = model
        self._name = name

    def estimate(self, candidate: Candidate, value: Estimate) -> Estimate | None:
        """The priority with its range; None where the model has none."""
        answers = [self._answer(candidate, one) for one in value]
        found = [answer for answer in answers if answer is not None]
        if len(found) < len(answers):
            return None
        return Estimate(found[0], min(found), max(found))

    def all(self, candidates: Sequence[Candidate], values: Sequence[float]) -> list[float]:
        """The priority of each for its value, for comparing; what is no priority comes last."""
        ask = self.model.priority
        pairs = list(zip(candidates, values, strict=True))
        # Asked 21 times for every item. Care is taken only where something is amiss.
        try:
            answers = [ask(candidate, value=value) for candidate, value in pairs]
        except Exception:  # noqa: BLE001 - asked again with care, which tells whose fault it is
            answers = []
        if set(map(type, answers)) != {float} or any(map(isnan, answers)):  # type: ignore[arg-type] # all floats
            answers = [self._answer(candidate, value) for candidate, value in pairs]
        return [-inf if answer is None or isnan(answer) else answer for answer in answers]

    def _answer(self, candidate: Candidate, value: float) -> float | None:
        try:
            # Whatever its annotations say: nobody has checked them.
            answer: object = self.model.priority(candidate, value=value)
        except Exception as error:
            told = f"the scoring model `{self._name}` failed for `{candidate.id}`: {blame(error)}"
            raise ModelError(told) from error
        if answer is None or (isinstance(answer, (float, int)) and not isinstance(answer, bool)):
            return answer
        told = f"the scoring model `{self._name}` gave {type(answer).__name__} for `{candidate.id}`"
        raise ModelError(f"{told}, not a number")


def _ratings(hearing: Hearing, item: Item) -> Iterator[Rating]:
    for answer in item.evidence:
        if answer.fit > 0:
            yield from hearing.ratings.get(answer.finding, ())


def _missing(model: Model, item: Item) -> str:
    """What an item lacks for a model; `""` where it has all."""
    wanted = [one for one in model.inputs if not one.optional or one.name in item.inputs]
    missing = [f"`{one.name}`" for one in wanted if one.name not in item.inputs]
    if missing:
        return f"lacks {' and '.join(missing)} under `inputs`"
    low = [one for one in wanted if item.inputs[one.name] < one.minimum]
    if low:
        return f"`{low[0].name}` is {item.inputs[low[0].name]:g}, below {low[0].minimum:g}"
    return NOT_ESTIMATED if model.needs_effort and item.effort is None else ""
