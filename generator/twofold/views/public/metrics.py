"""Success in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from twofold.charts.geometry import Scale, fixed
from twofold.charts.line import Goal, Line, Seen, line
from twofold.model.period import parse
from twofold.views.public import wording
from twofold.views.public.extras import added_facts
from twofold.views.public.parts import Fact, facts, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twofold.audience.published import PublishedLink, PublishedMetric, PublishedValue
    from twofold.model import MetricId
    from twofold.views.public.parts import Named, Text
    from twofold.views.public.shelf import Shelf

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 160.0, 36.0, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """The course of a value, so small that words stand beside it."""

    path: str
    """SVG path in a field of 160 by 36."""

    x: str
    y: str
    """Where the latest value is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric in a list."""

    name: Named
    value: str
    unit: str
    """``""`` where it is written at the value."""

    note: str
    """When that was, where it stood before, and which way is better."""

    spark: Spark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsView:
    """The page of all metrics."""

    template = "public/metrics.html"

    title: str
    lead: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A value in the table of all values. Numbers stand beside texts: by them the table sorts."""

    day: str
    day_order: int
    """Counted from the first of all days."""

    value: str
    value_order: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricView:
    """The page of a metric."""

    template = "public/metric.html"

    title: str
    about: Text | None
    """Its description."""

    figure: Figure
    chart: Line | None
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    """The newest first, the baseline last."""

    links: tuple[PublishedLink, ...]


def metrics_view(shelf: Shelf) -> MetricsView:
    """Gather the page of all metrics."""
    return MetricsView(title=shelf.words.metrics, lead=shelf.words.metrics_lead, figures=figures(shelf))


def figures(shelf: Shelf, *, of: Iterable[PublishedMetric] | None = None) -> tuple[Figure, ...]:
    """Metrics, all or some, by title; those that were measured first."""
    metrics = sorted(
        shelf.plan.metrics.values() if of is None else of,
        key=lambda one: (not one.observations, one.title.casefold(), one.id),
    )
    return tuple(_figure(shelf, one) for one in metrics)


def metric_view(shelf: Shelf, id: MetricId) -> MetricView:
    """Gather the page of a metric."""
    one = shelf.plan.metrics[id]
    rows = [_row(one, seen) for seen in reversed(one.observations)]
    if one.baseline is not None:
        rows.append(_row(one, one.baseline, " (baseline)"))
    goal = _goal(one)
    return MetricView(
        title=one.title,
        about=prose(one.description) if one.description else None,
        figure=_figure(shelf, one),
        chart=_chart(one, goal) if one.observations or one.baseline else None,
        facts=facts(
            Fact(label="Target", text=goal.title if goal else ""),
            *added_facts(shelf, one, without=frozenset({"target"})),
        ),
        rows=tuple(rows),
        links=one.links,
    )


def _row(one: PublishedMetric, seen: PublishedValue, remark: str = "") -> Row:
    return Row(
        day=f"{wording.day(seen.date)}{remark}",
        day_order=seen.date.toordinal(),
        value=wording.amount(seen.value, one.unit),
        value_order=seen.value,
    )


def _figure(shelf: Shelf, one: PublishedMetric) -> Figure:
    course = _course(one)
    value = unit = ""
    when: list[str] = []
    if course:
        latest, first = course[-1], course[0]
        apart = _apart(one.unit)
        value = wording.number(latest.value) if apart else wording.amount(latest.value, one.unit)
        unit = one.unit or "" if apart else ""
        when.append(_month(latest.date))
        if len(course) > 1:
            start = wording.number(first.value) if apart else wording.amount(first.value, one.unit)
            when.append(f"from {start} in {_month(first.date)}")
    better = wording.DIRECTION[one.direction]
    return Figure(
        name=shelf.metric(one.id),
        value=value,
        unit=unit,
        note=f"{', '.join(when)}. {better}." if when else f"{better}.",
        spark=_spark(course),
    )


def _month(when: date) -> str:
    return parse(f"{when.year:04}-{when.month:02}").name


def _apart(unit: str | None) -> bool:
    """Whether a unit is a word beside the number, not a sign behind it."""
    return wording.amount(0, unit) != f"0{unit or ''}"


def _course(one: PublishedMetric) -> tuple[PublishedValue, ...]:
    start = one.baseline
    if start is None or (one.observations and one.observations[0].date < start.date):
        return one.observations
    return (start, *one.observations)


def _spark(course: Sequence[PublishedValue]) -> Spark | None:
    if len(course) < 2 or course[0].date == course[-1].date:
        return None
    values = [seen.value for seen in course]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    x = Scale(
        low=course[0].date.toordinal(),
        high=course[-1].date.toordinal(),
        start=SPARK_EDGE,
        end=SPARK_WIDTH - SPARK_EDGE,
    )
    y = Scale(low=low, high=high, start=SPARK_HEIGHT - SPARK_EDGE, end=SPARK_EDGE)
    points = [(fixed(x.at(seen.date.toordinal())), fixed(y.at(seen.value))) for seen in course]
    return Spark(
        path="M" + "L".join(f"{left} {top}" for left, top in points),
        x=str(points[-1][0]),
        y=str(points[-1][1]),
    )


def _chart(one: PublishedMetric, goal: Goal | None) -> Line:
    def seen(value: PublishedValue) -> Seen:
        written = wording.amount(value.value, one.unit)
        return Seen(
            day=value.date,
            value=value.value,
            label=wording.number(value.value),
            title=f"{written}, {wording.day(value.date)}",
        )

    course = _course(one)
    first, last = course[0], course[-1]
    summary = f"{wording.amount(last.value, one.unit)} on {wording.day(last.date)}"
    if len(course) > 1:
        summary = f"From {wording.amount(first.value, one.unit)} on {wording.day(first.date)} to {summary}"
    return line(
        tuple(seen(value) for value in one.observations),
        start=seen(one.baseline) if one.baseline else None,
        goal=goal,
        id="course",
        title=one.title,
        summary=f"{summary}. {wording.DIRECTION[one.direction]}.",
        written=wording.number,
    )


def _goal(one: PublishedMetric) -> Goal | None:
    added = one.additions.get("target")
    if not isinstance(added, tuple):
        return None
    parts = {pair[0]: pair[1] for pair in added if isinstance(pair, tuple)}
    value = parts.get("value")
    if not isinstance(value, (int, float)):
        return None
    day = parts.get("date")
    until = date.fromisoformat(day) if isinstance(day, str) else None
    written = wording.amount(value, one.unit)
    return Goal(
        day=until,
        value=value,
        label=wording.number(value),
        title=f"{written} by {wording.day(until)}" if until else written,
    )
