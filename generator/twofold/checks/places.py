"""Where in a file a part of a value stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from twofold.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.loading.records import Document
    from twofold.model.record import Location
    from twofold.plan.texts import PlacedText


def in_value(
    document: Document,
    location: Location,
    value: str,
    found: tuple[int, int],
    *,
    texts: Mapping[str, str],
) -> Span:
    """The place of `value[begin:end]` in the file; the whole value's where the file writes it otherwise.

    `texts` are the files' texts by path.
    """
    whole = document.span(location)
    first, last = document.places.lines(location)
    rows = lines(texts.get(document.path, ""))[first - 1 : last]
    if rows:
        rows[0] = " " * (whole.column - 1) + rows[0][whole.column - 1 :]
    return _search(whole, rows, value, found)


def in_text(text: PlacedText, found: tuple[int, int], *, texts: Mapping[str, str]) -> Span:
    """The place of `text.text[begin:end]` in the file."""
    begin, end = found
    number = text.text.count("\n", 0, begin) + 1
    start = text.text.rfind("\n", 0, begin) + 1
    row = lines(text.text)[number - 1]
    length = max(1, min(end - start, len(row)) - (begin - start))
    path, line = text.at(number)
    there = lines(texts.get(path, ""))
    written = there[line - 1] if 0 < line <= len(there) else ""
    # In YAML a text is set in, or stands behind its key.
    shift = written.find(row)
    column = begin - start if shift < 0 else shift + begin - start
    if shift < 0 and (near := written.find(row[begin - start : begin - start + length])) >= 0:
        column = near
    return Span(path=path, line=line, column=column + 1, length=length)


def in_lines(path: str, rows: list[str], value: str, found: tuple[int, int]) -> Span:
    """The place of `value[begin:end]` in the first lines of a file that hold it."""
    return _search(Span(path=path), rows, value, found)


def in_span(span: Span, text: str, value: str, found: tuple[int, int]) -> Span:
    """The place of `value[begin:end]` in the line of a file at which the value begins."""
    rows = lines(text)[span.line - 1 : span.line]
    return _search(span, [" " * (span.column - 1) + row[span.column - 1 :] for row in rows], value, found)


def lines(text: str) -> list[str]:
    """The lines of a file, counted as its readers count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _search(whole: Span, rows: list[str], value: str, found: tuple[int, int]) -> Span:
    """The occurrence in the value's rows that has as many before it as in the value itself."""
    begin, end = found
    sought = value[begin:end]
    before = value.count(sought, 0, begin) if sought else 0
    for offset, row in enumerate(rows):
        column = row.find(sought)
        while column >= 0:
            if before == 0:
                return replace(whole, line=whole.line + offset, column=column + 1, length=max(1, len(sought)))
            before -= 1
            column = row.find(sought, column + len(sought))
    return whole
