"""Suppressions beside the lines: `# twofold: ignore[TF404] pilot ward only`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.diagnostics import Diagnostic, Rule, Severity, Span, Suppressed, Suppression
from twofold.diagnostics.suppression import divide
from twofold.loading.diagnose import HINTS, near
from twofold.source.comments import NAME, comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twofold.source.comments import Comment

MALFORMED_SUPPRESSION = Rule(
    code="TF010",
    slug="malformed-suppression",
    severity=Severity.ERROR,
    message="this comment suppresses nothing: {problem}",
    page="""
A comment asks Twofold to ignore a diagnostic, and cannot be understood; so it has no effect. It names one
code or several in square brackets, and after them the reason, which is not optional: whoever reviews the
plan, or comes upon the comment in a year, has to know why.

In YAML and in front matter the comment stands at the end of the line that the diagnostic points at, or
alone above it. In Markdown it is an HTML comment in the same places, on one line; no portal shows it.
Above all fields it speaks of the whole file as well, whose diagnostics point at line 1.

What keeps a file from being used cannot be ignored, because the record would be missing in silence: in a file
with such an error, or with an id that another record has, no suppression has an effect. To switch a rule off
for a folder or altogether, use `rules:` in the settings.

Wrong:

```yaml
asked: 3  # twofold: ignore[TF404]
```

Right:

```yaml
asked: 3  # twofold: ignore[TF404] pilot ward only, the survey follows in May
```

In Markdown:

```markdown
Write to [the desk](mailto:desk@example.org). <!-- twofold: ignore[TF606] a shared mailbox -->
```
""",
)

UNUSED_SUPPRESSION = Rule(
    code="TF701",
    slug="unused-suppression",
    severity=Severity.WARNING,
    message="there is no {code} here to ignore",
    page="""
A comment asks Twofold to ignore a diagnostic that is not there. Either its cause has gone, and the comment
can go with it; or the comment stands beside another line than the one that the diagnostic points at. A
comment that is left standing would hide the next case, which may have another reason or none.

A rule that the settings switch off counts as there, so that switching one off for a while asks nobody to take
comments out. While any record cannot be used nothing is said of unused suppressions, since what
they speak of may be silent for that reason.

Wrong:

```yaml
asked: 40  # twofold: ignore[TF404] pilot ward only
```

Right:

```yaml
asked: 40
```
""",
)

OWN = frozenset({MALFORMED_SUPPRESSION.code, UNUSED_SUPPRESSION.code})
"""About suppressions, so that none can speak of them."""

_MEANT = re.compile(rf"{NAME}[ \t]*(?:ig\w*|\[|(?=.*\bTF\d))", re.IGNORECASE)
_FORM = re.compile(rf"{NAME}[ \t]*ignore[ \t]*\[(?P<codes>[^\[\]]*)\](?P<reason>.*)\Z")
_CODE = re.compile(r"[^,\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Diagnostics after the comments beside them have been heard."""

    problems: tuple[Diagnostic, ...]
    """What is left, and what is wrong with the comments."""

    suppressed: tuple[Suppressed, ...]


def hear(
    problems: Iterable[Diagnostic],
    *,
    texts: Mapping[str, str],
    unusable: frozenset[str],
    trusted: str,
    slugs: Mapping[str, str],
) -> Heard:
    """Take out what the comments in the texts suppress, and add what is wrong with the comments.

    `texts` maps the path of a file in diagnostics to its text; those in `unusable` are not looked at.
    `trusted` is the path of the owner's configuration. `slugs` are the rules' by their codes.
    """
    found: list[Suppression] = []
    flaws: list[Diagnostic] = []
    for path, text in texts.items():
        if NAME in text and path not in unusable:
            for comment in comments(text, path=path, trusted=path == trusted):
                # Looking for what was meant takes time, and whoever wrote thousands meant something else.
                read = _read(comment, path, slugs, guess=len(flaws) < HINTS)
                if isinstance(read, Diagnostic):
                    flaws.append(read)
                elif read is not None:
                    found.append(read)
    if not found:
        return Heard(problems=(*problems, *flaws), suppressed=())
    divided = divide(problems, found)
    idle = () if unusable else tuple(_unused(divided.unused))
    return Heard(problems=(*divided.kept, *flaws, *idle), suppressed=divided.suppressed)


def _unused(unused: Iterable[tuple[str, Span]]) -> Iterator[Diagnostic]:
    for code, span in unused:
        yield UNUSED_SUPPRESSION.at(span, hint="take it out, or move it to the line that is meant", code=code)


def _read(
    comment: Comment, path: str, slugs: Mapping[str, str], *, guess: bool
) -> Suppression | Diagnostic | None:
    """What a comment suppresses, or why it cannot be understood; None where it speaks of something else."""
    if not _MEANT.match(comment.text):
        return None
    span = Span(path=path, line=comment.line, column=comment.column, length=len(comment.text))
    usage = "write `twofold: ignore[TF404] and the reason`"
    form = _FORM.match(comment.text)
    if form is None:
        return MALFORMED_SUPPRESSION.at(span, problem="it is not understood", hint=usage)
    codes = [
        (
            match[0],
            Span(path=path, line=comment.line, column=comment.column + match.start(), length=len(match[0])),
        )
        for match in _CODE.finditer(comment.text, form.start("codes"), form.end("codes"))
    ]
    if not codes:
        return MALFORMED_SUPPRESSION.at(span, problem="it names no code", hint=usage)
    for code, place in codes:
        if code in OWN:
            problem = f"{code} cannot be ignored"
            return MALFORMED_SUPPRESSION.at(place, problem=problem, hint="take the comment out, or mend it")
        if code not in slugs:
            meant = next((known for known, slug in slugs.items() if slug == code.lower()), None)
            meant = meant or (near(code.upper(), list(slugs)) if guess else None)
            hint = f"did you mean `{meant}`?" if meant else usage
            return MALFORMED_SUPPRESSION.at(place, problem=f"there is no rule `{code}`", hint=hint)
    reason = form["reason"].strip(" \t:-–—")
    if not any(map(str.isalnum, reason)):
        return MALFORMED_SUPPRESSION.at(
            span, problem="it gives no reason", hint="say why, behind the bracket"
        )
    return Suppression(path=path, lines=comment.covers, codes=tuple(codes), reason=reason)
