"""All diagnostics of one run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from twofold.diagnostics.rule import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""Severities, gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Diagnostics in their total order, each once, with the severities in force."""

    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path to text, for the files that diagnostics point into; a quote of the source comes from here."""

    @classmethod
    def of(
        cls,
        diagnostics: Iterable[Diagnostic],
        *,
        texts: Mapping[str, str],
        severities: Mapping[str, Severity | None],
    ) -> Report:
        """Sort and deduplicate, and apply the settings' `rules:`.

        `severities` maps a code or a glob over codes to a severity, or to None for *off*.
        An exact code wins over a glob; among globs the last one that matches wins.
        """
        kept: dict[tuple[str, int, int, str, str], Diagnostic] = {}
        for diagnostic in diagnostics:
            severity = _severity(diagnostic, severities)
            if severity is not None:
                kept.setdefault(diagnostic.order, replace(diagnostic, severity=severity))
        ordered = tuple(kept[key] for key in sorted(kept))
        paths = {diagnostic.span.path for diagnostic in ordered}
        return cls(
            diagnostics=ordered,
            texts={path: texts[path] for path in sorted(paths) if path in texts},
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


def _severity(diagnostic: Diagnostic, severities: Mapping[str, Severity | None]) -> Severity | None:
    if diagnostic.code in severities:
        return severities[diagnostic.code]
    chosen: Severity | None = diagnostic.severity
    for pattern, severity in severities.items():
        if "*" in pattern and fnmatchcase(diagnostic.code, pattern):
            chosen = severity
    return chosen
