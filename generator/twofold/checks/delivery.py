"""Rules about what is out, and what is on its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.checks.due import COMMITTED
from twofold.diagnostics import Rule, Severity
from twofold.model import Change, Kind, Status
from twofold.model.period import day_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from twofold.diagnostics import Diagnostic
    from twofold.model import Item, ReleaseNote
    from twofold.plan import Plan

RELEASED_WITHOUT_RELEASE = Rule(
    code="TF302",
    slug="released-without-release",
    severity=Severity.WARNING,
    message="this item is released, but {problem}",
    page="""
An item is `released` and does not say when: neither `release` nor the day in `released` is there. It
then stands in no release notes, no feed and no delivered balance, so nobody hears that it is there.

An item that is `released` with a release (or on a day) that is still to come is reported as well:
readers would look for something that they do not have yet.

Wrong:

```yaml
title: Dark screen for nights
status: released
```

Right:

```yaml
title: Dark screen for nights
status: released
release: "2026.3"
```

Right, for teams without releases:

```yaml
title: Dark screen for nights
status: released
released: 2026-09-29
```
""",
)

DEPRECATED_WITHOUT_END = Rule(
    code="TF303",
    slug="deprecated-without-end",
    severity=Severity.WARNING,
    message="this {what} is deprecated, and nothing says until when it works",
    page="""
An item (planned, in progress or released) or a release note announces that something will go away,
and does not say when it `ends`. Those who rely on it cannot plan, and nobody believes the announcement.

A note about an item may leave it to the item's own `ends`.

Wrong:

```yaml
title: Printed sheets for outages
status: released
release: "2026.3"
change: deprecated
```

Right:

```yaml
title: Printed sheets for outages
status: released
release: "2026.3"
change: deprecated
ends: 2027-06-30
```
""",
)

_ANNOUNCED = COMMITTED | {Status.RELEASED}
_ADD_END = "add `ends:` with a date or `{release: ID}`"


def check(plan: Plan, *, today: date) -> Iterator[Diagnostic]:
    """Apply the rules about what is out, and what is on its way out."""
    for id, item in plan.items.items():
        if item.status is Status.RELEASED:
            yield from _release(item, id, plan, today=today)
        if item.change is Change.DEPRECATED and item.ends is None and item.status in _ANNOUNCED:
            span = plan.origins[Kind.ITEM, id].span(("change",))
            yield DEPRECATED_WITHOUT_END.at(span, hint=_ADD_END, what="item")
    for release, record in plan.releases.items():
        for index, note in enumerate(record.notes):
            if note.change is Change.DEPRECATED and _endless(note, plan):
                span = plan.origins[Kind.RELEASE, release].span(("notes", index, "change"))
                yield DEPRECATED_WITHOUT_END.at(span, hint=_ADD_END, what="note")


def _release(item: Item, id: str, plan: Plan, *, today: date) -> Iterator[Diagnostic]:
    origin = plan.origins[Kind.ITEM, id]
    if item.release is None and item.released is None:
        hint = "name its `release`, or the day in `released`"
        problem = "nothing says when"
        yield RELEASED_WITHOUT_RELEASE.at(origin.span(("status",)), hint=hint, problem=problem)
        return
    if item.released is not None:
        if item.released > today:
            hint = "wait with the status, or correct the day"
            problem = f"only from {day_name(item.released)}"
            yield RELEASED_WITHOUT_RELEASE.at(origin.span(("released",)), hint=hint, problem=problem)
        # A day that has come says enough: the release may stand for a wider roll-out.
        return
    release = plan.releases.get(item.release) if item.release is not None else None
    if release is not None and release.date.start > today:
        hint = "wait with the status, or name the release that it came with"
        when = f"on {release.date.name}" if release.date.is_day else f"in {release.date.name}"
        problem = f"release {release.version} comes {when}"
        yield RELEASED_WITHOUT_RELEASE.at(origin.span(("release",)), hint=hint, problem=problem)


def _endless(note: ReleaseNote, plan: Plan) -> bool:
    if note.ends is not None:
        return False
    if note.item is None:
        return True
    # An item that is not in the plan may well say it.
    item = plan.items.get(note.item)
    return item is not None and item.ends is None
