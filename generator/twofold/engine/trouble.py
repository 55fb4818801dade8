"""What stands in a preview's way, for the page; the terminal has the same in `twofold.emit.text`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from twofold.diagnostics import Diagnostic, Report, Severity
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 50
"""Diagnostics in a page; a browser should not choke on ten thousand of them."""

LINE = 300
"""Characters of a quoted line, of which there may be a million."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trouble:
    """Why there is no new site."""

    message: str
    """A sentence for people, without its full stop."""

    report: Report = field(default_factory=Report)
    """Diagnostics, gravest only."""

    fault: Exception | None = None
    """Set where Twofold itself failed."""

    @classmethod
    def of(cls, report: Report) -> Trouble:
        """Take the errors of a plan; the rest does not stand in the way."""
        errors = tuple(found for found in report.diagnostics if found.severity is Severity.ERROR)
        message = f"{len(errors):,} error{'' if len(errors) == 1 else 's'} in the content"
        return cls(message=message, report=replace(report, diagnostics=errors))


def fragment(trouble: Trouble | None, *, alone: bool) -> str:
    """HTML for the end of a page, "" where nothing is wrong. `alone` where there is no site to show yet."""
    if trouble is None:
        return ""
    rest = "There is no site to show yet" if alone else "This is the last good site"
    parts = [
        f'<p role="alert"><strong>{_lines(trouble.message)}.</strong>',
        f" {rest}; the next comes by itself when this is mended.</p>",
    ]
    found = trouble.report.diagnostics
    if found:
        parts.append("<details open><summary>Diagnostics</summary><ol>")
        parts.extend(_entry(diagnostic, trouble.report) for diagnostic in found[:SHOWN])
        parts.append("</ol>")
        if len(found) > SHOWN:
            parts.append(f"<p>And {len(found) - SHOWN:,} more: <code>twofold check</code> shows all.</p>")
        parts.append("</details>")
    inside = "".join(parts)
    key = hashlib.sha256(inside.encode()).hexdigest()[:16]
    kind = ' class="alone"' if alone else ""
    return (
        f'<section id="twofold-preview"{kind} data-key="{key}" aria-label="Preview" tabindex="0">'
        f"{inside}</section>"
    )


def key(html: str) -> str:
    """What tells one fragment from another."""
    return html.partition('data-key="')[2].partition('"')[0]


def _entry(diagnostic: Diagnostic, report: Report) -> str:
    span = diagnostic.span
    place = f"{span.path}:{span.line}:{span.column}"
    said = f"{diagnostic.severity}[{diagnostic.code}] {diagnostic.rule.slug}"
    return "".join(
        [
            f'<li><code class="place">{_safe(place)}</code> <strong>{_safe(said)}</strong>: ',
            _safe(diagnostic.message),
            *_quote(diagnostic, report),
            f"<p>Help: {_safe(diagnostic.hint)}</p>" if diagnostic.hint else "",
            "</li>",
        ]
    )


def _quote(diagnostic: Diagnostic, report: Report) -> Iterator[str]:
    span = diagnostic.span
    line = report.line(span.path, span.line)
    if not line or not line.strip():
        return
    begin = min(span.column - 1, len(line))
    first = max(0, begin - LINE // 2)
    end = min(begin + max(span.length, 1), first + LINE)
    yield "<pre>"
    yield ("…" if first else "") + _safe(line[first:begin])
    yield f"<mark>{_safe(line[begin:end]) or ' '}</mark>"
    yield _safe(line[end : first + LINE]) + ("…" if len(line) > first + LINE else "")
    yield "</pre>"


def _lines(text: str) -> str:
    return "<br>".join(_safe(line) for line in text.splitlines())


def _safe(text: str) -> str:
    return escape(plain(text.replace("\t", "    ")))
