"""Rules about what is published: nothing that says nothing, and no link into what is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twofold.audience.visibility import reads
from twofold.checks.places import in_text
from twofold.diagnostics import Rule, Severity
from twofold.model import Finding, Item, Kind, Release
from twofold.model.record import Narrated
from twofold.plan.destinations import destination, section_anchor
from twofold.prose.links import Lead, extract, lead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from twofold.audience.readers import Reader
    from twofold.audience.visibility import Visible
    from twofold.diagnostics import Diagnostic
    from twofold.model import Record
    from twofold.plan import Plan
    from twofold.plan.destinations import Destination
    from twofold.plan.plan import Name, Origin
    from twofold.plan.texts import PlacedText

MISSING_NARRATIVE = Rule(
    code="TF601",
    slug="missing-narrative",
    severity=Severity.ERROR,
    message="this {kind} is published for `{label}` without {what}",
    page="""
A record is published under a label and has nothing to say to the readers of that label.

- An **item** needs a narrative for each label under which it is published, as soon as that label's
  audience shows items of its status.
- A **release** needs a narrative for each label, or at least one note with a text for it.
- A **finding** needs a title for each label in `titles:`. Its `summary` is for the team and is never
  published, so without a title the finding is not shown at all.

Personas, objectives and metrics can stand without a text of their own.

Wrong:

```markdown
---
title: Offline charting
status: in-progress
publish: [customer, user]
---
## For customers

Wards go on charting through a network failure.
```

Right: the other side is told as well, in its own words.

```markdown
---
title: Offline charting
status: in-progress
publish: [customer, user]
---
## For customers

Wards go on charting through a network failure.

## For users

You can chart without a network. A small cloud tells you that your entries are on their way.
```
""",
)

LINK_TO_UNPUBLISHED = Rule(
    code="TF602",
    slug="link-to-unpublished",
    severity=Severity.ERROR,
    message="this link leads to {what}, which {readers} cannot read",
    page="""
A text that an audience reads links to a record or a page that this audience does not see: it is not
published under a label of theirs, or it is an item in a status that they are not shown. There is no page
to lead to, and the link's words would tell of something that is hidden.

A link to a section (`faster-login.md#for-users`) is looked at in the same way: only readers of that
section can follow it.

Publish what the link leads to, take the link out, or move the sentence to a section for those who can
follow it.

Wrong, where `badge-sign-in.md` is an idea:

```markdown
## For customers

Nurses sign in with their [badge](badge-sign-in.md).
```

Right:

```markdown
## For customers

Nurses sign in with one tap.

## Internal

See the idea of [badges](badge-sign-in.md).
```
""",
)

_TO_A_FILE = re.compile(r"[%&\\]|\.(?:md|ya?ml)")
"""What every link to a record or a page has in its address, written plainly or not."""


def check(
    plan: Plan,
    placed: Iterable[PlacedText],
    *,
    seen: Sequence[tuple[Reader, Visible]],
    sources: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Apply the rules about what is published; `sources` are the files' texts by path."""
    yield from _silent(plan, {one.name: one for one, _ in seen})
    yield from _links(plan, placed, seen, sources)


def _silent(plan: Plan, readers: dict[str, Reader]) -> Iterator[Diagnostic]:
    titles = {label: title for title, label in plan.settings.section_labels.items()}
    for (kind, id), origin in plan.origins.items():
        record = plan.of(kind)[id]
        if kind not in {Kind.ITEM, Kind.RELEASE, Kind.FINDING} or origin.document.doubtful:
            continue
        for index, label in enumerate(record.publish):
            if label in readers and _must_speak(record, readers[label]) and not _speaks(record, label):
                if isinstance(record, Finding):
                    what, hint = "a title for it", f"add `{label}:` under `titles:`"
                else:
                    what, hint = "a text for it", _hint(origin, label, titles[label])
                span = origin.span(("publish", index))
                yield MISSING_NARRATIVE.at(span, hint=hint, kind=kind, label=label, what=what)


def _must_speak(record: Record, one: Reader) -> bool:
    return not isinstance(record, Item) or record.status in one.statuses


def _speaks(record: Record, label: str) -> bool:
    if isinstance(record, Finding):
        return label in record.titles
    if isinstance(record, Release) and any(label in note.texts for note in record.notes):
        return True
    return isinstance(record, Narrated) and bool(record.sections.get(label, "").strip())


def _hint(origin: Origin, label: str, title: str) -> str:
    section = (
        f"a section `## {title}`" if origin.document.body is not None else f"`{label}:` under `sections:`"
    )
    return f"add {section}, or take `{label}` out of `publish`"


def _links(
    plan: Plan,
    placed: Iterable[PlacedText],
    seen: Sequence[tuple[Reader, Visible]],
    sources: Mapping[str, str],
) -> Iterator[Diagnostic]:
    files: dict[str, list[tuple[Name, Origin]]] = {}
    for name, origin in plan.origins.items():
        files.setdefault(origin.document.source, []).append((name, origin))
    for text in placed:
        if "]" not in text.text or _TO_A_FILE.search(text.text) is None:
            continue
        reading = [(one, records) for one, records in seen if reads(one, records, text, plan)]
        if not reading:
            continue
        for link in extract(text.text):
            if lead(link.url) is not Lead.FILE:
                continue
            goal = destination(link.url, source=text.source)
            shut = [
                one.name
                for one, records in reading
                if not _follows(one, records, goal, plan=plan, files=files)
            ]
            if shut:
                rows = text.text.split("\n")[: link.line - 1]
                begin = sum(len(row) + 1 for row in rows) + link.column - 1
                span = in_text(text, (begin, begin + link.length), texts=sources)
                what, hint = _named(goal, plan, files, [one for one, _ in reading if one.name in shut])
                yield LINK_TO_UNPUBLISHED.at(span, hint=hint, what=what, readers=_listed(shut))


def _follows(
    one: Reader,
    records: Visible,
    goal: Destination,
    *,
    plan: Plan,
    files: dict[str, list[tuple[Name, Origin]]],
) -> bool:
    """Whether an audience finds a page where a link leads; what leads nowhere at all is not said here."""
    page = plan.pages.get(goal.source)
    if page is not None:
        return one.reads(page.matter.publish)
    there = files.get(goal.source)
    if there is None:
        # A feedback summary without findings has nothing that may be published.
        return all(document.source != goal.source for document in plan.documents.values())
    if there[0][1].location:
        # A list: its entry, or for the list as a whole any of its entries.
        return any(id in records[kind] for (kind, id), _ in there if goal.fragment in {"", id})
    (kind, id), origin = there[0]
    if id not in records[kind]:
        return False
    label = _part(origin, goal.fragment)
    return label is None or label in one.common(plan.of(kind)[id].publish)


def _part(origin: Origin, fragment: str) -> str | None:
    """The label of the section that a link names; None where it names none."""
    content = origin.document.content
    if not fragment or not isinstance(content, Narrated):
        return None
    from twofold.prose.anchors import headings  # noqa: PLC0415 - the parser is loaded when it is needed
    from twofold.source.markdown import parse  # noqa: PLC0415 - see above

    for label, text in content.sections.items():
        if fragment == section_anchor(label):
            return label
        if any(heading.id == fragment for _, heading in headings(parse(text)[0])):
            return label
    return None


def _named(
    goal: Destination, plan: Plan, files: dict[str, list[tuple[Name, Origin]]], shut: Iterable[Reader]
) -> tuple[str, str]:
    """What a link leads to, and what may be done about it."""
    hint = f"publish it for {_listed(one.name for one in shut)}, or take the link out"
    if goal.source in plan.pages:
        return f"the page `{goal.source}`", hint
    there = files.get(goal.source)
    if there is None:
        return f"`{goal.source}`", "take the link out"
    if there[0][1].location:
        chosen = next((name for name, _ in there if name[1] == goal.fragment), None)
        return (f"the {chosen[0]} `{chosen[1]}`" if chosen else f"`{goal.source}`"), hint
    (kind, id), _ = there[0]
    record = plan.of(kind)[id]
    if isinstance(record, Item) and all(record.status not in one.statuses for one in shut):
        return f"the item `{id}`", f"items that are `{record.status}` are not shown there; take the link out"
    if all(one.reads(record.publish) for one in shut) and goal.fragment:
        return f"a section of the {kind} `{id}`", "link to the whole record, or take the link out"
    return f"the {kind} `{id}`", hint


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}" if others else last
