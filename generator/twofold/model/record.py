"""What every kind of record has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from twofold.model.fields import (
    Address,
    Day,
    Free,
    Id,
    Label,
    Labels,
    Product,
    Text,
    Texts,
    addable,
    labelled,
    never,
    public,
)


class Kind(StrEnum):
    """The kinds of records."""

    PERSONA = "persona"
    FINDING = "finding"
    OBJECTIVE = "objective"
    ITEM = "item"
    RELEASE = "release"
    METRIC = "metric"


class Side(StrEnum):
    """Who decides and pays, or who works with the product every day."""

    CUSTOMER = "customer"
    USER = "user"
    BOTH = "both"


Location = tuple[str | int, ...]
"""Where in a record: keys and indexes from its top."""


class References(NamedTuple):
    """What one place of a record names: a list of ids, or one.

    A tuple for all of them, since a plan has tens of thousands and an object for each takes longer than
    looking it up.
    """

    place: Location
    """Of the list, or of the one id; its first key is the field."""

    kind: Kind
    targets: Sequence[str]
    within: Location | None = None
    """Where in an entry of the list the id stands; None for one id."""

    def location(self, index: int) -> Location:
        """Where one of the targets stands."""
        return self.place if self.within is None else (*self.place, index, *self.within)


class Strict(BaseModel):
    """A frozen model that refuses fields that it does not know."""

    # Built when the first of a kind is validated: after an edit, most kinds come from what was kept.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Link(Strict):
    """A link to a page elsewhere."""

    title: Annotated[Text, labelled("Design study")]
    """What the link is called."""

    url: Annotated[Address, labelled("https://example.org/study")]
    """Where it leads: `https://`, `http://` or `mailto:`."""

    publish: Annotated[Labels, labelled(["customer"])] = ()
    """The labels under which the link may leave the internal portal; default none."""


class Origin(Strict):
    """Where a record was imported from."""

    system: Annotated[Text, addable("jira")]
    """The name of the other system."""

    id: Annotated[Text, addable("WARD-118")]
    """The record's identity over there."""

    url: Annotated[Address | None, addable("https://tracker.example.org/WARD-118")] = None
    """Its address over there."""


class Record(Strict):
    """The fields on every kind."""

    publish: Annotated[Labels, labelled(["customer", "user"])] = ()
    """The labels under which the record may leave the internal portal; default none."""

    titles: Annotated[
        Mapping[Label, Text], labelled({"customer": "Charting that survives a network failure"})
    ] = Field(default_factory=dict)
    """Titles per label. For that label it stands in place of `title` or `name`, which is then not shown."""

    owners: Annotated[Texts, never(["Dana (product)"])] = ()
    """Who looks after the record."""

    review_by: Annotated[Day | None, addable("2027-03-31")] = None
    """The day by which somebody should read it again. ISO date."""

    links: Annotated[
        tuple[Link, ...], labelled([{"title": "Design study", "url": "https://example.org/study"}])
    ] = ()
    """Pages elsewhere; each carries its own `publish`."""

    tags: Annotated[Texts, addable(["mobile"])] = ()
    """Free words for filtering."""

    source: Annotated[Origin | None, addable({"system": "jira", "id": "WARD-118"})] = None
    """Where the record was imported from."""

    aliases: Annotated[tuple[Id, ...], addable(["offline-mode"])] = ()
    """Earlier ids. References to them still resolve, and their addresses redirect."""

    x: Annotated[Free, never({"cost-centre": 4711})] = Field(default_factory=dict)
    """A free mapping for your own tools. Twofold never reads it and never publishes it."""

    product: Annotated[Product | None, addable("bedside")] = None
    """Which of the settings' `products:` it belongs to, where a plan covers several."""

    def references(self) -> Iterator[References]:
        """All that names other records, in the order of the fields."""
        yield from ()


class Narrated(Record):
    """A record with a file and texts: its Markdown body, or `description` and `sections` in YAML."""

    id: Annotated[Text, public("offline-charting")]
    """The file's name without its ending. It is not written as a field."""

    description: Annotated[str, never("What the team should know.")] = ""
    """The internal description: in Markdown, the text before the first section of a label."""

    sections: Annotated[Mapping[Label, str], labelled({"user": "You can now chart without a network."})] = (
        Field(default_factory=dict)
    )
    """The narratives: label to Markdown text. In a Markdown record these are its second-level sections."""


def listed(field: str, kind: Kind, targets: Sequence[str]) -> References:
    """A field that holds a list of ids."""
    return References((field,), kind, targets, ())


def as_mapping(key: str) -> Any:
    """A before-validator: a lone text stands for a mapping with only `key`."""

    def expand(value: object) -> object:
        return {key: value} if isinstance(value, str) else value

    return expand
