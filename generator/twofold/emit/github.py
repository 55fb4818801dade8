"""Diagnostics as GitHub's workflow commands, which become annotations beside the lines.

The runner reads commands from whatever a step prints. So nothing from content gets to print one: what ends a
property or a message is escaped, and the signs that begin a command are taken apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twofold.diagnostics import Severity
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from twofold.diagnostics import Diagnostic, Report
    from twofold.source.changes import Changes

MOST = 10
"""Annotations of one severity that GitHub shows of a step; it drops the others without a word."""

_BEGUN = re.compile(r"^(\s*)::", re.MULTILINE)
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, *, place: Callable[[str], str], changes: Changes | None = None) -> Iterator[str]:
    """Lines with their ends: the commands, and how many more there are of a severity.

    `place` gives a file's path in the repository. What stands in changed lines comes first: it is what a
    reviewer wants to see.
    """
    for severity, command in _COMMANDS.items():
        found = [one for one in report.diagnostics if one.severity is severity]
        if changes is not None:
            found.sort(key=lambda one: not changes.touches(place(one.span.path), one.span.line))
        yield from (f"{_command(one, command, place)}\n" for one in found[:MOST])
        if len(found) > MOST:
            more = len(found) - MOST
            yield f"{more:,} more {severity.value}{'s' * (more > 1)} without an annotation.\n"


def harmless(text: str) -> str:
    """A text of several lines in which the runner finds no command: in a log it reads every line for them."""
    return _BEGUN.sub(r"\1: :", text).replace("##[", "## [")


def _command(diagnostic: Diagnostic, command: str, place: Callable[[str], str]) -> str:
    span = diagnostic.span
    path = plain(place(span.path))
    message = _data(diagnostic.message)
    if diagnostic.hint:
        message += f"%0Ahelp: {_data(diagnostic.hint)}"
    title = f"title={diagnostic.code} {diagnostic.rule.slug}"
    if "##[" in path:
        # An older form of command, which no escape takes out of a property.
        return f"::{command} {title}::{_data(f'{path}:{span.line}')}: {message}"
    # The end column is the first one after the place, on the line of its beginning.
    place_of = f"line={span.line},endLine={span.line},col={span.column},endColumn={span.column + span.length}"
    return f"::{command} file={_property(path)},{place_of},{title}::{message}"


def _data(text: str) -> str:
    # After `plain` there is no line end left that would have to be escaped.
    return plain(text).replace("%", "%25").replace("##[", "## [").replace("::", ": :")


def _property(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
