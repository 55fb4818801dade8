"""The internal portal's home: where the plan stands, in one screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.checks.due import COMMITTED
from twofold.model import ReleaseId, Side, Status
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views import words
from twofold.views.balances import ShareStrip, share_strip
from twofold.views.dates import soonest
from twofold.views.evidence import answering
from twofold.views.health import overdue
from twofold.views.lately import Happening, lately
from twofold.views.metrics import GOOD, MetricLine, metric_line
from twofold.views.objectives import ObjectiveRow, objective_row, tree
from twofold.views.parts import Figure, ItemGroup, item_group
from twofold.views.progress import Standing, judge
from twofold.views.releases import ReleaseRow, release_row

if TYPE_CHECKING:
    from datetime import date

    from twofold.diagnostics import Report
    from twofold.plan import Plan
    from twofold.scoring.balance import Balance

MOST_OBJECTIVES = 8
MOST_METRICS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """All that the home page prints."""

    template = "home.html"

    title: str
    lead: str
    balance: ShareStrip | None
    figures: tuple[Figure, ...]
    attention: tuple[Ref, ...]
    """What should be looked at, each with the page that shows it."""

    in_progress: ItemGroup | None
    releases: tuple[tuple[str, ReleaseRow], ...]
    """`Next` and `Latest`, where there are such; the latest only where `lately` does not name it."""

    lately: tuple[Happening, ...]

    objectives: tuple[ObjectiveRow, ...]
    metrics: tuple[MetricLine, ...]
    """Those that are not where they should be."""

    everything: tuple[Ref, ...]
    """The lists of all objectives and metrics, where the page shows some."""

    is_empty: bool


def home_view(plan: Plan, report: Report, balance: Balance, *, today: date) -> HomeView:
    """Gather the home page."""
    sides = [persona.side for persona in plan.personas.values()]
    customers = sum(side is not Side.USER for side in sides)
    users = sum(side is not Side.CUSTOMER for side in sides)
    building = [id for id, item in plan.items.items() if item.status is Status.IN_PROGRESS]
    building.sort(key=lambda id: soonest(plan, id))
    lag = {Standing.BEHIND, Standing.FURTHER}
    lagging = [id for id, metric in plan.metrics.items() if judge(metric).standing in lag]
    lagging.sort(key=lambda id: (plan.metrics[id].title.casefold(), id))
    tops = [id for id, depth in tree(plan) if depth == 0]
    everything = []
    if len(plan.objectives) > len(tops[:MOST_OBJECTIVES]):
        everything.append(Ref(title="All objectives", address=addresses.OBJECTIVES))
    if plan.metrics:
        everything.append(Ref(title="All metrics", address=addresses.METRICS))
    happened = lately(plan, today=today)
    return HomeView(
        title=plan.name,
        lead=(
            f"What {_heard(customers, users)} need, what we plan to do about it, "
            "and how we know that it helped."
        ),
        balance=share_strip(balance),
        figures=_figures(plan),
        attention=_attention(plan, report, today=today),
        in_progress=item_group(plan, building, id="in-progress", title="In progress") if building else None,
        releases=_releases(plan, happened, today=today),
        lately=happened,
        objectives=tuple(objective_row(plan, id) for id in tops[:MOST_OBJECTIVES]),
        metrics=tuple(metric_line(plan, id) for id in lagging[:MOST_METRICS]),
        everything=tuple(everything),
        is_empty=not any(
            (plan.items, plan.personas, plan.findings, plan.objectives, plan.releases, plan.metrics)
        ),
    )


def _heard(customers: int, users: int) -> str:
    """Whose needs the plan knows, in words; both sides where it has nobody of one yet."""
    if not customers or not users:
        return "customers and users"
    return f"{words.count(customers, 'customer persona')} and {words.count(users, 'user persona')}"


def _figures(plan: Plan) -> tuple[Figure, ...]:
    committed = sum(item.status in COMMITTED for item in plan.items.values())
    answers = sum(1 for id in plan.findings if answering(plan, id))
    standings = [judge(metric).standing for metric in plan.metrics.values()]
    good = sum(standing in GOOD for standing in standings)
    return (
        Figure(
            value=f"{committed:,}",
            label="committed items",
            ref=Ref(title="Roadmap", address=addresses.ROADMAP),
        ),
        Figure(
            value=_of(answers, len(plan.findings)),
            label="findings answered",
            ref=Ref(title="Feedback", address=addresses.FEEDBACK),
        ),
        Figure(
            value=_of(good, len(standings)),
            label="metrics on track",
            ref=Ref(title="Metrics", address=addresses.METRICS),
        ),
        Figure(
            value=f"{len(plan.personas):,}",
            label="personas",
            ref=Ref(title="Personas", address=addresses.PERSONAS),
        ),
    )


def _attention(plan: Plan, report: Report, *, today: date) -> tuple[Ref, ...]:
    problems = len(report.diagnostics)
    late = len(overdue(plan, today=today))
    behind = sum(judge(metric).standing is Standing.BEHIND for metric in plan.metrics.values())
    unanswered = sum(1 for id in plan.findings if not answering(plan, id))
    found = (
        (late, words.count(late, "overdue item"), addresses.HEALTH, "overdue"),
        (behind, words.count(behind, "metric") + " behind", addresses.METRICS, None),
        (unanswered, words.count(unanswered, "unanswered finding"), addresses.HEALTH, "unanswered"),
        (problems, words.count(problems, "thing") + " that the checks say", addresses.HEALTH, None),
    )
    return tuple(
        Ref(title=title, address=address, anchor=anchor) for count, title, address, anchor in found if count
    )


def _releases(
    plan: Plan, happened: tuple[Happening, ...], *, today: date
) -> tuple[tuple[str, ReleaseRow], ...]:
    def day(id: ReleaseId) -> tuple[date, str]:
        return (plan.releases[id].date.end, id)

    ahead = sorted((id for id, one in plan.releases.items() if one.date.end > today), key=day)
    behind = sorted((id for id, one in plan.releases.items() if one.date.end <= today), key=day)
    found = (("Next", ahead[:1]), ("Latest", behind[-1:]))
    rows = ((name, release_row(plan, id, today=today)) for name, ids in found for id in ids)
    told = {ref for one in happened for ref, _ in one.named}
    return tuple((name, row) for name, row in rows if row.ref not in told)


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" if whole else "–"
