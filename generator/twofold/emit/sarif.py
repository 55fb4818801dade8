"""Diagnostics as SARIF 2.1.0, for code scanning.

<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from twofold import __version__
from twofold.checks.catalogue import RULES
from twofold.diagnostics import Severity
from twofold.emit.identity import Identity, identities
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from twofold.diagnostics import Diagnostic, Report, Rule, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, *, place: Callable[[str], str], content: str) -> str:
    """The log, one JSON object in ASCII.

    `place` gives a file's path in the repository; `content` is the content folder's path in diagnostics.
    """
    numbers = {code: index for index, code in enumerate(RULES)}
    # Split once per file: a file may have a diagnostic for each of its lines.
    lines = {path: text.split("\n") for path, text in report.texts.items()}
    known = identities(report.diagnostics, report.texts, content=content)
    results = [
        _result(one, identity, lines, numbers, place)
        for one, identity in zip(report.diagnostics, known, strict=True)
    ]
    hidden = [one.diagnostic for one in report.suppressed]
    for one, identity in zip(
        report.suppressed, identities(hidden, report.texts, content=content), strict=True
    ):
        answered = {"kind": "inSource", "justification": plain(one.reason)}
        results.append(
            {**_result(one.diagnostic, identity, lines, numbers, place), "suppressions": [answered]}
        )
    run = {
        "tool": {
            "driver": {
                "name": "Twofold",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The top of the repository."}}},
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.page.strip()
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": rule.slug.replace("-", " ").capitalize()},
        "fullDescription": {"text": " ".join(page.partition("\n\n")[0].split())},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(
    diagnostic: Diagnostic,
    identity: Identity,
    lines: dict[str, list[str]],
    numbers: dict[str, int],
    place: Callable[[str], str],
) -> dict[str, Any]:
    span = diagnostic.span
    message = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    text = lines.get(span.path, [])
    line = text[span.line - 1] if span.line <= len(text) else None
    file = {"uri": _uri(place(span.path)), "uriBaseId": "%SRCROOT%"}
    region = _region(span, line)
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": numbers[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        # Words in brackets, with a number in others behind them, would be a link to a place of the log.
        "message": {"text": plain(message).replace("](", "] (")},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "partialFingerprints": {
            # The one name that GitHub goes by.
            "primaryLocationLineHash": f"{identity.digest}:{identity.number}",
            "twofoldRecordField/v1": f"{identity.digest}-{identity.number}",
        },
    }


def _region(span: Span, line: str | None) -> dict[str, int]:
    """A place in UTF-16 code units, as `columnKind` says; the line's own end is the last place there is."""
    if line is None:
        return {"startLine": span.line, "startColumn": span.column}
    begin = min(span.column - 1, len(line))
    end = min(begin + span.length, len(line))
    start = 1 + _units(line[:begin])
    return {"startLine": span.line, "startColumn": start, "endColumn": start + _units(line[begin:end])}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _uri(path: str) -> str:
    """A relative reference: every sign that is not plain is escaped, a colon in the first part among them."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
