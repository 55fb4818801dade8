"""A rule, and what it says of one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twofold.diagnostics.span import Span


class Severity(StrEnum):
    """How grave a diagnostic is, gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: code, name, gravity, wording and documentation in one object.

    A rule stands in the file of the code that applies it. `twofold.checks.catalogue`
    collects them all.
    """

    code: str
    """`TF` and three digits; never given to another rule."""

    slug: str
    """Reads as "allow X": `unknown-field`."""

    severity: Severity
    """The severity unless the settings say otherwise."""

    message: str
    """The sentence shown, a `str.format` template over the values given to `at`."""

    page: str
    """Its documentation in Markdown: what it means, why it matters, a wrong and a right example."""

    def at(self, span: Span, *, hint: str | None = None, **values: object) -> Diagnostic:
        """Apply the rule to a place; `values` fill the message."""
        return Diagnostic(
            rule=self,
            severity=self.severity,
            span=span,
            message=self.message.format(**values),
            hint=hint,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """What a rule says about one place."""

    rule: Rule
    severity: Severity
    """The severity in force: the rule's own, or what the settings made of it."""
    span: Span
    message: str
    hint: str | None = None
    """What to do about it, where that is known."""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The total order of a report: file, line, column, code, message."""
        return (self.span.path, self.span.line, self.span.column, self.rule.code, self.message)
