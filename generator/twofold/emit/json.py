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
    # A line for each: people can read it, and Python's encoder is ten times as fast without indents.
    entries = ",\n".join(f"    {json.dumps(_entry(diagnostic))}" for diagnostic in report.diagnostics)
    hidden = ",\n".join(
        f"    {json.dumps({**_entry(one.diagnostic), 'reason': one.reason})}" for one in report.suppressed
    )
    parts = (
        f'  "version": {VERSION}',
        f'  "diagnostics": [\n{entries}\n  ]' if entries else '  "diagnostics": []',
        *((f'  "suppressed": [\n{hidden}\n  ]',) if hidden else ()),
        f'  "summary": {json.dumps({**counts, "files": files})}',
    )
    # The one control character that JSON leaves as it is.
    return ("{\n" + ",\n".join(parts) + "\n}\n").replace("\x7f", "\\u007f")


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
