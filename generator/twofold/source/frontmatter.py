"""Front matter: the YAML between two `---` lines at the top of a Markdown file.

It is taken apart here and nowhere else, so that a malformed fence is an error and never page text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from twofold.diagnostics import Diagnostic, Rule, Severity, Span

MALFORMED_FRONT_MATTER = Rule(
    code="TF005",
    slug="malformed-front-matter",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
A record in Markdown begins with its fields between two lines that hold `---` and nothing else. The
first of them is the very first line of the file. Where the fence is malformed, other tools print the
whole front matter as text into the page; Twofold refuses instead.

Wrong (the second fence is missing):

```markdown
---
title: Offline charting
status: idea

## For users
```

Right:

```markdown
---
title: Offline charting
status: idea
---

## For users
```
""",
)

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LIKE_A_FENCE = re.compile(r"[ \t\ufeff]*[-\u2010-\u2015\u2212]{2,}[ \t]*$")
_FIELD = re.compile(r"[A-Za-z_][\w-]*:(?: |$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A Markdown file taken apart."""

    front: str | None
    """The YAML between the fences; None where the file has no front matter."""

    front_line: int
    """The file's line on which `front` begins."""

    body: str
    """What follows."""

    body_line: int
    """The file's line on which `body` begins."""


def split(text: str, *, path: str, required: bool) -> Parts | Diagnostic:
    """Take a Markdown file apart.

    `required` is true for records, which have no meaning without their fields.
    """
    if not text.startswith("---"):
        return _without(text, path=path, required=required)
    end = text.find("\n")
    first = text if end < 0 else text[:end]
    if first.rstrip(" \t") != "---":
        if not required:
            return Parts(front=None, front_line=1, body=text, body_line=1)
        hint = "the first line holds three hyphens and nothing else"
        return MALFORMED_FRONT_MATTER.at(Span(path=path), problem="the opening fence is not `---`", hint=hint)
    closing = _FENCE.search(text, end) if end >= 0 else None
    if closing is None:
        if not required and not _FIELD.match(text, end + 1):
            # A page may begin with a thematic break.
            return Parts(front=None, front_line=1, body=text, body_line=1)
        hint = "end the front matter with a line of three hyphens"
        span = Span(path=path, length=3)
        return MALFORMED_FRONT_MATTER.at(
            span, problem="the front matter is opened here and never closed", hint=hint
        )
    return Parts(
        front=text[end + 1 : closing.start()],
        front_line=2,
        body=text[closing.end() + 1 :],
        body_line=text.count("\n", 0, closing.end()) + 2,
    )


def _without(text: str, *, path: str, required: bool) -> Parts | Diagnostic:
    """A file whose first line is no fence: a fence that only came too late or looks odd is an error."""
    rows = text.split("\n", 32)[:32]
    filled = next((number for number, row in enumerate(rows) if row.strip(" \t\ufeff")), None)
    if filled is not None and _LIKE_A_FENCE.match(rows[filled]):
        follows = rows[filled + 1] if filled + 1 < len(rows) else ""
        if required or _FIELD.match(follows):
            late = filled > 0
            problem = "a line stands before the front matter" if late else "the opening fence is not `---`"
            hint = (
                "take out the blank lines above it"
                if late
                else "the first line holds three hyphens and nothing else"
            )
            return MALFORMED_FRONT_MATTER.at(Span(path=path, line=filled + 1), problem=problem, hint=hint)
    if required:
        hint = "begin with a line `---`, the fields, and another line `---`"
        return MALFORMED_FRONT_MATTER.at(Span(path=path), problem="the record has no front matter", hint=hint)
    return Parts(front=None, front_line=1, body=text, body_line=1)
