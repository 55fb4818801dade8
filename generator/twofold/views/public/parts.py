"""The parts that public pages are put together from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.plan.destinations import section_anchor
from twofold.views.public import wording

if TYPE_CHECKING:
    from twofold.audience.published import Narrative, PublishedRecord
    from twofold.model import Status
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A Markdown text, not yet rendered."""

    text: str
    source: str
    """POSIX path, relative to the content folder, of the file that its links are relative to."""

    prefix: str
    """What the ids in it begin with, so that several texts can stand in one page."""

    top: int = 2
    """The highest level that its headings may have where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record by its name, and its page where it has one."""

    title: str
    ref: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A word that says where something stands."""

    text: str
    kind: str
    """A CSS suffix: `status-planned`, `change-added`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing to know about a record, in one of three forms."""

    label: str
    text: str = ""
    named: tuple[Named, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A narrative."""

    who: str
    """Whom it is for; ``""`` where the record has only one."""

    anchor: str
    label: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A record in a list: its name, where it stands, and its first paragraph."""

    ref: Ref
    badge: Badge | None
    text: Text | None
    due: str
    """When, in words; ``""`` where that is open."""

    has: str = ""
    """What the list can be narrowed down by, as `filters.written` gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Something that somebody said."""

    text: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a release brings: a released item, or a note."""

    anchor: str
    """Where a link to it leads in its page."""

    name: Named | None
    """None for a note that belongs to no item."""

    change: Badge | None
    stage: str
    item: Text | None
    """An item's narrative, of which the first paragraph is shown."""

    texts: tuple[Told, ...]
    """A note's texts, shown whole."""

    facts: tuple[Fact, ...]
    """For whom, what to do, when it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGroup:
    """Entries of one kind of change."""

    title: str
    """``""`` where the entries are not told apart."""

    anchor: str
    entries: tuple[Entry, ...]


def status_badge(status: Status) -> Badge:
    """A status as a badge."""
    return Badge(text=wording.STATUS[status], kind=f"status-{status.value}")


def told(record: PublishedRecord, *, prefix: str = "", top: int = 2) -> tuple[Told, ...]:
    """A record's narratives; whom each is for is said only where there are several.

    `prefix` begins their ids, in a page that tells several records.
    """
    several = len(record.narratives) > 1
    return tuple(
        Told(
            who=wording.whom(one.label) if several else "",
            anchor=f"{prefix}{section_anchor(one.label)}",
            label=one.label,
            text=prose(one, prefix=prefix, top=top + several),
        )
        for one in record.narratives
    )


def brief(record: PublishedRecord) -> Text | None:
    """The text whose first paragraph stands for the record in lists: that of the first label."""
    return prose(record.narratives[0]) if record.narratives else None


def prose(narrative: Narrative, *, prefix: str = "", top: int = 2) -> Text:
    """A narrative, with ids that a link may name."""
    prefix = f"{prefix}{narrative.label}-"
    return Text(text=narrative.text, source=narrative.source, prefix=prefix, top=top)


def facts(*all_facts: Fact) -> tuple[Fact, ...]:
    """Those of the facts that say something."""
    return tuple(fact for fact in all_facts if fact.text or fact.named or fact.entries)
