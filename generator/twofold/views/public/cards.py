"""Items in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.views.public import wording
from twofold.views.public.parts import Card, brief, status_badge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.audience.published import PublishedItem
    from twofold.views.public.shelf import Shelf


def cards(
    shelf: Shelf, items: Iterable[PublishedItem], *, badges: bool | None = None, due: bool = True
) -> tuple[Card, ...]:
    """Items as cards; their status is on them where it differs, unless `badges` decides.

    `due` is false where the page says already when they come.
    """
    items = tuple(items)
    if badges is None:
        badges = len({item.status for item in items}) > 1
    return tuple(_card(shelf, item, badge=badges, due=due) for item in items)


def standing(items: Iterable[PublishedItem]) -> str:
    """How items stand, in words: `3 released, 2 in progress`."""
    statuses = [item.status for item in items]
    order = (Status.RELEASED, Status.IN_PROGRESS, Status.PLANNED, Status.IDEA)
    return wording.listed(
        tuple(
            f"{statuses.count(status)} {wording.STATUS[status].lower()}"
            for status in order
            if status in statuses
        )
    )


def _card(shelf: Shelf, item: PublishedItem, *, badge: bool, due: bool) -> Card:
    return Card(
        ref=shelf.item_ref(item.id),
        badge=status_badge(item.status) if badge else None,
        text=brief(item),
        due=shelf.due(item) if due else "",
    )
