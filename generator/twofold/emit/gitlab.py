"""Diagnostics as a GitLab Code Quality report, which merge requests compare with their target's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from twofold.diagnostics import Severity
from twofold.emit.identity import identities
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from twofold.diagnostics import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, *, place: Callable[[str], str], content: str) -> str:
    """The report, a JSON array in ASCII.

    `place` gives a file's path in the repository; `content` is the content folder's path in diagnostics.
    """
    known = identities(report.diagnostics, report.texts, content=content)
    entries = [
        {
            "description": plain(
                f"{one.code} {one.rule.slug}: {one.message}" + (f" ({one.hint})" if one.hint else "")
            ),
            "check_name": one.code,
            "fingerprint": f"{identity.digest}-{identity.number}",
            "severity": _SEVERITIES[one.severity],
            "location": {"path": plain(place(one.span.path)), "lines": {"begin": one.span.line}},
        }
        for one, identity in zip(report.diagnostics, known, strict=True)
    ]
    lines = ",\n".join(f"  {json.dumps(entry)}" for entry in entries)
    return f"[\n{lines}\n]\n" if lines else "[]\n"
