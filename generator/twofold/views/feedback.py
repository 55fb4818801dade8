"""Feedback: findings by theme, by persona and by summary."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import FindingId, Kind, Summary
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views import words
from twofold.views.evidence import (
    FindingBlock,
    answered,
    answering,
    collected,
    finding_block,
    said,
    theme_title,
)
from twofold.views.narratives import Prose
from twofold.views.parts import Badge, Fact, facts, side_badge
from twofold.views.people import SIDES, by_name
from twofold.views.persona import voice_address
from twofold.views.ways import FEEDBACK, Way, ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.plan import Plan

MOST_FINDINGS = 6
"""So many findings of a theme are named in the list of themes; its page has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCard:
    """A theme in the list of themes."""

    ref: Ref
    findings: tuple[Ref, ...]
    more: str
    """How many more there are; ``""`` for none."""

    count: str
    answered: str
    """How many of its findings an item answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A link with what is to be known at once."""

    ref: Ref
    badge: Badge | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView:
    """All that the feedback page prints."""

    template = "feedback.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    themes: tuple[ThemeCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsView:
    """All that a list of feedback by persona or by summary prints."""

    template = "rows.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    groups: tuple[tuple[str, str, tuple[Row, ...]], ...]
    """Anchor, heading (``""`` for none) and rows."""

    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsView:
    """All that a page of findings prints: those of a theme, or of a summary."""

    template = "findings.html"

    title: str
    facts: tuple[Fact, ...]
    about: Prose | None
    findings: tuple[FindingBlock, ...]
    description: str


def feedback_view(plan: Plan) -> FeedbackView:
    """Gather the feedback page: findings by theme."""
    everything = list(plan.findings)
    return FeedbackView(
        title="Feedback",
        ways=ways(FEEDBACK, addresses.FEEDBACK),
        lead=(
            f"{words.count(len(everything), 'finding')} from "
            f"{words.count(len(plan.summaries), 'feedback summary', 'feedback summaries')}, "
            f"{answered(plan, everything)} by an item."
        ),
        themes=tuple(_theme_card(plan, theme, findings) for theme, findings in by_theme(plan)),
    )


def voices_view(plan: Plan) -> RowsView:
    """Gather the list of what each persona said."""
    heard, silent = [], []
    for side in SIDES:
        rows = []
        for id in by_name(plan):
            if plan.personas[id].side is not side:
                continue
            persona = addresses.record(plan, Kind.PERSONA, id)
            findings = said(plan, id)
            if findings:
                ref = Ref(title=persona.title, address=voice_address(id))
                detail = f"{words.count(len(findings), 'finding')}, {answered(plan, findings)}"
                rows.append(Row(ref=ref, badge=None, detail=detail))
            else:
                silent.append(Row(ref=persona, badge=side_badge(side), detail="no finding has their voice"))
        if rows:
            heard.append((side.value, words.SIDE[side], tuple(rows)))
    if silent:
        heard.append(("not-asked", "Not asked yet", tuple(silent)))
    return RowsView(
        title="Feedback by persona",
        ways=ways(FEEDBACK, addresses.VOICES),
        lead="Who said what, and how strongly.",
        groups=tuple(heard),
        empty="No personas yet. A file in personas/ makes one.",
    )


def summaries_view(plan: Plan) -> RowsView:
    """Gather the list of feedback summaries, newest first."""
    rows = []
    for id, summary in sorted(plan.summaries.items(), key=lambda pair: (_age(pair[1]), pair[0])):
        findings = _findings(plan, id)
        how = words.METHOD[summary.method] if summary.method else ""
        parts = (how, collected(summary), words.count(len(findings), "finding"), answered(plan, findings))
        ref = study_ref(plan, id)
        rows.append(Row(ref=ref, badge=None, detail=", ".join(part for part in parts if part)))
    return RowsView(
        title="Feedback by summary",
        ways=ways(FEEDBACK, addresses.SUMMARIES),
        lead="Where we asked, and when. Newest first.",
        groups=(("summaries", "", tuple(rows)),) if rows else (),
        empty="No feedback yet. A file in feedback/ makes the first summary.",
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
    """Gather the page of one theme: what nobody answers first, then what matters most."""
    title = theme_title(theme)

    return FindingsView(
        title=title,
        facts=_standing(plan, findings),
        about=None,
        findings=tuple(finding_block(plan, id) for id in open_first(plan, findings)),
        description=f"What was learnt about {title.lower()}",
    )


def open_first(plan: Plan, findings: Iterable[FindingId]) -> list[FindingId]:
    """Findings: what nobody answers first, then what matters most."""

    def weight(id: FindingId) -> tuple[bool, float, str]:
        voices = plan.findings[id].voices
        return (bool(answering(plan, id)), -max((voice.importance or 0 for voice in voices), default=0), id)

    return sorted(findings, key=weight)


def study_view(plan: Plan, id: str) -> FindingsView:
    """Gather the page of one feedback summary."""
    summary = plan.summaries[id]
    findings = _findings(plan, id)
    about = summary.description.strip()
    return FindingsView(
        title=summary.title or id,
        facts=facts(
            Fact(label="Method", text=words.METHOD[summary.method] if summary.method else ""),
            Fact(label="Period", text=summary.period.name if summary.period else ""),
            Fact(label="Collected", text=words.day(summary.collected) if summary.collected else ""),
            Fact(label="Asked", text=f"{summary.asked:,}" if summary.asked else ""),
            *_standing(plan, findings),
        ),
        about=Prose(text=about, source=study_source(plan, id), prefix="about-") if about else None,
        findings=tuple(finding_block(plan, finding) for finding in findings),
        description=f"Feedback summary: {summary.title or id}",
    )


def study_ref(plan: Plan, id: str) -> Ref:
    """The page of a feedback summary."""
    return Ref(title=plan.summaries[id].title or id, address=f"{addresses.SUMMARIES}/{id}")


def study_source(plan: Plan, id: str) -> str:
    """The file of a feedback summary, relative to the content folder."""
    return plan.documents[id].source


def _findings(plan: Plan, id: str) -> list[FindingId]:
    found = (FindingId(finding.id) for finding in plan.summaries[id].findings)
    return [finding for finding in found if plan.summary_of.get(finding) == id]


def _standing(plan: Plan, findings: list[FindingId]) -> tuple[Fact, ...]:
    return (
        Fact(label="Findings", text=f"{len(findings):,}"),
        Fact(label="By items", text=answered(plan, findings)),
    )


def _theme_card(plan: Plan, theme: str | None, findings: list[FindingId]) -> ThemeCard:
    rest = len(findings) - MOST_FINDINGS
    # One more is named sooner than counted.
    shown = findings if rest <= 1 else findings[:MOST_FINDINGS]
    return ThemeCard(
        ref=Ref(title=theme_title(theme), address=addresses.theme_address(theme)),
        findings=tuple(addresses.record(plan, Kind.FINDING, id) for id in shown),
        more=f"and {len(findings) - len(shown):,} more" if len(shown) < len(findings) else "",
        count=words.count(len(findings), "finding"),
        answered=answered(plan, findings),
    )


def _age(summary: Summary) -> int:
    """Newest first, those without a date last."""
    day = summary.collected or (summary.period.end if summary.period else None)
    return -day.toordinal() if day else 0
