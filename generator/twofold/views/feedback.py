"""Feedback: findings by theme and by summary."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import FindingId, Kind, Summary
from twofold.plan import addresses
from twofold.views import words
from twofold.views.parts import Fact, FindingBlock, Prose, finding_block, theme_title

if TYPE_CHECKING:
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCard:
    """A theme in the list of themes."""

    ref: Ref
    findings: tuple[Ref, ...]
    count: str
    answered: str
    """How many of its findings an item answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """A feedback summary in the list of summaries."""

    ref: Ref
    method: str
    collected: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView:
    """All that the feedback page prints."""

    template = "feedback.html"

    title: str
    themes: tuple[ThemeCard, ...]
    studies: tuple[StudyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsView:
    """All that a page of findings prints: those of a theme, or of a summary."""

    template = "findings.html"

    title: str
    kind: str
    """`Theme` or `Feedback summary`."""

    facts: tuple[Fact, ...]
    about: Prose | None
    findings: tuple[FindingBlock, ...]
    description: str


def feedback_view(plan: Plan) -> FeedbackView:
    """Gather the feedback page."""
    return FeedbackView(
        title="Feedback",
        themes=tuple(_theme_card(plan, theme, findings) for theme, findings in by_theme(plan)),
        studies=tuple(
            StudyRow(
                ref=_study_ref(id, summary),
                method=words.METHOD[summary.method] if summary.method else "",
                collected=_collected(summary),
                count=words.count(len(summary.findings), "finding"),
            )
            for id, summary in sorted(plan.summaries.items(), key=lambda pair: (_age(pair[1]), pair[0]))
        ),
    )


def by_theme(plan: Plan) -> list[tuple[str | None, list[FindingId]]]:
    """Every theme's findings; themes by name, those without one last."""
    groups: defaultdict[str, list[FindingId]] = defaultdict(list)
    names: dict[str, str | None] = {}
    for id, finding in plan.findings.items():
        address = addresses.theme_address(finding.theme)
        groups[address].append(id)
        names.setdefault(address, finding.theme)
    last = addresses.theme_address(None)
    ordered = sorted(groups, key=lambda address: (address == last, address))
    return [(names[address], groups[address]) for address in ordered]


def theme_view(plan: Plan, theme: str | None, findings: list[FindingId]) -> FindingsView:
    """Gather the page of one theme."""
    blocks = tuple(finding_block(plan, id) for id in findings)
    title = theme_title(theme)
    return FindingsView(
        title=title,
        kind="Theme",
        facts=(Fact(label="Findings", text=str(len(blocks))), Fact(label="Answered", text=_answered(plan, findings))),
        about=None,
        findings=blocks,
        description=f"What was learnt about {title.lower()}",
    )


def study_view(plan: Plan, id: str) -> FindingsView:  # noqa: A002 - it is the id
    """Gather the page of one feedback summary."""
    summary = plan.summaries[id]
    findings = [finding.id for finding in summary.findings if plan.summary_of.get(FindingId(finding.id)) == id]
    source = next((origin.document.source for origin in plan.origins.values() if origin.document.content is summary), "")
    facts = (
        Fact(label="Method", text=words.METHOD[summary.method] if summary.method else ""),
        Fact(label="Period", text=summary.period.name if summary.period else ""),
        Fact(label="Collected", text=words.day(summary.collected) if summary.collected else ""),
        Fact(label="Asked", text=f"{summary.asked:,}" if summary.asked else ""),
        Fact(label="Findings", text=str(len(findings))),
    )
    about = summary.description.strip()
    return FindingsView(
        title=summary.title or id,
        kind="Feedback summary",
        facts=tuple(fact for fact in facts if fact.text),
        about=Prose(text=about, source=source, prefix="about-") if about else None,
        findings=tuple(finding_block(plan, FindingId(finding)) for finding in findings),
        description=f"Feedback summary: {summary.title or id}",
    )


def _theme_card(plan: Plan, theme: str | None, findings: list[FindingId]) -> ThemeCard:
    return ThemeCard(
        ref=addresses.Ref(title=theme_title(theme), address=addresses.theme_address(theme)),
        findings=tuple(addresses.record(plan, Kind.FINDING, id) for id in findings),
        count=words.count(len(findings), "finding"),
        answered=_answered(plan, findings),
    )


def _answered(plan: Plan, findings: list[FindingId]) -> str:
    answered = sum(1 for id in findings if plan.naming(Kind.FINDING, id, by=Kind.ITEM, field="evidence"))
    return f"{answered} of {len(findings)} answered by an item"


def _study_ref(id: str, summary: Summary) -> Ref:  # noqa: A002 - it is the id
    return addresses.Ref(title=summary.title or id, address=f"{addresses.SUMMARIES}/{id}")


def _collected(summary: Summary) -> str:
    if summary.collected:
        return words.day(summary.collected)
    return summary.period.name if summary.period else ""


def _age(summary: Summary) -> int:
    """Newest first, those without a date last."""
    day = summary.collected or (summary.period.end if summary.period else None)
    return -day.toordinal() if day else 0
