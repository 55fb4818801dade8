"""Which records an audience sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import Finding, Item, Kind

if TYPE_CHECKING:
    from twofold.audience.readers import Reader
    from twofold.model import Record
    from twofold.plan import Plan

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
