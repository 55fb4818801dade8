"""What a release brings: its released items and its notes, each with an anchor of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import Kind, Stage
from twofold.views.public import wording
from twofold.views.public.parts import Badge, Entry, EntryGroup, Fact, Text, Told, brief, facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twofold.audience.published import Ends, PublishedItem, PublishedNote, PublishedRelease
    from twofold.model import Change
    from twofold.views.public.shelf import Shelf

ALSO = "Also in this release"


def item_entry(shelf: Shelf, item: PublishedItem, *, prefix: str = "") -> Entry:
    """A released item; `prefix` begins its anchor."""
    return Entry(
        anchor=f"{prefix}item-{item.id}",
        name=shelf.item(item.id),
        change=_badge(item.change),
        stage="",
        item=brief(item),
        texts=(),
        facts=terms(shelf, item.availability, item.action, item.ends),
    )


def note_entry(shelf: Shelf, release: PublishedRelease, note: PublishedNote, *, prefix: str = "") -> Entry:
    """A note; `prefix` begins its anchor."""
    source = shelf.files.get((Kind.RELEASE, release.id), "")
    anchor = f"{prefix}note-{note.id}"
    several = len(note.texts) > 1
    return Entry(
        anchor=anchor,
        name=None if note.item is None else shelf.item(note.item),
        change=_badge(note.change),
        stage=wording.STAGE[note.stage] if note.stage not in {None, Stage.GENERAL} else "",
        item=None,
        texts=tuple(
            Told(
                who=wording.whom(label) if several else "",
                anchor=f"{anchor}-{label}",
                label=label,
                text=Text(text=text, source=source, prefix=f"{anchor}-{label}-", top=5),
            )
            for label, text in note.texts
        ),
        facts=terms(shelf, note.availability, note.action, note.ends),
    )


def terms(shelf: Shelf, availability: str | None, action: str | None, ends: Ends | None) -> tuple[Fact, ...]:
    """For whom something is there, what to do about it, and when it ends."""
    text, named = shelf.ends(ends)
    return facts(
        Fact(label="Available", text=availability or ""),
        Fact(label="What to do", text=action or ""),
        Fact(label="Ends", text=text),
        Fact(label="Ends with", named=named),
    )


def grouped(
    shelf: Shelf, items: Iterable[Entry], notes: Iterable[Entry], *, prefix: str = ""
) -> tuple[EntryGroup, ...]:
    """Entries as the portal tells them: by kind of change, or items before notes."""
    items, notes = tuple(items), tuple(notes)
    if not shelf.words.by_change:
        first = EntryGroup(title="", anchor=f"{prefix}items", entries=items)
        rest = EntryGroup(title=ALSO if items else "", anchor=f"{prefix}notes", entries=notes)
        return tuple(group for group in (first, rest) if group.entries)
    return tuple(_by_change((*items, *notes), prefix=prefix))


def _by_change(entries: Sequence[Entry], *, prefix: str) -> Iterable[EntryGroup]:
    for change, title in wording.CHANGE.items():
        badge = _badge(change)
        group = tuple(entry for entry in entries if entry.change == badge)
        if group:
            yield EntryGroup(title=title, anchor=f"{prefix}{change.value}", entries=group)
    rest = tuple(entry for entry in entries if entry.change is None)
    if rest:
        title = ALSO if len(rest) < len(entries) else ""
        yield EntryGroup(title=title, anchor=f"{prefix}also", entries=rest)


def _badge(change: Change | None) -> Badge | None:
    return None if change is None else Badge(text=wording.CHANGE[change], kind=f"change-{change.value}")
