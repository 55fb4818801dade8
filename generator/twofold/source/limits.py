"""How large and how deep an input may be: what the readers of YAML and of Markdown share."""

from __future__ import annotations

from twofold.diagnostics import Rule, Severity

MAX_BYTES = 1024 * 1024
"""The largest YAML document or Markdown file, in bytes of UTF-8 (1 MiB)."""

MAX_DEPTH = 32
"""How many levels may stand inside one another: YAML's nodes, or Markdown's quotes and lists."""

TOO_LARGE_OR_DEEP = Rule(
    code="TF008",
    slug="too-large-or-deep",
    severity=Severity.ERROR,
    message="{what}",
    page="""\
The file is larger or more deeply nested than Twofold reads.

A file holds at most 1 MiB, and at most 32 levels stand inside one another: mappings and lists in YAML;
quotes, lists, admonitions and footnotes in Markdown. A Markdown text has at most 20,000 lines, 100 columns
in a table and 32 brackets that are open at the same time.

The limits are there because the files come from whoever may open a pull request. Without them, a page of
brackets keeps the check busy for minutes, and a deep list ends it. They are looked at before the file is
parsed, so what is refused costs nothing.

Wrong, forty quotes in one another:

    > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > Who said this?

Right, as far as a reader can follow:

    > > Who said this?

A text that is too long is a hand-written page of its own, or several. A generated table belongs
among the `downloads:`, as a file.
""",
)
