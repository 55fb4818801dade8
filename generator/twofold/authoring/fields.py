"""From `target.value` to a place in a record: which fields there are, in which order, and what they take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel

from twofold.loading.diagnose import near
from twofold.model import Item, Metric, Summary
from twofold.model.item import Evidence
from twofold.model.period import ReleaseDate
from twofold.model.record import Narrated, Record
from twofold.model.release import ReleaseNote

if TYPE_CHECKING:
    from twofold.authoring.writing import Data
    from twofold.model.record import Location

Annotation = Any
"""What stands behind the colon of a field."""

_BODY = ("description", "sections")
_NAMING = ("id", "persona", "finding")
"""Fields by which an element of a list may be named in a path, in place of its number."""


class UnknownPathError(Exception):
    """A path leads to no field; the sentence is for people, with the nearest name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A field of a record, found."""

    location: Location
    """Keys and indexes from the record's top."""

    orders: tuple[tuple[str, ...], ...]
    """For each step, the fields among which it stands, in the order in which people write them."""

    text: bool
    """Whether the field takes text and nothing else, so that what is typed is meant as it is."""

    expand: str | None = None
    """Where the path goes into a lone text (evidence): the field for which that text stands."""


def order(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model as people write them: its own first, then those that every kind has.

    Texts come last, as they do in Markdown.
    """
    names = list(model.model_fields)
    common = [name for name in Record.model_fields if name in names] if issubclass(model, Record) else []
    last = [name for name in _BODY if name in names and issubclass(model, (Narrated, Summary))]
    first = ["id"] if "id" in names else []
    own = [name for name in names if name not in {*common, *last, *first}]
    return (*first, *own, *common, *last)


def writable(model: type[BaseModel], *, markdown: bool) -> tuple[str, ...]:
    """The names that may stand at the top of a record, in order."""
    hidden = set(_BODY) if markdown else set()
    if issubclass(model, Narrated):
        hidden.add("id")
    return tuple(name for name in order(model) if name not in hidden)


def resolve(
    model: type[BaseModel],
    path: str,
    data: Data,
    *,
    markdown: bool,
    labels: frozenset[str],
) -> Path:
    """Find the field that a dotted path names in a record.

    `data` is what the record holds now: elements of lists are found in it by number, or by their `id`,
    `persona` or `finding`.

    Raises:
        UnknownPathError: where there is none.
    """
    rest = re.sub(r"\[(\d+)\]", r".\1", path).split(".")
    annotation: Annotation = model
    location: list[str | int] = []
    orders: list[tuple[str, ...]] = []
    expand: str | None = None
    while rest:
        options = alternatives(annotation)
        owner = next((one for one in options if isinstance(one, type) and issubclass(one, BaseModel)), None)
        if owner is not None:
            top = owner is model and not location
            known = writable(owner, markdown=markdown) if top else order(owner)
            if owner is ReleaseNote:
                known = (*(name for name in known if name != "texts"), *sorted(labels))
            name = rest.pop(0)
            if name not in known:
                raise UnknownPathError(_unknown(owner, name, known, markdown=markdown and top))
            orders.append(known)
            location.append(name)
            if owner is Evidence and isinstance(data, str):
                expand = "finding"
            annotation = owner.model_fields[name].annotation if name in owner.model_fields else str
            metadata = owner.model_fields[name].metadata if name in owner.model_fields else []
            annotation = Annotated[annotation, *metadata] if metadata else annotation
            data = data.get(name) if isinstance(data, dict) else None
            continue
        element = _element(options)
        if element is not None:
            number, used = _index(rest, data, ".".join(map(str, location)))
            del rest[:used]
            orders.append(())
            location.append(number)
            annotation = element
            data = data[number] if isinstance(data, list) and number < len(data) else None
            continue
        key, used = _key_of(rest, data)
        if ReleaseDate in options and rest == ["release"]:
            annotation = str
        elif (value := _value(options)) is not None:
            annotation = value
        else:
            where = ".".join(map(str, location))
            raise UnknownPathError(f"`{where}` holds one value, so there is no `{'.'.join(rest)}` in it")
        del rest[:used]
        orders.append(())
        location.append(key)
        data = data.get(key) if isinstance(data, dict) else None
    text = _takes_text(alternatives(annotation))
    return Path(location=tuple(location), orders=tuple(orders), text=text, expand=expand)


def alternatives(annotation: Annotation) -> list[Annotation]:
    """The types that an annotation allows, None left out."""
    origin: Annotation = get_origin(annotation)
    if isinstance(annotation, NewType):
        return alternatives(annotation.__supertype__)
    if origin is Annotated:
        return alternatives(get_args(annotation)[0])
    if origin is Union or type(annotation).__name__ == "UnionType":
        return [one for part in get_args(annotation) for one in alternatives(part)]
    return [] if annotation is type(None) else [annotation]


def _origin(annotation: Annotation) -> Annotation:
    return get_origin(annotation)


def _element(options: list[Annotation]) -> Annotation:
    """What a list holds; None where there is no list among the alternatives."""
    return next((get_args(one)[0] for one in options if _origin(one) in {tuple, list}), None)


def _value(options: list[Annotation]) -> Annotation:
    """What a free mapping holds under its keys; None where there is no mapping among the alternatives."""
    if Any in options:
        return Any
    return next((get_args(one)[1] for one in options if _origin(one) in {dict, Mapping}), None)


def _takes_text(options: list[Annotation]) -> bool:
    return bool(options) and all(
        isinstance(one, type) and (issubclass(one, str) or issubclass(one, Enum)) for one in options
    )


def _index(rest: list[str], data: Data, where: str) -> tuple[int, int]:
    """The number of the element that the next parts name, and how many parts that took."""
    elements = data if isinstance(data, list) else []
    # Ids may have dots, so the longest name that fits is meant.
    for used in range(len(rest), 0, -1):
        name = ".".join(rest[:used])
        for number, element in enumerate(elements):
            if element == name or (
                isinstance(element, dict) and any(element.get(key) == name for key in _NAMING)
            ):
                return number, used
    if rest[0].isdigit() and rest[0].isascii() and len(rest[0]) < 7:
        number = int(rest[0])
        if number <= len(elements):
            return number, 1
        raise UnknownPathError(f"`{where}` has {len(elements)} entries, counted from 0; there is no {number}")
    names = [str(element[key]) for element in elements if isinstance(element, dict)
             for key in _NAMING if key in element]  # fmt: skip
    meant = near(rest[0], names[:50])
    hint = f"; did you mean `{meant}`?" if meant else "; name an entry by its number (from 0) or its id"
    raise UnknownPathError(f"`{where}` has no entry `{rest[0]}`{hint}")


def _key_of(rest: list[str], data: Data) -> tuple[str, int]:
    if isinstance(data, dict):
        for used in range(len(rest), 0, -1):
            if ".".join(rest[:used]) in data:
                return ".".join(rest[:used]), used
    return rest[0], 1


def _unknown(owner: type[BaseModel], name: str, known: tuple[str, ...], *, markdown: bool) -> str:
    kind = (
        owner.__name__.lower()
        if owner in {Item, Metric}
        else "".join(
            f" {letter.lower()}" if letter.isupper() else letter for letter in owner.__name__
        ).strip()
    )
    what = f"{'an' if kind[0] in 'aeio' else 'a'} {kind} has no field `{name}`"
    if markdown and name in _BODY:
        return f"in a Markdown record `{name}` is the text below the front matter; edit it there"
    if name == "id":
        return f"{what}: the id is the file's name"
    meant = near(name, list(known))
    return f"{what}; did you mean `{meant}`?" if meant else f"{what}; there are {', '.join(known)}"
