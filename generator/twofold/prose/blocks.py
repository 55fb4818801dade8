"""Fenced blocks named `twofold`: which view a page asks for, and what it is narrowed down by."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OF_ITEMS = ("horizon", "status", "objective", "side", "persona", "tag", "release")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view that a page may place."""

    shows: str
    """What it is, for the documentation."""

    filters: tuple[str, ...] = ()
    """What it can be narrowed down by."""

    is_list: bool = True
    """Whether it can be cut off after so many entries."""

    is_public: bool = True
    """Whether public portals have it as well: of what their audience reads."""


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "roadmap": View(
            shows="items that are in progress, planned or ideas, in this order", filters=_OF_ITEMS
        ),
        "timeline": View(
            shows="what is open, by when it comes; for the team with its chart, and what was released lately",
            filters=_OF_ITEMS,
        ),
        "releases": View(shows="releases, the newest first", filters=("release",)),
        "objectives": View(shows="objectives with how far they are", filters=("objective", "side", "tag")),
        "metrics": View(shows="metrics with how they stand", filters=("metric", "objective", "side", "tag")),
        "personas": View(shows="personas by name", filters=("persona", "side", "tag")),
        "feedback": View(
            shows="findings, and what answers them", filters=("theme", "objective", "persona", "side", "tag")
        ),
        "scores": View(
            shows="open items with both scores and their rank, the first first",
            filters=_OF_ITEMS,
            is_public=False,
        ),
        "balance": View(
            shows="how the effort divides between customers and users, beside the target",
            is_list=False,
            is_public=False,
        ),
        "map": View(shows="open items in the map of both scores", is_list=False, is_public=False),
        "needs": View(
            shows="themes by persona, the strongest need first",
            filters=("theme", "persona", "side"),
            is_public=False,
        ),
        "stakeholders": View(
            shows="the map of influence and interest",
            filters=("persona", "side", "tag"),
            is_list=False,
            is_public=False,
        ),
        "decisions": View(
            shows="what was declined, and why",
            filters=("objective", "side", "persona", "tag"),
            is_public=False,
        ),
        "estimates": View(
            shows="open items without an effort, the soonest first", filters=_OF_ITEMS, is_public=False
        ),
    }
)
"""The views that a page may place. Health and the explanation of the scores are about the plan as a whole."""

VIEW, LIMIT = "view", "limit"
"""What every block says, and what one of a list may say: which view, and of how many records at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a page a view stands."""

    anchor: str
    """What the ids in it begin with: with a colon, which no id of a text has."""

    level: int
    """Of its highest headings, 2 to 6: below the heading under which it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What a page asks for."""

    view: str
    """One of `VIEWS`."""

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By filter, the values of which a record has to have one; other filters are not there."""

    limit: int | None = None
    """At most so many records, at least 1."""

    def keeps(self, marks: Mapping[str, Sequence[tuple[str, str]]]) -> bool:
        """Whether a record with these marks (by filter: values, with their titles) is asked for."""
        return all(
            any(value in values for value, _ in marks.get(name, ())) for name, values in self.wanted.items()
        )


def read(text: str) -> Block | None:
    """Read a block; None for one that `check` refuses."""
    try:
        root = yaml.read(text, path="")
    except yaml.Refusal:
        return None
    data = root.data if root is not None else None
    view = data.get(VIEW) if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(view, str) or view not in VIEWS:
        return None
    found = {name: texts(data.get(name)) for name in VIEWS[view].filters}
    wanted = {name: values for name, values in found.items() if values}
    most = limit(data.get(LIMIT)) if VIEWS[view].is_list else None
    return Block(view=str(view), wanted=wanted, limit=most)


def texts(value: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - whatever YAML holds
    """One text or a list of them; None for anything else."""
    values = value if isinstance(value, list) else [value]
    return tuple(values) if values and all(isinstance(one, str) for one in values) else None


def limit(value: Any) -> int | None:  # noqa: ANN401 - whatever YAML holds
    """How many records at most; None for what is no whole number from 1 on."""
    # So many digits as to be a number that a list may have; more of them Python may refuse to read.
    is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
    return int(value) or None if is_number else None
