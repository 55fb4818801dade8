"""Releases and their notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, model_validator

from twofold.model.fields import Id, ItemId, Label, Text, Vocabulary, labelled, public
from twofold.model.item import Change
from twofold.model.period import MomentField, PeriodField, ReleaseDate
from twofold.model.record import Kind, Narrated, References, Strict


class Stage(StrEnum):
    """How far a thing has been let out."""

    PILOT = "pilot"
    BETA = "beta"
    GENERAL = "general"


class ReleaseNote(Strict):
    """What is too small for an item, comes in steps, or is told to one side only."""

    id: Annotated[Id, public("faster-search")]
    """Unique within its release."""

    change: Annotated[Change | None, public("fixed")] = None
    """`added`, `changed`, `deprecated`, `removed`, `fixed` or `security`."""

    item: Annotated[ItemId | None, public("offline-charting")] = None
    """The item that it is a step of."""

    stage: Annotated[Stage | None, public("beta")] = None
    """`pilot`, `beta` or `general`."""

    texts: Annotated[Mapping[Label, Text], labelled({"user": "Search finds a patient by room."})] = Field(
        default_factory=dict
    )
    """What each label is told, written beside the other fields: `customer:`, `user:`, `internal:`."""

    availability: Annotated[Text | None, public("Hospitals with single sign-on")] = None
    """For whom it is available: plan, region, roll-out."""

    action: Annotated[Text | None, public("Ask your administrator to switch it on.")] = None
    """What the reader must do."""

    ends: Annotated[MomentField | None, public("2027-03-31")] = None
    """When a deprecated thing stops working: a date or `{release: ID}`."""

    @model_validator(mode="before")
    @classmethod
    def _gather_texts(cls, data: Any, info: ValidationInfo) -> Any:
        # A label's text is written as a field of its own; `texts` itself cannot be written.
        if not isinstance(data, dict):
            return data
        labels = info.context.labels if isinstance(info.context, Vocabulary) else Vocabulary().labels
        written = {key: value for key, value in data.items() if key not in labels}
        if "texts" in written:
            written["texts "] = written.pop("texts")  # an unknown field, refused as any other
        return {
            **written,
            "texts": {key: data[key] for key in data if key in labels and data[key] is not None},
        }


class Release(Narrated):
    """A release: `releases/2026.3.md`."""

    version: Annotated[Text, public("2026.3")]
    """What the release is called in the product."""

    date: Annotated[PeriodField, public("2026-09-29")]
    """When it is out: a day, or a period where the day is not yet known."""

    title: Annotated[Text | None, public("Handover in half the time")] = None
    """What it is about, in a line."""

    notes: Annotated[
        tuple[ReleaseNote, ...], labelled([{"id": "faster-search", "change": "fixed", "user": "..."}])
    ] = ()
    """Entries beside the items that name the release."""

    def references(self) -> Iterator[References]:
        """The items and releases that the notes name."""
        for index, note in enumerate(self.notes):
            if note.item is not None:
                yield References(("notes", index, "item"), Kind.ITEM, (note.item,))
            if isinstance(note.ends, ReleaseDate):
                place = ("notes", index, "ends", "release")
                yield References(place, Kind.RELEASE, (note.ends.release,))
