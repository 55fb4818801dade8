"""How one score comes about, for a terminal: every step can be followed with a pocket calculator."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from twofold.emit.figures import cell, priority, weight
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twofold.emit.figures import Paint
    from twofold.model import PersonaId
    from twofold.plan import Plan
    from twofold.scoring.derivation import Derivation, PersonaStep, SideStep, ThemeStep, VoiceStep
    from twofold.scoring.interval import Estimate
    from twofold.scoring.ranking import Scored

WIDTH = 80


def render(
    plan: Plan, found: Derivation, place: Scored | None, *, ranked: int, paint: Paint
) -> Iterator[str]:
    """The steps, from the voices to the priority; `place` is None for what is not open."""
    item = plan.items[found.id]
    yield paint(plain(f"{found.id}: {item.title}"), "bold")
    yield _standing(plan, found, place, ranked)
    for step in found.personas:
        yield ""
        yield from _persona(plan, step, paint)
    for finding, persona in found.unscored:
        yield ""
        yield plain(f"Not scored: {persona} on {finding}, who is not sized (see TF405).")
    if not found.personas:
        yield ""
        yield "No voice that can be scored stands behind it: both scores are 0."
    for name, side in (("Customers", found.customer), ("Users", found.user)):
        yield ""
        yield from _side(plan, name, side, found.personas, paint)
    yield ""
    yield from _whole(found, paint)


def _standing(plan: Plan, found: Derivation, place: Scored | None, ranked: int) -> str:
    item = plan.items[found.id]
    status = item.status.value.replace("-", " ")
    if place is None:
        return f"{status}: has scores, and no rank"
    when = f", {item.horizon.value}" if item.horizon else ""
    if place.priority is None:
        return plain(f"{status}{when}: {place.problem}")
    span = f"{place.rank_best} to {place.rank_worst}" if place.rank_best != place.rank_worst else "always"
    return f"{status}{when}: rank {place.rank} of {ranked} ({span}, whatever the customer weight)"


def _persona(plan: Plan, step: PersonaStep, paint: Paint) -> Iterator[str]:
    persona = plan.personas[step.persona]
    sides = {"both": "customer and user"}.get(persona.side.value, persona.side.value)
    yield paint(plain(f"{persona.name} ({sides})"), "bold")
    for theme in step.themes:
        yield from _theme(theme)
    if len(step.themes) > 1:
        product = " × ".join(f"(1 − {_four(theme.need.score)})" for theme in step.themes)
        yield from _wrapped(f"need = 1 − {product}", indent=2)
        yield f"       = {_span(step.need)}"
    else:
        yield f"  need = {_span(step.need)}"


def _theme(theme: ThemeStep) -> Iterator[str]:
    if theme.theme:
        yield plain(f"  theme {theme.theme}")
    for voice in theme.voices:
        yield from _voice(voice)
    if len(theme.voices) > 1:
        yield f"    counts once, the largest: {_span(theme.need)}"


def _voice(step: VoiceStep) -> Iterator[str]:
    weighed, share = step.weighed, step.weighed.share
    yield plain(f"    {step.finding}")
    counted = f"{weighed.mentions:,} of {weighed.asked:,} asked"
    plain_share = _four(weighed.mentions / weighed.asked)
    if share.sample is None:
        yield f"      share  {counted}, which is everyone: {plain_share}"
    else:
        sample = f"{share.sample:,.2f}".rstrip("0").removesuffix(".")
        if weighed.population is not None:
            n, whole = weighed.asked, weighed.population
            yield f"      sample {n:,} × ({whole:,} − 1)/({whole:,} − {n:,}) = {sample}"
        shown = f"{plain_share} × {sample}/({sample} + 2) = {_four(share.score)}"
        yield f"      share  {counted}: {shown}"
        yield f"             95 % interval (Wilson) {_four(share.low)}–{_four(share.high)}"
    assumed = " (assumed)" if step.satisfaction_assumed else ""
    answers = f"importance {_four(weighed.importance)}, satisfaction {_four(weighed.satisfaction)}{assumed}"
    yield f"      pain   {answers}, of 10:"
    parts = f"{_four(weighed.importance / 10)} × (1 − {_four(weighed.satisfaction / 10)})"
    yield f"             {parts} = {_four(weighed.pain)}"
    fit = f" × fit {step.fit:g}" if step.fit != 1 else ""
    product = f"{_four(share.score)} × {_four(weighed.pain)}{fit}"
    yield f"      need   {product} = {_span(step.need)}"


def _side(
    plan: Plan, name: str, side: SideStep, personas: Iterable[PersonaStep], paint: Paint
) -> Iterator[str]:
    yield paint(name, "bold")
    needs: dict[PersonaId, Estimate] = {step.persona: step.need for step in personas}
    total = 0.0
    for id, heavy in side.weights.items():
        need = needs[id].score if id in needs else 0.0
        total += heavy * need
        product = f"weight {weight(heavy):>4} × need {_four(need):>6} = {_four(heavy * need):>7}"
        yield f"  {product}  {cell(plan.personas[id].name, 36).rstrip()}"
    if not side.weights:
        yield "  Nobody was heard: the score is 0."
    elif not sum(side.weights.values()):
        yield "  Nobody has any weight: the score is 0."
    else:
        weights = weight(sum(side.weights.values()))
        yield f"  score = 100 × {_four(total)} / {weights} = {_two(side.score)}"
    if side.unheard:
        names = ", ".join(plan.personas[id].name for id in side.unheard)
        yield from _wrapped(f"not heard, and not counted: {names}", indent=2)


def _whole(found: Derivation, paint: Paint) -> Iterator[str]:
    customer, user = found.customer.score.score, found.user.score.score
    part, rest = f"{found.customer_weight:g}", f"{1 - found.customer_weight:.10g}"
    sum_of = f"{part} × {customer:.2f} + {rest} × {user:.2f}"
    yield f"{paint('Value', 'bold')}     {sum_of} = {_two(found.value)}"
    if found.priority is None:
        yield plain(f"{paint('Priority', 'bold')}  none: {found.problem}")
        return
    candidate = found.candidate
    assumed = " (assumed)" if found.confidence_assumed else ""
    yield f"{paint('Priority', 'bold')}  {found.model.title}: {found.model.formula}"
    told = [f"value {found.value.score:.2f}", f"confidence {candidate.confidence:g}{assumed}"]
    if found.model.needs_effort:
        told.append(f"effort {weight(candidate.effort)} person-weeks")
    wanted = {one.name for one in found.model.inputs}
    told += [f"{name} {number:g}" for name, number in candidate.inputs.items() if name in wanted]
    yield from _wrapped(", ".join(told), indent=10)
    found_one = found.priority
    span = (
        f" ({priority(found_one.low)}–{priority(found_one.high)})" if found_one.low < found_one.high else ""
    )
    yield f"          = {priority(found_one.score)}{span}"


def _four(value: float) -> str:
    """Four digits after the point, and none that say nothing."""
    return f"{value:.4f}".rstrip("0").removesuffix(".") if value else "0"


def _span(found: Estimate) -> str:
    return f"{_four(found.score)} ({_four(found.low)}–{_four(found.high)})"


def _two(found: Estimate) -> str:
    return f"{found.score:.2f} ({found.low:.2f}–{found.high:.2f})"


def _wrapped(text: str, *, indent: int) -> list[str]:
    space = " " * indent
    return wrap(plain(text), WIDTH, initial_indent=space, subsequent_indent=space + "  ")
