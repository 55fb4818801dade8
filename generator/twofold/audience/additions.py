"""Fields that the settings' `show:` adds to what an audience reads."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from twofold.model import Kind, Period, ReleaseDate
from twofold.model.exposure import addable
from twofold.model.record import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from twofold.audience.published import Addition
    from twofold.model import Record

    Seen = Callable[[Kind, Iterable[str]], Iterator[str]]

REFERENCES = {
    "depends_on": Kind.ITEM,
    "related": Kind.ITEM,
    "personas": Kind.PERSONA,
    "metrics": Kind.METRIC,
    "parent": Kind.OBJECTIVE,
    "evidence": Kind.FINDING,
}
"""Fields that may be added and name records: of those, only what the audience sees is shown."""


def additions(kind: Kind, record: Record, fields: Iterable[str], seen: Seen) -> dict[str, Addition]:
    """The values of added fields that have one. A field that may not be added is passed over."""
    allowed = addable(kind)
    found: dict[str, Addition] = {}
    for name in fields:
        if name in allowed:
            value = _projected(name, getattr(record, name), seen)
            if value not in (None, "", ()):
                found[name] = value
    return found


def _projected(name: str, value: Any, seen: Seen) -> Addition | None:  # noqa: ANN401 - of any field
    if name in REFERENCES and value is not None:
        named = (value,) if isinstance(value, str) else tuple(getattr(one, "finding", one) for one in value)
        return tuple(dict.fromkeys(seen(REFERENCES[name], named)))
    match value:
        case ReleaseDate():
            return next(seen(Kind.RELEASE, (value.release,)), None)
        case Period():
            return value.text
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case Origin():
            return tuple(
                (key, text)
                for key, text in (("system", value.system), ("id", value.id), ("url", value.url))
                if text
            )
        case tuple():
            return tuple(str(one) for one in value)
        case int() | float() | str() | None:
            return value
        case _:
            pairs = ((key, getattr(value, key)) for key in type(value).model_fields)
            return tuple(
                (key, one.isoformat() if isinstance(one, date) else one)
                for key, one in pairs
                if one is not None
            )
