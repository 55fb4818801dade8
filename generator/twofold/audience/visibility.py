"""Which records an audience sees, and which texts it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import Finding, Item, Kind, Release

if TYPE_CHECKING:
    from twofold.audience.readers import Reader
    from twofold.model import Record
    from twofold.plan import Plan
    from twofold.plan.texts import PlacedText

Visible = dict[Kind, frozenset[str]]
"""The ids, by kind, of the records that an audience sees."""


def visible(plan: Plan, reader: Reader) -> Visible:
    """The ids of the records that an audience sees."""
    return {
        kind: frozenset(id for id, record in plan.of(kind).items() if sees(reader, record)) for kind in Kind
    }


def sees(reader: Reader, record: Record) -> bool:
    """Whether an audience sees a record: by its labels, an item's status too, a finding's titles too."""
    labels = reader.common(record.publish)
    if not labels:
        return False
    match record:
        case Item():
            return record.status in reader.statuses
        case Finding():
            # Its summary is for the team: it has a public face only where it has a title for the label.
            return any(label in record.titles for label in labels)
        case _:
            return True


def reads(reader: Reader, seen: Visible, text: PlacedText, plan: Plan) -> bool:
    """Whether an audience reads a text; `seen` are the records that it sees."""
    if text.record is None:
        page = plan.pages.get(text.source)
        return page is not None and reader.reads(page.matter.publish)
    kind, id = text.record
    if id not in seen[kind]:
        return False
    record = plan.of(kind)[id]
    match text.location:
        case ("sections", str(label)):
            return label in reader.common(record.publish)
        case ("notes", int(index), str(label)) if isinstance(record, Release):
            item = record.notes[index].item
            shown = item is None or plan.items.canonical(item) in seen[Kind.ITEM]
            return shown and label in reader.common(record.publish)
        case _:
            return kind is Kind.METRIC
