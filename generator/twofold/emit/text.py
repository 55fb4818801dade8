"""Diagnostics as plain text for a terminal, after ruff and rustc.

What stands in a record cannot steer the terminal: what is not printable is shown by its number.
"""

from __future__ import annotations

import os
import unicodedata
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.diagnostics import Diagnostic, Report

WIDTH = 80
"""Columns of a quoted line; a longer one is shown in part, around the mark."""

TAB = 4
"""Columns from one tab stop to the next."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_CUT = "…"


def render(report: Report, *, root: PurePath, folder: PurePath, colour: bool) -> Iterator[str]:
    """One block of text per diagnostic, each with its line ends.

    `root` is the folder of `mkdocs.yml`, `folder` the one that people stand in.
    """
    paint = _Paint(colour=colour)
    for path, group in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.span.path):
        text = report.texts.get(path)
        # Split once per file: a file may have a diagnostic for each of its lines.
        lines = text.split("\n") if text is not None else []
        shown = plain(reach(path, root=root, folder=folder))
        for diagnostic in group:
            yield _block(diagnostic, shown, lines, paint)


def summary(report: Report, *, checked: Mapping[str, int], colour: bool) -> str:
    """The closing line: what was found, or how much was looked at.

    `checked` maps the name of a kind, in the singular, to how many there were.
    """
    paint = _Paint(colour=colour)
    hidden = f" ({len(report.suppressed):,} suppressed)" if report.suppressed else ""
    if report.diagnostics:
        gravest = report.diagnostics[0].severity
        for severity, count in reversed(report.counts.items()):
            gravest = severity if count else gravest
        files = len({diagnostic.span.path for diagnostic in report.diagnostics})
        return paint(f"Found {counted(report)} in {_plural(files, 'file')}{hidden}.", gravest)
    parts = [_plural(count, kind) for kind, count in checked.items() if count]
    return (
        f"All good: {', '.join(parts)} checked{hidden}."
        if parts
        else "All good: there is nothing to check yet."
    )


def counted(report: Report) -> str:
    """How many diagnostics of each severity, in words: `3 errors and 1 warning`."""
    parts = [_plural(count, severity.value) for severity, count in report.counts.items() if count]
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def reach(path: str, *, root: PurePath, folder: PurePath) -> str:
    """A path that a terminal in `folder` can open: relative where the one holds the other."""
    if not (root.is_relative_to(folder) or folder.is_relative_to(root)):
        return (root / path).as_posix()
    return PurePath(os.path.relpath(root / path, folder)).as_posix()


def plain(text: str) -> str:
    r"""A text that cannot steer a terminal: such characters become `\x1b` or `\u202e`."""
    # Printable characters exclude controls, bidirectional overrides, surrogates and what nobody sees.
    return text if text.isprintable() else "".join(map(_visible, text))


def _block(diagnostic: Diagnostic, path: str, lines: list[str], paint: _Paint) -> str:
    span = diagnostic.span
    place = paint(f"{path}:{span.line}:{span.column}", None)
    kind = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    parts = [f"{place}: {kind} {diagnostic.rule.slug}: {plain(diagnostic.message)}"]
    number = str(span.line)
    gutter = " " * (len(number) + 1)
    if 0 < span.line <= len(lines) and lines[span.line - 1]:
        quoted, offset, length = _quote(lines[span.line - 1], span.column - 1, span.length)
        marks = paint("^" * length, diagnostic.severity)
        parts += [f"{gutter} |", f" {number} | {quoted}", f"{gutter} | {' ' * offset}{marks}"]
    if diagnostic.hint:
        parts.append(f"{gutter} = help: {plain(diagnostic.hint)}")
    return "\n".join(parts) + "\n\n"


def _quote(line: str, column: int, length: int) -> tuple[str, int, int]:
    """A line as it can be printed, with the columns before the mark and those under it.

    `column` counts characters from 0, `length` characters.
    """
    column = min(column, len(line))
    # Nothing further away can be in the window; a line may have a million characters.
    first = max(0, column - WIDTH)
    last = min(len(line), column + WIDTH)
    cells: list[str] = []
    widths: list[int] = []
    at = 0
    for sign in line[first:last]:
        cell = " " * (TAB - at % TAB) if sign == "\t" else _visible(sign)
        cells.append(cell)
        widths.append(_width(cell))
        at += widths[-1]
    begin, end = 0, len(cells)
    mark = column - first
    if first or last < len(line) or sum(widths) > WIDTH:
        # Room for the mark first, then for what stands before it, then for what follows.
        under = min(sum(widths[mark : mark + length]), WIDTH // 2)
        begin = mark
        before = (WIDTH - under) // 2
        while begin and sum(widths[begin - 1 : mark]) <= before:
            begin -= 1
        end = begin
        while end < len(cells) and sum(widths[begin : end + 1]) <= WIDTH:
            end += 1
        while begin and sum(widths[begin - 1 : end]) <= WIDTH:
            begin -= 1
    left = _CUT if first or begin else ""
    right = _CUT if last < len(line) or end < len(cells) else ""
    offset = len(left) + sum(widths[begin:mark])
    under = sum(widths[mark : min(mark + length, end)])
    return f"{left}{''.join(cells[begin:end])}{right}".rstrip(), offset, max(1, under)


def _visible(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")


def _width(text: str) -> int:
    """Columns that a terminal gives to a text."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


class _Paint:
    """Colours a text, or leaves it."""

    __slots__ = ("colour",)

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, severity: Severity | None) -> str:
        if not self.colour:
            return text
        return click.style(text, fg=_COLOURS[severity] if severity else None, bold=True)
