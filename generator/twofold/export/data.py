"""`roadmap.json`: all that an audience may read, for programs."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twofold.audience.published import Ends, Narrative, PublishedQuote, PublishedRecord, PublishedValue
from twofold.export.plain import number, plain
from twofold.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from twofold.audience.published import Addition, AudiencePlan, PublishedNote
    from twofold.export.places import Places
    from twofold.export.texts import Texts

VERSION = 1
"""Of the format: raised when something in it changes its meaning or goes."""

SCHEMA = Path(__file__).with_name("roadmap.schema.json")
KINDS = {
    "items": Kind.ITEM,
    "objectives": Kind.OBJECTIVE,
    "releases": Kind.RELEASE,
    "personas": Kind.PERSONA,
    "findings": Kind.FINDING,
    "metrics": Kind.METRIC,
}


def data(
    plan: AudiencePlan,
    places: Places,
    texts: Texts,
    *,
    internal: Callable[[Kind, str], dict[str, Any]] | None,
) -> bytes:
    """The whole projection, texts as sanitised HTML; every list in the order of the ids."""
    writer = _Writer(places, texts, {record: source for source, record in plan.sources.items() if record})
    facts = {
        "$schema": SCHEMA.name,
        "version": VERSION,
        "audience": plan.audience,
        "product": plan.product,
        "title": plan.title,
        "description": plan.description,
        "url": plan.site_url,
        "safe_harbour": plan.safe_harbour or None,
    }
    lists: dict[str, Iterable[dict[str, Any]]] = {
        name: _records(writer, kind, getattr(plan, name), internal) for name, kind in KINDS.items()
    }
    lists["pages"] = (
        {
            "address": page.address,
            "url": places.page(page.address),
            "title": page.title,
            "description": page.description,
            "html": texts.html(page.body.text, source=page.body.source, label=page.body.label),
        }
        for page in sorted(plan.pages.values(), key=lambda page: page.address)
    )
    lists["aliases"] = (
        {"kind": kind, "from": old, "to": new} for (kind, old), new in sorted(plan.aliases.items())
    )
    # A record in each line: a comparison by lines is one by records, and all are not in memory as values.
    lines = [_json(name) + b": " + _json(value) for name, value in facts.items()]
    lines += (_json(name) + b": [" + _lined(records) + b"]" for name, records in lists.items())
    return b"{\n" + b",\n".join(lines) + b"\n}\n"


def _records(
    writer: _Writer,
    kind: Kind,
    records: Mapping[str, Any],
    internal: Callable[[Kind, str], dict[str, Any]] | None,
) -> Iterator[dict[str, Any]]:
    for id in sorted(records):
        yield writer.record(kind, records[id], internal(kind, id) if internal is not None else {})


def _lined(values: Iterable[dict[str, Any]]) -> bytes:
    lines = b",\n".join(map(_json, values))
    return b"\n" + lines + b"\n" if lines else b""


def _json(value: object) -> bytes:
    # What is half a sign stays an escape, as JSON has it.
    return _ENCODER.encode(value).encode("utf-8", "backslashreplace")


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def schema() -> str:
    """The JSON Schema of the data."""
    return SCHEMA.read_text(encoding="utf-8")


class _Writer:
    """Writes published records as JSON takes them."""

    def __init__(self, places: Places, texts: Texts, sources: Mapping[tuple[Kind, str], str]) -> None:
        self.places = places
        self.texts = texts
        self.sources = sources

    def record(self, kind: Kind, record: Any, internal: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - of any kind
        own = [
            field.name for field in fields(record) if field.name not in PublishedRecord.__dataclass_fields__
        ]
        written: dict[str, Any] = {"id": record.id, "url": self.places.record(kind, record.id)}
        written.update(
            (name, self.value(getattr(record, name))) for name in own if name not in {"id", "notes"}
        )
        if kind is Kind.RELEASE:
            source = self.sources.get((kind, record.id), "")
            written["notes"] = [self.note(note, source) for note in record.notes]
        if kind in {Kind.ITEM, Kind.OBJECTIVE, Kind.RELEASE, Kind.PERSONA}:
            written["narratives"] = [self.narrative(one) for one in record.narratives]
        written["links"] = [{"title": link.title, "url": link.url} for link in record.links]
        if record.additions:
            written["added"] = {name: _added(value) for name, value in record.additions.items()}
        if internal:
            written["internal"] = internal
        return written

    def note(self, note: PublishedNote, source: str) -> dict[str, Any]:
        return {
            "id": note.id,
            "change": note.change,
            "item": note.item,
            "stage": note.stage,
            "texts": [
                {"label": label, "html": self.texts.html(text, source=source, label=f"{note.id}-{label}")}
                for label, text in note.texts
            ],
            "availability": note.availability,
            "action": note.action,
            "ends": self.value(note.ends),
        }

    def narrative(self, one: Narrative) -> dict[str, str]:
        return {"label": one.label, "html": self.texts.html(one.text, source=one.source, label=one.label)}

    def value(self, value: Any) -> Any:  # noqa: ANN401 - any field of the projection
        match value:
            case Narrative():
                return self.texts.html(value.text, source=value.source, label=value.label)
            case Ends():
                return {"release": value.release} if value.release else {"period": self.value(value.period)}
            case PublishedValue():
                return {"date": value.date.isoformat(), "value": number(value.value)}
            case PublishedQuote():
                return {"text": value.text, "attribution": value.attribution}
            case tuple():
                return [self.value(one) for one in value]
            case _:
                return plain(value)


def _added(value: Addition) -> Any:  # noqa: ANN401 - JSON
    """A field that `show:` added: a text, texts, a number, or names with values."""
    if isinstance(value, tuple) and any(isinstance(one, tuple) for one in value):
        return {one[0]: plain(one[1]) for one in value if isinstance(one, tuple)}
    return plain(value)
