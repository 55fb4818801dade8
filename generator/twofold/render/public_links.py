"""Where a link in published prose leads: only to what the audience sees."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from twofold.model import Kind
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.plan.destinations import destination, section_anchor
from twofold.prose.anchors import headings
from twofold.prose.links import Kind as LinkKind
from twofold.prose.links import extract
from twofold.render.links import Leads
from twofold.source.markdown import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from twofold.audience.published import AudiencePlan, Narrative, PublishedRecord
    from twofold.views.public.shelf import Shelf

LISTS = {Kind.FINDING: addresses.FEEDBACK, Kind.METRIC: addresses.METRICS}
"""Kinds whose records stand in lists, and where a link to a whole list leads."""


class PublicTargets:
    """What the links of published texts lead to."""

    def __init__(self, books: Shelf, *, downloads: Sequence[str]) -> None:
        plan = books.plan
        self._books = books
        self._assets = plan.assets
        self._downloads = tuple(downloads)
        self._images = frozenset(_images(plan))
        self._pages = {page.source: page for page in plan.pages.values()}
        self._lists = {
            source.partition("#")[0]: LISTS[record[0]]
            for source, record in plan.sources.items()
            if record is not None and record[0] in LISTS
        }
        self._anchors: Callable[[str], Mapping[str, str]] = lru_cache(maxsize=None)(self._find_anchors)

    def find(self, link: str, *, source: str) -> Leads | None:
        """Where a relative link in the file `source` leads; None where nowhere that the audience sees."""
        goal = destination(link, source=source)
        if goal.source in self._assets:
            # A link to a picture must not bring along what no page shows.
            if goal.source not in self._images and not self._is_download(goal.source):
                return None
            return Leads(ref=Ref(title=goal.source, address=goal.source), is_file=True)
        ref = self._page(goal.source, goal.fragment)
        return None if ref is None else Leads(ref=ref, is_file=False)

    def _page(self, source: str, fragment: str) -> Ref | None:
        page = self._pages.get(source)
        if page is not None:
            anchor = self._anchors(source).get(fragment) if fragment else None
            return Ref(title=page.title, address=page.address, anchor=anchor)
        sources = self._books.plan.sources
        record = sources.get(f"{source}#{fragment}") if fragment else None
        if record is not None:
            return self._books.named(*record).ref
        record = sources.get(source)
        if record is not None:
            ref = self._books.named(*record).ref
            if ref is None or not fragment:
                return ref
            return Ref(title=ref.title, address=ref.address, anchor=self._anchors(source).get(fragment))
        if source in self._lists and not fragment:
            return Ref(title="", address=self._lists[source])
        return None

    def _is_download(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in self._downloads)

    def _find_anchors(self, source: str) -> Mapping[str, str]:
        """The fragments that a link to a file may have, and their names in the portal."""
        page = self._pages.get(source)
        if page is not None:
            return {heading.id: heading.id for _, heading in headings(parse(page.body.text)[0])}
        record = self._books.plan.sources.get(source)
        narratives = () if record is None else _record(self._books.plan, *record).narratives
        found: dict[str, str] = {}
        for one in narratives:
            if len(narratives) > 1:
                found[section_anchor(one.label)] = section_anchor(one.label)
            for _, heading in headings(parse(one.text)[0]):
                found.setdefault(heading.id, f"{one.label}-{heading.id}")
        return found


def _record(plan: AudiencePlan, kind: Kind, id: str) -> PublishedRecord:
    records: dict[Kind, Mapping[str, PublishedRecord]] = {
        Kind.ITEM: plan.items,  # type: ignore[dict-item] # its own type of id
        Kind.RELEASE: plan.releases,  # type: ignore[dict-item] # its own type of id
        Kind.OBJECTIVE: plan.objectives,  # type: ignore[dict-item] # its own type of id
        Kind.PERSONA: plan.personas,  # type: ignore[dict-item] # its own type of id
        Kind.FINDING: plan.findings,  # type: ignore[dict-item] # its own type of id
        Kind.METRIC: plan.metrics,  # type: ignore[dict-item] # its own type of id
    }
    return records[kind][id]


def _images(plan: AudiencePlan) -> Iterator[str]:
    """The files that published texts show as images."""
    for text, source in _texts(plan):
        for link in extract(text):
            if link.kind is LinkKind.IMAGE:
                yield destination(link.url, source=source).source


def _texts(plan: AudiencePlan) -> Iterator[tuple[str, str]]:
    """Every published Markdown text, and the file that its links are relative to."""
    narratives: list[Narrative] = [page.body for page in plan.pages.values()]
    for records in (plan.items, plan.objectives, plan.releases, plan.personas):
        for record in records.values():
            narratives.extend(record.narratives)
    narratives.extend(metric.description for metric in plan.metrics.values() if metric.description)
    yield from ((one.text, one.source) for one in narratives)
    sources = {record: source for source, record in plan.sources.items() if record is not None}
    for release in plan.releases.values():
        source = sources.get((Kind.RELEASE, release.id), "")
        yield from ((text, source) for note in release.notes for _, text in note.texts)
