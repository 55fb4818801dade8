"""A project's files, taken apart so that a test can change them, and written again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tests.support import raw_yaml
from twofold.model.settings import SECTIONS
from twofold.source import sections

if TYPE_CHECKING:
    from random import Random

KINDS = {
    "personas": "persona",
    "feedback": "summary",
    "objectives": "objective",
    "roadmap": "item",
    "releases": "release",
    "metrics": "metrics",
}
TITLES = {label: title for title, label in SECTIONS.items()}


@dataclass
class RecordFile:
    """A file of records. Its fields may be changed."""

    source: str
    """POSIX path, relative to the content folder."""

    fields: Any
    """A mapping, or for metrics a list."""

    description: str = ""
    sections: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return KINDS[self.source.partition("/")[0]]

    @property
    def id(self) -> str:
        return PurePosixPath(self.source).name.rpartition(".")[0]

    def text(self) -> str:
        if self.source.endswith(".md"):
            parts = [f"## {_title(label)}\n\n{text}" for label, text in self.sections.items()]
            body = "\n\n".join([self.description, *parts] if self.description else parts)
            return f"---\n{raw_yaml.dump(self.fields)}---\n{body}\n"
        if isinstance(self.fields, list):
            return raw_yaml.dump(self.fields)
        texts = {"description": self.description} if self.description else {}
        told = {"sections": self.sections} if self.sections else {}
        return raw_yaml.dump({**self.fields, **texts, **told})


@dataclass
class PageFile:
    """A hand-written page."""

    source: str
    matter: dict[str, Any]
    body: str

    def text(self) -> str:
        return f"---\n{raw_yaml.dump(self.matter)}---\n{self.body}" if self.matter else self.body


@dataclass
class Contents:
    """A whole project."""

    settings: dict[str, Any]
    """All of `mkdocs.yml`."""

    records: list[RecordFile]
    pages: list[PageFile]
    others: dict[str, bytes]
    """Images, styles and the like, by their path relative to the content folder."""

    beside: dict[str, bytes] = field(default_factory=dict)
    """Files beside the content folder: `overrides/`."""

    @property
    def twofold(self) -> dict[str, Any]:
        """The settings under `twofold:`."""
        for plugin in self.settings["plugins"]:
            if isinstance(plugin, dict) and "twofold" in plugin:
                found: dict[str, Any] = plugin["twofold"]
                return found
        raise AssertionError("mkdocs.yml does not use Twofold")

    def write(self, folder: Path, chance: Random | None = None) -> None:
        """Write everything into an empty folder, in any order."""
        docs = str(self.settings.get("docs_dir", "docs"))
        files = {"mkdocs.yml": raw_yaml.dump(self.settings).encode(), **self.beside}
        files |= {f"{docs}/{one.source}": one.text().encode() for one in self.records}
        files |= {f"{docs}/{one.source}": one.text().encode() for one in self.pages}
        files |= {f"{docs}/{name}": data for name, data in self.others.items()}
        names = list(files)
        if chance is not None:
            chance.shuffle(names)
        for name in names:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[name])


def read(folder: Path) -> Contents:
    """Take a project apart. Records are those with the usual section titles."""
    settings = raw_yaml.load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    content = folder / str(settings.get("docs_dir", "docs"))
    found = Contents(settings=settings, records=[], pages=[], others={})
    added = {f"For {name}": name for name in (found.twofold.get("audiences") or {}) if name not in TITLES}
    for path in sorted(content.rglob("*")):
        if not path.is_file():
            continue
        source = path.relative_to(content).as_posix()
        top = source.partition("/")[0]
        if top in KINDS and path.suffix in {".md", ".yml", ".yaml"}:
            found.records.append(_record(source, path.read_text(encoding="utf-8"), {**SECTIONS, **added}))
        elif path.suffix == ".md":
            front, body = _split(path.read_text(encoding="utf-8"))
            found.pages.append(PageFile(source, raw_yaml.load(front) or {}, body))
        else:
            found.others[source] = path.read_bytes()
    if (folder / "overrides").is_dir():
        for path in sorted((folder / "overrides").rglob("*")):
            if path.is_file():
                found.beside[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _record(source: str, text: str, labels: dict[str, str]) -> RecordFile:
    if source.endswith(".md"):
        front, body = _split(text)
        parts, problems = sections.split(body, path=source, first_line=1, labels=labels)
        assert not problems, problems
        return RecordFile(source, raw_yaml.load(front) or {}, parts.description, dict(parts.texts))
    fields = raw_yaml.load(text)
    if isinstance(fields, list):
        return RecordFile(source, fields)
    return RecordFile(source, fields, str(fields.pop("description", "")), fields.pop("sections", {}))


def _split(text: str) -> tuple[str, str]:
    if not text.startswith("---\n"):
        return "", text
    front, _, body = text[4:].partition("\n---\n")
    return f"{front}\n", body


def _title(label: str) -> str:
    return TITLES.get(label, f"For {label}")
