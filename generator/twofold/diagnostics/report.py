"""All diagnostics of one run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from twofold.diagnostics.rule import Diagnostic, Severity
from twofold.diagnostics.severities import in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from twofold.diagnostics.severities import Choice
    from twofold.diagnostics.suppression import Suppressed

GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""Severities, gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Diagnostics in their total order, each once, with the severities in force."""

    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path to text, for the files that diagnostics point into; a quote of the source comes from here."""

    suppressed: tuple[Suppressed, ...] = ()
    """What comments beside the lines suppress, in the same order; it is not counted."""

    @classmethod
    def of(
        cls,
        diagnostics: Iterable[Diagnostic],
        *,
        texts: Mapping[str, str],
        severities: Mapping[str, Choice],
        suppressed: Iterable[Suppressed] = (),
    ) -> Report:
        """Sort and deduplicate, and apply the settings' `rules:` (see `in_force`)."""
        kept = _ordered(diagnostics, severities)
        reasons = {one.diagnostic.order: one for one in suppressed}
        hidden = _ordered((one.diagnostic for one in reasons.values()), severities) if reasons else ()
        paths = {diagnostic.span.path for diagnostic in (*kept, *hidden)}
        return cls(
            diagnostics=kept,
            texts={path: texts[path] for path in sorted(paths) if path in texts},
            suppressed=tuple(replace(reasons[one.order], diagnostic=one) for one in hidden),
        )

    def only(self, keep: Callable[[Diagnostic], bool]) -> Report:
        """The same report with the diagnostics alone that `keep` keeps."""
        return replace(
            self,
            diagnostics=tuple(filter(keep, self.diagnostics)),
            suppressed=tuple(one for one in self.suppressed if keep(one.diagnostic)),
        )

    def reaches(self, severity: Severity) -> bool:
        """Whether any diagnostic is at least as grave as `severity`."""
        grave = GRAVITY[: GRAVITY.index(severity) + 1]
        return any(diagnostic.severity in grave for diagnostic in self.diagnostics)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many diagnostics of each severity, all three named."""
        found = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        return {severity: found[severity] for severity in GRAVITY}

    def line(self, path: str, number: int) -> str | None:
        """The text of one line (from 1) of a file, without its end; None where it is not known."""
        text = self.texts.get(path)
        if text is None:
            return None
        # Split as the YAML reader counts lines, not at form feeds as `splitlines` does.
        rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return rows[number - 1] if 0 < number <= len(rows) else None


def _ordered(diagnostics: Iterable[Diagnostic], severities: Mapping[str, Choice]) -> tuple[Diagnostic, ...]:
    kept: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for diagnostic in diagnostics:
        severity = in_force(diagnostic, severities)
        if severity is not None:
            kept.setdefault(diagnostic.order, replace(diagnostic, severity=severity))
    return tuple(kept[key] for key in sorted(kept))
