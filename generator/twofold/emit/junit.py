"""Diagnostics as JUnit XML, which every CI system shows as test results."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from twofold.diagnostics.report import GRAVITY
from twofold.emit.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from twofold.diagnostics import Diagnostic, Report, Severity


def render(report: Report, *, place: Callable[[str], str], fail_on: Severity) -> str:
    """The document, in ASCII: a test case for each diagnostic.

    What is as grave as `fail_on` failed; the rest passed with a remark; what is suppressed was skipped, with
    the reason. A clean plan is one test that passed. `place` gives a file's path in the repository.
    """
    cases = [*_cases(report, place, fail_on)]
    failed = sum("<failure" in case for case in cases)
    skipped = len(report.suppressed)
    if not cases:
        cases = ['    <testcase classname="twofold" name="check" time="0"/>']
    counts = f'tests="{len(cases)}" failures="{failed}" errors="0"'
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<testsuites {counts}>",
            f'  <testsuite name="twofold check" {counts} skipped="{skipped}" time="0">',
            *cases,
            "  </testsuite>",
            "</testsuites>\n",
        )
    )


def _cases(report: Report, place: Callable[[str], str], fail_on: Severity) -> Iterator[str]:
    for one in report.diagnostics:
        said = f"{place(one.span.path)}:{one.span.line}:{one.span.column}: {one.message}"
        said += f" ({one.hint})" if one.hint else ""
        kind = f"{one.severity.value}[{one.code}]"
        if GRAVITY.index(one.severity) <= GRAVITY.index(fail_on):
            yield _case(
                one,
                place,
                f'<failure type="{kind}" message="{_quoted(one.message)}">{_quoted(said)}</failure>',
            )
        else:
            yield _case(one, place, f"<system-out>{_quoted(f'{kind} {said}')}</system-out>")
    for hidden in report.suppressed:
        yield _case(hidden.diagnostic, place, f'<skipped message="{_quoted(hidden.reason)}"/>')


def _case(diagnostic: Diagnostic, place: Callable[[str], str], result: str) -> str:
    span = diagnostic.span
    name = f"{diagnostic.code} {diagnostic.rule.slug}, line {span.line}, column {span.column}"
    head = f'classname="{_quoted(place(span.path))}" name="{_quoted(name)}" time="0"'
    return f"    <testcase {head}>{result}</testcase>"


def _quoted(text: str) -> str:
    """A text for XML, in ASCII: what XML cannot hold is shown by its number."""
    return escape(plain(text)).encode("ascii", "xmlcharrefreplace").decode("ascii")
