"""What `check` says: where (span), by which rule, and all of it together (report).

This is the ground under every other package: it imports nothing of Twofold.
"""

from twofold.diagnostics.report import Report
from twofold.diagnostics.rule import Diagnostic, Rule, Severity
from twofold.diagnostics.span import Span
from twofold.diagnostics.suppression import Suppressed, Suppression

__all__ = ["Diagnostic", "Report", "Rule", "Severity", "Span", "Suppressed", "Suppression"]
