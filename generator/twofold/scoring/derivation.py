"""How an item's score comes about, step by step: voice, theme, persona, side, value, priority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model.record import Side
from twofold.scoring.assessment import Asked, assess
from twofold.scoring.hearing import listen, theme_of
from twofold.scoring.interval import Estimate
from twofold.scoring.registry import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.model import FindingId, ItemId, PersonaId
    from twofold.plan import Plan
    from twofold.scoring.hearing import Hearing, Weighed
    from twofold.scoring.protocol import Candidate, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceStep:
    """One scored voice."""

    finding: FindingId
    persona: PersonaId
    weighed: Weighed
    satisfaction_assumed: bool
    fit: float
    """How much of the finding the item answers, 0 to 1."""

    need: Estimate
    """Share · pain · fit, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeStep:
    """Findings that count once: the largest need, each of the three figures for itself."""

    theme: str
    """`""` for a finding without a theme, which is a theme of its own."""

    voices: tuple[VoiceStep, ...]
    need: Estimate
    """0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaStep:
    """A persona's need: 1 - Π over themes (1 - need)."""

    persona: PersonaId
    themes: tuple[ThemeStep, ...]
    need: Estimate
    """0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideStep:
    """A side's score: 100 · Σ weight · need / Σ weight over those who were heard."""

    weights: Mapping[PersonaId, float]
    """Everyone who was heard, with the weight as it is written."""

    unheard: tuple[PersonaId, ...]
    """Whom nobody asked."""

    score: Estimate
    """0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """All steps to an item's priority."""

    id: ItemId
    personas: tuple[PersonaStep, ...]
    """Those whose voices the item's evidence has."""

    unscored: tuple[tuple[FindingId, PersonaId], ...]
    """Voices in its evidence that are shown, not scored."""

    customer: SideStep
    user: SideStep
    customer_weight: float
    value: Estimate
    """0 to 100."""

    confidence_assumed: bool
    model: Model
    candidate: Candidate
    """What the model was told."""

    priority: Estimate | None
    problem: str
    """Why it has no priority; `""` where it has one."""


def derive(plan: Plan, id: ItemId, *, model: str | None = None) -> Derivation:
    """Show how an item, of any status, comes to its scores.

    Raises:
        ModelError: when the model cannot be used.
    """
    name = plan.settings.scoring if model is None else model
    return derivation(plan, listen(plan), id, Asked(find(name), name))


def derivation(plan: Plan, hearing: Hearing, id: ItemId, model: Asked) -> Derivation:
    """As `derive`, of a plan that has been listened to."""
    assessed = assess(plan, hearing, id, model)
    needs = {hearing.personas[number]: need for number, need in assessed.sides.needs.items()}
    steps: dict[PersonaId, list[VoiceStep]] = {persona: [] for persona in needs}
    for step in sorted(_voices(plan, hearing, id), key=lambda step: step.finding):
        steps[step.persona].append(step)
    return Derivation(
        id=id,
        personas=tuple(
            PersonaStep(
                persona=persona,
                themes=tuple(_themes(plan, steps[persona])),
                need=need,
            )
            for persona, need in needs.items()
        ),
        unscored=tuple(_unscored(plan, hearing, id)),
        customer=SideStep(
            weights=_weights(plan, hearing, Side.CUSTOMER),
            unheard=hearing.unheard_customers,
            score=assessed.sides.customer,
        ),
        user=SideStep(
            weights=_weights(plan, hearing, Side.USER),
            unheard=hearing.unheard_users,
            score=assessed.sides.user,
        ),
        customer_weight=plan.settings.customer_weight,
        value=assessed.value,
        confidence_assumed=assessed.item.confidence is None,
        model=model.model,
        candidate=assessed.candidate,
        priority=assessed.priority,
        problem=assessed.problem,
    )


def _voices(plan: Plan, hearing: Hearing, id: ItemId) -> Iterator[VoiceStep]:
    for answer in plan.items[id].evidence:
        finding = plan.findings.canonical(answer.finding)
        if finding is not None:
            for persona, weighed, assumed in hearing.heard[finding]:
                yield VoiceStep(
                    finding=finding,
                    persona=persona,
                    weighed=weighed,
                    satisfaction_assumed=assumed,
                    fit=answer.fit,
                    need=weighed.need.times(answer.fit),
                )


def _themes(plan: Plan, steps: list[VoiceStep]) -> Iterator[ThemeStep]:
    if len(steps) == 1:
        # Most personas are heard once; what stands below would come to the same.
        (only,) = steps
        yield ThemeStep(
            theme=theme_of(only.finding, plan.findings[only.finding])[0], voices=(only,), need=only.need
        )
        return
    keys = {step.finding: theme_of(step.finding, plan.findings[step.finding]) for step in steps}
    for key in sorted(set(keys.values())):
        voices = tuple(step for step in steps if keys[step.finding] == key)
        largest = (max(figures) for figures in zip(*(step.need for step in voices), strict=True))
        yield ThemeStep(theme=key[0], voices=voices, need=Estimate(*largest))


def _unscored(plan: Plan, hearing: Hearing, id: ItemId) -> Iterator[tuple[FindingId, PersonaId]]:
    for answer in plan.items[id].evidence:
        finding = plan.findings.canonical(answer.finding)
        if finding is not None:
            for persona in hearing.unscored[finding]:
                yield finding, persona


def _weights(plan: Plan, hearing: Hearing, side: Side) -> Mapping[PersonaId, float]:
    """Everyone who was heard of a side, with the weight as it is written: the same for every item."""
    heard = hearing.customers if side is Side.CUSTOMER else hearing.users

    def weights() -> Mapping[PersonaId, float]:
        return {id: plan.personas[id].weight for id in (hearing.personas[number] for number in heard)}

    return plan.memory.once((_weights, side), weights)
