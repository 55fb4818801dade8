"""A record's body, split into the narratives of its labels.

Which `##` begins a narrative decides who reads what follows. A body in which every line says for itself what
it is takes the fast path, without the Markdown parser; for any other the parser is asked. Both give the same
on every body that the fast path takes (`tests/unit/test_sections.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from twofold.diagnostics import Span
from twofold.source.headings import UNMAPPED_SECTION, Head, Titles, by_structure, fold, title_of
from twofold.source.markdown_limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twofold.diagnostics import Diagnostic

_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*\Z")
_OPENERS = frozenset({"```", "~~~"})
_PLAIN = frozenset("0123456789*+>|[!(\"'\\{")
"""Signs at the margin that begin neither a fence nor raw HTML nor an underline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """A body's texts. Line ends are LF, and empty lines around a text are gone."""

    description: str = ""
    """What is internal without having a label: the text before the first section, and unmapped sections
    with their headings."""

    texts: Mapping[str, str]
    """Label to text, without headings; several sections of one label are joined by an empty line."""

    origins: Mapping[str | None, tuple[tuple[int, int], ...]]
    """Label (None for the description) to pairs of a line of its text, from 1, and that line's line in the
    file; the lines between two pairs follow on each other."""

    def line(self, label: str | None, number: int) -> int:
        """The file's line of line `number` (from 1) of a label's text, or of the description's for None.

        Columns are the same in both.
        """
        runs = self.origins[label]
        begin, line = runs[max(0, bisect_right(runs, (number, 1 << 62)) - 1)]
        return line + number - begin


def split(
    body: str, *, path: str, first_line: int, labels: Mapping[str, str]
) -> tuple[Sections, list[Diagnostic]]:
    """Split a body that begins in line `first_line` of `path`; `labels` maps section titles to labels.

    A body beyond Markdown's limits gives that diagnostic (TF008) and stays whole, as internal description.
    """
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    lines = body.split("\n")
    titles = Titles.of(tuple(labels))
    found: list[Diagnostic] = []
    heads = _line_by_line(lines, titles)
    if heads is None:
        excess = limits(body)
        if excess is not None:
            whole = _gather(lines, [(0, len(lines), None)], first_line)
            return whole, [excess.at(path, first_line=first_line)]
        heads, found = by_structure(body, lines, titles, path=path, first_line=first_line)
    pieces: list[tuple[int, int, str | None]] = []
    begin, label = 0, None
    for head in heads:
        pieces.append((begin, head.row, label))
        label = labels.get(head.title) if head.title is not None else None
        begin = head.row if label is None else head.row + head.length
        if label is None and head.title is not None:
            found.append(_unmapped(head.title, lines[head.row], titles, path, first_line + head.row))
    pieces.append((begin, len(lines), label))
    return _gather(lines, pieces, first_line), found


def _line_by_line(  # noqa: C901, PLR0912 - one loop is what makes it fast
    lines: list[str], titles: Titles
) -> list[Head] | None:
    """The headings of second level, or None where a line does not say for itself what it is.

    A heading at the margin ends every quote, list, table and container, so only a fence and raw HTML
    at the margin can swallow it, and only an underline can make a heading of other lines.
    """
    heads: list[Head] = []
    longest = titles.longest
    fence = ""
    for row, line in enumerate(lines):
        if fence:
            if titles.resembled(line):
                return None
            if line.lstrip(" ").startswith(fence) and _ends(line, fence):
                fence = ""
            continue
        if not line or line[0].isalpha():
            continue
        sign = line[0]
        if line[:3] in _OPENERS:
            # At the margin it is a fence whatever stands above it, and what it holds is no heading.
            fence = line[: len(line) - len(line.lstrip(sign))]
            if sign in line[len(fence) :]:
                return None
            continue
        if sign == "#":
            if line[:3] == "## ":
                title = title_of(line)
                if title not in titles.exact and len(line) <= longest and fold(title) in titles.folded:
                    return None
                heads.append(Head(row=row, title=title))
            elif line == "##" or line[:3] == "##\t" or (len(line) <= longest and fold(line) in titles.folded):
                return None
            continue
        if sign not in _PLAIN and _opens(line):
            return None
        # Most lists have neither, and the look at the whole line is ten times as dear.
        if ("#" in line or "**" in line or "__" in line or not line.isascii()) and titles.resembled(line):
            return None
    return None if fence else heads


def _ends(line: str, fence: str) -> bool:
    """Whether a line that begins with a fence's signs ends it."""
    return len(line) - len(line.lstrip(" ")) < 4 and not line.strip(" \t").strip(fence[0])


def _opens(line: str) -> bool:
    """Whether a line may begin a fence or HTML, be an underline, or be an indented heading."""
    rest = line.lstrip()
    return rest[:1] in {"<", "#"} or rest[:3] in _OPENERS or _UNDERLINE.match(line) is not None


def _unmapped(title: str, line: str, titles: Titles, path: str, number: int) -> Diagnostic:
    column = len(line) - len(line.lstrip(" ")) + 1
    span = Span(path=path, line=number, column=column, length=max(1, len(line.strip())))
    near = titles.nearest(title)
    hint = f"Did you mean “## {near}”?" if near is not None else None
    return UNMAPPED_SECTION.at(span, hint=hint, title=title)


def _gather(lines: list[str], pieces: Iterable[tuple[int, int, str | None]], first_line: int) -> Sections:
    """Join the pieces of each label, and remember where their lines came from."""
    texts: dict[str | None, list[str]] = {}
    origins: dict[str | None, list[tuple[int, int]]] = {}
    for first, last, label in pieces:
        begin, end = first, last
        while begin < end and (not lines[begin] or lines[begin].isspace()):
            begin += 1
        while end > begin and (not lines[end - 1] or lines[end - 1].isspace()):
            end -= 1
        if begin == end:
            continue
        joined = texts.setdefault(label, [])
        if joined:
            joined.append("")
        origins.setdefault(label, []).append((len(joined) + 1, first_line + begin))
        joined.extend(lines[begin:end])
    description = "\n".join(texts.pop(None, ()))
    labelled = {label: "\n".join(joined) for label, joined in texts.items() if label is not None}
    return Sections(
        description=description,
        texts=MappingProxyType(labelled),
        origins=MappingProxyType({label: tuple(runs) for label, runs in origins.items()}),
    )
