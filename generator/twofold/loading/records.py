"""One file of records: front matter, YAML, sections, validation.

A file that cannot be used gives diagnostics and no record; what names it is then silent, since the
file has already said what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from twofold.diagnostics import Diagnostic, Severity, Span
from twofold.loading.diagnose import Places, diagnose
from twofold.loading.rules import INVALID_ID
from twofold.model import FOLDERS, Metric, Record, Summary
from twofold.model.fields import ID_PATTERN, RESERVED_IDS, Vocabulary, suggest_id
from twofold.source import frontmatter, sections, yaml, yaml_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.model.record import Location
    from twofold.source.files import Text

DIGEST = "digest"
"""In what has been worked out of a document: the digest of its text, where whoever read it needed one."""

SUFFIXES = (".md", ".yml", ".yaml")
"""The endings of record files."""

_METRICS = TypeAdapter(tuple[Metric, ...], config=ConfigDict(defer_build=True))
_ID = re.compile(ID_PATTERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file of records, with the places of everything in it."""

    path: str
    """POSIX path for diagnostics, relative to the folder of `mkdocs.yml`."""

    source: str
    """POSIX path relative to the content folder."""

    id: str
    """The file's stem."""

    places: Places
    """Where its fields stand."""

    content: Record | Summary | tuple[Metric, ...]
    """The record, the feedback summary or the metrics that the file holds."""

    body: sections.Sections | None
    """A Markdown record's texts with their places; None for a YAML record."""

    worked_out: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out of it alone, by what it is: two revisions of a plan share most documents."""

    told: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """What a look at its text has told (`twofold.checks.glance`); with it, kept from one run to the next."""

    doubtful: bool = False
    """Whether a section's title is in doubt (TF109), so that a text that seems to be missing may be there."""

    def span(self, location: Location = (), *, key: bool = False) -> Span:
        """Where a value stands, or (with `key`) the name of its field."""
        return self.places.span(location, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What one file gave."""

    document: Document | None
    problems: tuple[Diagnostic, ...]


def load(text: Text, source: str, *, vocabulary: Vocabulary, labels: Mapping[str, str]) -> Loaded:
    """Read one record file.

    `source` is its path relative to the content folder; its first folder tells the kind. `labels`
    maps section titles to labels.
    """
    # By hand: a path object costs as much as all else that is done for the name.
    name, _, suffix = source.rpartition("/")[2].rpartition(".")
    model: type[Any] = FOLDERS[source.partition("/")[0]]
    problems = list(_id_problems(name, text.path))
    body: sections.Sections | None = None
    doubtful = False
    yaml_text, first_line = text.text, 1
    if suffix == "md":
        parts = frontmatter.split(text.text, path=text.path, required=True)
        if isinstance(parts, Diagnostic):
            return Loaded(document=None, problems=(*problems, parts))
        yaml_text, first_line = parts.front or "", parts.front_line
        body, found = sections.split(parts.body, path=text.path, first_line=parts.body_line, labels=labels)
        problems.extend(found)
        doubtful = any(problem.severity is Severity.ERROR for problem in found)
    try:
        data = yaml_data.load(yaml_text, path=text.path, first_line=first_line)
    except yaml.Refusal as refusal:
        return Loaded(document=None, problems=(*problems, refusal.diagnostic))
    places = Places(path=text.path, first_line=first_line, text=yaml_text)
    data = _data(data, body, model, stem=name)
    content: Any
    try:
        if model is Metric:
            content = _METRICS.validate_python(data, context=vocabulary)
        else:
            content = model.model_validate(data, context=vocabulary)
    except ValidationError as invalid:
        return Loaded(document=None, problems=(*problems, *diagnose(invalid, model, places)))
    if not _ID.fullmatch(name) or name in RESERVED_IDS:
        return Loaded(document=None, problems=tuple(problems))
    document = Document(
        path=text.path, source=source, id=name, places=places, content=content, body=body, doubtful=doubtful
    )
    return Loaded(document=document, problems=tuple(problems))


def _data(data: Any, body: sections.Sections | None, model: type[Any], *, stem: str) -> Any:
    """A file's fields as its model takes them, the texts of a Markdown body among them."""
    if data is None and body is not None:
        data = {}
    if not isinstance(data, dict):
        return data
    # A field without a value is a field that is not there.
    data = {key: value for key, value in data.items() if value is not None}
    # Known names that have another place in this form are marked, so that they are refused as unknown fields.
    for name in ("id",) if body is None else ("id", "description", "sections"):
        if name in data:
            data[f"{name} "] = data.pop(name)
    if model is not Summary:
        data["id"] = stem
    if body is not None:
        data["description"] = body.description
        if model is not Summary:
            data["sections"] = body.texts
    return data


def _id_problems(stem: str, path: str) -> Iterator[Diagnostic]:
    if stem in RESERVED_IDS:
        hint = "an `index.md` takes the place of the home page only at the top of the content folder"
        yield INVALID_ID.at(Span(path=path), problem=f"the file name `{stem}` is reserved", hint=hint)
    elif not _ID.fullmatch(stem):
        meant = suggest_id(stem)
        hint = f"rename the file to `{meant}`" if meant else "use small letters, digits and hyphens"
        yield INVALID_ID.at(Span(path=path), problem=f"the file name `{stem}` is not an id", hint=hint)
