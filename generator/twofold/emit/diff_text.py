"""A comparison of two revisions for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twofold.diff.texts import Piece
    from twofold.emit.outline import Entry, Section

Paint = Callable[[str, str], str]
"""A text and the name of a colour (`red`, `green`, `yellow`, `bold`, `dim`) in, the painted text out."""

COLOURS = {"+": "green", "-": "red", "~": "dim", "!": "yellow"}
KEPT = 8
"""Words shown on either side of a change."""


def render(summary: str, sections: Sequence[Section], *, width: int, paint: Paint) -> Iterator[str]:
    """The lines of the report, none with a sign that could steer the terminal."""
    yield from _wrapped(summary, width, "", "")
    for section in sections:
        yield ""
        yield paint(plain(section.title), "bold")
        for entry in section.entries:
            yield from _entry(entry, width, paint)


def _entry(entry: Entry, width: int, paint: Paint) -> Iterator[str]:
    mark = paint(entry.mark, COLOURS[entry.mark])
    head, *rest = list(_wrapped(entry.head, width, "    ", "    ")) or [""]
    yield f"  {mark} {head[4:]}"
    yield from rest
    if entry.place:
        yield paint(f"    {plain(entry.place)}", "dim")
    for line in entry.lines:
        yield from _wrapped(line, width, "    ", "    ")
    for text in entry.texts:
        shown = "".join(_marked(text.near(KEPT)))
        yield from _wrapped(f"{text.name}: {shown}", width, "      ", "        ")


def _marked(pieces: Iterable[Piece]) -> Iterator[str]:
    """Signs stand around what came and went, since colour alone is no sign."""
    for piece in pieces:
        text = " ".join(piece.text.split())
        before = " " if piece.text[:1].isspace() else ""
        after = " " if piece.text[-1:].isspace() and text else ""
        match piece.how:
            case "added":
                yield f"{before}{{+{text}+}}{after}"
            case "removed":
                yield f"{before}[-{text}-]{after}"
            case "same":
                yield f"{before}{text}{after}"


def _wrapped(text: str, width: int, first: str, later: str) -> Iterator[str]:
    yield from textwrap.wrap(
        plain(text),
        width=max(40, width),
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
