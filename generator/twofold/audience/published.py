"""What one public audience may read, in types of their own.

An internal record where a published one belongs is a type error.

Nothing here refers back to the plan. What is not a field here cannot be rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from twofold.model import (
        Change,
        Direction,
        FindingId,
        Horizon,
        ItemId,
        Kind,
        MetricId,
        ObjectiveId,
        Period,
        PersonaId,
        ReleaseId,
        Stage,
        Status,
    )

Addition = str | tuple[str, ...] | float | tuple[tuple[str, str | float], ...]
"""The value of a field that `show:` added, already projected: text, texts, a number, or names with values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """A record's text for one label that the audience reads."""

    label: str
    text: str
    """Markdown."""

    source: str
    """POSIX path, relative to the content folder, of the file that its links are relative to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLink:
    """A link to a page elsewhere."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRecord:
    """What every published record has."""

    narratives: tuple[Narrative, ...] = ()
    """The audience's own label first, then those that it reads, in the order of the settings."""

    links: tuple[PublishedLink, ...] = ()
    additions: Mapping[str, Addition] = field(default_factory=dict)
    """Fields that `show:` added, in the order of the settings; none that has no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """When something stops: a period, or with a release that the audience sees."""

    period: Period | None = None
    release: ReleaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedItem(PublishedRecord):
    """A roadmap item."""

    id: ItemId
    title: str
    status: Status
    horizon: Horizon | None
    objectives: tuple[ObjectiveId, ...]
    change: Change | None
    release: ReleaseId | None
    released: date | None
    availability: str | None
    action: str | None
    ends: Ends | None
    superseded_by: tuple[ItemId, ...]
    answers: tuple[FindingId, ...]
    """The published findings that it answers: links whose both ends the audience sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedObjective(PublishedRecord):
    """An objective."""

    id: ObjectiveId
    title: str
    period: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNote:
    """A release note."""

    id: str
    change: Change | None
    item: ItemId | None
    stage: Stage | None
    texts: tuple[tuple[str, str], ...]
    """Label and text, the audience's own label first."""

    availability: str | None
    action: str | None
    ends: Ends | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRelease(PublishedRecord):
    """A release."""

    id: ReleaseId
    version: str
    date: Period
    title: str | None
    notes: tuple[PublishedNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPersona(PublishedRecord):
    """A persona."""

    id: PersonaId
    name: str
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedQuote:
    """Something that somebody said and agreed to see published."""

    text: str
    attribution: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFinding(PublishedRecord):
    """A finding: its title for the audience, and published quotes."""

    id: FindingId
    title: str
    quotes: tuple[PublishedQuote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValue:
    """A measured value."""

    date: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMetric(PublishedRecord):
    """A success metric."""

    id: MetricId
    title: str
    description: Narrative | None
    unit: str | None
    direction: Direction
    baseline: PublishedValue | None
    observations: tuple[PublishedValue, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """A hand-written page."""

    source: str
    address: str
    title: str
    description: str | None
    body: Narrative
    hide: frozenset[str]
    searchable: bool
    boost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AudiencePlan:
    """All that one public audience may read: the only thing that its portal is made from."""

    audience: str
    labels: tuple[str, ...]
    """What it reads: its own label first."""

    product: str
    title: str
    """The portal's name."""

    description: str | None
    site_url: str | None
    safe_harbour: str
    """The caveat; ``""`` where the plan shows nothing unreleased, or the settings have none."""

    items: Mapping[ItemId, PublishedItem]
    objectives: Mapping[ObjectiveId, PublishedObjective]
    releases: Mapping[ReleaseId, PublishedRelease]
    personas: Mapping[PersonaId, PublishedPersona]
    findings: Mapping[FindingId, PublishedFinding]
    metrics: Mapping[MetricId, PublishedMetric]
    pages: Mapping[str, PublishedPage]
    """Hand-written pages by source."""

    aliases: Mapping[tuple[Kind, str], str]
    """Earlier id to id, of records that the audience sees and whose settings show their aliases."""

    assets: frozenset[str] = frozenset()
    """POSIX paths of the images and downloads that its texts show or link to."""

    sources: Mapping[str, tuple[Kind, str] | None] = field(default_factory=dict)
    """Source file to the record in it that the audience sees; None for a hand-written page."""
