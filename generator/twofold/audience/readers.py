"""Who reads what: an audience's labels and statuses, by the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.model.fields import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.model.settings import Settings

BUILT_IN = (INTERNAL, "customer", "user")
STATUSES = {
    "customer": (Status.PLANNED, Status.IN_PROGRESS, Status.RELEASED),
    "user": (Status.IN_PROGRESS, Status.RELEASED),
}
"""The statuses of items that an audience shows unless the settings say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One public audience, as the settings describe it."""

    name: str
    labels: tuple[str, ...]
    """Its own label, then those that it reads, each once."""

    statuses: frozenset[Status]

    def reads(self, publish: Iterable[str]) -> bool:
        """Whether something published under these labels is for this audience."""
        return not set(self.labels).isdisjoint(publish)

    def common(self, publish: Iterable[str]) -> tuple[str, ...]:
        """The labels, in the audience's order, under which something is published and that it reads."""
        published = set(publish)
        return tuple(label for label in self.labels if label in published)


def audiences(settings: Settings) -> tuple[str, ...]:
    """Every audience: internal, customer, user, then those that the settings add, by name."""
    return (*BUILT_IN, *sorted(name for name in settings.audiences if name not in BUILT_IN))


def public_readers(settings: Settings) -> tuple[Reader, ...]:
    """Every public audience."""
    return tuple(reader(settings, name) for name in audiences(settings) if name != INTERNAL)


def reader(settings: Settings, audience: str) -> Reader:
    """A public audience.

    Raises:
        ValueError: for `internal`, which reads everything, and for names that the settings do not know.
    """
    if audience == INTERNAL or audience not in audiences(settings):
        raise ValueError(f"`{audience}` is no public audience")
    own = settings.audiences.get(audience)
    labels = tuple(dict.fromkeys((audience, *(own.reads or () if own else ()))))
    if own is not None and own.statuses is not None:
        statuses = frozenset(own.statuses)
    else:
        # An added audience sees what those see whose texts it reads.
        defaults = [STATUSES[label] for label in labels if label in STATUSES]
        statuses = frozenset(status for group in defaults or [STATUSES["user"]] for status in group)
    return Reader(
        name=audience, labels=tuple(label for label in labels if label != INTERNAL), statuses=statuses
    )
