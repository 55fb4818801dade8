"""Rules about how old evidence is."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

from twofold.checks.due import OPEN
from twofold.diagnostics import Rule, Severity
from twofold.model import Kind
from twofold.model.period import day_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic
    from twofold.loading.records import Document
    from twofold.model import FindingId, Item, ItemId, Summary
    from twofold.plan import Plan

STALE_EVIDENCE = Rule(
    code="TF408",
    slug="stale-evidence",
    severity=Severity.WARNING,
    message="{items} on feedback of {when}, more than {months} months ago",
    page="""
Items that are still open (ideas, planned, in progress) cite feedback that was gathered longer ago than
`evidence_age`, 18 months unless the settings say otherwise. People and their work change: what hurt two
years ago may have been solved, or have become worse.

The age counts from the day in `collected`, else from the last day of `period`; a feedback summary with
neither has no age. It is said once for a summary, not for every item, since asking again is done once.

Feedback is not stale for an item that cites something newer of the same theme: the need has been
confirmed. So keep what is old, and cite what is new beside it.

Wrong, in November 2026: a planned item with only `evidence: [ward-round-by-hand]`, from

```yaml
# feedback/ward-interviews.2024-q2.yml
collected: 2024-06-14
findings:
  - {id: ward-round-by-hand, theme: documentation, summary: Rounds are written up by hand.}
```

Right: ask again, and cite both.

```yaml
# feedback/ward-interviews.2026-q4.yml
collected: 2026-11-13
findings:
  - {id: rounds-still-by-hand, theme: documentation, summary: Rounds are still written up by hand.}
```
""",
)


def check(plan: Plan, *, today: date) -> Iterator[Diagnostic]:
    """Apply the rules about how old evidence is."""
    months = plan.settings.evidence_age
    stale = {id for id, summary in plan.summaries.items() if _is_stale(summary, months, today=today)}
    resting: defaultdict[str, list[ItemId]] = defaultdict(list)
    if stale:
        for id, item in plan.items.items():
            if item.status in OPEN:
                for summary in _rests_on(item, stale, plan):
                    resting[summary].append(id)
    documents: dict[str, Document] = {}
    for finding, summary in plan.summary_of.items():
        if summary in resting:
            documents[summary] = plan.origins[Kind.FINDING, finding].document
    for summary, items in resting.items():
        record = plan.summaries[summary]
        day = record.collected
        when = day_name(day) if day is not None else record.period.name if record.period is not None else ""
        yield STALE_EVIDENCE.at(
            documents[summary].span(("collected" if day is not None else "period",)),
            hint="ask again, and cite what is new beside it",
            items=_named(items),
            when=when,
            months=f"{months:g}",
        )


def later(day: date, months: float) -> date | None:
    """The day so many months after another one; None where the calendar ends before it.

    Where its month is too short it is the month's last day: a year after 29 February is 28 February. A
    fraction of a month is that fraction of 30 days, rounded down.
    """
    whole = int(months)
    month = day.year * 12 + day.month - 1 + whole
    year = month // 12
    if year > MAXYEAR:
        return None
    month = month % 12 + 1
    landed = date(year, month, min(day.day, monthrange(year, month)[1]))
    rest = timedelta(days=int((months - whole) * 30))
    return landed + rest if rest <= date.max - landed else None


def _is_stale(summary: Summary, months: float, *, today: date) -> bool:
    day = _gathered(summary)
    last = None if day is None else later(day, months)
    return last is not None and last < today


def _gathered(summary: Summary) -> date | None:
    """The day on which gathering ended."""
    if summary.collected is not None:
        return summary.collected
    return summary.period.end if summary.period is not None else None


def _rests_on(item: Item, stale: set[str], plan: Plan) -> list[str]:
    """The stale summaries that an item cites without anything newer of the same theme, each once."""
    cited = [id for answer in item.evidence if (id := plan.findings.canonical(answer.finding)) is not None]
    old: list[FindingId] = [id for id in cited if plan.summary_of[id] in stale]
    if not old:
        return []
    fresh = {plan.findings[id].theme for id in cited if _is_fresh(plan.summary_of[id], stale, plan)} - {None}
    return list(dict.fromkeys(plan.summary_of[id] for id in old if plan.findings[id].theme not in fresh))


def _is_fresh(summary: str, stale: set[str], plan: Plan) -> bool:
    return summary not in stale and _gathered(plan.summaries[summary]) is not None


def _named(items: list[ItemId]) -> str:
    """Subject and verb: the first two items by name, the others counted."""
    shown = [f"`{id}`" for id in items[:2]]
    more = len(items) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more open item{'s' if more > 1 else ''} rest"
    return f"{' and '.join(shown)} {'rests' if len(items) == 1 else 'rest'}"
