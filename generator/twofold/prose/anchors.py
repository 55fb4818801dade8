"""Ids of headings, as GitHub makes them, so that a link that works there works in the portal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

_DROPPED = re.compile(r"[^\w\- ]")
_TEXT = frozenset({"text", "code_inline", "text_special"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a text."""

    level: int
    """1 to 6, as it is rendered."""
    id: str
    """As it is rendered, with the prefix; in the text, links lack the prefix."""
    title: str
    """Its plain text."""


def plain(tokens: Iterable[Token]) -> str:
    """The text of inline tokens, without markup; of an image, what stands for it."""
    parts: list[str] = []
    for token in tokens:
        if token.type in _TEXT:
            parts.append(token.content)
        elif token.type == "image":
            parts.append(plain(token.children or ()))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)


def headings(tokens: Sequence[Token], *, prefix: str = "", shift: int = 0) -> Iterator[tuple[int, Heading]]:
    """Index of the opening token, and heading, of all headings in order; no id occurs twice."""
    taken: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        title = plain(tokens[index + 1].children or ()).strip()
        stem = str(token.attrs.get("id") or _DROPPED.sub("", title.lower()).replace(" ", "-") or "section")
        name = stem
        while name in taken:
            taken[stem] += 1
            name = f"{stem}-{taken[stem]}"
        taken[name] = 0
        level = min(6, max(1, int(token.tag[1]) + shift))
        yield index, Heading(level=level, id=prefix + name, title=title)
