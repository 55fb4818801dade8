"""Diagnostics that somebody has answered beside the line, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.diagnostics.rule import Diagnostic
    from twofold.diagnostics.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """One comment: `# twofold: ignore[TF404] pilot ward only`."""

    path: str
    lines: frozenset[int]
    """The lines, from 1, that it speaks of."""

    codes: tuple[tuple[str, Span], ...]
    """Each code, and where it stands in the comment."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A diagnostic that is not counted."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """Diagnostics, parted by whether a suppression speaks of them."""

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]
    unused: tuple[tuple[str, Span], ...]
    """Codes that suppress nothing, and where they stand."""


def divide(diagnostics: Iterable[Diagnostic], suppressions: Iterable[Suppression]) -> Divided:
    """Part the diagnostics. A code of a suppression may speak of several on its lines."""
    by_place = {
        (one.path, line, code): (one, code, span)
        for one in suppressions
        for line in one.lines
        for code, span in one.codes
    }
    kept: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    idle = {(code, span) for _, code, span in by_place.values()}
    for diagnostic in diagnostics:
        place = by_place.get((diagnostic.span.path, diagnostic.span.line, diagnostic.code))
        if place is None:
            kept.append(diagnostic)
            continue
        suppression, code, span = place
        idle.discard((code, span))
        suppressed.append(Suppressed(diagnostic=diagnostic, reason=suppression.reason))
    unused = tuple(sorted(idle, key=lambda one: (one[1], one[0])))
    return Divided(kept=tuple(kept), suppressed=tuple(suppressed), unused=unused)
