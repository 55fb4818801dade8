"""Every Markdown text of a plan, with the place of each of its lines, and what its links may lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from twofold.model import Kind, Release, Summary
from twofold.model.record import Narrated
from twofold.plan.destinations import section_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.loading.records import Document
    from twofold.model.record import Location
    from twofold.plan.plan import Name, Plan

Place = Callable[[int], tuple[str, int]]
"""From a line of a text, from 1, to the path and line of its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText:
    """One Markdown text."""

    text: str
    source: str
    """POSIX path, relative to the content folder, of the file that its links are relative to."""

    at: Place
    record: Name | None = None
    """The record that it is part of; None for a page and for a feedback summary's description."""

    location: Location = ()
    """Where in the record: `("sections", "user")`, `("notes", 2, "user")`, `("description",)`."""


def texts(plan: Plan) -> Iterator[PlacedText]:
    """Every text that is read as Markdown, in the order of the files."""
    documents: dict[str, tuple[Kind, Document]] = {}
    for (kind, _), origin in plan.origins.items():
        documents.setdefault(origin.document.source, (kind, origin.document))
    for document in plan.documents.values():
        documents.setdefault(document.source, (Kind.FINDING, document))
    for source in sorted({*documents, *plan.pages}):
        if source in documents:
            kind, document = documents[source]
            found = document.worked_out.get(texts)
            if found is None:
                found = document.worked_out[texts] = tuple(_of_document(kind, document))
            yield from found
        else:
            page = plan.pages[source]
            yield PlacedText(text=page.body, source=source, at=partial(_shifted, page.path, page.body_line))


def anchors(plan: Plan, source: str) -> Mapping[str, str]:
    """The fragments that a link to a record's file or a page may have, and their names in the portal.

    They are those that work where the file is read as Markdown, and the ids in a list.
    """
    # The parser is loaded for the few links that have a fragment.
    from twofold.prose.anchors import headings  # noqa: PLC0415
    from twofold.source.markdown import parse  # noqa: PLC0415

    page = plan.pages.get(source)
    if page is not None:
        return {heading.id: heading.id for _, heading in headings(parse(page.body)[0])}
    documents = (*(origin.document for origin in plan.origins.values()), *plan.documents.values())
    document = next((one for one in documents if one.source == source), None)
    if document is None:
        return {}
    content = document.content
    if isinstance(content, Summary):
        return {finding.id: finding.id for finding in content.findings}
    if isinstance(content, tuple):
        return {metric.id: metric.id for metric in content}
    found: dict[str, str] = {}
    if isinstance(content, Narrated):
        for label, text in content.sections.items():
            found[section_anchor(label)] = section_anchor(label)
            for _, heading in headings(parse(text)[0]):
                found.setdefault(heading.id, f"{label}-{heading.id}")
    return found


def _of_document(kind: Kind, document: Document) -> Iterator[PlacedText]:
    content = document.content
    if isinstance(content, tuple):
        for index, metric in enumerate(content):
            yield from _field(
                document, ("description",), metric.description, (kind, metric.id), above=(index,)
            )
    elif isinstance(content, (Narrated, Summary)):
        record = (kind, document.id) if isinstance(content, Narrated) else None
        sections = content.sections if isinstance(content, Narrated) else {}
        if document.body is not None:
            for label, text in ((None, content.description), *sections.items()):
                if text:
                    yield PlacedText(
                        text=text,
                        source=document.source,
                        at=partial(_in_body, document, label),
                        record=record,
                        location=("description",) if label is None else ("sections", label),
                    )
        else:
            yield from _field(document, ("description",), content.description, record)
            for label, text in sections.items():
                yield from _field(document, ("sections", label), text, record)
        for index, note in enumerate(content.notes if isinstance(content, Release) else ()):
            for label, text in note.texts.items():
                yield from _field(document, ("notes", index, label), text, record)


def _field(
    document: Document, location: Location, text: str, record: Name | None, *, above: Location = ()
) -> Iterator[PlacedText]:
    if text:
        at = partial(_in_field, document, (*above, *location))
        yield PlacedText(text=text, source=document.source, at=at, record=record, location=location)


def _in_body(document: Document, label: str | None, line: int) -> tuple[str, int]:
    assert document.body is not None  # noqa: S101 - bound for Markdown records only
    return document.path, document.body.line(label, line)


def _in_field(document: Document, location: Location, line: int) -> tuple[str, int]:
    first, last = document.places.lines(location)
    # The text of a block scalar begins on the line after its sign.
    return document.path, first if first == last else min(first + line, last)


def _shifted(path: str, first_line: int, line: int) -> tuple[str, int]:
    return path, first_line + line - 1
