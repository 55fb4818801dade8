"""One field of one record, changed in place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.authoring import splice, store, writing
from twofold.authoring.fields import Path, resolve
from twofold.authoring.place import there
from twofold.authoring.sheet import Edit, Sheet
from twofold.diagnostics import Diagnostic, Severity
from twofold.loading import records
from twofold.source import yaml
from twofold.source.files import Text, decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.authoring.records import Target
    from twofold.authoring.writing import Data
    from twofold.config import Project


class RefusedError(Exception):
    """The change would make something wrong that was not wrong before."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], texts: dict[str, str]) -> None:
        super().__init__(f"{len(diagnostics)} errors")
        self.diagnostics = diagnostics
        self.texts = texts


class InvalidValueError(Exception):
    """What was typed is no value; the sentence is for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that has been worked out, read back and compared, and not yet made."""

    target: Target
    edit: Edit | None
    """None where the field holds the value already."""

    old: str
    """The file's text as it is."""

    new: str
    """The file's text as it is to be."""

    line: int
    """The line, from 1, on which the change begins."""

    before: str
    """The present value as YAML, for people; ``""`` where there is none."""

    after: str
    """The new value as YAML, for people; ``""`` where the field goes."""

    @property
    def lines(self) -> range:
        """The lines, from 1, that are written anew."""
        if self.edit is None:
            return range(0)
        end = self.edit.start + len(self.edit.new)
        # A character more, so that a line that ends there counts.
        first, last = (len(f"{self.new[:place]}-".splitlines()) for place in (self.edit.start, end))
        return range(first, last + 1)

    @property
    def replacement(self) -> store.Replacement:
        """What is to be written."""
        return store.Replacement(
            path=self.target.disk, old=self.old.encode("utf-8"), new=self.new.encode("utf-8")
        )


def change(project: Project, target: Target, field: str, value: str | None) -> Change:
    """Work out the change of a field to what was typed; None takes the field out.

    Raises:
        UnknownPathError: where the kind has no such field.
        InvalidValueError: where what was typed is no YAML.
        UnicodeEncodeError: where it is no text.
        RefusedError: where the record would not load.
        UnwritableError: where the place cannot be changed alone.
        Refusal: where the file cannot be read.
    """
    raw = store.read(target.disk)
    sheet = Sheet.of(raw, path=target.shown)
    data = sheet.root.find(target.location).data if sheet.root is not None else None
    labels = project.settings.labels
    path = resolve(target.model, field, data, markdown=target.shown.endswith(".md"), labels=labels)
    return _change(project, target, sheet, path, None if value is None else _parsed(value, path))


def put(project: Project, target: Target, text: str, field: str, value: Data) -> Change:
    """Work out the change of a field to a value, in a text that may be a draft already.

    Raises:
        As `change` does.
    """
    sheet = Sheet(text, path=target.shown)
    data = sheet.root.find(target.location).data if sheet.root is not None else None
    labels = project.settings.labels
    path = resolve(target.model, field, data, markdown=target.shown.endswith(".md"), labels=labels)
    return _change(project, target, sheet, path, value)


def _change(project: Project, target: Target, sheet: Sheet, path: Path, value: Data) -> Change:
    location = (*target.location, *path.location)
    present = _present(sheet, location)
    if path.expand is not None:
        # A lone id stands for a mapping with only this field.
        held = _present(sheet, location[:-1])
        name = str(location[-1])
        value = value if name == path.expand else {path.expand: held, name: value}
        location = location[:-1]
        present = held
    edit: Edit | None
    if value is None:
        edit = splice.remove(sheet, location) if present is not None else None
    elif writing.same(present, value) or (path.text and present is not None and present == value):
        edit = None
    else:
        orders = ((),) * len(target.location) + path.orders
        edit = splice.put(sheet, location, value, orders=orders[: len(location)], text=path.text)
    new = edit.apply(sheet.text) if edit is not None else sheet.text
    if edit is not None:
        _require_loading(project, target, sheet.text, new)
    return Change(
        target=target,
        edit=edit,
        old=sheet.text,
        new=new,
        line=_first_line(sheet, edit, location),
        before="" if present is None else writing.flow(present),
        after="" if value is None else writing.flow(value),
    )


def _present(sheet: Sheet, location: tuple[str | int, ...]) -> Data:
    """What the file has at a location; None where it has nothing."""
    if sheet.root is None or there(sheet.root, location) < len(location):
        return None
    return sheet.root.find(location).data


def _parsed(value: str, path: Path) -> Data:
    value.encode("utf-8")
    if path.text and path.expand is None:
        return value
    try:
        node = yaml.read(value, path="VALUE")
    except yaml.Refusal as refusal:
        raise InvalidValueError(refusal.diagnostic.message) from None
    if node is None or node.data is None:
        raise InvalidValueError("there is no value; --unset takes the field out")
    return node.data


def _first_line(sheet: Sheet, edit: Edit | None, location: tuple[str | int, ...]) -> int:
    if edit is not None:
        # An insertion begins with the line end of the row before it.
        skipped = len(edit.new) - len(edit.new.lstrip("\r\n")) if not edit.old else 0
        return sheet.row(edit.start) + 1 + (1 if skipped else 0)
    return sheet.row(sheet.at(sheet.root.find(location).start)) + 1 if sheet.root is not None else 1


def _require_loading(project: Project, target: Target, old: str, new: str) -> None:
    """Read the new text as a build will, and refuse what was not wrong before."""
    vocabulary, labels = project.settings.vocabulary, project.settings.section_labels

    def problems(text: str) -> tuple[list[Diagnostic], str]:
        decoded = decode(text.encode("utf-8"), path=target.shown)
        if not isinstance(decoded, Text):
            return [decoded], text
        loaded = records.load(decoded, target.file.path, vocabulary=vocabulary, labels=labels)
        return list(loaded.problems), decoded.text

    found, shown = problems(new)
    added = new_errors(problems(old)[0], found)
    if added:
        raise RefusedError(added, {target.shown: shown})


def new_errors(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors that are there after a change and were not before, wherever in their file they stand."""
    known = Counter((one.span.path, one.code, one.message) for one in before)
    added = []
    for one in after:
        key = (one.span.path, one.code, one.message)
        if known[key]:
            known[key] -= 1
        elif one.severity is Severity.ERROR:
            added.append(one)
    return tuple(added)
