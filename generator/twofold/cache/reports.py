"""A report as JSON and back: the rules once, and each diagnostic as a row."""

from __future__ import annotations

from typing import Any

from twofold.diagnostics import Diagnostic, Report, Rule, Severity, Span, Suppressed


def as_data(report: Report) -> dict[str, Any]:
    """Give what `from_data` takes."""
    every = [*report.diagnostics, *(one.diagnostic for one in report.suppressed)]
    rules = {one.rule.code: one.rule for one in every}
    return {
        "rules": [[one.code, one.slug, one.severity, one.message, one.page] for one in rules.values()],
        "diagnostics": [_row(one) for one in report.diagnostics],
        "suppressed": [[_row(one.diagnostic), one.reason] for one in report.suppressed],
        "texts": dict(report.texts),
    }


def from_data(data: dict[str, Any]) -> Report:
    """Give the report back, with rules of its own that equal those of the code.

    Raises `ValueError`, `TypeError`, `KeyError` or `IndexError` for anything else.
    """
    rules = {
        code: Rule(code=code, slug=slug, severity=Severity(severity), message=message, page=page)
        for code, slug, severity, message, page in data["rules"]
    }
    return Report(
        diagnostics=tuple(_diagnostic(row, rules) for row in data["diagnostics"]),
        texts=dict(data["texts"]),
        suppressed=tuple(
            Suppressed(diagnostic=_diagnostic(row, rules), reason=reason)
            for row, reason in data["suppressed"]
        ),
    )


def _row(one: Diagnostic) -> list[Any]:
    span = one.span
    return [one.code, one.severity, span.path, span.line, span.column, span.length, one.message, one.hint]


def _diagnostic(row: list[Any], rules: dict[str, Rule]) -> Diagnostic:
    code, severity, path, line, column, length, message, hint = row
    return Diagnostic(
        rule=rules[code],
        severity=Severity(severity),
        span=Span(path=path, line=line, column=column, length=length),
        message=message,
        hint=hint,
    )
