"""How one item's score comes about, for its page: every step with the figures that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Kind
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.scoring.derivation import derivation
from twofold.views import figures, words
from twofold.views.evidence import theme_title
from twofold.views.parts import Badge, Figure, side_badge
from twofold.views.scores import window

if TYPE_CHECKING:
    from twofold.model import FindingId, ItemId, PersonaId
    from twofold.plan import Plan
    from twofold.scoring.derivation import Derivation, PersonaStep, SideStep, ThemeStep, VoiceStep
    from twofold.scoring.hearing import Weighed
    from twofold.scoring.interval import Estimate
    from twofold.scoring.ranking import Ranking, Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    """One voice."""

    finding: Ref
    """Its id is its title: the sentence stands in the evidence above."""

    theme: str
    steps: str
    """A line for each: what is reckoned, a tab, and how."""

    counts: bool
    """Whether it is the largest of its theme: the others change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A persona, as it is named."""

    ref: Ref
    side: Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaBlock:
    """One persona's need."""

    who: Who
    voices: tuple[VoiceLine, ...]
    need: str
    """`1 − (1 − 0.062) × (1 − 0.5628) = 0.59 (0.56–0.63)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBlock:
    """One side's score."""

    badge: Badge
    parts: tuple[tuple[Ref, str], ...]
    """Everyone with a need that it answers, and weight times need."""

    others: str
    """How many more were heard, in words; `""` for none."""

    total: str
    unheard: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBlock:
    """All that an item's page says of its scores."""

    figures: tuple[Figure, ...]
    assumed: str
    personas: tuple[PersonaBlock, ...]
    sides: tuple[SideBlock, ...]
    value: str
    formula: str
    told: str
    """What the model was told."""

    priority: str
    rank: str
    scores: Ref
    methodology: Ref


def score_block(plan: Plan, ranking: Ranking, id: ItemId, place: Scored | None, *, ranked: int) -> ScoreBlock:
    """Gather the scores of one item.

    `place` is None for what is not open; `ranked` is how many items have a rank.
    """
    found = derivation(plan, ranking.hearing, id, ranking.asked)
    candidate = found.candidate
    model = found.model
    told = [f"value {found.value.score:.2f}", f"confidence {words.number(candidate.confidence)}"]
    if model.needs_effort and candidate.effort:
        told.append(f"effort {words.number(candidate.effort)} person-weeks")
    wanted = {one.name for one in model.inputs}
    told += [f"{name} {words.number(value)}" for name, value in candidate.inputs.items() if name in wanted]
    guessed = {
        "confidence": found.confidence_assumed,
        "satisfaction": any(
            voice.satisfaction_assumed
            for one in found.personas
            for theme in one.themes
            for voice in theme.voices
        ),
    }
    return ScoreBlock(
        figures=_figures(found),
        assumed=" and ".join(name for name, is_assumed in guessed.items() if is_assumed),
        personas=tuple(_persona(plan, step) for step in found.personas),
        sides=tuple(
            _side(plan, badge, side, found.personas)
            for badge, side in (("customer", found.customer), ("user", found.user))
        ),
        value=(
            f"{words.number(found.customer_weight)} × {found.customer.score.score:.2f} + "
            f"{words.number(1 - found.customer_weight)} × {found.user.score.score:.2f} = {_two(found.value)}"
        ),
        formula=f"{model.title}: {model.formula}",
        told=", ".join(told),
        priority=_priority(found),
        rank=_rank(found, place, ranked),
        scores=addresses.Ref(title="all scores", address=addresses.SCORES),
        methodology=addresses.Ref(title="How scores are made", address=addresses.METHODOLOGY),
    )


def _figures(found: Derivation) -> tuple[Figure, ...]:
    shown = [
        Figure(
            value=figures.score(found.customer.score.score),
            label=_labelled("customers", found.customer.score),
        ),
        Figure(value=figures.score(found.user.score.score), label=_labelled("users", found.user.score)),
        Figure(value=figures.score(found.value.score), label=_labelled("value", found.value)),
    ]
    if found.priority is not None:
        low, high = figures.priority(found.priority.low), figures.priority(found.priority.high)
        span = f"priority, {low}–{high}" if low != high else "priority"
        shown.append(Figure(value=figures.priority(found.priority.score), label=span))
    return tuple(shown)


def _labelled(name: str, found: Estimate) -> str:
    if found.low == found.high:
        return name
    return f"{name}, {figures.score(found.low)}–{figures.score(found.high)}"


def _persona(plan: Plan, step: PersonaStep) -> PersonaBlock:
    product = " × ".join(f"(1 − {_four(theme.need.score)})" for theme in step.themes)
    sum_of = f"1 − {product} = " if len(step.themes) > 1 else ""
    return PersonaBlock(
        who=_who(plan, step.persona),
        voices=tuple(_voice(plan, voice, theme) for theme in step.themes for voice in theme.voices),
        need=f"{sum_of}{_spanned(step.need)}",
    )


def _voice(plan: Plan, step: VoiceStep, theme: ThemeStep) -> VoiceLine:
    counts = step.need == theme.need or len(theme.voices) == 1 or step.need.score == theme.need.score
    assumed = step.satisfaction_assumed
    # The same voice stands on the page of every item that cites its finding.
    return plan.memory.once(
        (_voice, step.finding, step.weighed, step.fit, assumed, counts),
        lambda: VoiceLine(
            finding=_by_id(plan, step.finding),
            theme=theme_title(theme.theme or None),
            steps=_steps(step.weighed, step.fit, assumed=assumed),
            counts=counts,
        ),
    )


def _who(plan: Plan, id: PersonaId) -> Who:
    """A persona with the side, made once for all items."""
    return plan.memory.once(
        (_who, id),
        lambda: Who(ref=addresses.record(plan, Kind.PERSONA, id), side=side_badge(plan.personas[id].side)),
    )


def _by_id(plan: Plan, id: FindingId) -> Ref:
    """A finding under its id, made once for all items."""

    def ref() -> Ref:
        found = addresses.record(plan, Kind.FINDING, id)
        return Ref(title=id, address=found.address, anchor=found.anchor)

    return plan.memory.once((_by_id, id), ref)


def _steps(weighed: Weighed, fit: float, *, assumed: bool) -> str:
    share = weighed.share
    guess = " (assumed)" if assumed else ""
    tenths = f"{_four(weighed.importance / 10)} × (1 − {_four(weighed.satisfaction / 10)}{guess})"
    pain = _four(weighed.pain)
    part = f" × {words.number(fit)} (fit)" if fit != 1 else ""
    need = f"{_four(share.score)} × {pain}{part} = {_spanned(weighed.need.times(fit))}"
    return f"{_share(weighed)}\npain\t{tenths} = {pain}\nneed\t{need}"


def _share(weighed: Weighed) -> str:
    share = weighed.share
    counted = f"{weighed.mentions:,} of {weighed.asked:,}"
    plain = _four(weighed.mentions / weighed.asked)
    if share.sample is None:
        return f"share\t{counted}, which is everyone: {plain}"
    sample = words.number(share.sample)
    spanned = f"{_four(share.score)} ({_four(share.low)}–{_four(share.high)})"
    step = f"share\t{counted}: {plain} × {sample} / ({sample} + 2) = {spanned}"
    if weighed.population is None:
        return step
    n, whole = weighed.asked, weighed.population
    return f"sample\t{n:,} × ({whole:,} − 1) / ({whole:,} − {n:,}) = {sample}\n{step}"


def _side(plan: Plan, name: str, side: SideStep, personas: tuple[PersonaStep, ...]) -> SideBlock:
    needs: dict[PersonaId, float] = {step.persona: step.need.score for step in personas}
    products = {id: weight * needs[id] for id, weight in side.weights.items() if needs.get(id)}
    parts = tuple(
        (_who(plan, id).ref, f"{words.number(side.weights[id])} × {_four(needs[id])} = {_four(product)}")
        for id, product in products.items()
    )
    rest = [weight for id, weight in side.weights.items() if id not in products]
    others = f"{words.count(len(rest), 'persona')} more" if parts else words.count(len(rest), "persona")
    together = words.number(sum(rest))
    weights = sum(side.weights.values())
    total = f"100 × {_four(sum(products.values()))} / {words.number(weights)} = {_two(side.score)}"
    nobody = "Nobody was heard: 0." if not side.weights else "Nobody has any weight: 0."
    return SideBlock(
        badge=Badge(text="Customers" if name == "customer" else "Users", kind=f"side-{name}"),
        parts=parts,
        others=f"{others} heard, weight {together}, with no need that it answers" if rest else "",
        total=total if weights else nobody,
        unheard=tuple(addresses.record(plan, Kind.PERSONA, id) for id in side.unheard),
    )


def _priority(found: Derivation) -> str:
    if found.priority is None:
        return f"None: {found.problem}."
    low, high = figures.priority(found.priority.low), figures.priority(found.priority.high)
    span = f" ({low}–{high})" if low != high else ""
    return f"{figures.priority(found.priority.score)}{span}"


def _rank(found: Derivation, place: Scored | None, ranked: int) -> str:
    if place is None:
        return "Not open, so it has no rank."
    if place.priority is None:
        return f"No rank among the others: {found.problem}."
    return f"Rank {place.rank} of {ranked:,}; {window(place)} under any customer weight."


def _four(value: float) -> str:
    """Four digits after the point, and none that say nothing."""
    return f"{value:.4f}".rstrip("0").removesuffix(".") if value else "0"


def _spanned(found: Estimate) -> str:
    return f"{_four(found.score)} ({_four(found.low)}–{_four(found.high)})"


def _two(found: Estimate) -> str:
    return f"{found.score:.2f} ({found.low:.2f}–{found.high:.2f})"
