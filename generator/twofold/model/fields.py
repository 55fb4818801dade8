"""The types of fields, and what is said beside each: who may read it, and an example.

Every field of every kind is `Annotated` with one `Note` and has a docstring under it with its
meaning, unit and range. The reference documentation, the JSON Schemas and the projection are all
made from these.

Values come from `twofold.source.yaml`: text is `str`, a plain number or boolean is `Plain`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NewType

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from twofold.source.yaml import Plain, plain_values

PersonaId = NewType("PersonaId", str)
FindingId = NewType("FindingId", str)
ObjectiveId = NewType("ObjectiveId", str)
ItemId = NewType("ItemId", str)
ReleaseId = NewType("ReleaseId", str)
MetricId = NewType("MetricId", str)

ID_PATTERN = r"[a-z0-9]+([.-][a-z0-9]+)*"
RESERVED_IDS = frozenset({"index", "index.html"})
"""Names of the pages above the records, and of their files."""
INTERNAL = "internal"
"""The label of what never leaves."""


class Exposure(StrEnum):
    """Who may read a field of a record that an audience may see (contract, section 4)."""

    PUBLIC = "public"
    """On the white list: every audience that sees the record reads it."""

    LABELLED = "labelled"
    """Decides for itself: only the parts marked with one of the audience's labels."""

    ADDABLE = "addable"
    """Internal, unless the settings' `show:` adds it for an audience."""

    NEVER = "never"
    """Never leaves the internal portal, whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a field."""

    exposure: Exposure
    example: object
    """A value as it would be written in YAML."""


def public(example: object) -> Note:
    """A field on the white list."""
    return Note(Exposure.PUBLIC, example)


def labelled(example: object) -> Note:
    """A field whose parts carry labels of their own."""
    return Note(Exposure.LABELLED, example)


def addable(example: object) -> Note:
    """A field that `show:` may add."""
    return Note(Exposure.ADDABLE, example)


def never(example: object) -> Note:
    """A field that never leaves."""
    return Note(Exposure.NEVER, example)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that the settings allow: the context in which records are validated."""

    labels: frozenset[str] = frozenset({"customer", "user", INTERNAL})
    themes: frozenset[str] | None = None
    """None where any theme may be used."""
    sizes: Mapping[str, float] = field(default_factory=lambda: {"S": 1.0, "M": 3.0, "L": 8.0})
    """Effort sizes in person-weeks."""
    products: frozenset[str] | None = None
    """None where the plan covers one product."""


def error(code: str, message: str, *, known: object = None, hint: str | None = None) -> PydanticCustomError:
    """A validation error that already knows its diagnostic code.

    `known` are the values that would have been right, for a near-miss hint.
    """
    context = {
        "problem": message,
        "known": sorted(known) if isinstance(known, (frozenset, set, Mapping)) else None,
    }
    # Pydantic takes any text as the type of an error; ours are codes.
    return PydanticCustomError(code, "{problem}", {**context, "hint": hint})


def _vocabulary(info: ValidationInfo) -> Vocabulary:
    return info.context if isinstance(info.context, Vocabulary) else Vocabulary()


def _number(value: object) -> object:
    if isinstance(value, Plain):
        try:
            number = value.value
        except OverflowError as overflow:
            raise error("TF106", f"{overflow} is too large") from None
        if isinstance(number, bool):
            raise error("TF103", f"a number is needed, not `{value}`")
        if not math.isfinite(number):
            raise error("TF106", f"`{value}` is not a finite number")
        return number
    if isinstance(value, str):
        hint = f"write it without quotes: {value}" if re.fullmatch(r"[-+]?[0-9.]+", value) else None
        raise error("TF103", f"a number is needed, not the text `{_short(value)}`", hint=hint)
    return value


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise error("TF103", f"a date such as 2026-11-30 is needed, not {_kind(value)}")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise error(
            "TF105", f"`{_short(value)}` is not a date", hint="write year-month-day, such as 2026-11-30"
        )
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise error("TF105", f"`{value}` is not a day of the calendar") from None


def _id(value: str) -> str:
    if value in RESERVED_IDS:
        raise error("TF108", f"the id `{value}` is reserved")
    if not re.fullmatch(ID_PATTERN, value):
        hint = suggest_id(value)
        raise error("TF108", f"`{_short(value)}` is not an id", hint=f"write `{hint}`" if hint else None)
    return value


def suggest_id(text: str) -> str:
    """The nearest valid id to a text, or ``""``."""
    return re.sub(r"[^a-z0-9]+", lambda gap: "." if gap[0] == "." else "-", text.lower()).strip("-.")


def _label(value: str, info: ValidationInfo) -> str:
    labels = _vocabulary(info).labels
    if value not in labels:
        raise error("TF104", f"`{_short(value)}` is not a label", known=labels)
    return value


def _theme(value: str, info: ValidationInfo) -> str:
    themes = _vocabulary(info).themes
    if themes is not None and value not in themes:
        raise error("TF104", f"`{_short(value)}` is not one of the settings' themes", known=themes)
    return value


def _product(value: str, info: ValidationInfo) -> str:
    products = _vocabulary(info).products
    if products is None:
        raise error(
            "TF104",
            "the settings name no `products:`",
            hint="take the field out, or add `products:` to the settings",
        )
    if value not in products:
        raise error("TF104", f"`{_short(value)}` is not one of the settings' products", known=products)
    return value


def _address(value: str) -> str:
    if not re.match(r"(?:https?://|mailto:)\S+\Z", value):
        hint = "an address begins with https://, http:// or mailto: and has no spaces"
        raise error("TF104", f"`{_short(value)}` is not an address that may be linked", hint=hint)
    return value


def _free(value: object) -> object:
    return plain_values(value)


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:37] + "..."


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case Plain():
            return f"`{_short(value)}`"
        case str():
            return f"the text `{_short(value)}`"
        case _:
            return f"`{value}`"


describe = _kind
"""What a value is, in words: for messages."""

Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Count = Annotated[int, BeforeValidator(_number), Field(ge=0)]
Score = Annotated[float, BeforeValidator(_number), Field(ge=1, le=5)]
"""1 to 5, decimals allowed."""
Share = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1)]
Money = Annotated[float, BeforeValidator(_number), Field(ge=0, allow_inf_nan=False)]
Day = Annotated[date, BeforeValidator(_date)]
Id = Annotated[str, AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"})]
Label = Annotated[str, AfterValidator(_label)]
Theme = Annotated[str, Field(min_length=1), AfterValidator(_theme)]
Product = Annotated[str, Field(min_length=1), AfterValidator(_product)]
Address = Annotated[str, AfterValidator(_address)]
Free = Annotated[dict[str, Any], BeforeValidator(_free)]
Labels = tuple[Label, ...]
Texts = tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """An estimate as it was written, and what it is worth."""

    weeks: float
    """Person-weeks, above 0."""

    size: str | None = None
    """The size's name, where one was written."""


def _effort(value: object, info: ValidationInfo) -> Effort:
    if isinstance(value, Effort):
        return value
    if isinstance(value, str) and not isinstance(value, Plain):
        sizes = _vocabulary(info).sizes
        if value not in sizes:
            raise error("TF104", f"`{_short(value)}` is not one of the settings' sizes", known=sizes)
        return Effort(weeks=sizes[value], size=value)
    number = _number(value)
    if not isinstance(number, (int, float)):
        raise error("TF103", f"person-weeks or a size are needed, not {_kind(value)}")
    if number <= 0:
        raise error("TF106", f"{value} is not above 0")
    return Effort(weeks=float(number))


EffortField = Annotated[
    Effort,
    PlainValidator(_effort),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string"}]}),
]
