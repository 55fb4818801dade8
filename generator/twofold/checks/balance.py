"""Rules about how the committed effort divides between customers and users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold import config
from twofold.diagnostics import Rule, Severity
from twofold.model import Driver, Kind
from twofold.model.item import COMMITTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from twofold.config import Project
    from twofold.diagnostics import Diagnostic
    from twofold.model import Item, ItemId
    from twofold.plan import Plan
    from twofold.scoring.balance import Balance

UNBALANCED_ROADMAP = Rule(
    code="TF501",
    slug="unbalanced-roadmap",
    severity=Severity.WARNING,
    message="{share} of the committed effort is for customers, {side} the {low} to {high} aimed at",
    page="""
A roadmap that listens only to customers closes deals and is not adopted; one that listens only to users
is loved and not bought. So the effort of what is planned or in progress is divided: each item's as its
two scores stand to each other. The customers' share should lie within `balance_tolerance` (0.15 unless
the settings say otherwise) of `balance_target` (unless set, `customer_weight`).

Obligations, enablers, items without an estimate and items that nobody who was asked has any need of are
left out; `twofold balance` names them beside the shares. While fewer than 60 % of the committed items are
estimated, or a file cannot be read, this rule is silent: the share would be an accident.

Either change what is committed to, or say that this is what you want, by the target.

Wrong: 80 % of the effort goes into what customers asked for, with

```yaml
# mkdocs.yml
balance_target: 0.5
```

Right: plan more of what users need, or, in a year in which the product has to be sold,

```yaml
# mkdocs.yml
balance_target: 0.7
```
""",
)

UNBACKED_EFFORT = Rule(
    code="TF502",
    slug="unbacked-effort",
    severity=Severity.WARNING,
    message="{effort} committed to this item, and nobody who was asked has the need that it meets",
    page="""
The item is planned or in progress to meet a need, has an effort, and scores 0 on both sides. Either it
cites no finding, or no voice behind its findings can be scored (each needs `mentions`, `asked` and
`importance`), or all of those who were asked are content.

Unbacked effort belongs to neither side, so it is left out of the balance and reported apart.

Wrong:

```yaml
title: A dashboard in the lobby
status: planned
horizon: next
effort: 6
```

Right: cite who needs it and say how many they are, or say that it is there for another reason.

```yaml
title: A dashboard in the lobby
status: planned
horizon: next
effort: 6
driver: obligation
```
""",
)


def check(plan: Plan, *, project: Project, broken: frozenset[str], today: date) -> Iterator[Diagnostic]:
    """Apply the rules about balance.

    `broken` are the record files, relative to the content folder, that could not be used. What they say is
    not known, so that no score can be trusted.
    """
    if not {"roadmap", "feedback", "personas"}.isdisjoint(source.partition("/")[0] for source in broken):
        return
    if not any(_counts(item) for item in plan.items.values()):
        return
    # Only a plan with something to balance pays for it.
    from twofold.scoring.balance import balance  # noqa: PLC0415

    found = balance(plan, today=today)
    if not found.unbacked and found.is_balanced is not False:
        return
    unknown = {id for id, item in plan.items.items() if _counts(item) and not _is_known(plan, item)}
    for id in found.unbacked:
        if id not in unknown:
            yield _unbacked(plan, id)
    if found.is_balanced is False and found.is_covered and not unknown:
        yield _unbalanced(found, project)


def _unbalanced(found: Balance, project: Project) -> Diagnostic:
    share = found.committed.customer_share or 0.0
    needed, side = ("users", "above") if share > found.target else ("customers", "below")
    return UNBALANCED_ROADMAP.at(
        config.place(project, "balance_target", "customer_weight"),
        hint=f"commit to more of what {needed} need, or change `balance_target`; see `twofold balance`",
        share=_percent(share),
        side=side,
        low=_percent(max(0.0, found.target - found.tolerance)),
        high=_percent(min(1.0, found.target + found.tolerance)),
    )


def _counts(item: Item) -> bool:
    return item.status in COMMITTED and item.driver is Driver.NEED and item.effort is not None


def _is_known(plan: Plan, item: Item) -> bool:
    """Whether all is there that the item's scores come from; what is not has been told as a broken link."""
    for answer in item.evidence:
        finding = plan.findings.get(answer.finding)
        if finding is None or any(voice.persona not in plan.personas for voice in finding.voices):
            return False
    return True


def _unbacked(plan: Plan, id: ItemId) -> Diagnostic:
    item = plan.items[id]
    findings = [plan.findings[answer.finding] for answer in item.evidence]
    voices = [voice for finding in findings for voice in finding.voices]
    if not findings:
        hint = "cite findings under `evidence:`, or say `driver: obligation` or `driver: enabler`"
    elif any(voice.mentions and voice.importance is not None for voice in voices):
        hint = "everyone is content, or the item answers nothing of it: see `twofold score`"
    else:
        hint = "give the voices behind its findings `mentions`, `asked` and `importance`"
    weeks = item.effort.weeks if item.effort is not None else 0.0
    effort = f"{weeks:g} person-week is" if weeks == 1 else f"{weeks:g} person-weeks are"
    return UNBACKED_EFFORT.at(plan.origins[Kind.ITEM, id].span(("effort",)), hint=hint, effort=effort)


def _percent(share: float) -> str:
    # One decimal, so that what is just outside does not read as if it were inside.
    return f"{round(100 * share, 1):g} %"
