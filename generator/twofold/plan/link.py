"""From documents to a plan: ids, references, backlinks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from twofold.loading.diagnose import near
from twofold.model import FOLDERS, Kind, Metric, Record, Release, Summary
from twofold.plan.cycles import cycles
from twofold.plan.index import Index
from twofold.plan.plan import Backlink, Name, Origin, Plan
from twofold.plan.rules import DEPENDENCY_CYCLE, DUPLICATE_ID, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twofold.diagnostics import Diagnostic
    from twofold.loading.pages import WrittenPage
    from twofold.loading.records import Document
    from twofold.model.record import References
    from twofold.model.settings import Settings

_KIND_OF_FOLDER = {
    "personas": Kind.PERSONA,
    "feedback": Kind.FINDING,
    "objectives": Kind.OBJECTIVE,
    "roadmap": Kind.ITEM,
    "releases": Kind.RELEASE,
    "metrics": Kind.METRIC,
}
_LISTED_ID = re.compile(r"""^[ \t]*(?:-[ \t]+)?\{?[ \t]*id:[ \t]*["']?([^\s"',}]+)""", re.MULTILINE)
_HINTS = 50
"""How many unknown ids get a near-miss hint in one run; looking for one costs time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A record file that could not be used: what it names or holds is not reported again."""

    source: str
    """POSIX path relative to the content folder."""

    text: str | None
    """Its text, where it could at least be decoded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A plan, and what is wrong between its records."""

    plan: Plan
    problems: tuple[Diagnostic, ...]

    dropped: frozenset[str] = frozenset()
    """Files, relative to the content folder, of records that another record of the same id keeps out."""


@dataclass(slots=True)
class _Register:
    """What is gathered while documents are walked."""

    records: dict[Kind, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    aliases: dict[Kind, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    origins: dict[Name, Origin] = field(default_factory=dict)
    summaries: dict[str, Document] = field(default_factory=dict)
    summary_of: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)


def link(
    documents: Iterable[Document],
    *,
    settings: Settings,
    name: str,
    pages: Mapping[str, WrittenPage],
    broken: Iterable[Broken] = (),
    assets: frozenset[str] = frozenset(),
) -> Linked:
    """Index the records, resolve every reference, and compute the backlinks."""
    register = _Register()
    # The first in the order of paths keeps the id, whatever order the files were read in.
    for document in sorted(documents, key=lambda document: document.path):
        _enter(register, document)
    _enter_aliases(register)
    indexes = {kind: Index(register.records[kind], register.aliases[kind]) for kind in Kind}
    missing = _missing(broken)
    backlinks, problems = _resolve(register, indexes, missing)
    plan = Plan(
        settings=settings,
        name=name,
        personas=indexes[Kind.PERSONA],  # type: ignore[arg-type] # each index holds its own kind, by _enter
        findings=indexes[Kind.FINDING],  # type: ignore[arg-type] # as above
        objectives=indexes[Kind.OBJECTIVE],  # type: ignore[arg-type] # as above
        items=indexes[Kind.ITEM],  # type: ignore[arg-type] # as above
        releases=indexes[Kind.RELEASE],  # type: ignore[arg-type] # as above
        metrics=indexes[Kind.METRIC],  # type: ignore[arg-type] # as above
        summaries=MappingProxyType(_summaries(register.summaries)),
        documents=MappingProxyType({id: register.summaries[id] for id in sorted(register.summaries)}),
        summary_of=MappingProxyType(register.summary_of),  # type: ignore[arg-type] # ids are texts
        pages=MappingProxyType({key: pages[key] for key in sorted(pages)}),
        origins=MappingProxyType(register.origins),
        backlinks=MappingProxyType(backlinks),
        assets=assets,
    )
    return Linked(
        plan=plan,
        problems=(*register.problems, *problems, *_circles(plan)),
        dropped=frozenset(register.dropped),
    )


def _summaries(documents: Mapping[str, Document]) -> dict[str, Summary]:
    contents = ((id, documents[id].content) for id in sorted(documents))
    return {id: content for id, content in contents if isinstance(content, Summary)}


def _enter(register: _Register, document: Document) -> None:
    content = document.content
    if isinstance(content, Summary):
        if document.id in register.summaries:
            other = register.summaries[document.id].path
            register.problems.append(
                DUPLICATE_ID.at(document.span(), kind="feedback summary", id=document.id, other=other)
            )
            register.dropped.add(document.source)
            return
        register.summaries[document.id] = document
        for index, finding in enumerate(content.findings):
            if _enter_record(
                register,
                Kind.FINDING,
                finding.id,
                finding,
                Origin(document=document, location=("findings", index)),
            ):
                register.summary_of[finding.id] = document.id
    elif isinstance(content, tuple):
        for index, metric in enumerate(content):
            _enter_record(
                register, Kind.METRIC, metric.id, metric, Origin(document=document, location=(index,))
            )
    else:
        kind = _KIND_OF_FOLDER[document.source.partition("/")[0]]
        _enter_record(register, kind, document.id, content, Origin(document=document))


def _enter_record(register: _Register, kind: Kind, id: str, record: Record, origin: Origin) -> bool:
    first = register.origins.get((kind, id))
    if first is not None:
        span = origin.span(("id",)) if origin.location else origin.span()
        other = f"{first.document.path}:{first.span(('id',)).line}" if first.location else first.document.path
        register.problems.append(
            DUPLICATE_ID.at(span, hint="rename one of them", kind=kind, id=id, other=other)
        )
        register.dropped.add(origin.document.source)
        return False
    register.records[kind][id] = record
    register.origins[kind, id] = origin
    if isinstance(record, Release):
        _unique_notes(register, record, origin)
    return True


def _unique_notes(register: _Register, release: Release, origin: Origin) -> None:
    seen: dict[str, int] = {}
    for index, note in enumerate(release.notes):
        first = seen.setdefault(note.id, index)
        if first != index:
            line = origin.span(("notes", first, "id")).line
            span = origin.span(("notes", index, "id"))
            register.problems.append(
                DUPLICATE_ID.at(
                    span, hint="rename one of them", kind="note", id=note.id, other=f"line {line}"
                )
            )


def _enter_aliases(register: _Register) -> None:
    for (kind, id), origin in register.origins.items():
        for index, alias in enumerate(register.records[kind][id].aliases):
            taken = alias if alias in register.records[kind] else register.aliases[kind].get(alias)
            if taken is None:
                register.aliases[kind][alias] = id
            elif taken != id or alias in register.records[kind]:
                other = register.origins[kind, taken].document.path
                span = origin.span(("aliases", index))
                hint = "an earlier id can belong to one record only"
                register.problems.append(DUPLICATE_ID.at(span, hint=hint, kind=kind, id=alias, other=other))


def _missing(broken: Iterable[Broken]) -> dict[Kind, frozenset[str] | None]:
    """For each kind the ids that broken files hold; None where that cannot be known."""
    missing: dict[Kind, frozenset[str] | None] = {kind: frozenset() for kind in Kind}
    for file in broken:
        folder, _, rest = file.source.partition("/")
        kind = _KIND_OF_FOLDER[folder]
        known = missing[kind]
        if known is None:
            continue
        if FOLDERS[folder] in {Summary, Metric}:
            missing[kind] = None if file.text is None else known | set(_LISTED_ID.findall(file.text))
        else:
            missing[kind] = known | {rest.rpartition("/")[2].rpartition(".")[0]}
    return missing


def _resolve(
    register: _Register,
    indexes: Mapping[Kind, Index[str, Record]],
    missing: Mapping[Kind, frozenset[str] | None],
) -> tuple[dict[Name, tuple[Backlink, ...]], list[Diagnostic]]:
    found: defaultdict[Name, set[Backlink]] = defaultdict(set)
    problems: list[Diagnostic] = []
    canonical = {kind: index.canonical for kind, index in indexes.items()}
    for (kind, id), origin in register.origins.items():
        kept = origin.document.worked_out
        references: tuple[References, ...] | None = kept.get(origin.location)
        if references is None:
            references = kept[origin.location] = tuple(register.records[kind][id].references())
        for named in references:
            place, other, targets, _ = named
            known, link = canonical[other], Backlink(kind, id, place[0])  # type: ignore[arg-type] # a field
            for index, written in enumerate(targets):
                target = known(written)
                if target is not None:
                    found[other, target].add(link)
                    continue
                unread = missing[other]
                if unread is None or written in unread:
                    continue
                near_by = _candidates(written, indexes[other] if len(problems) < _HINTS else ())
                meant = near(written, near_by)
                hint = f"did you mean `{meant}`?" if meant else None
                span = origin.span(named.location(index))
                problems.append(UNKNOWN[other].at(span, hint=hint, target=written))
    return {name: tuple(sorted(links)) for name, links in found.items()}, problems


def _candidates(target: str, known: Iterable[str]) -> list[str]:
    """Ids that can be near: of like length, and alike at one of their ends."""
    return [
        id
        for id in known
        if abs(len(id) - len(target)) <= 4 and (id[:2] == target[:2] or id[-3:] == target[-3:])
    ]


def _circles(plan: Plan) -> Iterator[Diagnostic]:
    items = {id: _canonical(plan.items, item.depends_on) for id, item in plan.items.items()}
    parents = {
        id: _canonical(plan.objectives, (one.parent,) if one.parent else ())
        for id, one in plan.objectives.items()
    }
    for kind, field_name, graph in (
        (Kind.ITEM, "depends_on", items),
        (Kind.OBJECTIVE, "parent", parents),
    ):
        for circle in cycles(graph):  # type: ignore[arg-type] # ids are texts
            span = plan.origins[kind, circle[0]].span((field_name,))
            way = " → ".join(f"`{id}`" for id in (*circle, circle[0]))
            hint = "take out the link that is the least true"
            yield DEPENDENCY_CYCLE.at(span, hint=hint, what=f"{kind}s", cycle=way)


def _canonical(index: Index[Any, Any], ids: Iterable[str]) -> tuple[str, ...]:
    found = (index.canonical(id) for id in ids)
    return tuple(id for id in found if id is not None)
