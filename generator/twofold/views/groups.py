"""The roadmap by objective and by persona, what was declined, and what nobody has estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.checks.due import COMMITTED, OPEN
from twofold.model import Driver, ItemId, Kind, ObjectiveId, PersonaId, Status
from twofold.plan import addresses
from twofold.views import words
from twofold.views.dates import soonest
from twofold.views.objectives import items_of, tree
from twofold.views.parts import (
    Badge,
    ItemCard,
    ItemGroup,
    Progress,
    item_cards,
    item_group,
    progress,
    side_badge,
)
from twofold.views.people import SIDES, by_name
from twofold.views.persona import serving
from twofold.views.ways import ROADMAP, Way, ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref

MOST_SHOWN = 12
"""A longer list is folded under its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The items of one objective or persona."""

    id: str
    ref: Ref | None
    title: str
    badge: Badge | None
    note: str
    progress: Progress | None
    cards: tuple[ItemCard, ...]
    folded: bool
    """Whether the list is opened by hand."""

    more: str = ""
    """How many more the page of `ref` has; ``""`` for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsView:
    """All that the roadmap by objective or by persona prints."""

    template = "sections.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    sections: tuple[Section, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A declined item."""

    id: str
    ref: Ref
    sides: tuple[Badge, ...]
    reason: str
    instead: tuple[ItemCard, ...]
    """What supersedes it."""

    asked: tuple[Ref, ...]
    """The personas with a voice in its evidence."""

    findings: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsView:
    """All that the page of decisions prints."""

    template = "decisions.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatesView:
    """All that the page of items without an estimate prints."""

    template = "estimates.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    groups: tuple[ItemGroup, ...]


def by_objective_view(plan: Plan) -> SectionsView:
    """Gather the roadmap by objective: open items, the soonest first."""
    sections = [_objective(plan, id) for id, _ in tree(plan)]
    homeless = _soonest_open(plan, (id for id, item in plan.items.items() if not item.objectives))
    if homeless:
        cards = item_cards(plan, homeless)
        sections.append(
            Section(
                id="without-an-objective",
                ref=None,
                title="Without an objective",
                badge=None,
                note=words.count(len(cards), "open item"),
                progress=None,
                cards=cards,
                folded=len(cards) > MOST_SHOWN,
            )
        )
    return SectionsView(
        title="Roadmap by objective",
        ways=ways(ROADMAP, addresses.BY_OBJECTIVE),
        lead="What is open, under each objective that it serves; the soonest first.",
        sections=tuple(sections),
        empty="No objectives yet. A file in objectives/ makes one.",
    )


def by_persona_view(plan: Plan) -> SectionsView:
    """Gather the roadmap by persona: open items that answer each of them, the soonest first."""
    ordered = [id for side in SIDES for id in by_name(plan) if plan.personas[id].side is side]
    return SectionsView(
        title="Roadmap by persona",
        ways=ways(ROADMAP, addresses.BY_PERSONA),
        lead="What is on the way for whom: items that answer a finding with their voice, or that name them.",
        sections=tuple(_persona(plan, id) for id in ordered),
        empty="No personas yet. A file in personas/ makes one.",
    )


def decisions_view(plan: Plan) -> DecisionsView:
    """Gather what was declined, by title."""
    return DecisionsView(
        title="Decisions",
        ways=ways(ROADMAP, addresses.DECISIONS),
        lead="What we said no to, and why.",
        decisions=tuple(decision(plan, id) for id in declined(plan)),
    )


def declined(plan: Plan) -> list[ItemId]:
    """What was declined, by title."""
    found = [id for id, item in plan.items.items() if item.status is Status.DECLINED]
    return sorted(found, key=lambda id: (plan.items[id].title.casefold(), id))


def estimates_view(plan: Plan) -> EstimatesView:
    """Gather the open items without effort: they have no priority, and balance leaves them out."""
    missing = not_estimated(plan)
    committed = [id for id in missing if plan.items[id].status in COMMITTED]
    ideas = [id for id in missing if plan.items[id].status not in COMMITTED]
    total = sum(item.status in COMMITTED for item in plan.items.values())
    groups = (
        item_group(
            plan,
            committed,
            id="committed",
            title="Committed",
            note=f"{len(committed):,} of {words.count(total, 'committed item')}: planned or in progress",
        ),
        item_group(plan, ideas, id="ideas", title="Ideas", note=words.count(len(ideas), "idea")),
    )
    return EstimatesView(
        title="Not estimated",
        ways=ways(ROADMAP, addresses.NOT_ESTIMATED),
        lead="Items without an effort have no priority, and the balance of both sides leaves them out.",
        groups=tuple(group for group in groups if group.cards),
    )


def not_estimated(plan: Plan) -> list[ItemId]:
    """The open items without effort, the soonest first."""
    missing = [id for id, item in plan.items.items() if item.status in OPEN and item.effort is None]
    return sorted(missing, key=lambda id: soonest(plan, id))


def is_unbacked(plan: Plan, id: ItemId) -> bool:
    """Whether an item is committed to meet a need and cites no finding."""
    item = plan.items[id]
    return item.status in COMMITTED and item.driver is Driver.NEED and not item.evidence


def _objective(plan: Plan, id: ObjectiveId) -> Section:
    one = plan.objectives[id]
    items = items_of(plan, id)
    cards = item_cards(plan, _soonest_open(plan, items))
    ref = addresses.record(plan, Kind.OBJECTIVE, id)
    return Section(
        id=f"objective-{id}",
        ref=ref,
        title=ref.title,
        badge=side_badge(one.side),
        note=words.count(len(cards), "open item"),
        progress=progress(plan, items),
        cards=cards,
        folded=len(cards) > MOST_SHOWN,
    )


def _persona(plan: Plan, id: PersonaId) -> Section:
    items = serving(plan, id)
    ahead = _soonest_open(plan, items)
    # One item serves many personas: with all of them the page would have every item ten times.
    cards = item_cards(plan, ahead[:MOST_SHOWN])
    rest = len(ahead) - len(cards)
    shipped = sum(plan.items[item].status is Status.RELEASED for item in items)
    ref = addresses.record(plan, Kind.PERSONA, id)
    return Section(
        id=f"persona-{id}",
        ref=ref,
        title=ref.title,
        badge=side_badge(plan.personas[id].side),
        note=f"{words.count(len(ahead), 'open item')}, {shipped:,} released"
        if items
        else "nothing serves them",
        progress=None,
        cards=cards,
        folded=False,
        more=f"and {rest:,} more" if rest else "",
    )


def decision(plan: Plan, id: ItemId) -> Decision:
    """A declined item, and why."""
    item = plan.items[id]
    voices = [voice for answer in item.evidence for voice in plan.findings[answer.finding].voices]
    people = dict.fromkeys(plan.personas.canonical(voice.persona) for voice in voices)
    sides = {plan.personas[persona].side for persona in people if persona}
    return Decision(
        id=id,
        ref=addresses.record(plan, Kind.ITEM, id),
        sides=tuple(side_badge(side) for side in SIDES if side in sides),
        reason=item.reason or "",
        instead=item_cards(plan, item.superseded_by),
        asked=tuple(addresses.record(plan, Kind.PERSONA, persona) for persona in people if persona),
        findings=tuple(addresses.record(plan, Kind.FINDING, answer.finding) for answer in item.evidence),
    )


def _soonest_open(plan: Plan, ids: Iterable[str]) -> list[ItemId]:
    found = [ItemId(id) for id in ids if plan.items[ItemId(id)].status in OPEN]
    return sorted(found, key=lambda id: soonest(plan, id))
