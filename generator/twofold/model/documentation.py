"""What is written beside the fields of a model, docstrings and notes: for the reference and the tests.

Docstrings under fields are gone once a module is compiled, so they are read from its source when somebody
asks.
"""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from twofold.model.fields import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDoc:
    """One field of a model, as a reference tells of it."""

    name: str
    docstring: str
    """The text under the field, with its meaning, unit and range; ``""`` where there is none."""

    note: Note | None
    """Who may read it, and an example; None for what is no part of a record (the settings)."""

    required: bool
    default: Any
    """What stands in for it where it is left out; None for a required field."""


def fields(model: type[BaseModel]) -> tuple[FieldDoc, ...]:
    """Every field of a model, inherited ones first, in the order in which they are written.

    Raises:
        OSError: where the source is not there to be read.
    """
    return tuple(
        FieldDoc(
            name=name,
            docstring=_docstring(model, name),
            note=next((extra for extra in info.metadata if isinstance(extra, Note)), None),
            required=info.is_required(),
            default=None if info.is_required() else info.get_default(call_default_factory=True),
        )
        for name, info in model.model_fields.items()
    )


def _docstring(model: type[BaseModel], name: str) -> str:
    """The text under a field in the first class, on the way to the root, that has one."""
    for owner in model.__mro__:
        found = _docstrings(owner.__module__).get((owner.__qualname__, name)) if _ours(owner) else None
        if found is not None:
            return found
    return ""


def _ours(owner: type) -> bool:
    return owner.__module__.partition(".")[0] not in {"builtins", "pydantic", "typing"}


@lru_cache(maxsize=64)
def _docstrings(module: str) -> Mapping[tuple[str, str], str]:
    """Class and field to docstring, for all classes of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return MappingProxyType(dict(_of_body(tree.body, "")))


def _of_body(body: list[ast.stmt], prefix: str) -> Iterator[tuple[tuple[str, str], str]]:
    for statement, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.ClassDef):
            yield from _of_body(statement.body, f"{prefix}.{statement.name}".lstrip("."))
        elif (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield (prefix, statement.target.id), inspect.cleandoc(below.value.value)
