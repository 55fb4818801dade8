"""A new portal: a small, true-to-life story to write over, with what a repository needs around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from twofold import __version__, config
from twofold.authoring import schema, store
from twofold.authoring.store import Replacement, StoreError
from twofold.model.settings import Settings
from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from twofold.model import Vocabulary

TEMPLATES = ("hr-saas", "healthcare", "education", "retail")
"""The stories to begin with; each is a folder of `templates/`."""

_COMMON = {
    "gitignore": ".gitignore",
    "requirements.txt": "requirements.txt",
    "github.yml": ".github/workflows/roadmap.yml",
    "gitlab.yml": ".gitlab-ci.yml",
    "vscode-settings.json": ".vscode/settings.json",
    "vscode-extensions.json": ".vscode/extensions.json",
}
"""What every portal has. Without leading dots in the package, where tools would pass them over."""

SCHEMAS = "schemas"
_CONTENT = "content"
_MARK = re.compile(r"\{\{(?P<unit>day|month|quarter|half|year)(?P<shift>[-+][0-9]+)?\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A portal that has been begun."""

    written: tuple[str, ...]
    """POSIX paths, relative to its folder."""

    kept: tuple[str, ...]
    """Those that were there already and stay as they were."""


def begin(folder: Path, template: str, *, today: date, environ: Mapping[str, str]) -> Begun:
    """Begin a portal in a folder, which is made where it is not there. Nothing that is there is changed.

    Raises:
        StoreError: where something cannot be written; then nothing is.
    """
    content = _content_folder(folder)
    texts = {
        _moved(path, content): _filled(text, content=content, today=today) for path, text in _files(template)
    }
    with_schemas = {**texts, **_schemas(folder, texts, environ)}
    written, kept = [], []
    replacements: list[Replacement] = []
    for path, text in sorted(with_schemas.items()):
        place = folder / path
        _require_inside(place, folder)
        if place.exists() or place.is_symlink():
            kept.append(path)
            continue
        written.append(path)
        replacements.append(Replacement(path=place, old=None, new=text.encode("utf-8")))
    store.replace(replacements)
    return Begun(written=tuple(written), kept=tuple(kept))


def dated(text: str, *, today: date) -> str:
    """A text with its dates: `{{day-40}}`, `{{month+1}}`, `{{quarter}}`, `{{half+1}}`, `{{year}}`.

    A story that is told with dates of its own would be overdue whenever somebody begins with it.
    """
    return _MARK.sub(lambda mark: _period(mark["unit"], int(mark["shift"] or 0), today), text)


def _period(unit: str, shift: int, today: date) -> str:
    if unit == "day":
        return (today + timedelta(days=shift)).isoformat()
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    number = (today.year * 12 + today.month - 1) // length + shift
    year, part = divmod(number, 12 // length)
    match unit:
        case "month":
            return f"{year}-{part + 1:02}"
        case "quarter":
            return f"{year}-Q{part + 1}"
        case "half":
            return f"{year}-H{part + 1}"
        case _:
            # Without quotes other tools read a year as a number.
            return f'"{year}"'


def _filled(text: str, *, content: str, today: date) -> str:
    text = dated(text, today=today)
    return text.replace("{{version}}", __version__).replace("{{content}}", content)


def _files(template: str) -> Iterator[tuple[str, str]]:
    """The files of a template and those that every portal has, by their paths in a portal."""
    root = resources.files("twofold.authoring") / "templates"
    for name, path in _COMMON.items():
        yield path, (root / "common" / name).read_text(encoding="utf-8")
    yield from _below(root / template, PurePosixPath())


def _below(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, path / entry.name)
        else:
            yield (path / entry.name).as_posix(), entry.read_text(encoding="utf-8")


def _content_folder(folder: Path) -> str:
    """Where records go: the `docs_dir` of a configuration that is there already."""
    file = folder / "mkdocs.yml"
    if not file.is_file():
        return _CONTENT
    try:
        node = yaml.read(file.read_text(encoding="utf-8-sig"), path="mkdocs.yml", trusted=True)
    except (OSError, ValueError, yaml.Refusal):
        raise StoreError(f"{file} is there and cannot be read; mend it or move it away first") from None
    data = node.data if node is not None and isinstance(node.data, dict) else {}
    named = PurePosixPath(str(data.get("docs_dir") or "docs"))
    if named.is_absolute() or ".." in named.parts:
        raise StoreError(f"`docs_dir` in {file} leads out of {folder}")
    return named.as_posix()


def _moved(path: str, content: str) -> str:
    return f"{content}/{path.removeprefix(f'{_CONTENT}/')}" if path.startswith(f"{_CONTENT}/") else path


def _schemas(folder: Path, texts: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """The schemas, with the words that the settings allow."""
    vocabulary: Vocabulary | None = _vocabulary(texts["mkdocs.yml"])
    if (folder / "mkdocs.yml").is_file():
        try:
            vocabulary = config.read(folder / "mkdocs.yml", environ=environ).settings.vocabulary
        except config.ConfigurationError:
            vocabulary = None
    found = schema.schemas(vocabulary)
    return {f"{SCHEMAS}/{name}": schema.as_text(one) for name, one in found.items()}


def _vocabulary(text: str) -> Vocabulary:
    """The words of a template's settings."""
    node = yaml.read(text, path="mkdocs.yml", trusted=True)
    plugins = node.data["plugins"] if node is not None else []
    ours = next(one["twofold"] for one in plugins if isinstance(one, dict))
    return Settings.model_validate({"themes": ours["themes"]}).vocabulary


def _require_inside(place: Path, folder: Path) -> None:
    """Refuse to write through a linked folder to somewhere else."""
    for parent in place.parents:
        if parent == folder:
            return
        if parent.is_symlink():
            raise StoreError(f"{parent} is a symbolic link; begin in a folder without it")
        if parent.exists() and not parent.is_dir():
            raise StoreError(f"{parent} is a file where a folder should stand")
