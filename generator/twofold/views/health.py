"""How sound the plan itself is: what the checks say, what has grown old, and what is not covered."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from twofold.checks.age import later
from twofold.checks.due import COMMITTED, OPEN
from twofold.diagnostics import Severity
from twofold.model import Driver, Kind
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views import words
from twofold.views.dates import due_day, months_between, soonest
from twofold.views.evidence import answering, said
from twofold.views.feedback import study_ref
from twofold.views.groups import is_unbacked
from twofold.views.parts import Badge, Figure
from twofold.views.people import by_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from twofold.diagnostics import Diagnostic, Report
    from twofold.plan import Plan

SOON = timedelta(days=60)
"""A review due within so many days is due soon."""

MOST_LISTED = 12
"""A longer list is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One diagnostic."""

    message: tuple[tuple[str, bool], ...]
    """Its parts: text, and whether it is a name in the source."""

    hint: tuple[tuple[str, bool], ...]
    place: str
    """`content/roadmap/a.md:12`."""

    ref: Ref | None
    """The page of the record that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The diagnostics of one rule."""

    code: str
    slug: str
    count: str
    problems: tuple[Problem, ...]
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityGroup:
    """The diagnostics of one severity."""

    id: str
    title: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A link with what is to be known."""

    ref: Ref
    detail: str
    badge: Badge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines under a heading, with what it says when there are none."""

    id: str
    title: str
    note: str
    lines: tuple[Line, ...]
    count: str
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """All that the health page prints."""

    template = "health.html"

    title: str
    lead: str
    figures: tuple[Figure, ...]
    severities: tuple[SeverityGroup, ...]
    all_good: str
    """What stands in the place of the diagnostics when there are none."""

    freshness: tuple[Listing, ...]
    coverage: tuple[Listing, ...]


_TITLES = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Notices"}
_STALE = Badge(text="Stale", kind="warn")
_OVERDUE = Badge(text="Overdue", kind="warn")


def health_view(plan: Plan, report: Report, *, today: date) -> HealthView:
    """Gather the health page."""
    total = len(report.diagnostics)
    committed = [id for id, item in plan.items.items() if item.status in COMMITTED]
    needy = [id for id in committed if plan.items[id].driver is Driver.NEED]
    unbacked = [id for id in needy if is_unbacked(plan, id)]
    open_findings = [id for id in plan.findings if not answering(plan, id)]
    silent = [id for id in by_name(plan) if not said(plan, id)]
    unsized = [id for id, item in plan.items.items() if item.status in OPEN and item.effort is None]
    unbacked.sort(key=lambda id: soonest(plan, id))
    return HealthView(
        title="Health",
        lead="How sound the plan itself is.",
        figures=(
            Figure(value=f"{total:,}", label="things to look at" if total != 1 else "thing to look at"),
            Figure(
                value=_share(len(needy) - len(unbacked), len(needy)),
                label="needs on the roadmap have evidence",
            ),
            Figure(
                value=_share(len(plan.findings) - len(open_findings), len(plan.findings)),
                label="findings are answered",
            ),
            Figure(
                value=_share(len(plan.personas) - len(silent), len(plan.personas)),
                label="personas were heard",
            ),
        ),
        severities=_severities(plan, report),
        all_good="All good: the checks have nothing to say." if not total else "",
        freshness=(_feedback(plan, today=today), _reviews(plan, today=today), _late(plan, today=today)),
        coverage=(
            _listing(
                "without-evidence",
                "Committed without evidence",
                "Planned or in progress to meet a need, and no finding says that anybody has it.",
                (Line(ref=addresses.record(plan, Kind.ITEM, id), detail="") for id in unbacked),
                none="Every need on the roadmap cites a finding.",
            ),
            _listing(
                "unanswered",
                "Findings that nobody answers",
                "No item cites them, not even a declined one.",
                (Line(ref=addresses.record(plan, Kind.FINDING, id), detail="") for id in open_findings),
                none="Every finding is answered by an item.",
            ),
            _listing(
                "not-heard",
                "Personas nobody asked",
                "No finding has their voice: scores are silent about them, not content.",
                (Line(ref=addresses.record(plan, Kind.PERSONA, id), detail="") for id in silent),
                none="Every persona has a voice.",
            ),
            Listing(
                id="not-estimated",
                title="Not estimated",
                note="" if unsized else "Every open item has an effort.",
                lines=(
                    Line(
                        ref=Ref(
                            title=words.count(len(unsized), "open item"), address=addresses.NOT_ESTIMATED
                        ),
                        detail="without an effort",
                    ),
                )
                if unsized
                else (),
                count="",
                folded=False,
            ),
        ),
    )


class Pages:
    """From a place in a file to the page of what stands there."""

    def __init__(self, plan: Plan) -> None:
        found: dict[str, dict[int, Ref]] = {}
        for (kind, id), origin in plan.origins.items():
            places = found.setdefault(origin.document.path, {})
            if origin.location:
                places[origin.span().line] = addresses.record(plan, kind, id)
            else:
                places[0] = addresses.record(plan, kind, id)
        for id, document in plan.documents.items():
            # What stands above the first finding is about the summary.
            found.setdefault(document.path, {})[0] = study_ref(plan, id)
        for page in plan.pages.values():
            found[page.path] = {0: Ref(title=page.title, address=page.address)}
        self._places = {path: sorted(places.items()) for path, places in found.items()}

    def at(self, path: str, line: int) -> Ref | None:
        """The page of the record at a line; None where there is none."""
        places = self._places.get(path, [])
        index = bisect_right([first for first, _ in places], line) - 1
        return places[index][1] if index >= 0 else None


def _severities(plan: Plan, report: Report) -> tuple[SeverityGroup, ...]:
    pages = Pages(plan)
    groups: dict[Severity, dict[str, list[Diagnostic]]] = {severity: {} for severity in _TITLES}
    for diagnostic in report.diagnostics:
        groups[diagnostic.severity].setdefault(diagnostic.code, []).append(diagnostic)
    return tuple(
        SeverityGroup(
            id=f"severity-{severity.value}",
            title=f"{_TITLES[severity]} ({sum(map(len, rules.values())):,})",
            rules=tuple(_rule(code, rules[code], pages) for code in sorted(rules)),
        )
        for severity, rules in groups.items()
        if rules
    )


def _rule(code: str, diagnostics: list[Diagnostic], pages: Pages) -> Rule:
    return Rule(
        code=code,
        slug=diagnostics[0].rule.slug.replace("-", " "),
        count=words.count(len(diagnostics), "place"),
        problems=tuple(
            Problem(
                message=_phrase(one.message[:1].upper() + one.message[1:]),
                hint=_phrase(one.hint or ""),
                place=f"{one.span.path}:{one.span.line}",
                ref=pages.at(one.span.path, one.span.line),
            )
            for one in diagnostics
        ),
        folded=len(diagnostics) > MOST_LISTED,
    )


def _phrase(text: str) -> tuple[tuple[str, bool], ...]:
    """A message in its parts: what stands between backticks is code."""
    parts = text.split("`")
    # An odd sign too many is a sign like any other.
    if len(parts) % 2 == 0:
        return ((text, False),)
    return tuple((part, index % 2 == 1) for index, part in enumerate(parts) if part)


def _feedback(plan: Plan, *, today: date) -> Listing:
    lines: list[tuple[date, str, Line]] = []
    for id, summary in plan.summaries.items():
        day = summary.collected or (summary.period.end if summary.period else None)
        if day is None:
            continue
        months = max(months_between(day, today), 0)
        age = f"{words.count(months, 'month')} old" if months else "less than a month old"
        last = later(day, plan.settings.evidence_age)
        stale = last is not None and last < today
        line = Line(ref=study_ref(plan, id), detail=age, badge=_STALE if stale else None)
        lines.append((day, id, line))
    lines.sort(key=lambda row: (row[0], row[1]))
    age = words.number(plan.settings.evidence_age)
    return _listing(
        "feedback-age",
        "Age of the feedback",
        f"Oldest first. Evidence counts as stale after {age} months.",
        (line for _, _, line in lines),
        none="No feedback summary says when it was gathered.",
    )


def _reviews(plan: Plan, *, today: date) -> Listing:
    due = [
        (record.review_by, kind, id)
        for kind in Kind
        for id, record in plan.of(kind).items()
        if record.review_by is not None and record.review_by <= today + SOON
    ]
    due.sort()
    return _listing(
        "reviews",
        "Reviews",
        f"To be read again: overdue, or within {SOON.days} days.",
        (
            Line(
                ref=addresses.record(plan, kind, id),
                detail=f"{kind.value}, by {words.day(day)}",
                badge=_OVERDUE if day < today else None,
            )
            for day, kind, id in due
        ),
        none=f"No review is due within {SOON.days} days.",
    )


def _late(plan: Plan, *, today: date) -> Listing:
    late = overdue(plan, today=today)
    return _listing(
        "overdue",
        "Overdue items",
        "Still open, and the last day of their target has passed.",
        (
            Line(ref=addresses.record(plan, Kind.ITEM, id), detail=f"was due {words.day(day)}")
            for day, id in late
        ),
        none="No open item is overdue.",
    )


def overdue(plan: Plan, *, today: date) -> list[tuple[date, str]]:
    """The open items whose last day has passed: the longest overdue first."""
    return sorted(
        (day, id)
        for id, item in plan.items.items()
        if item.status in OPEN and (day := due_day(plan, item)) is not None and day < today
    )


def _listing(id: str, title: str, note: str, lines: Iterable[Line], *, none: str) -> Listing:
    found = tuple(lines)
    return Listing(
        id=id,
        title=title,
        note=note if found else none,
        lines=found,
        count=f"All {len(found):,}",
        folded=len(found) > MOST_LISTED,
    )


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" if whole else "–"
