"""JSON Schemas (draft-07) of the records, for editors: made from the models, to say what `check` says.

What a schema cannot say, only `check` knows: that no more mention something than were asked, that a number
is finite and not hundreds of digits long, how a number was typed (`1000.0` is no period, and some numbers are
no ids), that a day after the 28th is in the calendar (where the editor does not look at `format`), and
whatever takes a second record.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, NewType, Union, get_args, get_origin

import annotated_types as limits
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from twofold.authoring.fields import Annotation, order, writable
from twofold.loading.pages import PageMatter
from twofold.model import Item, Metric, Objective, Persona, Release, ReleaseNote, Summary, Vocabulary
from twofold.model.documentation import FieldDoc, fields
from twofold.model.exposure import EXPOSURES
from twofold.model.fields import (
    ID_PATTERN,
    RESERVED_IDS,
    Address,
    Day,
    EffortField,
    Exposure,
    Free,
    Id,
    Label,
    Product,
    Theme,
)
from twofold.model.item import Evidence
from twofold.model.names import AudienceName, LabelName, PublicAudience, PublicLabel, ShownField
from twofold.model.period import MomentField, PeriodField
from twofold.model.settings import Flag, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
SCALAR = ["string", "number", "boolean"]
"""What a text field takes: `1.10` without quotes is text as well."""

_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_PERIOD: list[Schema] = [
    {"type": "string", "pattern": r"^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"},
    {"type": "string", "pattern": _DAY, "format": "date"},
    {"type": "integer", "minimum": 1000, "maximum": 9999},
]
_MOMENT: list[Schema] = [
    *_PERIOD,
    {
        "type": "object",
        "properties": {"release": {"type": SCALAR, "description": "The release's id."}},
        "required": ["release"],
        "additionalProperties": False,
    },
]
_READERS = {
    Exposure.PUBLIC: "Read by every audience that sees the record.",
    Exposure.LABELLED: "Read by the audiences whose label it carries.",
    Exposure.ADDABLE: "Internal, unless the settings' `show:` adds it.",
    Exposure.NEVER: "Never leaves the internal portal.",
}
_RULES_OF_ITEMS: list[Schema] = [
    {
        "if": {"properties": {"status": {"const": "planned"}}, "required": ["status"]},
        "then": {"properties": {"horizon": {"type": "string"}}, "required": ["horizon"]},
    },
    {
        "if": {"properties": {"status": {"const": "in-progress"}}, "required": ["status"]},
        "then": {"properties": {"horizon": {"enum": ["now", None]}}},
    },
]


def schemas(vocabulary: Vocabulary | None = None) -> dict[str, Schema]:
    """Every schema by the path of its file: one per kind of file, and one for the front matter of each.

    The words that the settings allow (labels, themes, sizes, products) are part of them.
    """
    writer = _Writer(vocabulary or Vocabulary())
    kinds: dict[str, type[BaseModel]] = {
        "persona": Persona,
        "feedback": Summary,
        "objective": Objective,
        "item": Item,
        "release": Release,
    }
    found: dict[str, Schema] = {}
    for name, model in kinds.items():
        found[f"{name}.json"] = writer.document(model, markdown=False)
        found[f"front-matter/{name}.json"] = writer.document(model, markdown=True)
    found["metrics.json"] = writer.metrics()
    found["front-matter/page.json"] = writer.document(PageMatter, markdown=True)
    found["settings.json"] = writer.document(Settings, markdown=False)
    found["mkdocs.json"] = _mkdocs()
    return found


def as_text(described: Schema) -> str:
    """A schema as its file has it."""
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


class _Writer:
    """Turns annotations into schemas, models on the way into definitions."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.definitions: dict[str, Schema] = {}

    def document(self, model: type[BaseModel], *, markdown: bool) -> Schema:
        """The schema of a file that holds one record."""
        self.definitions = {}
        names = writable(model, markdown=markdown) if model not in {Settings, PageMatter} else order(model)
        # At the top of a file a field without a value is a field that is not there.
        described = self.mapping(model, names, empty=True)
        return self.finished(described, title=model.__name__)

    def metrics(self) -> Schema:
        """The schema of a file with a list of metrics."""
        self.definitions = {}
        item = self.model(Metric)
        listed: Schema = {"description": "Success metrics, a list.", "type": "array", "items": item}
        return self.finished(listed, title="Metrics")

    def finished(self, described: Schema, *, title: str) -> Schema:
        definitions = {"definitions": dict(sorted(self.definitions.items()))} if self.definitions else {}
        return {"$schema": DRAFT, "title": title, **described, **definitions}

    def mapping(self, model: type[BaseModel], names: Sequence[str], *, empty: bool) -> Schema:
        docs = {doc.name: doc for doc in fields(model)}
        properties = {name: self.field(model, docs[name], empty=empty) for name in names}
        if model is ReleaseNote:
            told = properties.pop("texts")
            for label in sorted(self.vocabulary.labels):
                properties[label] = {
                    "description": told["description"],
                    "type": [*SCALAR, "null"],
                    "minLength": 1,
                }
        described: Schema = {
            "description": (model.__doc__ or "").strip(),
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        if required := [name for name in names if docs[name].required]:
            described["required"] = required
        if model is Item:
            described["allOf"] = _RULES_OF_ITEMS
        return described

    def field(self, model: type[BaseModel], doc: FieldDoc, *, empty: bool) -> Schema:
        info = model.model_fields[doc.name]
        described = self.value(info.annotation, info.metadata)
        if empty and not doc.required:
            described = _either([described, {"type": "null"}])
        text = [doc.docstring, _READERS[doc.note.exposure] if doc.note else ""]
        told: Schema = {"description": " ".join(part for part in text if part)}
        if doc.note is not None:
            told["examples"] = [doc.note.example]
        # Beside a reference draft-07 ignores everything.
        return {**told, "allOf": [described]} if "$ref" in described else {**told, **described}

    def model(self, model: type[BaseModel]) -> Schema:
        """A reference to the definition of a model within a record."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.mapping(model, order(model), empty=False)
        return {"$ref": f"#/definitions/{name}"}

    def value(self, annotation: Annotation, metadata: Iterable[Any] = ()) -> Schema:
        """The schema of what an annotation allows."""
        marks = list(metadata)
        if isinstance(annotation, NewType):
            return self.value(annotation.__supertype__, marks)
        origin: Annotation = get_origin(annotation)
        if origin is Annotated:
            inner, *own = get_args(annotation)
            return self.value(inner, [*own, *marks])
        if (known := self.known(marks)) is not None:
            return known
        return _limited(self.plain(annotation), marks)

    def plain(self, annotation: Annotation) -> Schema:
        origin: Annotation = get_origin(annotation)
        arguments = get_args(annotation)
        if origin in {Union, types.UnionType}:
            return _either([self.value(one) for one in arguments])
        if origin is tuple:
            return {"type": "array", "items": self.value(arguments[0])}
        if origin in {dict, Mapping}:
            return self.free(*arguments)
        if origin is Literal:
            return {"enum": list(arguments)}
        if annotation is Any:
            return {}
        if annotation is type(None):
            return {"type": "null"}
        if issubclass(annotation, BaseModel):
            reference = self.model(annotation)
            # A lone finding stands for a mapping with only this field.
            return _either([{"type": SCALAR}, reference]) if annotation is Evidence else reference
        if issubclass(annotation, Enum):
            return {"type": "string", "enum": [one.value for one in annotation]}
        return {"type": {str: SCALAR, int: "integer", float: "number", bool: "boolean"}[annotation]}

    def free(self, key: Annotation, value: Annotation) -> Schema:
        """A mapping whose keys are not fields."""
        described: Schema = {"type": "object"}
        names = {
            name: one for name, one in self.value(key).items() if name in {"enum", "pattern", "minLength"}
        }
        if names:
            described["propertyNames"] = names
        if inner := self.value(value):
            described["additionalProperties"] = inner
        return described

    def known(self, marks: list[Any]) -> Schema | None:
        """The schema of one of the models' own types, told by its validator."""
        words = self.vocabulary
        labels = sorted(words.labels)
        sizes: Schema = {"type": "string", "enum": sorted(words.sizes)}
        table: tuple[tuple[Any, Schema], ...] = (
            (Label, {"type": "string", "enum": labels}),
            (Theme, _words(words.themes)),
            (Product, {"type": "string", "enum": sorted(words.products or ())}),
            (Address, {"type": "string", "pattern": r"^(https?://|mailto:)\S+$"}),
            (
                Id,
                {
                    "type": SCALAR,
                    "pattern": f"^{ID_PATTERN}$",
                    "not": {"enum": sorted(RESERVED_IDS)},
                    "minimum": 0,
                },
            ),
            (Day, {"type": "string", "pattern": _DAY, "format": "date"}),
            (PeriodField, {"anyOf": _PERIOD}),
            (MomentField, {"anyOf": _MOMENT}),
            (EffortField, {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, sizes]}),
            (Free, {"type": "object"}),
            (Flag, {"type": "boolean"}),
            (AudienceName, {"type": "string"}),
            (LabelName, {"type": "string"}),
            (PublicAudience, {"type": "string", "not": {"const": "internal"}}),
            (PublicLabel, {"type": "string", "not": {"const": "internal"}}),
            (ShownField, {"type": "string", "enum": _addable()}),
        )
        for known, described in table:
            # The validator tells one text from another; what stands before it they share.
            validator = next(
                mark for mark in get_args(known)[1:] if not isinstance(mark, (FieldInfo, WithJsonSchema))
            )
            if validator in marks:
                return dict(described)
        given = next((mark for mark in marks if isinstance(mark, WithJsonSchema)), None)
        return dict(given.json_schema or {}) if given is not None else None


def _words(known: frozenset[str] | None) -> Schema:
    return {"type": SCALAR, "minLength": 1} if known is None else {"type": "string", "enum": sorted(known)}


def _addable() -> list[str]:
    return [
        f"{kind}.{name}"
        for kind, of_kind in EXPOSURES.items()
        for name, exposure in of_kind.items()
        if exposure is Exposure.ADDABLE
    ]


def _either(options: list[Schema]) -> Schema:
    """Alternatives; a type and null are one schema with two types, which editors show better."""
    flat = [one for option in options for one in (option["anyOf"] if set(option) == {"anyOf"} else [option])]
    null = {"type": "null"}
    rest = [one for one in flat if one != null]
    if len(rest) == len(flat):
        return {"anyOf": flat} if len(flat) > 1 else flat[0]
    if len(rest) == 1 and "type" in rest[0]:
        kinds = rest[0]["type"]
        widened = {**rest[0], "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
        widened["type"] = list(dict.fromkeys(widened["type"]))
        if "enum" in widened:
            widened["enum"] = list(dict.fromkeys([*widened["enum"], None]))
        return widened
    return {"anyOf": [*rest, null]}


def _limited(described: Schema, marks: list[Any]) -> Schema:
    """A schema with the bounds that stand beside its annotation."""
    flat = [one for mark in marks for one in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
    bounds: Schema = {}
    for mark in flat:
        match mark:
            case limits.Ge():
                bounds["minimum"] = mark.ge
            case limits.Gt():
                bounds["exclusiveMinimum"] = mark.gt
            case limits.Le():
                bounds["maximum"] = mark.le
            case limits.MinLen():
                bounds["minLength"] = mark.min_length
            case _ if getattr(mark, "pattern", None):
                bounds["pattern"] = mark.pattern
    if "anyOf" in described and bounds:
        return {**described, "allOf": [bounds]}
    return {**described, **bounds}


def _mkdocs() -> Schema:
    """For `mkdocs.yml` itself: only what is Twofold's in it."""
    ours: Schema = {
        "type": "object",
        "properties": {"twofold": {"anyOf": [{"$ref": "settings.json"}, {"type": "null"}]}},
    }
    return {
        "$schema": DRAFT,
        "title": "mkdocs.yml with Twofold",
        "type": "object",
        "properties": {
            "plugins": {"anyOf": [{"type": "array", "items": {"anyOf": [{"type": "string"}, ours]}}, ours]}
        },
    }
