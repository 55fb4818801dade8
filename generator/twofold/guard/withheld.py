"""Every text of a plan, and where it stands: what is not for an audience is among them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from twofold.diagnostics import Span
from twofold.guard.pieces import of_line, of_prose
from twofold.guard.readable import DESCRIPTION, description

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from twofold.config import Project
    from twofold.model.record import Location
    from twofold.plan import Plan
    from twofold.plan.plan import Origin

PROSE = frozenset({"description", "sections", "texts"})
"""Fields that hold Markdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a text of the plan stands."""

    what: str
    """The record and the field: `item offline-charting, reason`."""

    span: Callable[[], Span | None]
    """The place in the file; asked for only where the text has been found."""

    def __str__(self) -> str:
        """`content/roadmap/offline-charting.md:7 (item offline-charting, reason)`."""
        span = self.span()
        return self.what if span is None else f"{span.path}:{span.line} ({self.what})"


def of_plan(plan: Plan, *, files: Collection[str] | None = None) -> Iterator[tuple[str, Source]]:
    """Every piece of every text of the plan with its first place, whoever may read it.

    With `files`, by their paths in the content folder, of records only those that stand in them.
    """
    yield from _of_records(plan, files)
    yield from _of_summaries(plan)
    yield from _of_pages(plan)
    for path in sorted(plan.assets):
        yield path, Source(what=f"the file {path}", span=_nowhere)
        yield posixpath.basename(path), Source(what=f"the file {path}", span=_nowhere)


def of_settings(plan: Plan, project: Project, audience: str) -> Iterator[tuple[str, Source]]:
    """Every piece of what the settings say to others than this audience."""
    for piece in of_line(description(project)):
        yield piece, Source(what=f"`{DESCRIPTION}:` in mkdocs.yml", span=_nowhere)
    for name, own in plan.settings.audiences.items():
        if name != audience:
            for line in (own.title, own.description):
                for piece in of_line(line or ""):
                    yield piece, Source(what=f"the settings of the audience {name}", span=_nowhere)


def _of_records(plan: Plan, files: Collection[str] | None) -> Iterator[tuple[str, Source]]:
    # Ids, tags, roles: most short texts stand in many records.
    known: set[tuple[str, bool]] = set()
    for (kind, id), origin in plan.origins.items():
        if files is not None and origin.document.source not in files:
            continue
        texts: list[tuple[Location, str]] = []
        _strings(plan.of(kind)[id], (), texts)
        for location, text in texts:
            is_prose = location[0] in PROSE
            if (text, is_prose) in known:
                continue
            known.add((text, is_prose))
            source = Source(what=f"{kind} {id}, {_field(location)}", span=partial(_span, origin, location))
            for piece in _pieces(text, prose=is_prose):
                yield piece, source


def _span(origin: Origin, location: Location) -> Span:
    body = origin.document.body
    if body is None or location[0] not in {"description", "sections"}:
        return origin.span(location)
    label = str(location[1]) if location[0] == "sections" else None
    return Span(path=origin.document.path, line=body.line(label, 1))


def _of_summaries(plan: Plan) -> Iterator[tuple[str, Source]]:
    for id, summary in plan.summaries.items():
        for name in ("title", "description"):
            place = partial(plan.documents[id].span, (name,))
            source = Source(what=f"feedback summary {id}, {name}", span=place)
            for piece in _pieces(getattr(summary, name) or "", prose=name == "description"):
                yield piece, source
        yield id, Source(what=f"feedback summary {id}", span=_nowhere)


def _nowhere() -> None:
    return None


def _of_pages(plan: Plan) -> Iterator[tuple[str, Source]]:
    for path, page in plan.pages.items():
        for what, text, prose in (
            ("the title", page.title, False),
            ("the description", page.matter.description or "", False),
            ("the text", page.body, True),
            ("the address", path.rpartition(".")[0], False),
            ("the file's name", posixpath.basename(path).rpartition(".")[0], False),
        ):
            for piece in _pieces(text, prose=prose):
                yield piece, Source(what=f"{what} of {page.path}", span=_nowhere)


def _pieces(text: str, *, prose: bool) -> Iterator[str]:
    return of_prose(text) if prose else of_line(text)


def _strings(value: Any, location: Location, found: list[tuple[Location, str]]) -> None:  # noqa: ANN401 - any field
    """Add the texts in a value, with the way to each."""
    match value:
        case None | Enum():
            return
        case str():
            found.append((location, value))
        case tuple() | list():
            for index, inner in enumerate(value):
                _strings(inner, (*location, index), found)
        case BaseModel():
            for name in type(value).model_fields:
                if name != "publish":
                    _strings(getattr(value, name), (*location, name), found)
        case Mapping():
            for key, inner in value.items():
                found.append(((*location, str(key)), str(key)))
                _strings(inner, (*location, str(key)), found)


def _field(location: Location) -> str:
    """`sections.internal`, `links[1].title`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
