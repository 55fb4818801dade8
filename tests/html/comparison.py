"""What the checker said, beside what is known of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One thing that the checker says, wherever it says it."""

    text: str
    element: str
    """The start tag that it is about, or what stands there in its place."""


def baseline(path: Path) -> dict[Message, str]:
    """The messages that are known, each with the reason why it stays."""
    known = tomllib.loads(path.read_text(encoding="utf-8"))["known"]
    return {Message(one["message"], one["element"]): one["reason"] for one in known}


def differences(found: Iterable[Mapping[str, Any]], known: Mapping[Message, str]) -> Iterator[str]:
    """What is new, with the place where it occurs first and how often, and what is known and occurs no more.

    `found` is what the checker gives under `messages` in its JSON format.
    """
    places: dict[Message, list[str]] = {}
    for one in found:
        text, start = one.get("extract", ""), one.get("hiliteStart", 0)
        element = text[start : start + one.get("hiliteLength", len(text))]
        place = f"{one.get('url', '').removeprefix('file:')}:{one.get('lastLine', 1)}"
        places.setdefault(Message(one["message"], " ".join(element.split())), []).append(place)
    for message in sorted(places.keys() - known.keys()):
        where = sorted(places[message])
        more = f" and {len(where) - 1:,} more" if len(where) > 1 else ""
        yield f"{where[0]}{more}\n    {message.text}\n    {message.element}"
    for message in sorted(known.keys() - places.keys()):
        yield f"no longer said, so it has to leave the baseline:\n    {message.text}\n    {message.element}"
