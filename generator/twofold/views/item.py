"""The page of one item: told twice, with its evidence and its place among the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Item, ItemId, Kind
from twofold.model.fields import INTERNAL
from twofold.plan.destinations import section_anchor
from twofold.plan import addresses
from twofold.views import words
from twofold.views.parts import (
    Badge,
    Fact,
    FindingBlock,
    ItemCard,
    Prose,
    finding_block,
    item_cards,
    narratives,
    served_sides,
    side_badges,
    status_badge,
)

if TYPE_CHECKING:
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A narrative, with whom it is for."""

    label: str
    title: str
    anchor: str
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A finding that the item answers."""

    finding: FindingBlock
    fit: str
    """`answers half of it`; ``""`` for a full answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A link to a page elsewhere."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """All that an item's page prints."""

    template = "item.html"

    title: str
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    stories: tuple[Story, ...]
    """Customers' first, then users', then added audiences'."""

    internal: Prose | None
    reason: str | None
    """Why it was declined."""

    answers: tuple[Answer, ...]
    depends_on: tuple[ItemCard, ...]
    needed_by: tuple[ItemCard, ...]
    related: tuple[ItemCard, ...]
    superseded_by: tuple[ItemCard, ...]
    supersedes: tuple[ItemCard, ...]
    metrics: tuple[Ref, ...]
    notes: tuple[Ref, ...]
    """Release notes that name it."""

    links: tuple[Outside, ...]
    description: str
    """For the page's metadata."""


def item_view(plan: Plan, id: ItemId) -> ItemView:  # noqa: A002 - it is the id
    """Gather an item's page."""
    item = plan.items[id]
    source = plan.origins[Kind.ITEM, id].document.source
    texts = narratives(item, source)
    return ItemView(
        title=item.title,
        badges=_badges(plan, item),
        facts=_facts(plan, item),
        stories=stories(texts),
        internal=texts.get(INTERNAL),
        reason=item.reason,
        answers=tuple(
            Answer(finding=finding_block(plan, answer.finding), fit=_fit(answer.fit)) for answer in item.evidence
        ),
        depends_on=item_cards(plan, item.depends_on),
        needed_by=item_cards(plan, _items(plan, id, "depends_on")),
        related=item_cards(plan, (*item.related, *_items(plan, id, "related"))),
        superseded_by=item_cards(plan, item.superseded_by),
        supersedes=item_cards(plan, _items(plan, id, "superseded_by")),
        metrics=tuple(addresses.record(plan, Kind.METRIC, metric) for metric in item.metrics),
        notes=_notes(plan, id),
        links=tuple(Outside(title=link.title, url=link.url) for link in item.links),
        description=_description(plan, item),
    )


def stories(texts: dict[str, Prose]) -> tuple[Story, ...]:
    """The narratives of all labels but the internal one."""
    names = {"customer": "For customers", "user": "For users"}
    order = [*names, *sorted(label for label in texts if label not in {*names, INTERNAL})]
    return tuple(
        Story(label=label, title=names.get(label, f"For {label}"), anchor=section_anchor(label), prose=texts[label])
        for label in order
        if label in texts
    )


def _badges(plan: Plan, item: Item) -> tuple[Badge, ...]:
    badges = [status_badge(item.status)]
    if item.horizon is not None and item.status.value in {"planned", "idea"}:
        badges.append(Badge(text=words.HORIZON[item.horizon], kind=f"horizon-{item.horizon.value}"))
    if item.change is not None:
        badges.append(Badge(text=words.CHANGE[item.change], kind=f"change-{item.change.value}"))
    badges.extend(side_badges(served_sides(plan, item)))
    return tuple(badges)


def _facts(plan: Plan, item: Item) -> tuple[Fact, ...]:
    facts: list[Fact] = []

    def add(label: str, text: str | None = None, refs: tuple[Ref, ...] = ()) -> None:
        if text or refs:
            facts.append(Fact(label=label, text=text or "", refs=refs))

    add("Objectives", refs=tuple(addresses.record(plan, Kind.OBJECTIVE, id) for id in item.objectives))
    if item.target is not None:
        text, ref = words.moment(plan, item.target)
        add("Target", text, (ref,) if ref else ())
    if item.release is not None:
        add("Release", refs=(addresses.record(plan, Kind.RELEASE, item.release),))
    add("Released on", words.day(item.released) if item.released else None)
    add("Personas", refs=tuple(addresses.record(plan, Kind.PERSONA, id) for id in item.personas))
    add("Driver", words.DRIVER[item.driver])
    add("Effort", effort(item))
    add("Confidence", f"{item.confidence:.0%}" if item.confidence is not None else "100% (assumed)")
    add("Availability", item.availability)
    add("To do", item.action)
    if item.ends is not None:
        text, ref = words.moment(plan, item.ends)
        add("Ends", text, (ref,) if ref else ())
    add("Product", plan.settings.products[item.product] if item.product and plan.settings.products else None)
    add("Published to", ", ".join(item.publish) or "nobody: internal")
    add("Owners", ", ".join(item.owners))
    add("Review by", words.day(item.review_by) if item.review_by else None)
    add("Tags", ", ".join(item.tags))
    return tuple(facts)


def effort(item: Item) -> str:
    """`M (3 person-weeks)`, `5 person-weeks`, or that there is no estimate."""
    if item.effort is None:
        return "not estimated"
    weeks = "1 person-week" if item.effort.weeks == 1 else f"{words.number(item.effort.weeks)} person-weeks"
    return f"{item.effort.size} ({weeks})" if item.effort.size else weeks


def _fit(fit: float) -> str:
    return "" if fit == 1 else f"answers {fit:.0%} of it"


def _items(plan: Plan, id: ItemId, field: str) -> tuple[ItemId, ...]:  # noqa: A002 - it is the id
    return tuple(ItemId(other) for other in plan.naming(Kind.ITEM, id, by=Kind.ITEM, field=field))


def _notes(plan: Plan, id: ItemId) -> tuple[Ref, ...]:  # noqa: A002 - it is the id
    found: list[Ref] = []
    for release in plan.naming(Kind.ITEM, id, by=Kind.RELEASE, field="notes"):
        ref = addresses.record(plan, Kind.RELEASE, release)
        for note in plan.releases[release].notes:  # type: ignore[index] # an id of this kind
            if note.item is not None and plan.items.canonical(note.item) == id:
                stage = f" ({words.STAGE[note.stage].lower()})" if note.stage else ""
                found.append(addresses.Ref(title=f"{ref.title}{stage}", address=ref.address, anchor=f"note-{note.id}"))
    return tuple(found)


def _description(plan: Plan, item: Item) -> str:
    parts = [words.STATUS[item.status]]
    if item.objectives:
        parts.append(plan.objectives[item.objectives[0]].title)
    return ": ".join(parts)
