"""Diagnostics as one JSON object, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twofold.diagnostics import Diagnostic, Report

VERSION = 1
"""Changes when a program that reads the object would have to change as well."""


def render(report: Report) -> str:
    """The object as text, in ASCII. Paths are POSIX paths relative to the folder of `mkdocs.yml`."""
    counts = {f"{severity}s": count for severity, count in report.counts.items()}
    files = len({diagnostic.span.path for diagnostic in report.diagnostics})
    data = {
        "version": VERSION,
        "diagnostics": [_entry(diagnostic) for diagnostic in report.diagnostics],
        "summary": {**counts, "files": files},
    }
    # The one control character that JSON leaves as it is.
    return json.dumps(data, indent=2).replace("\x7f", "\\u007f") + "\n"


def _entry(diagnostic: Diagnostic) -> dict[str, Any]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "slug": diagnostic.rule.slug,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "hint": diagnostic.hint,
    }
