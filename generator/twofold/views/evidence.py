"""Findings: who said it, how strongly, and what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import FindingId, ItemId, Kind, PersonaId, Status
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views import words
from twofold.views.parts import Badge, ItemCard, item_cards, side_badge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from twofold.model import Summary, Voice
    from twofold.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table."""

    text: str
    note: str = ""
    """Beside it, quieter."""

    quiet: bool = False
    """Whether the text says that there is nothing."""

    wide: bool = False
    """Whether it needs room for a long text."""

    order: str = ""
    """The number by which a table sorts it; ``""`` where it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A voice, and what its row is called."""

    ref: Ref
    """Whose it is, or what it is about."""

    badge: Badge | None
    cells: tuple[Cell, ...]
    """One for each column that there may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Voices under a heading."""

    voices: tuple[Said, ...]
    """The same object for the same finding, on whichever page."""

    heading: Ref | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceTable:
    """Voices; columns in which no row says anything are left out."""

    label: str
    """What the table is, for those who cannot see it."""

    heads: tuple[str, ...]
    columns: tuple[int, ...]
    """Which of a row's cells stand below the heads."""

    groups: tuple[Told, ...]
    span: int
    """How many columns there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """Something that somebody said."""

    text: str
    attribution: str
    persona: Ref | None
    consent: str
    """Reference and date of the speaker's consent; ``""`` where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingBlock:
    """A finding with all that is known of it."""

    id: str
    aliases: tuple[str, ...]
    """Earlier ids: links to them still arrive."""

    title: str
    theme: Ref
    study: Ref
    """The feedback summary it stands in."""

    origin: str
    """How and when it was learnt."""

    voices: VoiceTable | None
    quotes: tuple[QuoteRow, ...]
    answered_by: tuple[ItemCard, ...]
    declined: tuple[ItemCard, ...]
    """Items that would have answered it and were declined."""

    is_open: bool
    """Whether no item at all answers it."""

    public_titles: tuple[tuple[str, str], ...]
    """Label and title, for those under which the finding is published."""


def finding_block(plan: Plan, id: FindingId) -> FindingBlock:
    """A finding with all that is known of it."""
    finding = plan.findings[id]
    study = plan.summary_of[id]
    summary = plan.summaries[study]
    method = finding.method or summary.method
    how = words.METHOD[method] if method else ""
    title = summary.title or study
    return FindingBlock(
        id=id,
        aliases=finding.aliases,
        title=finding.summary,
        theme=theme_ref(finding.theme),
        study=Ref(title=title, address=f"{addresses.SUMMARIES}/{study}"),
        origin=" · ".join(part for part in ("" if how == title else how, collected(summary)) if part),
        voices=voice_table(f"Voices: {finding.summary}", [Told(voices=voices_of(plan, id))]),
        quotes=tuple(
            QuoteRow(
                text=quote.text,
                attribution=quote.attribution or "",
                persona=addresses.record(plan, Kind.PERSONA, quote.persona) if quote.persona else None,
                consent=quote.consent or "",
            )
            for quote in finding.quotes
        ),
        answered_by=answers(plan, id, declined=False),
        declined=answers(plan, id, declined=True),
        is_open=not answering(plan, id),
        public_titles=tuple(
            (label, finding.titles[label]) for label in finding.publish if label in finding.titles
        ),
    )


def answering(plan: Plan, id: FindingId) -> tuple[ItemId, ...]:
    """The items that name a finding as their evidence, declined ones included."""
    return tuple(ItemId(item) for item in plan.naming(Kind.FINDING, id, by=Kind.ITEM, field="evidence"))


def answers(plan: Plan, id: FindingId, *, declined: bool | None = None) -> tuple[ItemCard, ...]:
    """The items that answer a finding; if asked for, those alone that were declined, or were not."""

    def cards() -> tuple[ItemCard, ...]:
        found = answering(plan, id)
        return item_cards(plan, (one for one in found if declined in {None, _is_declined(plan, one)}))

    # They stand on the pages of everybody who has said it.
    return plan.memory.once((answers, id, declined), cards)


def answered(plan: Plan, ids: Collection[FindingId]) -> str:
    """How many of some findings are answered, in words. A declined item is an answer: no, with a reason."""
    done = sum(1 for id in ids if answering(plan, id))
    return f"{done:,} of {len(ids):,} answered"


def said(plan: Plan, id: PersonaId) -> tuple[FindingId, ...]:
    """The findings with a voice of a persona: most important first, then by id."""

    def weight(finding: FindingId) -> tuple[float, FindingId]:
        heard = [voice.importance or 0 for voice in voices_by(plan, finding, id)]
        return (-max(heard, default=0), finding)

    findings = plan.naming(Kind.PERSONA, id, by=Kind.FINDING, field="voices")
    return tuple(sorted((FindingId(finding) for finding in findings), key=weight))


def voices_by(plan: Plan, finding: FindingId, persona: PersonaId) -> tuple[Voice, ...]:
    """What one persona said to a finding."""
    voices = plan.findings[finding].voices
    return tuple(voice for voice in voices if plan.personas.canonical(voice.persona) == persona)


def voices_of(plan: Plan, id: FindingId) -> tuple[Said, ...]:
    """The voices of a finding, the loudest first, called by their personas."""
    # They stand on the page of every item that cites it.
    return plan.memory.once((voices_of, id), lambda: _voices_of(plan, id))


def _voices_of(plan: Plan, id: FindingId) -> tuple[Said, ...]:
    def loudness(voice: Voice) -> tuple[float, int, str]:
        return (-(voice.importance or 0), -(voice.mentions or 0), voice.persona)

    return tuple(
        Said(
            ref=addresses.record(plan, Kind.PERSONA, voice.persona),
            badge=side_badge(plan.personas[voice.persona].side),
            cells=cells(plan, id, voice),
        )
        for voice in sorted(plan.findings[id].voices, key=loudness)
    )


def cells(plan: Plan, finding: FindingId, voice: Voice) -> tuple[Cell, ...]:
    """What a voice has to say in each column."""
    currency = f" {plan.settings.currency}" if plan.settings.currency else ""
    return (
        _mentions(voice.mentions, plan.asked(finding, voice)),
        _scored(voice.importance),
        _scored(voice.satisfaction),
        Cell(text=f"{words.number(voice.revenue)}{currency}", order=str(voice.revenue))
        if voice.revenue is not None
        else _NOTHING,
        _listed(voice.accounts),
    )


def voice_table(label: str, told: Iterable[Told]) -> VoiceTable | None:
    """A table of voices; None where there are none."""
    told = tuple(told)
    rows = [said.cells for one in told for said in one.voices]
    if not rows:
        return None
    # The first column always stays: that a voice was not counted is worth knowing.
    kept = [index for index in range(len(_HEADS)) if index == 0 or any(not row[index].quiet for row in rows)]
    return VoiceTable(
        label=label,
        heads=tuple(_HEADS[index] for index in kept),
        columns=tuple(kept),
        groups=told,
        span=len(kept) + 1,
    )


def collected(summary: Summary) -> str:
    """When feedback was gathered, in words; ``""`` where that is not known."""
    if summary.collected:
        return words.day(summary.collected)
    return summary.period.name if summary.period else ""


def theme_ref(theme: str | None) -> Ref:
    """The page of a theme."""
    return Ref(title=theme_title(theme), address=addresses.theme_address(theme))


def theme_title(theme: str | None) -> str:
    """A theme as a heading: `shift-handover` is `Shift handover`."""
    if theme is None:
        return "Without a theme"
    plain = theme.replace("-", " ") if theme.islower() else theme
    return plain[:1].upper() + plain[1:]


_HEADS = ("Mentioned by", "Importance", "Satisfaction", "Revenue", "Accounts")


_NOTHING = Cell(text="–", quiet=True)


def _mentions(mentions: int | None, asked: int | None) -> Cell:
    if mentions is None:
        return Cell(text="not counted", quiet=True)
    if not asked:
        return Cell(text=f"{mentions:,}", note="of an unknown number")
    share = mentions / asked
    return Cell(text=f"{mentions:,} of {asked:,}", note=f"{100 * share:.0f}%", order=f"{share:.6f}")


def _listed(texts: tuple[str, ...]) -> Cell:
    text = ", ".join(texts)
    return Cell(text=text, wide=len(text) > 20, order=str(len(texts))) if text else _NOTHING


def _scored(score: float | None) -> Cell:
    return (
        Cell(text=f"{words.number(score)} of 5", order=str(score))
        if score is not None
        else Cell(text="not asked", quiet=True)
    )


def _is_declined(plan: Plan, id: ItemId) -> bool:
    return plan.items[id].status is Status.DECLINED
