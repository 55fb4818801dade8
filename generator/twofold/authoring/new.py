"""A new record: the fields that it needs, and beside each what goes there and who will read it."""

from __future__ import annotations

import re
import textwrap
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from twofold.authoring import splice, writing
from twofold.authoring.fields import alternatives, resolve, writable
from twofold.authoring.place import edit
from twofold.authoring.records import SUMMARY, model
from twofold.loading.diagnose import near
from twofold.model import Kind
from twofold.model.documentation import FieldDoc, fields
from twofold.model.fields import ID_PATTERN, RESERVED_IDS, Exposure, suggest_id
from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pydantic import BaseModel

    from twofold.authoring.sheet import Edit, Sheet
    from twofold.authoring.writing import Data
    from twofold.config import Project

_WIDTH = 100
_SUGGESTED: dict[str, tuple[str, ...]] = {
    Kind.PERSONA: ("role", "goal", "jobs", "pains", "population", "weight", "publish"),
    Kind.FINDING: ("theme", "voices", "quotes", "titles", "publish"),
    Kind.OBJECTIVE: ("period", "metrics", "publish"),
    Kind.ITEM: ("horizon", "objectives", "evidence", "effort", "target", "change", "publish"),
    Kind.RELEASE: ("title", "notes", "publish"),
    Kind.METRIC: ("description", "unit", "baseline", "target", "observations", "publish"),
    SUMMARY: ("method", "period", "collected", "asked"),
}
"""What people want to fill in next; shown as comments."""

_READERS = {
    Exposure.PUBLIC: "Everybody who sees the record reads it.",
    Exposure.LABELLED: "",
    Exposure.ADDABLE: "Internal.",
    Exposure.NEVER: "Always internal.",
}
_BELOW = """\
Below stands the text. What comes before the first section is internal. "## For customers" is for those who
decide and pay, "## For users" for those who work with the product every day: each reads its own section, and
only once `publish` names it. The first paragraph of a section is its card on the roadmap."""
_SECTIONED = frozenset({Kind.PERSONA, Kind.OBJECTIVE, Kind.ITEM, Kind.RELEASE})


class InvalidIdError(Exception):
    """The id is none, or leads to no record; the sentence is for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that a new record needs."""

    name: str
    text: str
    """What is asked: the field's meaning."""

    choices: tuple[str, ...]
    """The values that there are; none for a free text."""

    default: str


def require_id(id: str) -> None:
    """Refuse what cannot be an id.

    Raises:
        InvalidIdError: with the nearest one that can.
    """
    if id in RESERVED_IDS or not re.fullmatch(ID_PATTERN, id):
        meant = suggest_id(id)
        hint = f"; write `{meant}`" if meant and meant not in RESERVED_IDS else ""
        raise InvalidIdError(f"`{id[:60]}` is not an id{hint}")


def questions(kind: str, id: str, given: Mapping[str, str], *, today: date) -> tuple[Question, ...]:
    """The fields that a record of a kind needs and that are not given, with what would do.

    What is given may make another field necessary: a planned item needs a horizon.
    """
    described = model(kind)
    needed = [doc for doc in fields(described) if doc.name in _needed(kind, described, given)]
    return tuple(
        Question(
            name=doc.name,
            text=doc.docstring.partition("\n")[0],
            choices=_choices(described, doc.name),
            default=_default(kind, id, doc.name, today=today),
        )
        for doc in sorted(needed, key=lambda doc: writable(described, markdown=True).index(doc.name))
        if doc.name not in given
    )


def document(kind: str, given: Mapping[str, str], project: Project) -> str:
    """The text of a new file for a record that has one to itself."""
    described = model(kind)
    markdown = kind in _SECTIONED
    rows = _rows(kind, described, given, project, markdown=markdown)
    if not markdown:
        return "\n".join(rows) + "\n"
    body = "\n## For customers\n\n## For users\n\n## Internal\n"
    return "\n".join(["---", *rows, *_comment(_BELOW), "---", body])


def element(kind: str, given: Mapping[str, str], project: Project) -> tuple[list[str], dict[str, Data]]:
    """The rows of a new finding or metric in a list, without the hyphen, and what they say."""
    rows = _rows(kind, model(kind), given, project, markdown=False)
    node = yaml.read("\n".join(rows), path="new")
    assert node is not None  # noqa: S101 - it has the fields that it needs
    return rows, node.data


def appended(sheet: Sheet, name: str | None, rows: list[str], value: dict[str, Data]) -> Edit:
    """Add an element to the list in a field, or (with None) to the list that the file is.

    Raises:
        UnwritableError: where it would not read back.
    """
    root = sheet.root
    if root is None:
        raise splice.UnwritableError(f"{sheet.path} is empty")
    location = () if name is None else (name,)
    there = name is None or (isinstance(root.data, dict) and root.data.get(name) is not None)
    goal = deepcopy(root.data)
    if name is None:
        goal.append(value)
    else:
        goal[name] = [*(goal[name] if there else ()), value]
    node = root.find(location)
    if there and node.children and not sheet.is_flow(node):
        column = node.start.column
        after = sheet.row_end(sheet.row(sheet.tail(node)))
        candidate = edit(sheet, after, after, f"\n{_hyphenated(rows, column)}")
        if splice.reads(sheet, candidate, (), goal, text=False):
            return candidate
    if not there and root.children and name is not None and name not in (root.keys or {}):
        after = sheet.row_end(sheet.row(sheet.tail(root)))
        candidate = edit(sheet, after, after, f"\n{name}:\n{_hyphenated(rows, 2)}")
        if splice.reads(sheet, candidate, (), goal, text=False):
            return candidate
    if name is None:
        raise splice.UnwritableError(f"{sheet.path} holds no list of rows; add the record by hand")
    return splice.put(sheet, location, goal[name], orders=[writable(model(SUMMARY), markdown=False)])


def listed(rows: list[str]) -> str:
    """A file that is a list with one element."""
    return _hyphenated(rows, 0) + "\n"


def _hyphenated(rows: list[str], column: int) -> str:
    """Rows as an element of a list: the comments above its first field stay above the hyphen."""
    first = next(number for number, row in enumerate(rows) if not row.startswith("#"))
    margin = " " * column
    lines = [f"{margin}{row}" for row in rows[:first]]
    lines.append(f"{margin}- {rows[first]}")
    lines += [f"{margin}  {row}" for row in rows[first + 1 :]]
    return "\n".join(lines)


def _rows(
    kind: str, described: type[BaseModel], given: Mapping[str, str], project: Project, *, markdown: bool
) -> list[str]:
    known = writable(described, markdown=markdown)
    for name in given:
        if name not in known:
            meant = near(name, list(known))
            hint = f"; did you mean `{meant}`?" if meant else f"; there are {', '.join(known)}"
            raise InvalidIdError(f"a {kind} has no field `{name}`{hint}")
    docs = {doc.name: doc for doc in fields(described)}
    rows: list[str] = []
    for name in known:
        if name in given:
            path = resolve(described, name, {}, markdown=markdown, labels=project.settings.labels)
            rows += [*_said(docs[name]), writing.field(name, _value(given[name], text=path.text))]
        elif name in _SUGGESTED[kind]:
            rows += [*_said(docs[name]), f"# {name}: {writing.flow(_plain(_example(docs[name])))}"]
    return rows


def _value(typed: str, *, text: bool) -> Data:
    if text:
        return typed
    try:
        node = yaml.read(typed, path="VALUE")
    except yaml.Refusal:
        return typed
    return typed if node is None else node.data


def _said(doc: FieldDoc) -> list[str]:
    """What a field is for, and who reads it."""
    reader = _READERS[doc.note.exposure] if doc.note is not None else ""
    return _comment(f"{' '.join(doc.docstring.split())} {reader}".strip())


def _comment(text: str) -> list[str]:
    return [f"# {row}" for row in textwrap.wrap(text, _WIDTH - 2, break_on_hyphens=False)]


def _example(doc: FieldDoc) -> object:
    return doc.note.example if doc.note is not None else None


def _plain(value: object) -> Data:
    match value:
        case int() | float():
            return yaml.Plain(repr(value))
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _needed(kind: str, described: type[BaseModel], given: Mapping[str, str]) -> set[str]:
    names = {name for name, info in described.model_fields.items() if info.is_required() and name != "id"}
    if kind == SUMMARY:
        names.add("title")
    if kind == Kind.ITEM and given.get("status") == "planned":
        names.add("horizon")
    if kind == Kind.ITEM and given.get("status") == "declined":
        names.add("reason")
    return names


def _choices(described: type[BaseModel], name: str) -> tuple[str, ...]:
    for option in alternatives(described.model_fields[name].annotation):
        if isinstance(option, type) and issubclass(option, Enum):
            return tuple(str(one.value) for one in option)
    return ()


def _default(kind: str, id: str, name: str, *, today: date) -> str:
    """What would do until somebody knows better."""
    match name:
        case "status":
            return "idea"
        case "horizon":
            return "next"
        case "side":
            return "both" if kind == Kind.OBJECTIVE else "user"
        case "direction":
            return "up"
        case "date":
            return today.isoformat()
        case "version":
            return id
        case _:
            return re.sub(r"[-.]+", " ", id).capitalize()
