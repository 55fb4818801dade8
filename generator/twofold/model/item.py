"""Roadmap items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from twofold.model.fields import (
    Day,
    EffortField,
    FindingId,
    ItemId,
    MetricId,
    Number,
    ObjectiveId,
    PersonaId,
    ReleaseId,
    Share,
    Text,
    addable,
    error,
    never,
    public,
)
from twofold.model.period import MomentField, ReleaseDate
from twofold.model.record import Kind, Narrated, References, Strict, as_mapping, listed


class Status(StrEnum):
    """Where an item stands."""

    IDEA = "idea"
    PLANNED = "planned"
    IN_PROGRESS = "in-progress"
    RELEASED = "released"
    DECLINED = "declined"


OPEN = frozenset({Status.IDEA, Status.PLANNED, Status.IN_PROGRESS})
"""Neither released nor declined."""

COMMITTED = frozenset({Status.PLANNED, Status.IN_PROGRESS})
"""What somebody has been told to expect."""


class Horizon(StrEnum):
    """How soon."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"


class Driver(StrEnum):
    """Why an item is on the roadmap."""

    NEED = "need"
    OBLIGATION = "obligation"
    ENABLER = "enabler"


class Change(StrEnum):
    """What kind of change it is, after Keep a Changelog."""

    ADDED = "added"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    REMOVED = "removed"
    FIXED = "fixed"
    SECURITY = "security"


class Evidence(Strict):
    """A finding that an item answers, wholly or in part."""

    finding: Annotated[FindingId, addable("network-drops")]
    """The finding."""

    fit: Annotated[Share, never(0.5)] = 1.0
    """How much of it the item answers, 0 to 1; default 1."""


class Item(Narrated):
    """A roadmap item: `roadmap/offline-charting.md`."""

    title: Annotated[Text, public("Offline charting")]
    """What the item is called."""

    status: Annotated[Status, public("in-progress")]
    """`idea`, `planned`, `in-progress`, `released` or `declined`."""

    horizon: Annotated[Horizon | None, Field(validate_default=True), public("now")] = None
    """`now`, `next` or `later`. A planned item needs it, one in progress is `now`, an idea may have it."""

    objectives: Annotated[tuple[ObjectiveId, ...], public(["every-shift-charted"])] = ()
    """The objectives it serves; the first counts for the balance."""

    target: Annotated[MomentField | None, addable("2026-Q4")] = None
    """When it is to be done: a period, due at its last day, or `{release: ID}`."""

    evidence: Annotated[
        tuple[Annotated[Evidence, BeforeValidator(as_mapping("finding"))], ...],
        addable(["network-drops", {"finding": "late-handover", "fit": 0.5}]),
    ] = ()
    """The findings that it answers: ids, or `{finding, fit}` for a partial answer."""

    personas: Annotated[tuple[PersonaId, ...], addable(["night-doctor"])] = ()
    """Personas served beyond those that the evidence names."""

    driver: Annotated[Driver, never("need")] = Driver.NEED
    """`need`, `obligation` (a law, a contract) or `enabler` (of other items); these two need no evidence."""

    effort: Annotated[EffortField | None, never("M")] = None
    """Person-weeks above 0, or one of the settings' `sizes:`."""

    confidence: Annotated[Share | None, never(0.8)] = None
    """How sure the team is of value and effort, 0 to 1; where it is left out 1 is assumed, and shown so."""

    inputs: Annotated[Mapping[str, Number], never({"reach": 1200})] = Field(default_factory=dict)
    """What the chosen scoring model asks for, name to number."""

    depends_on: Annotated[tuple[ItemId, ...], addable(["local-store"])] = ()
    """Items that must be done before this one."""

    related: Annotated[tuple[ItemId, ...], addable(["faster-login"])] = ()
    """Items that a reader of this one may want to see."""

    change: Annotated[Change | None, public("added")] = None
    """`added`, `changed`, `deprecated`, `removed`, `fixed` or `security`."""

    release: Annotated[ReleaseId | None, public("2026.4")] = None
    """The release in which it is, or will be, generally available."""

    released: Annotated[Day | None, public("2026-11-10")] = None
    """The day of release, for teams without releases. ISO date."""

    availability: Annotated[Text | None, public("All plans; tablets first")] = None
    """For whom it is available: plan, region, roll-out."""

    action: Annotated[Text | None, public("Update the app to version 8 before 1 December.")] = None
    """What the reader must do."""

    ends: Annotated[MomentField | None, public("2027-03-31")] = None
    """When a deprecated thing stops working: a date or `{release: ID}`."""

    metrics: Annotated[tuple[MetricId, ...], addable(["charting-overtime"])] = ()
    """The metrics that it is meant to move."""

    reason: Annotated[Text | None, never("Two hospitals asked, neither would use it weekly.")] = None
    """Why it was declined; required then. Readers are told what the narratives say."""

    superseded_by: Annotated[tuple[ItemId, ...], public(["offline-charting"])] = ()
    """The items that take its place."""

    @field_validator("horizon")
    @classmethod
    def _horizon_fits_status(cls, horizon: Horizon | None, info: ValidationInfo) -> Horizon | None:
        match info.data.get("status"):
            case Status.PLANNED if horizon is None:
                raise error(
                    "TF102", "a planned item needs a `horizon`", hint="add `horizon: now`, `next` or `later`"
                )
            case Status.IN_PROGRESS if horizon not in {None, Horizon.NOW}:
                raise error(
                    "TF104", f"an item in progress is `now`, not `{horizon}`", hint="write `horizon: now`"
                )
            case Status.IN_PROGRESS:
                return Horizon.NOW
        return horizon

    def references(self) -> Iterator[References]:  # noqa: C901 - a line a field
        """All that names other records."""
        # A plan has thousands of items, most with few of these.
        if self.objectives:
            yield listed("objectives", Kind.OBJECTIVE, self.objectives)
        if isinstance(self.target, ReleaseDate):
            yield References(("target", "release"), Kind.RELEASE, (self.target.release,))
        if self.evidence:
            findings = [answer.finding for answer in self.evidence]
            yield References(("evidence",), Kind.FINDING, findings, ("finding",))
        if self.personas:
            yield listed("personas", Kind.PERSONA, self.personas)
        if self.depends_on:
            yield listed("depends_on", Kind.ITEM, self.depends_on)
        if self.related:
            yield listed("related", Kind.ITEM, self.related)
        if self.release:
            yield References(("release",), Kind.RELEASE, (self.release,))
        if isinstance(self.ends, ReleaseDate):
            yield References(("ends", "release"), Kind.RELEASE, (self.ends.release,))
        if self.metrics:
            yield listed("metrics", Kind.METRIC, self.metrics)
        if self.superseded_by:
            yield listed("superseded_by", Kind.ITEM, self.superseded_by)
