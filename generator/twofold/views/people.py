"""Personas: all of them by side, and a page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import FindingId, Item, ItemId, Kind, Persona, PersonaId, Side, Status
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.views import words
from twofold.views.item import Story, stories
from twofold.views.parts import (
    Badge,
    Fact,
    FindingBlock,
    ItemCard,
    Prose,
    finding_block,
    item_cards,
    narratives,
    side_badge,
)

if TYPE_CHECKING:
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaCard:
    """A persona in a list."""

    ref: Ref
    role: str
    asked: str
    """How many findings have a voice of it."""

    answered: str
    """How many items answer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideGroup:
    """The personas of one side."""

    id: str
    badge: Badge
    note: str
    cards: tuple[PersonaCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """All that the list of personas prints."""

    template = "people.html"

    title: str
    groups: tuple[SideGroup, ...]


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
    findings: tuple[FindingBlock, ...]
    """What the persona said, most important first."""

    open_items: tuple[ItemCard, ...]
    """What is on the way for it."""

    shipped: tuple[ItemCard, ...]
    drawn_from: tuple[Ref, ...]
    metrics: tuple[Ref, ...]
    description: str


_NOTES = {
    Side.CUSTOMER: "decide and pay",
    Side.USER: "work with the product every day",
    Side.BOTH: "decide, and work with it",
}


def people_view(plan: Plan) -> PeopleView:
    """Gather the list of personas."""
    groups = (
        SideGroup(
            id=side.value,
            badge=side_badge(side),
            note=_NOTES[side],
            cards=tuple(
                _card(plan, id, persona)
                for id, persona in sorted(plan.personas.items(), key=lambda pair: (pair[1].name.casefold(), pair[0]))
                if persona.side is side
            ),
        )
        for side in (Side.CUSTOMER, Side.USER, Side.BOTH)
    )
    return PeopleView(title="Personas", groups=tuple(group for group in groups if group.cards))


def persona_view(plan: Plan, id: PersonaId) -> PersonaView:  # noqa: A002 - it is the id
    """Gather a persona's page."""
    persona = plan.personas[id]
    texts = narratives(persona, plan.origins[Kind.PERSONA, id].document.source)
    items = serving(plan, id)
    return PersonaView(
        title=persona.name,
        side=side_badge(persona.side),
        role=persona.role or "",
        goal=persona.goal or "",
        facts=_facts(persona),
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
        findings=tuple(finding_block(plan, finding) for finding in said(plan, id)),
        open_items=item_cards(plan, (item for item in items if _is_open(plan.items[item]))),
        shipped=item_cards(plan, (item for item in items if plan.items[item].status is Status.RELEASED)),
        drawn_from=tuple(addresses.record(plan, Kind.FINDING, finding) for finding in persona.evidence),
        metrics=tuple(addresses.record(plan, Kind.METRIC, metric) for metric in persona.metrics),
        description=f"{words.SIDE[persona.side]}: {persona.role or persona.name}",
    )


def said(plan: Plan, id: PersonaId) -> tuple[FindingId, ...]:  # noqa: A002 - it is the id
    """The findings with a voice of a persona: most important first, then by id."""

    def weight(finding: FindingId) -> tuple[float, FindingId]:
        voices = [voice for voice in plan.findings[finding].voices if plan.personas.canonical(voice.persona) == id]
        return (-max((voice.importance or 0 for voice in voices), default=0), finding)

    findings = plan.naming(Kind.PERSONA, id, by=Kind.FINDING, field="voices")
    return tuple(sorted((FindingId(finding) for finding in findings), key=weight))


def serving(plan: Plan, id: PersonaId) -> tuple[ItemId, ...]:  # noqa: A002 - it is the id
    """The items that answer a persona: by their evidence, or because they name it. In order of id."""
    found = set(plan.naming(Kind.PERSONA, id, by=Kind.ITEM, field="personas"))
    for finding in plan.naming(Kind.PERSONA, id, by=Kind.FINDING, field="voices"):
        found.update(plan.naming(Kind.FINDING, finding, by=Kind.ITEM, field="evidence"))
    return tuple(ItemId(item) for item in sorted(found))


def _card(plan: Plan, id: PersonaId, persona: Persona) -> PersonaCard:  # noqa: A002 - it is the id
    findings = len(said(plan, id))
    return PersonaCard(
        ref=addresses.record(plan, Kind.PERSONA, id),
        role=persona.role or "",
        asked=words.count(findings, "finding") if findings else "not asked yet",
        answered=words.count(len(serving(plan, id)), "item"),
    )


def _facts(persona: Persona) -> tuple[Fact, ...]:
    scale = "{} of 5"
    facts = (
        Fact(label="Segment", text=persona.segment or ""),
        Fact(label="Stands for", text=f"{persona.population:,} people or accounts" if persona.population else ""),
        Fact(label="Weight in its side", text=words.number(persona.weight)),
        Fact(label="Influence", text=scale.format(words.number(persona.influence)) if persona.influence else ""),
        Fact(label="Interest", text=scale.format(words.number(persona.interest)) if persona.interest else ""),
        Fact(label="Published to", text=", ".join(persona.publish) or "nobody: internal"),
        Fact(label="Owners", text=", ".join(persona.owners)),
        Fact(label="Review by", text=words.day(persona.review_by) if persona.review_by else ""),
    )
    return tuple(fact for fact in facts if fact.text)


def _is_open(item: Item) -> bool:
    return item.status not in {Status.RELEASED, Status.DECLINED}
