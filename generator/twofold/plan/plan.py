"""The plan: all records, linked. Immutable, and the same whatever the order of the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from twofold.model import (
    Finding,
    FindingId,
    Item,
    ItemId,
    Kind,
    Metric,
    MetricId,
    Objective,
    ObjectiveId,
    Persona,
    PersonaId,
    Record,
    Release,
    ReleaseId,
    Summary,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from twofold.diagnostics import Span
    from twofold.loading.pages import WrittenPage
    from twofold.loading.records import Document
    from twofold.model.record import Location
    from twofold.model.settings import Settings
    from twofold.plan.index import Index

Value = TypeVar("Value")

Name = tuple[Kind, str]
"""A record's kind and present id: unique in a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a record stands."""

    document: Document
    location: Location = ()
    """Where in the document: `("findings", 2)` for a finding, `(3,)` for a metric."""

    def span(self, location: Location = (), *, key: bool = False) -> Span:
        """The place of one of the record's values, or (with `key`) of its field's name."""
        return self.document.span((*self.location, *location), key=key)


class Backlink(NamedTuple):
    """One record that names another. Sorts by kind's name, id and field."""

    kind: Kind
    id: str
    field: str
    """The field in which it does: `depends_on`, `evidence`."""


class Memory:
    """What has been worked out of a plan. Mutable: it fills."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, work: Callable[[], Value]) -> Value:
        """Do a piece of work, or give what it came to before."""
        if key not in self._known:
            self._known[key] = work()
        found: Value = self._known[key]
        return found


# Two plans are the same only if they are one: each has a memory of its own.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """All records, linked."""

    settings: Settings
    name: str
    """What the plan is for: the settings' `product`, else the site's name."""

    personas: Index[PersonaId, Persona]
    findings: Index[FindingId, Finding]
    objectives: Index[ObjectiveId, Objective]
    items: Index[ItemId, Item]
    releases: Index[ReleaseId, Release]
    metrics: Index[MetricId, Metric]
    summaries: Mapping[str, Summary]
    """Feedback summaries by their file's name without its ending."""

    documents: Mapping[str, Document]
    """The documents of feedback summaries, by the same name: they are there without a finding, too."""

    summary_of: Mapping[FindingId, str]
    """Finding to the summary that it stands in."""

    pages: Mapping[str, WrittenPage]
    """Hand-written pages by their path in the content folder."""

    origins: Mapping[Name, Origin]
    backlinks: Mapping[Name, tuple[Backlink, ...]] = field(default_factory=dict)
    """For each record that others name: which, in a total order."""

    assets: frozenset[str] = frozenset()
    """POSIX paths of the content folder's other files."""

    memory: Memory = field(default_factory=Memory, repr=False)
    """What has been worked out of it, and is wanted again and again."""

    def of(self, kind: Kind) -> Index[str, Record]:
        """The records of a kind."""
        found: Index[str, Record] = getattr(self, _FIELDS[kind])
        return found

    def summary(self, finding: FindingId) -> Summary:
        """The summary that a finding stands in."""
        return self.summaries[self.summary_of[finding]]

    def asked(self, finding: FindingId, voice: Voice) -> int | None:
        """How many were asked, the summary's default applied; None where neither says it."""
        return voice.asked if voice.asked is not None else self.summary(finding).asked

    def naming(self, kind: Kind, target: str, *, by: Kind, field: str | None = None) -> tuple[str, ...]:
        """The ids of the records of one kind that name a record (in one field), each once, in order."""
        links = self.backlinks.get((kind, target), ())
        found = {link.id for link in links if link.kind is by and field in {None, link.field}}
        return tuple(sorted(found))


_FIELDS = {
    Kind.PERSONA: "personas",
    Kind.FINDING: "findings",
    Kind.OBJECTIVE: "objectives",
    Kind.ITEM: "items",
    Kind.RELEASE: "releases",
    Kind.METRIC: "metrics",
}
