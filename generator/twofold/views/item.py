"""The page of one item: told twice, with its evidence and its place among the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Evidence, FindingId, Item, ItemId, Kind
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.views import words
from twofold.views.evidence import Told, VoiceTable, theme_title, voice_table, voices_of
from twofold.views.narratives import Prose, Story, narratives, stories
from twofold.views.parts import (
    Badge,
    Fact,
    ItemGroup,
    facts,
    item_group,
    served_sides,
    side_badges,
    status_badge,
)

if TYPE_CHECKING:
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.views.derivations import ScoreBlock


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

    evidence: VoiceTable | None
    is_unbacked: bool
    """Whether it cites no finding at all."""

    unheard: tuple[Ref, ...]
    """Findings that it answers and that have no voices."""

    groups: tuple[ItemGroup, ...]
    """What it depends on, what needs it, what takes its place, what is related."""

    metrics: tuple[Ref, ...]
    notes: tuple[Ref, ...]
    """Release notes that name it."""

    links: tuple[Outside, ...]
    score: ScoreBlock | None
    """Its scores and how they come about; None where they are not asked for."""

    description: str
    """For the page's metadata."""


def item_view(plan: Plan, id: ItemId, *, score: ScoreBlock | None = None) -> ItemView:
    """Gather an item's page."""
    item = plan.items[id]
    source = plan.origins[Kind.ITEM, id].document.source
    texts = narratives(item, source)
    everything = [_told(plan, answer) for answer in item.evidence]
    told = [one for one in everything if one.voices]
    return ItemView(
        title=item.title,
        badges=_badges(plan, item),
        facts=_facts(plan, item),
        stories=stories(texts),
        internal=texts.get(INTERNAL),
        reason=item.reason,
        evidence=voice_table("Evidence", told),
        is_unbacked=not item.evidence,
        unheard=tuple(one.heading for one in everything if one.heading and not one.voices),
        groups=_groups(plan, id, item),
        metrics=tuple(addresses.record(plan, Kind.METRIC, metric) for metric in item.metrics),
        notes=_notes(plan, id),
        links=tuple(Outside(title=link.title, url=link.url) for link in item.links),
        score=score,
        description=_description(plan, item),
    )


def _groups(plan: Plan, id: ItemId, item: Item) -> tuple[ItemGroup, ...]:
    groups = (
        ("depends-on", "Depends on", item.depends_on),
        ("needed-by", "Needed by", _items(plan, id, "depends_on")),
        ("superseded-by", "Superseded by", item.superseded_by),
        ("supersedes", "Takes the place of", _items(plan, id, "superseded_by")),
        ("related", "Related", (*item.related, *_items(plan, id, "related"))),
    )
    return tuple(item_group(plan, ids, id=anchor, title=title) for anchor, title, ids in groups if ids)


def _badges(plan: Plan, item: Item) -> tuple[Badge, ...]:
    badges = [status_badge(item.status)]
    if item.horizon is not None and item.status.value in {"planned", "idea"}:
        badges.append(Badge(text=words.HORIZON[item.horizon], kind=f"horizon-{item.horizon.value}"))
    if item.change is not None:
        badges.append(Badge(text=words.CHANGE[item.change], kind=f"change-{item.change.value}"))
    badges.extend(side_badges(served_sides(plan, item)))
    return tuple(badges)


def _facts(plan: Plan, item: Item) -> tuple[Fact, ...]:
    target, target_ref = words.moment(plan, item.target) if item.target else ("", None)
    ends, ends_ref = words.moment(plan, item.ends) if item.ends else ("", None)
    release = (addresses.record(plan, Kind.RELEASE, item.release),) if item.release else ()
    return facts(
        Fact(
            label="Objectives",
            refs=tuple(addresses.record(plan, Kind.OBJECTIVE, id) for id in item.objectives),
        ),
        Fact(label="Target", text=target, refs=(target_ref,) if target_ref else ()),
        # Twice the same release would be noise.
        Fact(label="Release", refs=() if release == (target_ref,) else release),
        Fact(label="Released on", text=words.day(item.released) if item.released else ""),
        Fact(label="Personas", refs=tuple(addresses.record(plan, Kind.PERSONA, id) for id in item.personas)),
        Fact(label="Driver", text=words.DRIVER[item.driver]),
        Fact(label="Effort", text=effort(item)),
        Fact(
            label="Confidence", text="100% (assumed)" if item.confidence is None else f"{item.confidence:.0%}"
        ),
        Fact(label="Ends", text=ends, refs=(ends_ref,) if ends_ref else ()),
        Fact(label="Product", text=words.product(plan, item.product)),
        Fact(label="Published to", text=words.published(item.publish)),
        Fact(label="Owners", text=", ".join(item.owners)),
        Fact(label="Review by", text=words.day(item.review_by) if item.review_by else ""),
        Fact(label="Tags", text=", ".join(item.tags)),
        Fact(label="Imported from", text=f"{item.source.system} {item.source.id}" if item.source else ""),
        Fact(label="Availability", text=item.availability or ""),
        Fact(label="To do", text=item.action or ""),
    )


def effort(item: Item) -> str:
    """`M (3 person-weeks)`, `5 person-weeks`, or that there is no estimate."""
    if item.effort is None:
        return "not estimated"
    weeks = "1 person-week" if item.effort.weeks == 1 else f"{words.number(item.effort.weeks)} person-weeks"
    return f"{item.effort.size} ({weeks})" if item.effort.size else weeks


def _told(plan: Plan, answer: Evidence) -> Told:
    finding = plan.findings[answer.finding]
    parts = (theme_title(finding.theme), _fit(answer.fit))
    return Told(
        heading=addresses.record(plan, Kind.FINDING, answer.finding),
        note=" · ".join(part for part in parts if part),
        voices=voices_of(plan, FindingId(finding.id)),
    )


def _fit(fit: float) -> str:
    return "" if fit == 1 else f"answers {fit:.0%} of it"


def _items(plan: Plan, id: ItemId, field: str) -> tuple[ItemId, ...]:
    return tuple(ItemId(other) for other in plan.naming(Kind.ITEM, id, by=Kind.ITEM, field=field))


def _notes(plan: Plan, id: ItemId) -> tuple[Ref, ...]:
    found: list[Ref] = []
    for release in plan.naming(Kind.ITEM, id, by=Kind.RELEASE, field="notes"):
        ref = addresses.record(plan, Kind.RELEASE, release)
        for note in plan.releases[release].notes:  # type: ignore[index] # an id of this kind
            if note.item is not None and plan.items.canonical(note.item) == id:
                stage = f" ({words.STAGE[note.stage].lower()})" if note.stage else ""
                found.append(
                    addresses.Ref(title=f"{ref.title}{stage}", address=ref.address, anchor=f"note-{note.id}")
                )
    return tuple(found)


def _description(plan: Plan, item: Item) -> str:
    parts = [words.STATUS[item.status]]
    if item.objectives:
        parts.append(plan.objectives[item.objectives[0]].title)
    return ": ".join(parts)
