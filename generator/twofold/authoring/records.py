"""Where a record stands on disk, loaded or not: what is wrong in it may be what is to change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.authoring.sheet import Sheet
from twofold.diagnostics import Diagnostic
from twofold.loading.diagnose import near
from twofold.loading.records import SUFFIXES
from twofold.model import FOLDERS, Kind, Summary
from twofold.model.exposure import MODELS
from twofold.source import files, yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from twofold.config import Project
    from twofold.model.record import Location

SUMMARY = "summary"
"""What a feedback summary is called beside the kinds of records."""

KINDS = (*(kind.value for kind in Kind), SUMMARY)
"""What may stand before the slash of KIND/ID."""

_FOLDER = {
    Kind.PERSONA: "personas",
    Kind.FINDING: "feedback",
    SUMMARY: "feedback",
    Kind.OBJECTIVE: "objectives",
    Kind.ITEM: "roadmap",
    Kind.RELEASE: "releases",
    Kind.METRIC: "metrics",
}


class NoSuchRecordError(Exception):
    """There is no such record, or there are two; the sentence is for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A record's place."""

    kind: str
    id: str
    model: type[BaseModel]
    file: files.Found
    shown: str
    """POSIX path for diagnostics."""

    location: Location
    """Where in the file's YAML: `("findings", 2)` for a finding, `(3,)` for a metric."""

    @property
    def disk(self) -> Path:
        """The file itself, links followed."""
        return Path(self.file.location)


def folder(kind: str) -> str:
    """The content folder's first-level folder for a kind."""
    return _FOLDER[kind]


def model(kind: str) -> type[BaseModel]:
    """The model of a kind, a summary's among them."""
    return Summary if kind == SUMMARY else MODELS[Kind(kind)]


def record_files(project: Project, kind: str) -> list[files.Found]:
    """The files that hold records of a kind, in the order of their paths."""
    found, _ = files.walk(project.content, shown=project.shown_content)
    first = f"{folder(kind)}/"
    return [file for file in found if file.path.startswith(first) and Path(file.path).suffix in SUFFIXES]


def split(name: str) -> tuple[str, str]:
    """KIND/ID taken apart.

    Raises:
        NoSuchRecordError: where it has another form, or the kind is none.
    """
    kind, slash, id = name.partition("/")
    if not slash or not id:
        raise NoSuchRecordError(f"`{name[:60]}` is not KIND/ID, such as item/offline-charting")
    if kind not in KINDS:
        meant = near(kind, [*KINDS, *FOLDERS])
        singular = {plural: kind for kind, plural in _FOLDER.items() if kind != SUMMARY}.get(
            meant or "", meant
        )
        hint = f"did you mean `{singular}`?" if singular else f"there are {', '.join(KINDS)}"
        raise NoSuchRecordError(f"there is no kind `{kind[:60]}`; {hint}")
    return kind, id


def locate(project: Project, kind: str, id: str) -> Target:
    """Find the one record of a kind and id.

    Raises:
        NoSuchRecordError: where there is none, or more than one.
    """
    places: list[tuple[files.Found, Location]] = []
    known: set[str] = set()
    for file in record_files(project, kind):
        for other, location in _ids(project, file, kind, id):
            known.add(other)
            if other == id:
                places.append((file, location))
    if len(places) > 1:
        where = " and ".join(f"{project.shown_content}/{file.path}" for file, _ in places[:2])
        raise NoSuchRecordError(f"the {kind} `{id}` is there more than once: {where}")
    if not places:
        meant = near(id, sorted(known)) if len(known) < 5000 else None
        raise NoSuchRecordError(
            f"there is no {kind} `{id[:60]}`; " + (f"did you mean `{meant}`?" if meant else _begin(kind, id))
        )
    file, location = places[0]
    shown = f"{project.shown_content}/{file.path}"
    return Target(kind=kind, id=id, model=model(kind), file=file, shown=shown, location=location)


def _begin(kind: str, id: str) -> str:
    return f"`twofold new {kind} {id[:60]}` begins one" if kind != SUMMARY else "look in the folder feedback/"


def _ids(project: Project, file: files.Found, kind: str, wanted: str) -> Iterator[tuple[str, Location]]:
    """The ids of a kind in a file, with their places."""
    if kind not in {Kind.FINDING, Kind.METRIC}:
        yield Path(file.path).name.removesuffix(Path(file.path).suffix), ()
        return
    text = files.read(file, shown=project.shown_content)
    if isinstance(text, Diagnostic):
        return
    try:
        root = Sheet(text.text, path=text.path).root
    except yaml.Refusal:
        if wanted in text.text:
            # What cannot be read may be the one that is meant.
            raise
        return
    elements = root.data if root is not None else None
    first: Location = ()
    if kind == Kind.FINDING:
        elements, first = (elements.get("findings") if isinstance(elements, dict) else None), ("findings",)
    for number, element in enumerate(elements if isinstance(elements, list) else ()):
        if isinstance(element, dict) and isinstance(element.get("id"), str):
            yield str(element["id"]), (*first, number)
