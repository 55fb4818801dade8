"""Which severity a diagnostic has once the settings' `rules:` have been heard."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

from twofold.diagnostics.rule import Severity

if TYPE_CHECKING:
    from twofold.diagnostics.rule import Diagnostic

Choice: TypeAlias = Severity | Mapping[str, Severity | None] | None
"""What a setting makes of a rule: a severity, None for *off*, or either by path."""


def in_force(diagnostic: Diagnostic, choices: Mapping[str, Choice]) -> Severity | None:
    """The severity of one diagnostic, or None where it is switched off.

    `choices` maps a code or a glob over codes to a severity, to None, or to a mapping of paths or globs over
    paths (whose `*` crosses `/`). What is exact wins over a glob, and of globs the last one that matches. A
    rule that names no path of the diagnostic leaves it as it was.
    """
    if not choices:
        return diagnostic.severity
    chosen: Severity | None = diagnostic.severity
    exact = diagnostic.code in choices
    for pattern, choice in choices.items():
        if pattern != diagnostic.code and fnmatchcase(diagnostic.code, pattern):
            chosen = _at(diagnostic.span.path, choice, otherwise=chosen)
    return _at(diagnostic.span.path, choices[diagnostic.code], otherwise=chosen) if exact else chosen


def _at(path: str, choice: Choice, *, otherwise: Severity | None) -> Severity | None:
    if not isinstance(choice, Mapping):
        return choice
    if path in choice:
        return choice[path]
    for pattern, severity in choice.items():
        if fnmatchcase(path, pattern):
            otherwise = severity
    return otherwise
