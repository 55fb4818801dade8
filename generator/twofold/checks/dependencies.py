"""Rules about the order of items that wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.checks.due import COMMITTED, OPEN, due
from twofold.diagnostics import Rule, Severity
from twofold.model import Horizon, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic
    from twofold.model import Item
    from twofold.plan import Plan

DEPENDENCY_AFTER_DEPENDENT = Rule(
    code="TF304",
    slug="dependency-after-dependent",
    severity=Severity.WARNING,
    message="`{dependency}` must be done before this item, but {problem}",
    page="""
An open item waits for another one that comes too late for it:

- Both have a date (of `target`, else of `release`), and the other's is later. A period counts by its
  last day; on the same day both are on time.
- One of them has no date, both have a horizon, and the other's is further off.
- The other one was declined, or another item has taken its place.
- The item is planned or in progress, and the other one is an idea with neither date nor horizon.

One of the two dates is then not true. What is released holds nobody up, whenever it came.

Wrong:

```yaml
# roadmap/offline-charting.md
target: 2026-Q4
depends_on: [local-store]     # whose target is 2027-Q1
```

Right:

```yaml
# roadmap/offline-charting.md
target: 2027-Q2
depends_on: [local-store]     # whose target is 2027-Q1
```
""",
)

_ORDER = tuple(Horizon)
"""Now, next, later."""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Apply the rule to every dependency of every open item."""
    for id, item in plan.items.items():
        if item.status not in OPEN:
            continue
        for index, target in enumerate(item.depends_on):
            dependency = plan.items.get(target)
            # What is released holds nobody up, even where something newer has taken its place.
            if dependency is None or dependency.status is Status.RELEASED:
                continue
            found = _gone(dependency, item) or _later(dependency, item, plan)
            if found is not None:
                problem, hint = found
                span = plan.origins[Kind.ITEM, id].span(("depends_on", index))
                yield DEPENDENCY_AFTER_DEPENDENT.at(span, hint=hint, dependency=target, problem=problem)


def _gone(dependency: Item, item: Item) -> tuple[str, str] | None:
    """Problem and hint where a dependency will not come, because it was declined or replaced."""
    heirs = [f"`{heir}`" for heir in dependency.superseded_by if heir not in {item.id, dependency.id}]
    if heirs:
        names = " and ".join(heirs)
        verb = "takes" if len(heirs) == 1 else "take"
        return f"{names} {verb} its place", f"depend on {names} instead"
    if dependency.status is Status.DECLINED:
        return "it was declined", "take it out, or plan the item without it"
    return None


def _later(dependency: Item, item: Item, plan: Plan) -> tuple[str, str] | None:
    """Problem and hint where a dependency comes after the item that waits for it."""
    its, own = due(dependency, plan), due(item, plan)
    if its and own:
        if its[0].day <= own[0].day:
            return None
        problem = f"is due {its[0].words}, this item {own[0].words}"
        return problem, "move one of the two, or take the dependency out"
    if dependency.horizon is not None and item.horizon is not None:
        if _ORDER.index(dependency.horizon) <= _ORDER.index(item.horizon):
            return None
        problem = f"is for `{dependency.horizon}`, this item for `{item.horizon}`"
        return problem, "move one of the two, or take the dependency out"
    undecided = dependency.status is Status.IDEA and dependency.horizon is None and not its
    if undecided and item.status in COMMITTED:
        return "is an idea that nobody has planned", "plan it, or take the dependency out"
    return None
