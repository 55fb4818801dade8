"""What comes before and after a record in the list that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.views.public.ahead import open_items, upcoming
from twofold.views.public.metrics import figures
from twofold.views.public.objectives import aims
from twofold.views.public.people import people
from twofold.views.public.releases import delivered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twofold.plan.addresses import Ref
    from twofold.views.public.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The pages before and after one; None at an end of the list."""

    previous: Ref | None
    next: Ref | None


def in_turn(refs: Iterable[Ref]) -> dict[str, Neighbours]:
    """Each page's neighbours in a list, by its address; a page that is alone there has none."""
    first: dict[str, Ref] = {}
    for ref in refs:
        # What a list names twice is gone through once.
        first.setdefault(ref.address, ref)
    found = tuple(first.values())
    if len(found) < 2:
        return {}
    return {
        ref.address: Neighbours(previous=before, next=after)
        for before, ref, after in zip((None, *found), found, (*found[1:], None), strict=False)
    }


def neighbours(shelf: Shelf) -> dict[str, Neighbours]:
    """The neighbours of every record's page, in the order of the page that lists it."""
    found: dict[str, Neighbours] = {}
    for refs in _lists(shelf):
        found |= in_turn(refs)
    return found


def _lists(shelf: Shelf) -> Iterator[Iterable[Ref]]:
    blocks = delivered(shelf)
    yield (block.ref for block in blocks if block.ref)
    yield (one.ref for one in upcoming(shelf))
    named = [entry.name for block in blocks for group in block.groups for entry in group.entries]
    # A note may be about an item that is still to come: that one stands on the roadmap.
    there = {shelf.item_ref(one.id).address for one in shelf.items if one.status is Status.RELEASED}
    yield (name.ref for name in named if name and name.ref and name.ref.address in there)
    yield (shelf.item_ref(one.id) for one in open_items(shelf))
    lists = (aims(shelf), people(shelf), figures(shelf))
    for entries in lists:
        yield (one.name.ref for one in entries if one.name.ref)
