"""What a Markdown text may demand of the parser, looked at before it is parsed.

Every check takes one pass over the text, and none imports the parser: `check` looks at all texts of a plan.
The figures are chosen so that a text at a limit still renders in well under two seconds
(`tests/unit/test_markdown_limits.py` holds them to it); real documents stay far below
(14 design documents of 525 kB together: 9,300 lines, 6,600 signs of markup).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.diagnostics import Span
from twofold.source.limits import MAX_BYTES, MAX_DEPTH, TOO_LARGE_OR_DEEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic

MAX_LINES = 20_000
"""Lines of one text."""

MAX_MARKUP = 40_000
"""Characters of one text that may begin inline markup. Each of them costs the parser a token."""

MAX_OPEN_BRACKETS = 32
"""Brackets in one paragraph that are open at the same time."""

MAX_COLUMNS = 100
"""Columns of a table."""

MAX_CELLS = 20_000
"""Cells of all tables of one text."""

MAX_LAYERED_LINES = 60_000
"""Lines times the levels they stand in, over one text: every level of a quote reads its lines anew."""

MAX_TAG_SCAN = 100_000_000
"""Over all paragraphs, signs that may begin a tag times the paragraph's characters."""

MARKUP = "*_~`[]<&\\|^@{"
"""What may begin or end inline markup, and what separates a table's cells."""

ADDRESSES = ("http", "www.", "mailto:")
"""What may begin a bare address; each counts as one sign of markup."""

SHORT = 2_000
"""A text of so many characters stays below every limit on lines, signs, cells and tags."""

# The line end is written out, since it is found much faster than a line's beginning.
_DEEP = re.compile(rf"\n[ >\-+*:~!?=0-9.)]{{{MAX_DEPTH}}}")
_MARKER = re.compile(
    r"""[ \t]*(?:
        (?P<quote>>)
      | [-+*](?=[ \t]|$)
      | \d{1,9}[.)](?=[ \t]|$)
      | [:~](?=[ \t])
      | \[\^[^\]\s]+\]:
      | (?:!!!|\?\?\?\+?|===[!+]*)(?=[ \t])
    )""",
    re.VERBOSE,
)
_CONTAINER_STARTS = frozenset(">-+*0123456789:~[!?=")
_DELIMITER_ROW = re.compile(r"^[^\n|]*\|[ \t|:>-]*$", re.MULTILINE)
_BRACKET = re.compile(r"\\.|[\[\]]")
_PARAGRAPH = re.compile(r"\n[ \t>]*\n")
_FLAT_LIST = [(0, False)]
_RULE_CHARACTERS = frozenset("-*_ \t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """Where a text goes beyond a limit, and which."""

    line: int
    """Line of the text, from 1."""

    column: int
    """Column in characters, from 1."""

    what: str
    """The sentence to show."""

    def at(self, path: str, *, first_line: int = 1) -> Diagnostic:
        """As a diagnostic, for a text that begins in line `first_line` of the file `path`."""
        span = Span(path=path, line=first_line + self.line - 1, column=self.column)
        return TOO_LARGE_OR_DEEP.at(span, what=self.what)


def limits(text: str) -> Excess | None:
    """What is too large or too deep in a Markdown text, or None. Takes time linear in the text."""
    return None if harmless(text) else in_full(text)


def in_full(text: str) -> Excess | None:
    """The same, without the quick look that spares most texts the work."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        return Excess(line=1, column=1, what=f"The text has {size:,} bytes; at most {MAX_BYTES:,} are read")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") >= MAX_LINES:
        return Excess(line=MAX_LINES + 1, column=1, what=f"The text has more than {MAX_LINES:,} lines")
    lines = text.split("\n")
    return _nesting(lines) or _inline(text)


def harmless(text: str) -> bool:
    """Whether a text is so short and flat that it cannot reach a limit: most are.

    Depth needs a marker at a column beyond it, so a line beginning with as many signs of markers and spaces;
    a footnote's marker may hold any letters, a tab any number of columns, so both are looked at in full.
    """
    return len(text) <= SHORT and flat(text)


def flat(text: str) -> bool:
    """Whether every part of a text that is no longer than `SHORT` is harmless."""
    return (
        text.count("[") <= MAX_OPEN_BRACKETS
        and not _may_be_wide(text, text.count("|"))
        and "[^" not in text
        and "\t" not in text
        and "\r" not in text
        and _DEEP.search(text) is None
        and _DEEP.match("\n" + text[:MAX_DEPTH]) is None
    )


def _nesting(lines: list[str]) -> Excess | None:
    """Quotes, lists and other containers, by a bound that is never below the parser's own depth.

    A container ends at the latest where another marker begins at its column or before it, so the markers
    at strictly growing columns bound the depth without a word of the grammar.
    """
    stack: list[tuple[int, bool]] = []
    layered = 0
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        if line[0].isalpha():
            # Text at the margin. After an empty line it ends every container; else it may belong to all.
            if stack and not lines[number - 2]:
                stack.clear()
        elif line[0] in "-*+" and line[1:2] == " " and line[2:3].isalpha():
            stack[:] = _FLAT_LIST
        else:
            start = line.lstrip(" \t")
            if (
                start
                and start[0] in _CONTAINER_STARTS
                and not (start[0] in "-*" and _RULE_CHARACTERS.issuperset(start))
                and (excess := _markers(line, number, stack)) is not None
            ):
                return excess
        layered += len(stack)
        if layered > MAX_LAYERED_LINES:
            return Excess(line=number, column=1, what="Too many lines stand in nested quotes and lists")
    return None


def _markers(line: str, number: int, stack: list[tuple[int, bool]]) -> Excess | None:
    """Take one line's markers into the stack of (column, is a quote)."""
    expanded = line.expandtabs(4) if "\t" in line else line
    position = depth = 0
    while (marker := _MARKER.match(expanded, position)) is not None:
        position = marker.end()
        column = marker.start() + len(marker[0]) - len(marker[0].lstrip())
        while depth < len(stack) and stack[depth][0] < column:
            depth += 1
        quote = marker["quote"] is not None
        if not (quote and depth < len(stack) and stack[depth] == (column, True)):
            del stack[depth:]
            stack.append((column, quote))
        depth += 1
        if depth > MAX_DEPTH:
            what = f"Quotes, lists and other blocks stand more than {MAX_DEPTH} levels deep"
            return Excess(line=number, column=min(column, len(line) - 1) + 1, what=what)
    return None


def _inline(text: str) -> Excess | None:
    """Signs of markup, open brackets, tags and tables."""
    if len(text) <= MAX_OPEN_BRACKETS:
        return None
    counts = {sign: text.count(sign) for sign in MARKUP}
    if sum(counts.values()) + sum(map(text.count, ADDRESSES)) > MAX_MARKUP:
        what = f"The text has more than {MAX_MARKUP:,} signs of markup ({' '.join((*MARKUP, *ADDRESSES))})"
        return _place(text, _nth(text, MAX_MARKUP), what)
    if counts["["] > MAX_OPEN_BRACKETS and (found := _brackets(text)) is not None:
        return found
    if counts["<"] * len(text) > MAX_TAG_SCAN and (found := _tags(text)) is not None:
        return found
    return _tables(text) if _may_be_wide(text, counts["|"]) else None


def _brackets(text: str) -> Excess | None:
    for start, end in _paragraphs(text):
        if text.count("[", start, end) <= MAX_OPEN_BRACKETS:
            continue
        depth = 0
        for match in _BRACKET.finditer(text, start, end):
            if match[0] == "[":
                depth += 1
                if depth > MAX_OPEN_BRACKETS:
                    what = f"More than {MAX_OPEN_BRACKETS} brackets are open at the same time"
                    return _place(text, match.start(), what)
            elif match[0] == "]" and depth:
                depth -= 1
    return None


def _tags(text: str) -> Excess | None:
    scanned = 0
    for start, end in _paragraphs(text):
        scanned += text.count("<", start, end) * (end - start)
        if scanned > MAX_TAG_SCAN:
            return _place(text, text.find("<", start, end), "Too many tags stand in one paragraph")
    return None


def _may_be_wide(text: str, pipes: int) -> bool:
    """Whether tables may reach a limit. Few pipes are many cells where rows without any follow."""
    return pipes > MAX_COLUMNS or 2 * pipes * (text.count("\n") + 2) > MAX_CELLS


def _tables(text: str) -> Excess | None:
    """A row that is too wide, or more cells than a reader could take in."""
    cells = 0
    for match in _DELIMITER_ROW.finditer(text):
        if "-" not in match[0]:
            continue
        columns = match[0].count("|") + 1
        if columns > MAX_COLUMNS + 1:
            return _place(text, match.start(), f"A table has more than {MAX_COLUMNS} columns")
        empty = text.find("\n\n", match.end())
        cells += columns * (text.count("\n", match.end(), empty if empty >= 0 else len(text)) + 2)
        if cells > MAX_CELLS:
            return _place(text, match.start(), f"The tables have more than {MAX_CELLS:,} cells")
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between empty lines: no inline markup reaches further."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _nth(text: str, number: int) -> int:
    """Offset of the sign of markup after `number` of them."""
    signs = f"[{re.escape(MARKUP)}]|" + "|".join(map(re.escape, ADDRESSES))
    for count, match in enumerate(re.finditer(signs, text)):
        if count == number:
            return match.start()
    return 0


def _place(text: str, offset: int, what: str) -> Excess:
    line_start = text.rfind("\n", 0, offset) + 1
    return Excess(line=text.count("\n", 0, offset) + 1, column=offset - line_start + 1, what=what)
