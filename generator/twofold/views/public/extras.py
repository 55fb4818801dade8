"""Fields that the settings' `show:` adds, as facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from twofold.model import Kind
from twofold.views.public import wording
from twofold.views.public.parts import Fact, facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from twofold.audience.published import Addition, PublishedRecord
    from twofold.views.public.shelf import Shelf

LABELS: Mapping[str, str] = {
    "target": "Target",
    "depends_on": "Depends on",
    "related": "Related",
    "parent": "Part of",
    "personas": "Who it helps",
    "metrics": "Measured by",
    "evidence": "What we heard",
    "goal": "Goal",
    "jobs": "Jobs to be done",
    "motivations": "What matters",
    "pains": "What is hard",
    "success_criteria": "What success is",
    "segment": "Segment",
    "population": "How many",
    "influence": "Influence",
    "interest": "Interest",
    "side": "Whose it is",
    "theme": "Theme",
    "method": "Method",
    "tags": "Tags",
    "product": "Product",
    "source": "Source",
    "review_by": "Reviewed again by",
    "aliases": "Formerly",
}
"""What each field that may be added is called, in the order in which they are shown."""

_RECORDS = {
    "depends_on": Kind.ITEM,
    "related": Kind.ITEM,
    "parent": Kind.OBJECTIVE,
    "personas": Kind.PERSONA,
    "metrics": Kind.METRIC,
    "evidence": Kind.FINDING,
}
_WORDS = {"customer": "Customers", "user": "Users", "both": "Customers and users"}


def added_facts(
    shelf: Shelf, record: PublishedRecord, *, without: frozenset[str] = frozenset()
) -> tuple[Fact, ...]:
    """The added fields of a record, in an order of their own."""
    return facts(
        *(
            _fact(shelf, name, label, record.additions[name])
            for name, label in LABELS.items()
            if name in record.additions and name not in without
        )
    )


def _fact(shelf: Shelf, name: str, label: str, value: Addition) -> Fact:
    if name in _RECORDS:
        ids = tuple(_texts(value))
        return Fact(label=label, named=tuple(shelf.named(_RECORDS[name], id) for id in ids))
    writers: dict[str, Callable[[str], str]] = {
        "review_by": lambda text: wording.day(date.fromisoformat(text)),
        "side": lambda text: _WORDS.get(text, text),
        "product": lambda text: text,
        "theme": sentence,
        "method": sentence,
    }
    match value:
        case str() if name == "target":
            return Fact(label=label, named=(shelf.moment(value),))
        case str():
            return Fact(label=label, text=writers.get(name, str)(value))
        case int() | float():
            return Fact(label=label, text=wording.number(value))
        case _:
            entries = tuple(_texts(value))
            if name in {"tags", "aliases", "source"}:
                return Fact(label=label, text=", ".join(entries))
            return Fact(label=label, entries=entries)


def sentence(name: str) -> str:
    """A name as words: `shift-handover` is `Shift handover`."""
    plain = name.replace("-", " ") if name.islower() else name
    return plain[:1].upper() + plain[1:]


def _texts(value: Addition) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield one if isinstance(one, str) else str(one[1])
    else:
        yield str(value)
