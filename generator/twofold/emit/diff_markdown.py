"""A comparison of two revisions as a comment on a pull request.

What comes from the plan is text and nothing else: no markup, no mention, no reference to an issue, no address
that loads something.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twofold.emit.outline import Entry, Section, Worded

MARKER = "<!-- twofold-diff -->"
"""The first line, by which a comment is found again to be updated in place."""
MOST = 60_000
"""Characters; GitHub takes 65,536."""
OPEN = 5
"""A section with so many entries stands open, longer ones are folded."""
_PUNCTUATION = re.compile(r"([\\`*_\[\]~|])")
_ADDRESSED = re.compile(r"([@#]|GH-|://|www\.)(?=\S)", re.IGNORECASE)
_SIGNS = {"+": "🟢", "-": "🔴", "~": "🟡", "!": "⚠️"}
_APART = "\u200b"
KEPT = 30
"""Words shown on either side of a change."""


def render(summary: str, sections: Sequence[Section]) -> str:
    """The comment, cut where it would be longer than `MOST`, and said so."""
    head = f"{MARKER}\n**{_text(summary)}.**\n"
    parts: list[str] = []
    left = MOST - len(head) - 400
    for number, section in enumerate(sections):
        part = "\n".join(_section(section, left))
        if len(part) > left:
            rest = ", ".join(one.title for one in sections[number:])
            parts.append(f"\n_Too long for a comment. Left out: {_text(rest)}. `twofold diff` prints all._\n")
            break
        parts.append(part)
        left -= len(part)
    return head + "".join(parts)


def _section(section: Section, left: int) -> Iterator[str]:
    count = len(section.entries)
    yield f"\n### {_text(section.title)}\n"
    folded = count > OPEN
    if folded:
        yield f"<details><summary>{count} entries</summary>\n"
    used = 0
    for number, entry in enumerate(section.entries):
        lines = list(_entry(entry))
        used += sum(len(line) + 1 for line in lines)
        if used > left - 200:
            yield f"\n_… and {count - number} more; `twofold diff` prints all._"
            break
        yield from lines
    if folded:
        yield "\n</details>"
    yield ""


def _entry(entry: Entry) -> Iterator[str]:
    place = f" · {_code(entry.place)}" if entry.place else ""
    yield f"- {_SIGNS[entry.mark]} {_text(entry.head)}{place}"
    for line in entry.lines:
        yield f"  - {_text(line)}"
    if entry.texts:
        yield "  <details><summary>texts</summary>"
        for text in entry.texts:
            # One line of HTML up to the next empty line: nothing in it is read as Markdown.
            yield f"  <p><b>{_html(text.name)}</b><br>{_worded(text)}</p>"
        yield "  </details>\n"


def _worded(text: Worded) -> str:
    tags = {"same": "{}", "added": "<ins>{}</ins>", "removed": "<del>{}</del>"}
    return "".join(tags[piece.how].format(_html(piece.text)) for piece in text.near(KEPT))


def _html(text: str) -> str:
    lines = (escape(_apart(plain(line)), quote=False) for line in text.split("\n"))
    return "<br>".join(lines)


def _text(text: str) -> str:
    """A text as it reads, on one line."""
    line = _apart(plain(" ".join(text.split())))
    return _PUNCTUATION.sub(r"\\\1", escape(line, quote=False))


def _apart(text: str) -> str:
    """Nobody is called and nothing is referred to: a sign without width stands in between."""
    return _ADDRESSED.sub(rf"\1{_APART}", text)


def _code(text: str) -> str:
    # A run of backticks that the text does not have.
    bare = plain(text)
    longest = max((len(run) for run in re.findall("`+", bare)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if bare.startswith("`") or bare.endswith("`") else ""
    return f"{fence}{pad}{bare}{pad}{fence}"
