"""Releases: what was delivered, told to both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Change, ItemId, Kind, Release, ReleaseId, ReleaseNote, Status
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.views import words
from twofold.views.narratives import Prose, Story, narratives, stories
from twofold.views.parts import Badge, Fact, facts, served_sides, side_badges, status_badge

if TYPE_CHECKING:
    from datetime import date

    from twofold.model import Moment
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A release in a list."""

    ref: Ref
    title: str
    badge: Badge
    """Whether it is out."""

    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesView:
    """All that the list of releases prints."""

    template = "releases.html"

    title: str
    lead: str
    rows: tuple[ReleaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEntry:
    """An item in a release."""

    ref: Ref
    status: Badge | None
    """Only where it is not what one expects: an item that is not released yet."""

    sides: tuple[Badge, ...]
    asides: tuple[tuple[str, str], ...]
    """Availability, what the reader must do, when it ends: label and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBlock:
    """A release note."""

    id: str
    title: str
    change: Badge | None
    stage: Badge | None
    item: Ref | None
    """The item that it is a step of."""

    told: tuple[tuple[str, str, Prose], ...]
    """Label, whom it is for, and what they are told."""

    asides: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """All that a release's page prints."""

    template = "release.html"

    title: str
    badge: Badge
    facts: tuple[Fact, ...]
    stories: tuple[Story, ...]
    internal: Prose | None
    changes: tuple[tuple[str, str, tuple[ReleaseEntry, ...]], ...]
    """Anchor, kind of change and items."""

    notes: tuple[NoteBlock, ...]
    is_empty: bool
    """Whether nothing at all is said of it."""

    description: str


_TOLD = {"customer": "Customers", "user": "Users", INTERNAL: "Team"}


def releases_view(plan: Plan, *, today: date) -> ReleasesView:
    """Gather the list of releases, newest first."""
    return ReleasesView(
        title="Releases",
        lead="What was delivered, and what comes next. Newest first.",
        rows=tuple(release_row(plan, id, today=today) for id in newest_first(plan)),
    )


def newest_first(plan: Plan) -> list[ReleaseId]:
    """All releases by date."""
    return sorted(plan.releases, key=lambda id: (-plan.releases[id].date.end.toordinal(), id))


def release_row(plan: Plan, id: ReleaseId, *, today: date) -> ReleaseRow:
    """A release in a list."""
    release = plan.releases[id]
    counts = [words.count(len(entries(plan, id)), "item")]
    if release.notes:
        counts.append(words.count(len(release.notes), "note"))
    return ReleaseRow(
        ref=addresses.record(plan, Kind.RELEASE, id),
        title=release.title or "",
        badge=_out(release, today=today),
        detail=f"{release.date.name}, {' and '.join(counts)}",
    )


def release_view(plan: Plan, id: ReleaseId, *, today: date) -> ReleaseView:
    """Gather a release's page."""
    release = plan.releases[id]
    source = plan.origins[Kind.RELEASE, id].document.source
    texts = narratives(release, source)
    changes = _changes(plan, id)
    told = stories(texts)
    return ReleaseView(
        title=f"{release.version}: {release.title}" if release.title else release.version,
        badge=_out(release, today=today),
        facts=facts(
            Fact(label="Date", text=release.date.name),
            Fact(label="Items", text=f"{len(entries(plan, id)):,}"),
            Fact(label="Notes", text=f"{len(release.notes):,}"),
            Fact(label="Product", text=words.product(plan, release.product)),
            Fact(label="Published to", text=words.published(release.publish)),
            Fact(label="Owners", text=", ".join(release.owners)),
            Fact(label="Review by", text=words.day(release.review_by) if release.review_by else ""),
        ),
        stories=told,
        internal=texts.get(INTERNAL),
        changes=changes,
        notes=tuple(_note(plan, note, source) for note in release.notes),
        is_empty=not (told or changes or release.notes),
        description=f"Release {release.version}, {release.date.name}",
    )


def entries(plan: Plan, id: ReleaseId) -> tuple[ItemId, ...]:
    """The items that name a release, declined ones left out, by title."""
    named = (ItemId(item) for item in plan.naming(Kind.RELEASE, id, by=Kind.ITEM, field="release"))
    kept = [item for item in named if plan.items[item].status is not Status.DECLINED]
    return tuple(sorted(kept, key=lambda item: (plan.items[item].title.casefold(), item)))


def _out(release: Release, *, today: date) -> Badge:
    if release.date.end <= today:
        return Badge(text="Out", kind="status-released")
    return Badge(text="Ahead", kind="status-planned")


def _changes(plan: Plan, id: ReleaseId) -> tuple[tuple[str, str, tuple[ReleaseEntry, ...]], ...]:
    found = entries(plan, id)
    groups: list[tuple[str, str, tuple[ReleaseEntry, ...]]] = []
    kinds: tuple[Change | None, ...] = (*Change, None)
    for change in kinds:
        of_kind = tuple(_entry(plan, item) for item in found if plan.items[item].change is change)
        if of_kind:
            title = words.CHANGE[change] if change else "Without a kind of change"
            groups.append((f"change-{change.value if change else 'none'}", title, of_kind))
    return tuple(groups)


def _entry(plan: Plan, id: ItemId) -> ReleaseEntry:
    item = plan.items[id]
    return ReleaseEntry(
        ref=addresses.record(plan, Kind.ITEM, id),
        status=None if item.status is Status.RELEASED else status_badge(item.status),
        sides=side_badges(served_sides(plan, item)),
        asides=_asides(plan, item.availability, item.action, item.ends),
    )


def _note(plan: Plan, note: ReleaseNote, source: str) -> NoteBlock:
    item = addresses.record(plan, Kind.ITEM, note.item) if note.item else None
    order = [*_TOLD, *sorted(label for label in note.texts if label not in _TOLD)]
    plain = note.id.replace("-", " ")
    return NoteBlock(
        id=f"note-{note.id}",
        title=item.title if item else plain[:1].upper() + plain[1:],
        change=Badge(text=words.CHANGE[note.change], kind=f"change-{note.change.value}")
        if note.change
        else None,
        stage=Badge(text=words.STAGE[note.stage], kind=f"stage-{note.stage.value}") if note.stage else None,
        item=item,
        told=tuple(
            (
                label,
                _TOLD.get(label, label.capitalize()),
                Prose(text=note.texts[label], source=source, prefix=f"note-{note.id}-{label}-"),
            )
            for label in order
            if label in note.texts
        ),
        asides=_asides(plan, note.availability, note.action, note.ends),
    )


def _asides(
    plan: Plan, availability: str | None, action: str | None, ends: Moment | None
) -> tuple[tuple[str, str], ...]:
    asides = (
        ("Available to", availability or ""),
        ("To do", action or ""),
        ("Ends", words.moment(plan, ends)[0] if ends else ""),
    )
    return tuple(aside for aside in asides if aside[1])
