"""Rules about single items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.diagnostics import Rule, Severity
from twofold.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic
    from twofold.plan import Plan

DECLINED_WITHOUT_REASON = Rule(
    code="TF406",
    slug="declined-without-reason",
    severity=Severity.ERROR,
    message="`{title}` was declined without a `reason`",
    page="""
An item was declined and does not say why. The reason is what keeps the same discussion from being
held again next year. It is always internal; what readers are told is the item's narratives.

Wrong:

```yaml
title: Face recognition at sign-in
status: declined
```

Right:

```yaml
title: Face recognition at sign-in
status: declined
reason: Two of nine wards asked; masks defeat it, and the badge reader solves the same need.
```
""",
)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Apply the rules about items."""
    for id, item in plan.items.items():
        if item.status is Status.DECLINED and item.reason is None:
            span = plan.origins[Kind.ITEM, id].span(("status",))
            yield DECLINED_WITHOUT_REASON.at(span, hint="add `reason:`", title=item.title)
