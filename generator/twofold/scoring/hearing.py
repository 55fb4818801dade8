"""What was said, ready to be scored: each voice is weighed once, however many items cite its finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from twofold.model.record import Side
from twofold.scoring.interval import Estimate, Share, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.model import Finding, FindingId, PersonaId, Voice
    from twofold.plan import Plan

MIDDLE = 5.0
"""Satisfaction, 0 to 10, where none is given."""


class Need(NamedTuple):
    """A voice's need at full fit: share times pain."""

    key: tuple[int, int]
    """The persona's and the theme's place among all."""

    score: float
    low: float
    high: float

    assumed: bool
    """Whether its satisfaction is assumed."""

    @property
    def estimate(self) -> Estimate:
        """The need with its range."""
        return Estimate(self.score, self.low, self.high)


class Heard(NamedTuple):
    """One scored voice."""

    persona: PersonaId
    weighed: Weighed
    assumed: bool
    """Whether its satisfaction is assumed."""


class Rating(NamedTuple):
    """How one persona rates the need behind one finding."""

    importance: float
    """0 to 10."""

    satisfaction: float
    """0 to 10; 5 where none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """All that was said in a plan."""

    personas: tuple[PersonaId, ...]
    """In the order of ids."""

    themes: tuple[tuple[str, str], ...]
    """Theme and ``""``; for a finding without a theme ``""`` and the finding: it is a theme of its own."""

    needs: Mapping[FindingId, tuple[Need, ...]]
    """Finding, by its present and its earlier ids, to its scored voices."""

    heard: Mapping[FindingId, tuple[Heard, ...]]
    """Finding, likewise, to its scored voices with their figures."""

    unscored: Mapping[FindingId, tuple[PersonaId, ...]]
    """Finding, likewise, to those whose voice is shown, not scored."""

    ratings: Mapping[FindingId, tuple[Rating, ...]]
    """Finding, likewise, to how those rate it who were asked and brought it up."""

    customers: Mapping[int, float]
    """The customers who were heard (with a scored voice anywhere in the plan), by their places, in order.

    Each with its part in the side: its weight over theirs together, 0 to 1.
    """

    users: Mapping[int, float]

    unheard_customers: tuple[PersonaId, ...]
    """Customers nobody asked: named beside the score, not counted as content."""

    unheard_users: tuple[PersonaId, ...]


def listen(plan: Plan) -> Hearing:
    """Weigh every voice of a plan once."""
    # Rules, pages and comparisons ask for it.
    return plan.memory.once(listen, lambda: _listen(plan))


def _listen(plan: Plan) -> Hearing:
    personas = tuple(plan.personas)
    place = {id: number for number, id in enumerate(personas)}
    themes = sorted({theme_of(id, finding) for id, finding in plan.findings.items()})
    numbers = {theme: number for number, theme in enumerate(themes)}
    needs: dict[FindingId, tuple[Need, ...]] = {}
    figures: dict[FindingId, tuple[Heard, ...]] = {}
    unscored: dict[FindingId, tuple[PersonaId, ...]] = {}
    ratings: dict[FindingId, tuple[Rating, ...]] = {}
    heard: set[int] = set()
    for id, finding in plan.findings.items():
        theme = numbers[theme_of(id, finding)]
        found: list[Need] = []
        rated: list[Rating] = []
        known: list[Heard] = []
        shown: list[PersonaId] = []
        for voice in finding.voices:
            # Looked up with earlier ids; what is not in the plan has been told as a broken link.
            persona = plan.personas.canonical(voice.persona)
            if persona is None:
                continue
            scored = weigh(plan, id, voice)
            if scored is None:
                shown.append(persona)
                continue
            known.append(Heard(persona, scored, voice.satisfaction is None))
            number = place[persona]
            heard.add(number)
            found.append(Need((number, theme), *scored.need, voice.satisfaction is None))
            if scored.mentions:
                rated.append(Rating(scored.importance, scored.satisfaction))
        needs[id] = tuple(found)
        figures[id] = tuple(known)
        unscored[id] = tuple(shown)
        ratings[id] = tuple(rated)
    # What an item cites is looked up as it is written.
    for alias, id in plan.findings.aliases.items():
        needs[alias], ratings[alias] = needs[id], ratings[id]
        figures[alias], unscored[alias] = figures[id], unscored[id]
    customers, unheard_customers = _side(plan, personas, Side.CUSTOMER, heard)
    users, unheard_users = _side(plan, personas, Side.USER, heard)
    return Hearing(
        personas=personas,
        themes=tuple(themes),
        needs=needs,
        heard=figures,
        unscored=unscored,
        ratings=ratings,
        customers=customers,
        users=users,
        unheard_customers=unheard_customers,
        unheard_users=unheard_users,
    )


class Weighed(NamedTuple):
    """The figures of one scored voice."""

    mentions: int
    asked: int
    population: int | None
    share: Share
    importance: float
    """0 to 10."""

    satisfaction: float
    """0 to 10; the middle where none is given."""

    pain: float
    """0 to 1."""

    @property
    def need(self) -> Estimate:
        """Share times pain, at full fit."""
        return Estimate(self.share.score, self.share.low, self.share.high).times(self.pain)


def weigh(plan: Plan, finding: FindingId, voice: Voice) -> Weighed | None:
    """A voice's figures; None for one that is shown, not scored."""
    asked = voice.asked if voice.asked is not None else plan.asked(finding, voice)
    if voice.mentions is None or asked is None or voice.importance is None:
        return None
    persona = plan.personas.get(voice.persona)
    population = persona.population if persona is not None else None
    importance = ten(voice.importance)
    satisfaction = MIDDLE if voice.satisfaction is None else ten(voice.satisfaction)
    return Weighed(
        mentions=voice.mentions,
        asked=asked,
        population=population,
        share=share(voice.mentions, asked, population),
        importance=importance,
        satisfaction=satisfaction,
        pain=pain(importance, satisfaction),
    )


def ten(answer: float) -> float:
    """An answer from 1 to 5 on the scale from 0 to 10."""
    return (answer - 1) / 4 * 10


def pain(importance: float, satisfaction: float) -> float:
    """Importance times dissatisfaction, 0 to 1; both from 0 to 10.

    Dan Olsen, The Lean Product Playbook (2015), chapter 4: customer value is importance times satisfaction,
    so what is still to be had is importance times what satisfaction lacks.
    """
    return importance / 10 * (1 - satisfaction / 10)


def theme_of(id: FindingId, finding: Finding) -> tuple[str, str]:
    """What a finding counts under; without a theme, itself."""
    return (finding.theme, "") if finding.theme is not None else ("", id)


def _side(
    plan: Plan, personas: tuple[PersonaId, ...], side: Side, heard: set[int]
) -> tuple[dict[int, float], tuple[PersonaId, ...]]:
    """Who was heard of a side, with their parts in it, and who was not."""
    weights: dict[int, float] = {}
    unheard = []
    for number, id in enumerate(personas):
        persona = plan.personas[id]
        if persona.side not in {side, Side.BOTH}:
            continue
        if number in heard:
            weights[number] = persona.weight
        else:
            unheard.append(id)
    # Weights are relative. Taken from the largest, no weight is too large to be added up.
    largest = max(weights.values(), default=0.0) or 1.0
    relative = {number: weight / largest for number, weight in weights.items()}
    total = sum(relative.values()) or 1.0
    return {number: part / total for number, part in relative.items()}, tuple(unheard)
