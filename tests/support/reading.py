"""Who reads what, by the contract's words alone: an oracle beside the product's own projection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.raw_yaml import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.support.contents import Contents, PageFile, RecordFile

STATUSES = {
    "customer": frozenset({"planned", "in-progress", "released"}),
    "user": frozenset({"in-progress", "released"}),
}
Name = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True)
class Eye:
    """One public audience."""

    name: str
    labels: tuple[str, ...]
    statuses: frozenset[str]
    shown: frozenset[str]
    """Fields that `show:` adds for it: `item.target`."""

    def common(self, publish: Sequence[str]) -> tuple[str, ...]:
        return tuple(label for label in self.labels if label in publish)

    def sees(self, kind: str, record: Mapping[str, Any]) -> bool:
        labels = self.common(record.get("publish") or ())
        if kind == "item" and record["status"] not in self.statuses:
            return False
        if kind == "finding":
            return any(label in (record.get("titles") or {}) for label in labels)
        return bool(labels)

    def adds(self, kind: str, name: str) -> bool:
        return f"{kind}.{name}" in self.shown


def eye(contents: Contents, audience: str) -> Eye:
    settings = contents.twofold
    own = (settings.get("audiences") or {}).get(audience) or {}
    labels = tuple(dict.fromkeys((audience, *map(str, own.get("reads") or ()))))
    read = [STATUSES[label] for label in labels if label in STATUSES] or [STATUSES["user"]]
    statuses = frozenset(map(str, own["statuses"])) if own.get("statuses") else frozenset().union(*read)
    shown = (settings.get("show") or {}).get(audience) or ()
    assert not isinstance(shown, Tagged)
    return Eye(audience, labels, statuses, frozenset(map(str, shown)))


def records(contents: Contents) -> Iterator[tuple[str, str, dict[str, Any], RecordFile]]:
    """Kind, id, fields and file of every record."""
    for file in contents.records:
        if file.kind == "summary":
            for finding in file.fields["findings"]:
                yield "finding", str(finding["id"]), finding, file
        elif file.kind == "metrics":
            for metric in file.fields:
                yield "metric", str(metric["id"]), metric, file
        else:
            yield file.kind, file.id, file.fields, file


def seen(contents: Contents, one: Eye) -> frozenset[Name]:
    return frozenset((kind, id) for kind, id, fields, _ in records(contents) if one.sees(kind, fields))


def read_texts(contents: Contents, one: Eye) -> Iterator[tuple[str, str]]:
    """Source and text of every Markdown text that an audience reads."""
    visible = seen(contents, one)
    for kind, id, fields, file in records(contents):
        if (kind, id) not in visible:
            continue
        labels = one.common(fields.get("publish") or ())
        if kind == "metric":
            yield file.source, str(fields.get("description") or "")
        if kind in {"item", "persona", "objective", "release"}:
            yield from ((file.source, file.sections[label]) for label in labels if label in file.sections)
        for note in fields.get("notes") or () if kind == "release" else ():
            if "item" not in note or ("item", note["item"]) in visible:
                yield from ((file.source, str(note[label])) for label in labels if label in note)
    for page in contents.pages:
        if reads_page(one, page):
            yield page.source, page.body


def reads_page(one: Eye, page: PageFile) -> bool:
    return bool(one.common(page.matter.get("publish") or ()))
