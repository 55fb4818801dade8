"""What has been delivered, by release."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.model.period import parse
from twofold.views.public.cards import cards
from twofold.views.public.entries import grouped, item_entry, note_entry
from twofold.views.public.extras import added_facts
from twofold.views.public.parts import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from twofold.audience.published import PublishedItem, PublishedLink, PublishedRelease
    from twofold.model import ReleaseId
    from twofold.plan.addresses import Ref
    from twofold.views.public.parts import Card, EntryGroup, Fact, Text, Told
    from twofold.views.public.shelf import Shelf

ROOM = 150
"""Entries that the list of releases shows in full; older releases are one line each, and have pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A release, or a month in which something came out without one."""

    anchor: str
    title: str
    ref: Ref | None
    """The release's page."""

    headline: str
    when: str
    told: tuple[Told, ...]
    groups: tuple[EntryGroup, ...]
    end: date
    """Its day, to sort by."""

    @property
    def size(self) -> int:
        """How many entries it has."""
        return sum(len(group.entries) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesView:
    """The page of all releases."""

    template = "public/releases.html"

    title: str
    lead: str
    blocks: tuple[Block, ...]
    """In full, the newest first."""

    earlier: tuple[Block, ...]
    """In a line."""

    by_change: bool
    """Whether entries stand under their kinds of change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """The page of a release."""

    template = "public/release.html"

    title: str
    when: str
    about: Text | None
    told: tuple[Told, ...]
    groups: tuple[EntryGroup, ...]
    by_change: bool
    """Whether entries stand under their kinds of change."""

    is_out: bool
    coming: str
    """Heading over what is still to come."""

    cards: tuple[Card, ...]
    facts: tuple[Fact, ...]
    links: tuple[PublishedLink, ...]


def releases_view(shelf: Shelf) -> ReleasesView:
    """Gather the page of all releases."""
    blocks = delivered(shelf)
    # The newest is shown in full however much it brings.
    before = accumulate((block.size for block in blocks), initial=0)
    full = {block.anchor for block, above in zip(blocks, before, strict=False) if above < ROOM}
    # What came out without a release has no page of its own to lead to.
    shown = tuple(block for block in blocks if block.anchor in full or block.ref is None)
    return ReleasesView(
        title=shelf.words.releases,
        lead=shelf.words.releases_lead,
        blocks=shown,
        earlier=tuple(block for block in blocks if block.anchor not in full and block.ref is not None),
        by_change=shelf.words.by_change,
    )


def release_view(shelf: Shelf, id: ReleaseId) -> ReleaseView:
    """Gather the page of a release."""
    release = shelf.plan.releases[id]
    is_out = id in shelf.out
    items = shelf.by_release.get(id, ())
    ahead = [item for item in items if item.status is not Status.RELEASED]
    groups = _groups(shelf, release, items, prefix="")
    stories = told(release)
    return ReleaseView(
        title=f"{release.version}: {release.title}" if release.title else release.version,
        when=release.date.name if is_out else f"Planned for {release.date.name}",
        about=stories[0].text if stories else None,
        told=stories,
        groups=groups,
        by_change=shelf.words.by_change,
        is_out=is_out,
        coming="Still to come" if is_out else "What it will bring",
        cards=cards(shelf, ahead, due=False),
        facts=added_facts(shelf, release),
        links=release.links,
    )


def delivered(shelf: Shelf) -> tuple[Block, ...]:
    """All that is there, by release or month, the newest first."""
    blocks = [block for release in shelf.releases if (block := _block(shelf, release)) is not None]
    # Stable: releases of one day stay in the order of their versions, and months come after them.
    blocks.extend(_months(shelf))
    blocks.sort(key=lambda block: block.end, reverse=True)
    return (*blocks, *_undated(shelf))


def _block(shelf: Shelf, release: PublishedRelease) -> Block | None:
    if release.id not in shelf.out:
        return None
    items = shelf.by_release.get(release.id, ())
    groups = _groups(shelf, release, items, prefix=f"{release.id}_")
    stories = told(release, prefix=f"{release.id}_", top=4)
    if not groups and not stories:
        return None
    return Block(
        anchor=release.id,
        title=release.version,
        ref=shelf.release_ref(release.id),
        headline=release.title or "",
        when=release.date.name,
        told=stories,
        groups=groups,
        end=release.date.end,
    )


def _groups(
    shelf: Shelf, release: PublishedRelease, items: Sequence[PublishedItem], *, prefix: str
) -> tuple[EntryGroup, ...]:
    released = [item_entry(shelf, item, prefix=prefix) for item in items if item.status is Status.RELEASED]
    notes = [note_entry(shelf, release, note, prefix=prefix) for note in release.notes]
    return grouped(shelf, released, notes, prefix=prefix)


def _months(shelf: Shelf) -> Iterator[Block]:
    months: dict[str, list[PublishedItem]] = {}
    for item in _loose(shelf):
        if item.released is not None:
            months.setdefault(f"{item.released.year:04}-{item.released.month:02}", []).append(item)
    for month, items in sorted(months.items(), reverse=True):
        name = parse(month).name
        entries = [item_entry(shelf, item) for item in items]
        yield Block(
            anchor=f"_{month}",
            title=name,
            ref=None,
            headline="",
            when="",
            told=(),
            groups=grouped(shelf, entries, (), prefix=f"_{month}_"),
            end=parse(month).end,
        )


def _undated(shelf: Shelf) -> Iterator[Block]:
    entries = [item_entry(shelf, item) for item in _loose(shelf) if item.released is None]
    if entries:
        yield Block(
            anchor="_undated",
            title="Available",
            ref=None,
            headline="",
            when="",
            told=(),
            groups=grouped(shelf, entries, (), prefix="_undated_"),
            end=shelf.today,
        )


def _loose(shelf: Shelf) -> list[PublishedItem]:
    return sorted(
        (
            item
            for item in shelf.plan.items.values()
            if item.status is Status.RELEASED and item.release is None
        ),
        key=lambda item: (
            -(item.released.toordinal() if item.released else 0),
            item.title.casefold(),
            item.id,
        ),
    )
