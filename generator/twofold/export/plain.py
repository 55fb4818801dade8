"""Values of the plan as JSON takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

from twofold.model import Period, ReleaseDate
from twofold.model.fields import Effort


def plain(value: Any) -> Any:  # noqa: ANN401, C901, PLR0911 - one line for every type that a field may have
    """A field's value; what a record leaves open is left out of mappings."""
    match value:
        case Enum():
            return value.value
        case Period():
            return value.text
        case ReleaseDate():
            return {"release": value.release}
        case date():
            return value.isoformat()
        case Effort():
            return {"weeks": number(value.weeks), **({"size": value.size} if value.size else {})}
        case bool() | None | int():
            return value
        case float():
            return number(value)
        case BaseModel():
            return plain({name: getattr(value, name) for name in type(value).model_fields})
        case Mapping():
            return {str(key): plain(one) for key, one in value.items() if one not in (None, "", (), {})}
        case tuple() | list() | frozenset():
            return [plain(one) for one in value]
        case _:
            return str(value)


def number(value: float) -> float:
    """A number as people write it: whole ones without a point."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value
