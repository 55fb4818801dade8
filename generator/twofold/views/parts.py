"""The parts that pages are put together from: cards, evidence, voices, texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import FindingId, Item, ItemId, Kind, Narrated, Side, Status
from twofold.model.fields import INTERNAL
from twofold.plan import addresses
from twofold.views import words
from twofold.plan.addresses import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.model import Voice
    from twofold.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A Markdown text of a record, not yet rendered."""

    text: str
    source: str
    """POSIX path, relative to the content folder, of the file that its links are relative to."""

    prefix: str
    """What the ids in it begin with, so that several texts can stand in one page."""

    top: int = 3
    """The level that no heading in it may stand above: a record's sections have second-level headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A word that says where something stands."""

    text: str
    kind: str
    """A CSS suffix: `status-planned`, `side-user`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of a record's facts."""

    label: str
    text: str = ""
    refs: tuple[Ref, ...] = ()
    """Links in place of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """An item in a list."""

    ref: Ref
    status: Badge
    sides: tuple[Badge, ...]
    """Whom it serves, by its evidence and personas."""

    objective: Ref | None
    due: str
    """When, in words; ``""`` where that is open."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRow:
    """One voice of a finding."""

    persona: Ref
    side: Badge
    mentions: str
    """`41 of 60`, `12`, or ``""``."""

    percent: int | None
    """The share of those asked, in percent."""

    importance: str
    satisfaction: str
    revenue: str
    accounts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """Something that somebody said."""

    text: str
    attribution: str
    persona: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingBlock:
    """A finding with all that is known of it."""

    id: str
    title: str
    theme: Ref
    study: str
    """The feedback summary's title."""

    study_ref: Ref
    method: str
    collected: str
    voices: tuple[VoiceRow, ...]
    quotes: tuple[QuoteRow, ...]
    answered_by: tuple[ItemCard, ...]
    public_titles: tuple[tuple[str, str], ...]
    """Label and title, for those under which the finding is published."""


def status_badge(status: Status) -> Badge:
    """A status as a badge."""
    return Badge(text=words.STATUS[status], kind=f"status-{status.value}")


def side_badges(sides: Iterable[Side]) -> tuple[Badge, ...]:
    """The sides, each once, customers first."""
    found = set(sides)
    if Side.BOTH in found:
        found = {Side.CUSTOMER, Side.USER}
    return tuple(side_badge(side) for side in (Side.CUSTOMER, Side.USER) if side in found)


def side_badge(side: Side) -> Badge:
    """One side as a badge."""
    return Badge(text=words.SIDE[side], kind=f"side-{side.value}")


def served_sides(plan: Plan, item: Item) -> frozenset[Side]:
    """The sides that an item serves: of the voices behind its evidence, and of its own personas."""
    personas = list(item.personas)
    for answer in item.evidence:
        personas.extend(voice.persona for voice in plan.findings[answer.finding].voices)
    return frozenset(plan.personas[persona].side for persona in personas)


def item_card(plan: Plan, id: ItemId) -> ItemCard:  # noqa: A002 - it is the id
    """An item in a list."""
    item = plan.items[id]
    objective = addresses.record(plan, Kind.OBJECTIVE, item.objectives[0]) if item.objectives else None
    return ItemCard(
        ref=addresses.record(plan, Kind.ITEM, id),
        status=status_badge(item.status),
        sides=side_badges(served_sides(plan, item)),
        objective=objective,
        due=due(plan, item),
        tags=item.tags,
    )


def due(plan: Plan, item: Item) -> str:
    """When an item is to be done, or was, in words; ``""`` where that is open."""
    if item.status is Status.RELEASED:
        if item.release is not None:
            return plan.releases[item.release].version
        return words.day(item.released) if item.released else ""
    if item.target is not None:
        return words.moment(plan, item.target)[0]
    return f"with release {plan.releases[item.release].version}" if item.release is not None else ""


def item_cards(plan: Plan, ids: Iterable[ItemId]) -> tuple[ItemCard, ...]:
    """Items in a list, in the order given, each once."""
    present = dict.fromkeys(plan.items.canonical(id) for id in ids)
    return tuple(item_card(plan, id) for id in present if id is not None)


def finding_block(plan: Plan, id: FindingId) -> FindingBlock:  # noqa: A002 - it is the id
    """A finding with all that is known of it."""
    finding = plan.findings[id]
    study = plan.summary_of[id]
    summary = plan.summaries[study]
    method = finding.method or summary.method
    answers = plan.naming(Kind.FINDING, id, by=Kind.ITEM, field="evidence")
    return FindingBlock(
        id=id,
        title=finding.summary,
        theme=theme_ref(finding.theme),
        study=summary.title or study,
        study_ref=Ref(title=summary.title or study, address=f"{addresses.SUMMARIES}/{study}"),
        method=words.METHOD[method] if method else "",
        collected=words.day(summary.collected) if summary.collected else summary.period.name if summary.period else "",
        voices=tuple(_voice(plan, id, voice) for voice in _loudest(finding.voices)),
        quotes=tuple(
            QuoteRow(
                text=quote.text,
                attribution=quote.attribution or "",
                persona=addresses.record(plan, Kind.PERSONA, quote.persona) if quote.persona else None,
            )
            for quote in finding.quotes
        ),
        answered_by=item_cards(plan, (ItemId(item) for item in answers)),
        public_titles=tuple((label, finding.titles[label]) for label in finding.publish if label in finding.titles),
    )


def theme_ref(theme: str | None) -> Ref:
    """The page of a theme."""
    return Ref(title=theme_title(theme), address=addresses.theme_address(theme))


def theme_title(theme: str | None) -> str:
    """A theme as a heading: `shift-handover` is `Shift handover`."""
    if theme is None:
        return "Without a theme"
    plain = theme.replace("-", " ") if theme.islower() else theme
    return plain[:1].upper() + plain[1:]


def narratives(record: Narrated, source: str) -> dict[str, Prose]:
    """A record's texts by label; its description comes first in the internal one."""
    texts = {
        label: Prose(text=text, source=source, prefix=f"{label}-")
        for label, text in record.sections.items()
        if text.strip() and label != INTERNAL
    }
    internal = "\n\n".join(part for part in (record.description.strip(), record.sections.get(INTERNAL, "").strip()) if part)
    if internal:
        texts[INTERNAL] = Prose(text=internal, source=source, prefix="internal-")
    return texts


def _voice(plan: Plan, finding: FindingId, voice: Voice) -> VoiceRow:
    asked = plan.asked(finding, voice)
    persona = plan.personas[voice.persona]
    sized = voice.mentions is not None and asked
    mentions = f"{voice.mentions:,} of {asked:,}" if sized else f"{voice.mentions:,}" if voice.mentions is not None else ""
    currency = f" {plan.settings.currency}" if plan.settings.currency else ""
    return VoiceRow(
        persona=addresses.record(plan, Kind.PERSONA, voice.persona),
        side=side_badge(persona.side),
        mentions=mentions,
        percent=round(100 * voice.mentions / asked) if voice.mentions is not None and asked else None,
        importance=words.number(voice.importance) if voice.importance is not None else "",
        satisfaction=words.number(voice.satisfaction) if voice.satisfaction is not None else "",
        revenue=f"{words.number(voice.revenue)}{currency}" if voice.revenue is not None else "",
        accounts=", ".join(voice.accounts),
    )


def _loudest(voices: Iterable[Voice]) -> list[Voice]:
    return sorted(voices, key=lambda voice: (-(voice.importance or 0), -(voice.mentions or 0), voice.persona))
