"""Rules about objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.diagnostics import Rule, Severity
from twofold.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic
    from twofold.plan import Plan

UNMEASURED_OBJECTIVE = Rule(
    code="TF407",
    slug="unmeasured-objective",
    severity=Severity.WARNING,
    message="this objective names no metric",
    page="""
Nobody can say whether this objective has been reached: it names no metric. One is enough, and the best
one is a figure that the people on the objective's side would notice themselves.

An objective above others needs one of its own: its parts can all be reached while the whole is not.

Wrong:

```yaml
title: Every shift charted before it ends
side: user
```

Right:

```yaml
title: Every shift charted before it ends
side: user
metrics: [charting-overtime]
```
""",
)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Apply the rules about objectives."""
    for id, objective in plan.objectives.items():
        if not objective.metrics:
            span = plan.origins[Kind.OBJECTIVE, id].span(("title",))
            hint = "add `metrics:` with the id of at least one"
            yield UNMEASURED_OBJECTIVE.at(span, hint=hint)
