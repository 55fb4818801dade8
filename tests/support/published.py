"""What an audience may read, made by hand: every field has a plain value unless a test names another."""

# ruff: noqa: ANN401 - a test names any field of a record

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twofold.audience.published import (
    AudiencePlan,
    Narrative,
    PublishedFinding,
    PublishedItem,
    PublishedMetric,
    PublishedNote,
    PublishedObjective,
    PublishedPage,
    PublishedPersona,
    PublishedRecord,
    PublishedRelease,
    PublishedValue,
)
from twofold.model import (
    Direction,
    FindingId,
    ItemId,
    Kind,
    MetricId,
    ObjectiveId,
    PersonaId,
    ReleaseId,
    Status,
)
from twofold.model.period import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

FOLDERS = {
    PublishedItem: (Kind.ITEM, "roadmap"),
    PublishedRelease: (Kind.RELEASE, "releases"),
    PublishedObjective: (Kind.OBJECTIVE, "objectives"),
    PublishedPersona: (Kind.PERSONA, "personas"),
}


def told(text: str, *, label: str = "customer", source: str = "roadmap/x.md") -> Narrative:
    return Narrative(label=label, text=text, source=source)


def item(id: str, status: Status = Status.RELEASED, **fields: Any) -> PublishedItem:
    values: dict[str, Any] = {
        "title": id.capitalize(),
        "horizon": None,
        "objectives": (),
        "change": None,
        "release": None,
        "released": None,
        "availability": None,
        "action": None,
        "ends": None,
        "superseded_by": (),
        "answers": (),
        "narratives": (told(f"About {id}.", source=f"roadmap/{id}.md"),),
    }
    return PublishedItem(id=ItemId(id), status=status, **{**values, **fields})


def release(id: str, when: str = "2026-09-29", **fields: Any) -> PublishedRelease:
    values: dict[str, Any] = {"version": id, "title": None, "notes": ()}
    return PublishedRelease(id=ReleaseId(id), date=parse(when), **{**values, **fields})


def note(id: str, *texts: str, label: str = "customer", **fields: Any) -> PublishedNote:
    values: dict[str, Any] = {
        "change": None,
        "item": None,
        "stage": None,
        "availability": None,
        "action": None,
        "ends": None,
    }
    told = tuple((label, text) for text in texts or (f"Note {id}.",))
    return PublishedNote(id=id, texts=told, **{**values, **fields})


def objective(id: str, **fields: Any) -> PublishedObjective:
    return PublishedObjective(id=ObjectiveId(id), **{"title": id.capitalize(), "period": None, **fields})


def persona(id: str, **fields: Any) -> PublishedPersona:
    return PublishedPersona(id=PersonaId(id), **{"name": id.capitalize(), "role": None, **fields})


def finding(id: str, **fields: Any) -> PublishedFinding:
    return PublishedFinding(id=FindingId(id), **{"title": id.capitalize(), "quotes": (), **fields})


def metric(id: str, *seen: tuple[date, float], **fields: Any) -> PublishedMetric:
    values: dict[str, Any] = {
        "title": id.capitalize(),
        "description": None,
        "unit": None,
        "direction": Direction.DOWN,
        "baseline": None,
    }
    observations = tuple(PublishedValue(date=day, value=value) for day, value in seen)
    return PublishedMetric(id=MetricId(id), observations=observations, **{**values, **fields})


def page(source: str, body: str, **fields: Any) -> PublishedPage:
    address = source.removesuffix(".md").removesuffix("index").strip("/")
    values: dict[str, Any] = {
        "title": source,
        "description": None,
        "hide": frozenset(),
        "searchable": True,
        "boost": 1.0,
    }
    text = told(body, source=source)
    return PublishedPage(source=source, address=address, body=text, **{**values, **fields})


def plan(
    *records: PublishedRecord, pages: Iterable[PublishedPage] = (), audience: str = "customer", **fields: Any
) -> AudiencePlan:
    """An audience's plan. Its mappings have the order of the arguments."""

    def of(kind: type[PublishedRecord]) -> dict[Any, Any]:
        return {one.id: one for one in records if isinstance(one, kind)}  # type: ignore[attr-defined] # all have

    sources: dict[str, tuple[Kind, str] | None] = {}
    for one in records:
        match one:
            case PublishedFinding():
                sources[f"feedback/talks.yml#{one.id}"] = (Kind.FINDING, one.id)
            case PublishedMetric():
                sources[f"metrics/success.yml#{one.id}"] = (Kind.METRIC, one.id)
            case PublishedItem() | PublishedRelease() | PublishedObjective() | PublishedPersona():
                kind, folder = FOLDERS[type(one)]
                sources[f"{folder}/{one.id}.md"] = (kind, one.id)
    pages = tuple(pages)
    sources.update({one.source: None for one in pages})
    values: dict[str, Any] = {
        "labels": (audience,),
        "product": "Wardline",
        "title": "Wardline",
        "description": None,
        "site_url": None,
        "safe_harbour": "",
        "aliases": {},
        "assets": frozenset(),
    }
    return AudiencePlan(
        audience=audience,
        items=of(PublishedItem),
        objectives=of(PublishedObjective),
        releases=of(PublishedRelease),
        personas=of(PublishedPersona),
        findings=of(PublishedFinding),
        metrics=of(PublishedMetric),
        pages={one.source: one for one in pages},
        sources=sources,
        **{**values, **fields},
    )
