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
    by_place: dict[tuple[str, int, str], tuple[Suppression, Span]] = {}
    idle: set[tuple[str, Span]] = set()
    for one in suppressions:
        for code, span in one.codes:
            idle.add((code, span))
            for line in one.lines:
                # The first comment that speaks of a place is the one that counts.
                by_place.setdefault((one.path, line, code), (one, span))
    kept: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    for diagnostic in diagnostics:
        place = by_place.get((diagnostic.span.path, diagnostic.span.line, diagnostic.code))
        if place is None:
            kept.append(diagnostic)
            continue
        suppression, span = place
        idle.discard((diagnostic.code, span))
        suppressed.append(Suppressed(diagnostic=diagnostic, reason=suppression.reason))
    unused = tuple(sorted(idle, key=lambda one: (one[1], one[0])))
    return Divided(kept=tuple(kept), suppressed=tuple(suppressed), unused=unused)
