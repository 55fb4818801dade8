"""Feedback summaries and the findings in them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, field_validator

from twofold.model.fields import (
    Count,
    Day,
    Id,
    Labels,
    Money,
    PersonaId,
    Score,
    Text,
    Texts,
    Theme,
    addable,
    error,
    labelled,
    never,
    public,
)
from twofold.model.period import PeriodField
from twofold.model.record import Kind, Record, References, Strict

if TYPE_CHECKING:
    from collections.abc import Iterator


class Method(StrEnum):
    """How feedback was gathered."""

    INTERVIEW = "interview"
    SURVEY = "survey"
    SUPPORT = "support"
    SALES = "sales"
    REVIEW = "review"
    USAGE = "usage"
    COMMUNITY = "community"


class Voice(Strict):
    """One persona's answer to one finding."""

    persona: Annotated[PersonaId, never("ward-nurse")]
    """Who answered."""

    mentions: Annotated[Count | None, never(41)] = None
    """How many of those asked brought it up; 0 or more, at most `asked`."""

    asked: Annotated[Count | None, Field(ge=1), never(60)] = None
    """How many were asked (for support: the tickets read), 1 or more; default: the summary's `asked`."""

    importance: Annotated[Score | None, never(5)] = None
    """How important it is to them, 1 to 5, decimals allowed. Without it the voice is shown, not scored."""

    satisfaction: Annotated[Score | None, never(2)] = None
    """How satisfied they are with it today, 1 to 5. Without it the middle is assumed, and shown so."""

    revenue: Annotated[Money | None, never(120000)] = None
    """The money behind the voice, in the settings' `currency`; shown and sortable, not scored."""

    accounts: Annotated[Texts, never(["St. Anna Hospital"])] = ()
    """Who is behind the voice."""

    @field_validator("asked")
    @classmethod
    def _not_below_mentions(cls, asked: int | None, info: ValidationInfo) -> int | None:
        mentions = info.data.get("mentions")
        if asked is not None and mentions is not None and mentions > asked:
            raise error("TF106", f"{asked} were asked, but {mentions} mentioned it")
        return asked


class Quote(Strict):
    """Something that somebody said."""

    text: Annotated[Text, labelled("I chart in the car park.")]
    """The words."""

    persona: Annotated[PersonaId | None, addable("ward-nurse")] = None
    """Whose words."""

    attribution: Annotated[Text | None, labelled("Ward nurse, 600-bed hospital")] = None
    """How the speaker may be named."""

    consent: Annotated[Text | None, never("Form 2026-118, signed 2026-07-02")] = None
    """Reference and date of the speaker's consent; required where the quote is published."""

    publish: Annotated[Labels, labelled(["customer"])] = ()
    """The labels under which the quote may leave the internal portal; none is inherited."""


class Finding(Record):
    """One thing learnt, with the voices behind it."""

    id: Annotated[Id, public("network-drops")]
    """Unique among all findings."""

    summary: Annotated[Text, never("Two wards lose the network every night during back-up.")]
    """What was learnt, for the team."""

    theme: Annotated[Theme | None, addable("offline")] = None
    """What it is about, one of the settings' `themes:`. Findings of a theme count once per persona."""

    voices: Annotated[tuple[Voice, ...], never([{"persona": "ward-nurse", "mentions": 41, "asked": 60}])] = ()
    """Who said it, and how strongly."""

    quotes: Annotated[tuple[Quote, ...], labelled([{"text": "I chart in the car park."}])] = ()
    """What was said, word for word."""

    method: Annotated[Method | None, addable("survey")] = None
    """How it was learnt, where that differs from the summary's."""

    @property
    def title(self) -> str:
        """The summary, as the finding's internal title."""
        return self.summary

    def references(self) -> Iterator[References]:
        """Personas of voices and quotes."""
        yield References(("voices",), Kind.PERSONA, [voice.persona for voice in self.voices], ("persona",))
        for index, quote in enumerate(self.quotes):
            if quote.persona is not None:
                yield References(("quotes", index, "persona"), Kind.PERSONA, (quote.persona,))


class Summary(Strict):
    """A feedback summary: `feedback/ward-interviews.2026-q3.yml`."""

    title: Annotated[Text | None, never("Ward interviews, third quarter 2026")] = None
    """What the summary is called."""

    method: Annotated[Method | None, never("interview")] = None
    """How the feedback was gathered."""

    period: Annotated[PeriodField | None, never("2026-Q3")] = None
    """When it was gathered."""

    collected: Annotated[Day | None, never("2026-09-18")] = None
    """The day on which gathering ended; its age counts from here. ISO date."""

    asked: Annotated[Count | None, Field(ge=1), never(60)] = None
    """How many were asked, 1 or more: the default for the voices below."""

    findings: Annotated[tuple[Finding, ...], never([{"id": "network-drops", "summary": "..."}])] = ()
    """What was learnt."""

    description: Annotated[str, never("How the interviews were held.")] = ""
    """About the study itself: in Markdown, the body."""

    @field_validator("findings")
    @classmethod
    def _mentions_within_default(
        cls, findings: tuple[Finding, ...], info: ValidationInfo
    ) -> tuple[Finding, ...]:
        asked = info.data.get("asked")
        if asked is not None:
            for finding in findings:
                for voice in finding.voices:
                    if voice.asked is None and voice.mentions is not None and voice.mentions > asked:
                        voices = f"{voice.mentions} of `{voice.persona}`"
                        raise error(
                            "TF106", f"in `{finding.id}`, {voices} mentioned it, but {asked} were asked"
                        )
        return findings
