"""Rules about days that have passed: targets and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.checks.due import OPEN, due
from twofold.diagnostics import Rule, Severity
from twofold.model import Kind, Status
from twofold.model.period import day_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from twofold.diagnostics import Diagnostic
    from twofold.plan import Plan

OVERDUE_TARGET = Rule(
    code="TF301",
    slug="overdue-target",
    severity=Severity.WARNING,
    message="this item was due {due} and is still {status}",
    page="""
An idea, a planned item or an item in progress should have been done by now. A period is due at its
last day, and on that day it is still on time; `{release: ID}` is due when the release is. An item
whose `release` is out and that is not released is overdue as well.

A date that has passed is a promise that readers have already seen broken. Give it another one before
they ask, or say what became of it.

Wrong, in November 2026:

```yaml
title: Offline charting
status: planned
horizon: now
target: 2026-Q3
```

Right:

```yaml
title: Offline charting
status: in-progress
horizon: now
target: 2027-Q1
```
""",
)

REVIEW_OVERDUE = Rule(
    code="TF305",
    slug="review-overdue",
    severity=Severity.WARNING,
    message="this {kind} was to be read again by {day}",
    page="""
The day in `review_by` has passed. Somebody wanted this record read again by then, of whatever kind it
is: a persona from two years ago, a metric that nobody has looked at since. On the day itself there is
still time.

Read it, mend what is no longer true, and set the next day; or take the field out where nothing more is
to be expected.

Wrong, in November 2026:

```yaml
name: Ward nurse
side: user
review_by: 2026-06-30
```

Right:

```yaml
name: Ward nurse
side: user
review_by: 2027-06-30
```
""",
)

_STILL = {Status.IDEA: "an idea", Status.PLANNED: "planned", Status.IN_PROGRESS: "in progress"}


def check(plan: Plan, *, today: date) -> Iterator[Diagnostic]:
    """Apply the rules about days that have passed."""
    yield from _targets(plan, today=today)
    yield from _reviews(plan, today=today)


def _targets(plan: Plan, *, today: date) -> Iterator[Diagnostic]:
    for id, item in plan.items.items():
        if item.status not in OPEN:
            continue
        # A target and a release that have both passed are one delay.
        late = next((one for one in due(item, plan) if one.day < today), None)
        if late is not None:
            field = "release" if late.location == ("release",) else "target"
            span = plan.origins[Kind.ITEM, id].span(late.location)
            hint = f"set a new `{field}`, or the `status` that the item has reached"
            yield OVERDUE_TARGET.at(span, hint=hint, due=late.words, status=_STILL[item.status])


def _reviews(plan: Plan, *, today: date) -> Iterator[Diagnostic]:
    for kind in Kind:
        for id, record in plan.of(kind).items():
            if record.review_by is not None and record.review_by < today:
                span = plan.origins[kind, id].span(("review_by",))
                hint = "read it, and set the next day or take `review_by` out"
                yield REVIEW_OVERDUE.at(span, hint=hint, kind=kind, day=day_name(record.review_by))
