"""What items in lists can be narrowed down by. It knows no records: each page says what its items have.

It stands here because public pages may use nothing of the internal ones, and those may use this.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Marks = Mapping[str, Sequence[tuple[str, str]]]
    """By filter, what one item has: the value as it stands in an address, and as people read it."""

FEW = 6
"""So many items are seen at a glance: no filters are needed."""

TITLES = {
    "horizon": "Horizon",
    "objective": "Objective",
    "side": "Side",
    "persona": "Persona",
    "tag": "Tag",
}
"""The filters in their order."""

KEPT = frozenset({"horizon", "side"})
"""Filters whose choices have an order of their own."""

_ORDER = {"now": 0, "next": 1, "later": 2, "customer": 0, "user": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter."""

    value: str
    """As in the address of the page."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What items are narrowed down by, one value at a time."""

    name: str
    """As in the address of the page: `?horizon=now`."""

    title: str
    choices: tuple[Choice, ...]


def filters(items: Iterable[Marks]) -> tuple[Filter, ...]:
    """The filters that tell some of the items from others; none where the items are few."""
    found = list(items)
    if len(found) <= FEW:
        return ()
    made = (_filter(name, title, [one.get(name, ()) for one in found]) for name, title in TITLES.items())
    return tuple(one for one in made if one is not None)


def written(marks: Marks) -> str:
    """What an item has, for the script: in the form of an address's query."""
    return "&".join(f"{name}={_quoted(value)}" for name in TITLES for value, _ in marks.get(name, ()))


# Thousands of items have the same few values.
_quoted = lru_cache(maxsize=2_000)(quote_plus)


def _filter(name: str, title: str, items: Sequence[Sequence[tuple[str, str]]]) -> Filter | None:
    counts = Counter(value for item in items for value in {value for value, _ in item})
    # What every item has tells none of them from another.
    if not any(count < len(items) for count in counts.values()):
        return None
    titles = {value: title for item in items for value, title in item}
    order = sorted(
        titles,
        key=lambda value: (_ORDER.get(value, 0) if name in KEPT else 0, titles[value].casefold(), value),
    )
    return Filter(
        name=name,
        title=title,
        choices=tuple(Choice(value=value, title=titles[value]) for value in order),
    )
