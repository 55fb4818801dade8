"""How each kind of record is projected: field by field, into the types that are published."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from twofold.audience.additions import additions
from twofold.audience.published import (
    AudiencePlan,
    Ends,
    Narrative,
    PublishedFinding,
    PublishedItem,
    PublishedLink,
    PublishedMetric,
    PublishedNote,
    PublishedObjective,
    PublishedPage,
    PublishedPersona,
    PublishedQuote,
    PublishedRelease,
    PublishedValue,
)
from twofold.audience.visibility import reads
from twofold.model import (
    FindingId,
    Item,
    ItemId,
    Kind,
    MetricId,
    Objective,
    ObjectiveId,
    Persona,
    PersonaId,
    Release,
    ReleaseDate,
    ReleaseId,
    Status,
)
from twofold.plan.destinations import destination
from twofold.plan.texts import texts
from twofold.prose.links import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from twofold.audience.published import Addition, PublishedRecord
    from twofold.audience.readers import Reader
    from twofold.audience.visibility import Visible
    from twofold.model import Finding, Metric, Moment, Record, ReleaseNote
    from twofold.model.record import Narrated
    from twofold.plan import Plan

    Published = TypeVar("Published", bound=PublishedRecord)

_KINDS: dict[type[Narrated], Kind] = {
    Persona: Kind.PERSONA,
    Objective: Kind.OBJECTIVE,
    Item: Kind.ITEM,
    Release: Kind.RELEASE,
}
_NONE: Mapping[str, Addition] = MappingProxyType({})


class Projection:
    """One plan and one reader.

    `visible` are the records that the reader sees, `shown` the fields (`item.target`) that are added to what
    everybody may read. What to leave out is decided here and nowhere else; who may read everything
    (`twofold.export.whole`) says in a class of its own what that adds.
    """

    def __init__(self, plan: Plan, reader: Reader, *, visible: Visible, shown: Sequence[str]) -> None:
        self.plan = plan
        self.reader = reader
        self.visible = visible
        self.shown = shown
        self._known: Mapping[Kind, Mapping[int, Any]] = {}

    def like(self, other: Projection, made: AudiencePlan) -> Projection:
        """This one, which takes over what the projection of another revision has made of the same records."""
        same = (self.reader, self.visible, self.shown) == (other.reader, other.visible, other.shown)
        if same and all(self.plan.of(kind).aliases == other.plan.of(kind).aliases for kind in Kind):
            published: dict[Kind, Mapping[Any, Any]] = {
                Kind.ITEM: made.items,
                Kind.OBJECTIVE: made.objectives,
                Kind.RELEASE: made.releases,
                Kind.PERSONA: made.personas,
                Kind.FINDING: made.findings,
                Kind.METRIC: made.metrics,
            }
            self._known = {
                kind: {
                    id(other.plan.of(kind)[name]): record
                    for name, record in records.items()
                    if self._stands_alike(other, kind, name)
                }
                for kind, records in published.items()
            }
        return self

    def _stands_alike(self, other: Projection, kind: Kind, name: str) -> bool:
        """Whether a record stands in the same file: links in its texts begin there."""
        origin = self.plan.origins.get((kind, name))
        return origin is not None and origin.document.source == other.plan.origins[kind, name].document.source

    def plan_of_audience(self) -> AudiencePlan:
        """All that the reader may read."""
        plan, settings = self.plan, self.plan.settings
        own = settings.audiences.get(self.reader.name)
        items = self.all(Kind.ITEM, self.item)
        unreleased = any(item.status is not Status.RELEASED for item in items.values())
        pages = {
            source: self.page(source)
            for source, page in plan.pages.items()
            if self.reader.reads(page.matter.publish)
        }
        return AudiencePlan(
            audience=self.reader.name,
            labels=self.reader.labels,
            product=plan.name,
            title=(own.title if own else None) or plan.name,
            description=own.description if own else None,
            site_url=own.site_url if own else None,
            safe_harbour=settings.safe_harbour if unreleased else "",
            items=items,
            objectives=self.all(Kind.OBJECTIVE, self.objective),
            releases=self.all(Kind.RELEASE, self.release),
            personas=self.all(Kind.PERSONA, self.persona),
            findings=self.all(Kind.FINDING, self.finding),
            metrics=self.all(Kind.METRIC, self.metric),
            pages=MappingProxyType(pages),
            aliases=self.aliases(),
            assets=frozenset(self.assets()),
            sources=MappingProxyType({**self.sources(), **dict.fromkeys(pages)}),
        )

    def ids(self, kind: Kind) -> list[str]:
        """The records of a kind that the reader sees, in the plan's order."""
        return [id for id in self.plan.of(kind) if id in self.visible[kind]]

    def all(self, kind: Kind, published: Callable[[Any], Published]) -> Mapping[Any, Published]:
        """Those records as they are published."""
        index, known = self.plan.of(kind), self._known.get(kind, {})
        return MappingProxyType(
            {name: known.get(id(index[name])) or published(index[name]) for name in self.ids(kind)}
        )

    def item(self, item: Item) -> PublishedItem:
        """An item; which findings it answers is told, but not how well."""
        answered = dict.fromkeys(self.seen(Kind.FINDING, (answer.finding for answer in item.evidence)))
        return PublishedItem(
            id=ItemId(item.id),
            title=self.title(item),
            status=item.status,
            horizon=item.horizon,
            objectives=tuple(ObjectiveId(id) for id in self.seen(Kind.OBJECTIVE, item.objectives)),
            change=item.change,
            release=self.release_id(item.release),
            released=item.released,
            availability=item.availability,
            action=item.action,
            ends=self.ends(item.ends),
            superseded_by=tuple(ItemId(id) for id in self.seen(Kind.ITEM, item.superseded_by)),
            answers=tuple(FindingId(id) for id in answered),
            narratives=self.narratives(item),
            links=self.links(item),
            additions=self.additions(Kind.ITEM, item),
        )

    def objective(self, objective: Objective) -> PublishedObjective:
        """An objective."""
        return PublishedObjective(
            id=ObjectiveId(objective.id),
            title=self.title(objective),
            period=objective.period,
            narratives=self.narratives(objective),
            links=self.links(objective),
            additions=self.additions(Kind.OBJECTIVE, objective),
        )

    def release(self, release: Release) -> PublishedRelease:
        """A release with the notes that the reader sees."""
        return PublishedRelease(
            id=ReleaseId(release.id),
            version=release.version,
            date=release.date,
            title=self.label_title(release) or release.title,
            notes=tuple(
                note for note in (self.note(release, note) for note in release.notes) if note is not None
            ),
            narratives=self.narratives(release),
            links=self.links(release),
            additions=self.additions(Kind.RELEASE, release),
        )

    def note(self, release: Release, note: ReleaseNote) -> PublishedNote | None:
        """A note: if the reader has a text of it, and sees the item that it names."""
        texts = tuple(
            (label, note.texts[label]) for label in self.reader.common(release.publish) if label in note.texts
        )
        item = None if note.item is None else next(self.seen(Kind.ITEM, (note.item,)), None)
        if not texts or (note.item is not None and item is None):
            return None
        return PublishedNote(
            id=note.id,
            change=note.change,
            item=None if item is None else ItemId(item),
            stage=note.stage,
            texts=texts,
            availability=note.availability,
            action=note.action,
            ends=self.ends(note.ends),
        )

    def persona(self, persona: Persona) -> PublishedPersona:
        """A persona: nothing of how much weight it has."""
        return PublishedPersona(
            id=PersonaId(persona.id),
            name=self.title(persona),
            role=persona.role,
            narratives=self.narratives(persona),
            links=self.links(persona),
            additions=self.additions(Kind.PERSONA, persona),
        )

    def finding(self, finding: Finding) -> PublishedFinding:
        """A finding by the title that it has for the reader; its summary is the team's."""
        quotes = (quote for quote in finding.quotes if self.reader.reads(quote.publish))
        return PublishedFinding(
            id=FindingId(finding.id),
            title=self.label_title(finding) or "",
            quotes=tuple(PublishedQuote(text=quote.text, attribution=quote.attribution) for quote in quotes),
            links=self.links(finding),
            additions=self.additions(Kind.FINDING, finding),
        )

    def metric(self, metric: Metric) -> PublishedMetric:
        """A metric; its target is an addition."""
        source = self.plan.origins[Kind.METRIC, metric.id].document.source
        about = metric.description.strip()
        label = self.reader.common(metric.publish)[0]
        baseline = metric.baseline
        return PublishedMetric(
            id=MetricId(metric.id),
            title=self.title(metric),
            description=Narrative(label=label, text=about, source=source) if about else None,
            unit=metric.unit,
            direction=metric.direction,
            baseline=PublishedValue(date=baseline.date, value=baseline.value) if baseline else None,
            observations=tuple(PublishedValue(date=seen.date, value=seen.value) for seen in metric.by_date()),
            links=self.links(metric),
            additions=self.additions(Kind.METRIC, metric),
        )

    def page(self, source: str) -> PublishedPage:
        """A hand-written page."""
        page = self.plan.pages[source]
        label = self.reader.common(page.matter.publish)[0]
        return PublishedPage(
            source=source,
            address=page.address,
            title=page.title,
            description=page.matter.description,
            body=Narrative(label=label, text=page.body, source=source),
            hide=frozenset(page.matter.hide),
            searchable=not page.matter.search.exclude,
            boost=page.matter.search.boost,
        )

    def title(self, record: Record) -> str:
        """A record's title for the reader."""
        own: str = record.title  # type: ignore[attr-defined] # every kind but a release must have one
        return self.label_title(record) or own

    def label_title(self, record: Record) -> str | None:
        """The title for the first label that has one, of those under which the record is published."""
        return next(
            (record.titles[label] for label in self.reader.common(record.publish) if label in record.titles),
            None,
        )

    def narratives(self, record: Narrated) -> tuple[Narrative, ...]:
        """The texts for those labels that the audience reads and under which the record is published."""
        source = self.plan.origins[_kind_of(record), record.id].document.source
        return tuple(
            Narrative(label=label, text=record.sections[label].strip(), source=source)
            for label in self.reader.common(record.publish)
            if record.sections.get(label, "").strip()
        )

    def links(self, record: Record) -> tuple[PublishedLink, ...]:
        """The links that are published for themselves."""
        return tuple(
            PublishedLink(title=link.title, url=link.url)
            for link in record.links
            if self.reader.reads(link.publish)
        )

    def additions(self, kind: Kind, record: Record) -> Mapping[str, Addition]:
        """The fields that are shown beyond what everybody may read."""
        fields = [name.partition(".")[2] for name in self.shown if name.partition(".")[0] == kind.value]
        return MappingProxyType(additions(kind, record, fields, self.seen)) if fields else _NONE

    def seen(self, kind: Kind, ids: Iterable[str]) -> Iterator[str]:
        """Of the ids that a record names, the present ids of those records that the audience sees."""
        index = self.plan.of(kind)
        for id in ids:
            present = index.canonical(id)
            if present is not None and present in self.visible[kind]:
                yield present

    def release_id(self, release: str | None) -> ReleaseId | None:
        """A release that a record names, if the reader sees it."""
        return (
            None
            if release is None
            else next((ReleaseId(id) for id in self.seen(Kind.RELEASE, (release,))), None)
        )

    def ends(self, ends: Moment | None) -> Ends | None:
        """When something stops: not at all, where a hidden release would tell."""
        if ends is None:
            return None
        if isinstance(ends, ReleaseDate):
            release = self.release_id(ends.release)
            return None if release is None else Ends(release=release)
        return Ends(period=ends)

    def aliases(self) -> Mapping[tuple[Kind, str], str]:
        """Earlier ids can be code names: they redirect only where `show:` adds them."""
        return MappingProxyType(
            {
                (kind, alias): id
                for kind in Kind
                if f"{kind.value}.aliases" in self.shown
                for alias, id in sorted(self.plan.of(kind).aliases.items())
                if id in self.visible[kind]
            }
        )

    def assets(self) -> Iterator[str]:
        """The files that the audience's texts show or link to: what hidden pages show is hidden."""
        if not self.plan.assets:
            return
        for text in texts(self.plan):
            if reads(self.reader, self.visible, text, self.plan):
                for link in extract(text.text):
                    goal = destination(link.url, source=text.source).source
                    if goal in self.plan.assets:
                        yield goal

    def sources(self) -> dict[str, tuple[Kind, str]]:
        """The file of each visible record, with `#id` behind it for those that stand in a list."""
        found: dict[str, tuple[Kind, str]] = {}
        for (kind, id), origin in self.plan.origins.items():
            if id in self.visible[kind]:
                source = origin.document.source
                found[f"{source}#{id}" if origin.location else source] = (kind, id)
        return found


def _kind_of(record: Narrated) -> Kind:
    return _KINDS[type(record)]
