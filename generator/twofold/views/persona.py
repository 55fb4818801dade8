"""The page of one persona: who they are, what they asked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twofold.checks.due import OPEN
from twofold.model import FindingId, ItemId, Kind, Persona, PersonaId, Status
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views import words
from twofold.views.dates import released_on, soonest
from twofold.views.evidence import (
    Said,
    Told,
    VoiceTable,
    answering,
    answers,
    cells,
    said,
    theme_ref,
    voice_table,
    voices_by,
)
from twofold.views.narratives import Prose, Story, narratives, stories
from twofold.views.parts import Badge, Fact, ItemCard, ItemGroup, More, facts, item_group, side_badge

if TYPE_CHECKING:
    from twofold.model import Voice
    from twofold.plan import Plan

MOST_ITEMS = 100
"""Items under one heading: who has more of them has them on the roadmap, narrowed down to the persona."""

MOST_ASKED = 8
"""So many findings stand on the persona's own page; the page of their voice has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A finding with this persona's voice."""

    ref: Ref
    theme: Ref
    strength: str
    """`25 of 36 mentioned it, importance 4.7 of 5`."""

    answered_by: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaView:
    """All that a persona's page prints."""

    template = "persona.html"

    title: str
    side: Badge
    role: str
    goal: str
    facts: tuple[Fact, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    """Heading and entries: jobs, motivations, pains, success criteria."""

    stories: tuple[Story, ...]
    internal: Prose | None
    asked: tuple[Asked, ...]
    """What they said, most important first."""

    voice: Ref | None
    """The page with all that they said."""

    groups: tuple[ItemGroup, ...]
    """What is on the way for them, and what shipped."""

    drawn_from: tuple[Ref, ...]
    metrics: tuple[Ref, ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    """All that the page of a persona's voice prints."""

    template = "voice.html"

    title: str
    persona: Ref
    side: Badge
    lead: str
    voices: VoiceTable | None
    findings: tuple[Asked, ...]


def persona_view(plan: Plan, id: PersonaId) -> PersonaView:
    """Gather a persona's page."""
    persona = plan.personas[id]
    texts = narratives(persona, plan.origins[Kind.PERSONA, id].document.source)
    items = serving(plan, id)
    findings = said(plan, id)
    on_the_way = sorted(
        (one for one in items if plan.items[one].status in OPEN), key=lambda one: soonest(plan, one)
    )
    shipped = [one for one in items if plan.items[one].status is Status.RELEASED]
    shipped.sort(key=lambda one: (-released_on(plan, plan.items[one]).toordinal(), one))
    groups = (
        _group(plan, id, on_the_way, name="on-the-way", title="On the way for them", first="soonest"),
        _group(plan, id, shipped, name="shipped", title="Shipped for them", first="latest"),
    )
    more = f"All {words.count(len(findings), 'finding')} with their voice"
    return PersonaView(
        title=persona.name,
        side=side_badge(persona.side),
        role=persona.role or "",
        goal=persona.goal or "",
        facts=_facts(plan, persona),
        lists=tuple(
            (title, entries)
            for title, entries in (
                ("Jobs to be done", persona.jobs),
                ("What moves them", persona.motivations),
                ("What goes wrong today", persona.pains),
                ("How they would know it is better", persona.success_criteria),
            )
            if entries
        ),
        stories=stories(texts),
        internal=texts.get(INTERNAL),
        asked=tuple(_asked(plan, id, finding) for finding in findings[:MOST_ASKED]),
        voice=Ref(title=more, address=voice_address(id)) if findings else None,
        groups=tuple(group for group in groups if group.cards),
        drawn_from=tuple(addresses.record(plan, Kind.FINDING, finding) for finding in persona.evidence),
        metrics=tuple(addresses.record(plan, Kind.METRIC, metric) for metric in persona.metrics),
        description=f"{words.SIDE[persona.side]}: {persona.role or persona.name}",
    )


def voice_view(plan: Plan, id: PersonaId) -> VoiceView:
    """Gather the page of all that a persona said."""
    persona = plan.personas[id]
    findings = said(plan, id)
    voices = tuple(
        Said(ref=addresses.record(plan, Kind.FINDING, finding), badge=None, cells=cells(plan, finding, voice))
        for finding in findings
        for voice in voices_by(plan, finding, id)
    )
    unanswered = sum(1 for finding in findings if not answering(plan, finding))
    rest = (
        f"{words.count(unanswered, 'of them is', 'of them are')} not answered by any item"
        if unanswered
        else ""
    )
    lead = f"{words.count(len(findings), 'finding')}, the most important first."
    return VoiceView(
        title=f"What they said: {persona.name}",
        persona=addresses.record(plan, Kind.PERSONA, id),
        side=side_badge(persona.side),
        lead=f"{lead} {rest[:1].upper()}{rest[1:]}." if rest else lead,
        voices=voice_table(f"What {persona.name} said", [Told(voices=voices)]),
        findings=tuple(_asked(plan, id, finding) for finding in findings),
    )


def voice_address(id: PersonaId) -> str:
    """The page of all that a persona said."""
    return f"{addresses.VOICES}/{id}"


def serving(plan: Plan, id: PersonaId) -> tuple[ItemId, ...]:
    """The items that answer a persona: by their evidence, or because they name it. In order of id."""
    found = set(plan.naming(Kind.PERSONA, id, by=Kind.ITEM, field="personas"))
    for finding in plan.naming(Kind.PERSONA, id, by=Kind.FINDING, field="voices"):
        found.update(answering(plan, FindingId(finding)))
    return tuple(ItemId(item) for item in sorted(found))


def _group(plan: Plan, id: PersonaId, items: list[ItemId], *, name: str, title: str, first: str) -> ItemGroup:
    """Items for a persona; of a long list the first, and the way to all on the roadmap."""
    shown = items[:MOST_ITEMS]
    group = item_group(plan, shown, id=name, title=title)
    if len(shown) == len(items):
        return group
    roadmap = Ref(title="Roadmap", address=addresses.ROADMAP)
    return replace(
        group,
        note=f"the {len(shown)} {first} of {len(items):,}",
        more=More(ref=roadmap, query=f"persona={id}", text="All of theirs on the roadmap"),
    )


def _asked(plan: Plan, id: PersonaId, finding: FindingId) -> Asked:
    return Asked(
        ref=addresses.record(plan, Kind.FINDING, finding),
        theme=theme_ref(plan.findings[finding].theme),
        strength="; ".join(
            part for voice in voices_by(plan, finding, id) if (part := _strength(plan, finding, voice))
        ),
        answered_by=answers(plan, finding),
    )


def _strength(plan: Plan, finding: FindingId, voice: Voice) -> str:
    asked = plan.asked(finding, voice)
    of = f" of {asked:,}" if asked else ""
    mentions = f"mentioned by {voice.mentions:,}{of}" if voice.mentions is not None else ""
    importance = f"importance {words.number(voice.importance)} of 5" if voice.importance is not None else ""
    return ", ".join(part for part in (mentions, importance) if part)


def _facts(plan: Plan, persona: Persona) -> tuple[Fact, ...]:
    def scale(value: float | None) -> str:
        return f"{words.number(value)} of 5" if value is not None else ""

    return facts(
        Fact(label="Segment", text=persona.segment or ""),
        Fact(
            label="Stands for",
            text=f"{persona.population:,} people or accounts" if persona.population else "",
        ),
        Fact(label="Weight in its side", text=words.number(persona.weight)),
        Fact(label="Influence", text=scale(persona.influence)),
        Fact(label="Interest", text=scale(persona.interest)),
        Fact(label="Product", text=words.product(plan, persona.product)),
        Fact(label="Published to", text=words.published(persona.publish)),
        Fact(label="Owners", text=", ".join(persona.owners)),
        Fact(label="Review by", text=words.day(persona.review_by) if persona.review_by else ""),
    )
