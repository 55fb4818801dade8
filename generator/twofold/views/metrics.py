"""Success metrics: where each stands on the way to its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.charts.line import Goal, Line, Seen, line
from twofold.model import Kind, Metric, MetricId
from twofold.plan import addresses
from twofold.views import words
from twofold.views.narratives import Prose
from twofold.views.parts import Badge, Fact, ItemGroup, facts, item_group, side_badge, under_way_first
from twofold.views.progress import Judged, Standing, judge

if TYPE_CHECKING:
    from datetime import date

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref

STANDING = {
    Standing.REACHED: "Reached",
    Standing.ON_TRACK: "On track",
    Standing.BEHIND: "Behind",
    Standing.NEARER: "Nearer to its target",
    Standing.FURTHER: "Further from its target",
    Standing.UNCHANGED: "As far as before",
    Standing.UNCOMPARED: "Measured once",
    Standing.NOT_MEASURED: "Not measured yet",
    Standing.NO_TARGET: "No target",
}
GOOD = frozenset({Standing.REACHED, Standing.ON_TRACK})
"""What counts as on track where metrics are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricLine:
    """A metric in a list."""

    ref: Ref
    standing: Badge
    side: Badge
    way: str
    """`Baseline 41 minutes, now 30 minutes, target 10 minutes by 30 June 2027`."""

    items: str
    """How many items are meant to move it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsView:
    """All that the list of metrics prints."""

    template = "metrics.html"

    title: str
    lead: str
    groups: tuple[tuple[str, str, tuple[MetricLine, ...]], ...]
    """Anchor, heading and metrics: customers', users', both sides'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A value in the table of a metric's values. Numbers stand beside texts: by them the table sorts."""

    what: str
    day: str
    day_order: str
    """Counted from the first of all days; ``""`` where there is none."""

    value: str
    value_order: float
    measured: str
    """How many were measured; ``""`` where that is not known."""

    measured_order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricView:
    """All that a metric's page prints."""

    template = "metric.html"

    title: str
    badges: tuple[Badge, ...]
    about: Prose | None
    facts: tuple[Fact, ...]
    compared: str
    """What the latest value was compared with, in a sentence."""

    chart: Line | None
    legend: tuple[Badge, ...]
    """The marks that the chart has."""

    observations: tuple[Observed, ...]
    """Oldest first; the target last."""

    counted: bool
    """Whether any observation says how many were measured."""

    objectives: tuple[Ref, ...]
    personas: tuple[Ref, ...]
    items: ItemGroup
    """Those that are meant to move it, what is under way first."""

    description: str


def metrics_view(plan: Plan) -> MetricsView:
    """Gather the list of metrics by whose success they are: what is behind first, then by title."""
    ordered = behind_first(plan)
    groups = (
        (
            side.value,
            words.SIDE[side],
            tuple(metric_line(plan, id) for id in ordered if plan.metrics[id].side is side),
        )
        for side in words.SIDE
    )
    return MetricsView(
        title="Metrics",
        lead=f"How we know that it helped. {on_track(plan)}".strip(),
        groups=tuple(group for group in groups if group[2]),
    )


def behind_first(plan: Plan) -> list[MetricId]:
    """All metrics: what is behind first, then by title."""
    grave = [Standing.BEHIND, Standing.FURTHER]
    gravity = [*grave, *(one for one in STANDING if one not in grave)]

    def weight(id: MetricId) -> tuple[int, str, str]:
        metric = plan.metrics[id]
        return (gravity.index(judge(metric).standing), metric.title.casefold(), id)

    return sorted(plan.metrics, key=weight)


def metric_view(plan: Plan, id: MetricId) -> MetricView:
    """Gather a metric's page."""
    metric = plan.metrics[id]
    judged = judge(metric)
    about = metric.description.strip()
    source = plan.origins[Kind.METRIC, id].document.source
    naming = {
        kind: tuple(
            addresses.record(plan, kind, one)
            for one in plan.naming(Kind.METRIC, id, by=kind, field="metrics")
        )
        for kind in (Kind.OBJECTIVE, Kind.PERSONA)
    }
    return MetricView(
        title=metric.title,
        badges=(_standing_badge(judged), side_badge(metric.side)),
        about=Prose(text=about, source=source, prefix="about-") if about else None,
        facts=facts(
            Fact(label="Latest", text=_latest(metric)),
            Fact(label="Baseline", text=_baseline(metric)),
            Fact(label="Target", text=_target(metric)),
            Fact(label="Direction", text=words.DIRECTION[metric.direction]),
            Fact(label="Published to", text=words.published(metric.publish)),
            Fact(label="Owners", text=", ".join(metric.owners)),
            Fact(label="Review by", text=words.day(metric.review_by) if metric.review_by else ""),
            Fact(label="Measured by", text=metric.method or ""),
        ),
        compared=_compared(metric, judged),
        chart=_chart(metric, judged),
        legend=_legend(metric),
        observations=_observations(metric),
        counted=any(seen.n is not None for seen in metric.observations),
        objectives=naming[Kind.OBJECTIVE],
        personas=naming[Kind.PERSONA],
        items=item_group(
            plan,
            under_way_first(plan, plan.naming(Kind.METRIC, id, by=Kind.ITEM, field="metrics")),
            id="items",
            title="Meant to move it",
        ),
        description=f"Success metric: {STANDING[judged.standing].lower()}",
    )


def metric_line(plan: Plan, id: MetricId) -> MetricLine:
    """A metric in a list."""
    metric = plan.metrics[id]
    seen = metric.by_date()
    parts = (
        f"baseline {value_of(metric, metric.baseline.value)}" if metric.baseline else "",
        f"now {value_of(metric, seen[-1].value)} ({words.day(seen[-1].date)})" if seen else "",
        f"target {_target(metric)}" if metric.target else "",
    )
    way = ", ".join(part for part in parts if part)
    items = len(plan.naming(Kind.METRIC, id, by=Kind.ITEM, field="metrics"))
    return MetricLine(
        ref=addresses.record(plan, Kind.METRIC, id),
        standing=_standing_badge(judge(metric)),
        side=side_badge(metric.side),
        way=way[:1].upper() + way[1:],
        items=f"{words.count(items, 'item')} meant to move it",
    )


def on_track(plan: Plan) -> str:
    """How many metrics with a target are on track or have reached it, in a sentence; ``""`` without any."""
    judged = [judge(metric).standing for metric in plan.metrics.values()]
    aimed = [one for one in judged if one not in {Standing.NO_TARGET, Standing.NOT_MEASURED}]
    good = sum(one in GOOD for one in aimed)
    return (
        f"{good:,} of {len(aimed):,} measured metrics are on track or have reached their target."
        if aimed
        else ""
    )


def value_of(metric: Metric, value: float) -> str:
    """A value with its unit: `74%`, `30 minutes`."""
    unit = metric.unit or ""
    separator = "" if unit in {"%", "‰", "°"} else " "
    return f"{words.number(value)}{separator if unit else ''}{unit}"


def _standing_badge(judged: Judged) -> Badge:
    return Badge(text=STANDING[judged.standing], kind=f"standing-{judged.standing.value}")


def _compared(metric: Metric, judged: Judged) -> str:
    seen = metric.by_date()
    if not seen or metric.target is None:
        return ""
    latest = value_of(metric, seen[-1].value)
    if judged.expected is None:
        missing = "the baseline" if metric.baseline is None else "a date for the target"
        if judged.standing is Standing.REACHED:
            return ""
        return f"Without {missing} there is no straight way to compare {latest} with."
    expected = value_of(metric, judged.expected)
    return (
        f"On the straight way from baseline to target, {words.day(seen[-1].date)} would be at {expected}. "
        f"It was at {latest}."
    )


def _chart(metric: Metric, judged: Judged) -> Line | None:
    seen = [_seen(metric, one.date, one.value, one.n) for one in metric.by_date()]
    start = _seen(metric, metric.baseline.date, metric.baseline.value, None) if metric.baseline else None
    if not seen and start is None:
        return None
    goal = None
    if metric.target:
        label = value_of(metric, metric.target.value)
        goal = Goal(day=metric.target.date, value=metric.target.value, label=label, title=_target(metric))
    way = metric_words(metric)
    return line(
        seen,
        start=start,
        goal=goal,
        id="metric",
        title=f"{metric.title}, over time",
        summary=f"{way} {STANDING[judged.standing]}.",
        written=lambda value: value_of(metric, value) if metric.unit == "%" else words.number(value),
    )


def _legend(metric: Metric) -> tuple[Badge, ...]:
    has_way = metric.baseline and metric.target and metric.target.date
    marks = (
        ("Observed", "seen", bool(metric.observations)),
        ("Baseline", "baseline", metric.baseline is not None),
        ("Target", "target", metric.target is not None),
        ("The straight way" if has_way else "The height of the target", "way", metric.target is not None),
    )
    return tuple(Badge(text=text, kind=kind) for text, kind, there in marks if there)


def metric_words(metric: Metric) -> str:
    """Where a metric stood, stands and is to be, in a sentence."""
    parts = (
        f"baseline {_baseline(metric)}" if metric.baseline else "",
        f"latest {_latest(metric)}" if metric.observations else "",
        f"target {_target(metric)}" if metric.target else "",
    )
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _seen(metric: Metric, day: date, value: float, n: int | None) -> Seen:
    written = value_of(metric, value)
    measured = f", {n:,} measured" if n is not None else ""
    return Seen(day=day, value=value, label=written, title=f"{written} on {words.day(day)}{measured}")


def _observations(metric: Metric) -> tuple[Observed, ...]:
    rows = [(one.date, 1, "Observed", one.value, one.n) for one in metric.by_date()]
    if metric.baseline:
        rows.append((metric.baseline.date, 0, "Baseline", metric.baseline.value, None))
    rows.sort(key=lambda row: (row[0], row[1], row[3]))
    found = [_observed(metric, what, day=day, value=value, measured=n) for day, _, what, value, n in rows]
    if metric.target:
        target = metric.target
        found.append(_observed(metric, "Target", day=target.date, value=target.value, measured=None))
    return tuple(found)


def _observed(metric: Metric, what: str, *, day: date | None, value: float, measured: int | None) -> Observed:
    return Observed(
        what=what,
        day=words.day(day) if day else "some day",
        day_order=str(day.toordinal()) if day else "",
        value=value_of(metric, value),
        value_order=value,
        measured="" if measured is None else f"{measured:,}",
        measured_order="" if measured is None else str(measured),
    )


def _baseline(metric: Metric) -> str:
    baseline = metric.baseline
    return f"{value_of(metric, baseline.value)} on {words.day(baseline.date)}" if baseline else ""


def _target(metric: Metric) -> str:
    if metric.target is None:
        return ""
    by = f" by {words.day(metric.target.date)}" if metric.target.date else ""
    return f"{value_of(metric, metric.target.value)}{by}"


def _latest(metric: Metric) -> str:
    seen = metric.by_date()
    return f"{value_of(metric, seen[-1].value)} on {words.day(seen[-1].date)}" if seen else "not measured yet"
