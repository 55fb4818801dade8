"""The page of an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.views.public import wording
from twofold.views.public.entries import note_entry, terms
from twofold.views.public.extras import added_facts
from twofold.views.public.heard import quotes
from twofold.views.public.parts import Fact, brief, facts, status_badge, told

if TYPE_CHECKING:
    from twofold.audience.published import PublishedItem, PublishedLink
    from twofold.model import ItemId
    from twofold.views.public.parts import Badge, Entry, Named, Quote, Text, Told
    from twofold.views.public.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A note about the item, and the release that it stands in."""

    release: Named
    when: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """The page of an item."""

    template = "public/item.html"

    title: str
    badges: tuple[Badge, ...]
    release: Named | None
    when: str
    about: Text | None
    told: tuple[Told, ...]
    action: str
    """What the reader must do."""

    terms: tuple[Fact, ...]
    """For whom it is there, and when it ends."""

    facts: tuple[Fact, ...]
    heard: tuple[tuple[Named, tuple[Quote, ...]], ...]
    """The findings that it answers."""

    steps: tuple[Step, ...]
    replaced_by: tuple[Named, ...]
    replaces: tuple[Named, ...]
    links: tuple[PublishedLink, ...]


def item_view(shelf: Shelf, id: ItemId) -> ItemView:
    """Gather the page of an item."""
    item = shelf.plan.items[id]
    findings = shelf.plan.findings
    return ItemView(
        title=item.title,
        badges=(status_badge(item.status),),
        release=shelf.release(item.release) if item.release is not None else None,
        when=_when(shelf, item),
        about=brief(item),
        told=told(item),
        action=item.action or "",
        terms=terms(shelf, item.availability, None, item.ends),
        facts=facts(
            Fact(label="Horizon", text=_horizon(item)),
            Fact(label="What it is for", named=tuple(shelf.objective(one) for one in item.objectives)),
            *added_facts(shelf, item, without=_told(item)),
        ),
        heard=tuple((shelf.finding(one), quotes(findings[one])) for one in item.answers),
        steps=tuple(
            Step(
                release=shelf.release(release.id),
                when=release.date.name,
                entry=note_entry(shelf, release, note, prefix=f"{release.id}_"),
            )
            for release, note in shelf.steps.get(id, ())
        ),
        replaced_by=tuple(shelf.item(one) for one in item.superseded_by),
        replaces=tuple(shelf.item(one.id) for one in shelf.replaced.get(id, ())),
        links=item.links,
    )


def _told(item: PublishedItem) -> frozenset[str]:
    """Added fields that the page tells anyway."""
    said = {"evidence"}
    if item.status is Status.RELEASED or item.additions.get("target") == item.release:
        said.add("target")
    return frozenset(said)


def _when(shelf: Shelf, item: PublishedItem) -> str:
    if item.release is not None:
        return shelf.plan.releases[item.release].date.name
    return wording.day(item.released) if item.released else ""


def _horizon(item: PublishedItem) -> str:
    # What is under way is under way now.
    is_open = item.status in {Status.PLANNED, Status.IDEA}
    return wording.HORIZON[item.horizon] if is_open and item.horizon is not None else ""
