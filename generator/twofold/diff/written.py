"""Values as their authors write them: what two revisions are compared by, and what a report shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from twofold.model.fields import Effort
from twofold.model.period import Period, ReleaseDate

if TYPE_CHECKING:
    from collections.abc import Iterable

Data = Any
"""None, a boolean, a number, a text, a list of data, or a mapping of texts to data."""


def written(value: object) -> Data:
    """A value of a record as it would stand in its file."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            # An enumeration's member and a number kept as it was typed are texts of their own kind.
            return str(value)
        case Period():
            return value.text
        case ReleaseDate():
            return {"release": str(value.release)}
        case Effort():
            return value.size if value.size is not None else value.weeks
        case date():
            return value.isoformat()
        case BaseModel():
            return fields(value)
        case Mapping():
            return {str(key): written(inner) for key, inner in value.items()}
        case tuple() | list():
            return [written(inner) for inner in value]
        case _:
            message = f"no form to write {type(value).__name__} in"
            raise TypeError(message)


def fields(record: BaseModel, *, without: Iterable[str] = ()) -> dict[str, Data]:
    """The fields of a record that say something, in the order of its kind."""
    left = set(without)
    found: dict[str, Data] = {}
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if name not in left and (info.is_required() or value != info.get_default(call_default_factory=True)):
            found[name] = written(value)
    return found
