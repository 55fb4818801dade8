"""Fenced blocks named `twofold`: which view a page asks for, and what it is narrowed down by."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VIEWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "roadmap": ("horizon", "status", "objective", "side", "persona", "tag"),
        "releases": (),
        "objectives": (),
        "metrics": (),
        "personas": (),
    }
)
"""The views that a page may place, each with what it can be narrowed down by."""

VIEW, LIMIT = "view", "limit"
"""What every block may say beside that: which view, and of how many records at most."""


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
    found = {name: texts(data.get(name)) for name in VIEWS[view]}
    wanted = {name: values for name, values in found.items() if values}
    return Block(view=str(view), wanted=wanted, limit=limit(data.get(LIMIT)))


def texts(value: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - whatever YAML holds
    """One text or a list of them; None for anything else."""
    values = value if isinstance(value, list) else [value]
    return tuple(values) if values and all(isinstance(one, str) for one in values) else None


def limit(value: Any) -> int | None:  # noqa: ANN401 - whatever YAML holds
    """How many records at most; None for what is no whole number from 1 on."""
    # So many digits as to be a number that a list may have; more of them Python may refuse to read.
    is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
    return int(value) or None if is_number else None
