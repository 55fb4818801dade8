"""What a preview is made from, and what of it has changed.

The files' own marks (time, size, number) are compared again and again, rather than asking the system to
tell: that works on every file system, in containers and over networks, and knows what an editor's several
steps come to. 2,000 files take 8 ms, and looking never takes more than a twentieth of the time.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils.yaml import yaml_load

from twofold.publish import marked
from twofold.render.resources import overrides_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

INHERIT = re.compile(rb"""^INHERIT:[ \t]*["']?([^"'#\r\n]+?)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
MAX_INHERITANCE = 8

INTERVAL = (0.1, 1.0)
"""Seconds from one look to the next, at least and at most."""

SHARE = 20
"""How many times as long as a look takes it is until the next one."""

QUIET = 0.06
"""Seconds without a change after which an editor is done: many write, rename and write again."""

PATIENCE = 2.0
"""Seconds after which a stream of changes is not waited out any longer."""

IGNORED = frozenset({"__pycache__", "node_modules"})

Mark = tuple[int, int, int]
"""A file's time of change in ns, its size and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file that is not what it was."""

    path: Path
    what: str
    """`changed`, `added`, `deleted` or `renamed`."""

    earlier: Path | None = None
    """What a renamed file was called."""


class Watch:
    """Everything that the site of one `mkdocs.yml` is made from. Mutable: it knows what it has seen."""

    def __init__(self, config_file: Path) -> None:
        """Begin with what is there now."""
        self.config_file = config_file
        self.places = _places(config_file, ())
        self.seen = marks(self.places)
        self._next = 0.0

    def wait(self) -> list[Change]:
        """Return when something has changed since the last time, and has come to rest."""
        while True:
            while not self.stirs():
                time.sleep(max(self._next - time.monotonic(), 0))
            if found := self.settled():
                return found

    def stirs(self) -> bool:
        """Whether something has changed since the last time. Asked often, it looks now and then."""
        if time.monotonic() < self._next:
            return False
        begun = time.monotonic()
        current = marks(self.places)
        now = time.monotonic()
        self._next = now + min(max((now - begun) * SHARE, INTERVAL[0]), INTERVAL[1])
        return current != self.seen

    def settled(self) -> list[Change]:
        """What has changed since the last time, when it has come to rest; nothing where all is as it was."""
        current = marks(self.places)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            time.sleep(QUIET)
            later = marks(self.places)
            if later == current:
                break
            current = later
        found = changes(self.seen, current)
        # A setting may have named another folder. What is there already is nothing new: it is read next.
        self.places = _places(self.config_file, self.places)
        self.seen = marks(self.places)
        return found


def configuration_files(config_file: Path) -> list[Path]:
    """`mkdocs.yml` and what it inherits, whether or not it can be read as YAML at present."""
    files = [config_file]
    for _ in range(MAX_INHERITANCE):
        try:
            parent = INHERIT.search(files[-1].read_bytes())
            if parent is None:
                break
            files.append(_under(files[-1].parent, parent[1].decode()))
        except (OSError, ValueError):
            break
    return files


def marks(places: Sequence[Path]) -> dict[str, Mark]:
    """The mark of every file under `places`, each a file or a folder, there or not."""
    found: dict[str, Mark] = {}
    folders: list[str] = []
    for place in places:
        if place.is_dir():
            folders.append(str(place))
        else:
            with suppress(OSError):
                found[str(place)] = _mark(place.stat())
    while folders:
        for entry in _entries(folders.pop()):
            # The file may be gone by now.
            with suppress(OSError):
                if not entry.is_dir(follow_symlinks=False):
                    # What a link leads to: its text is what a page shows.
                    found[entry.path] = _mark(entry.stat())
                elif not _made(entry):
                    folders.append(entry.path)
    return found


def changes(before: Mapping[str, Mark], after: Mapping[str, Mark]) -> list[Change]:
    """What happened between two looks, in the order of the paths."""
    gone = {before[path]: path for path in before.keys() - after.keys()}
    found: list[Change] = []
    for path in after.keys() - before.keys():
        earlier = gone.pop(after[path], None)
        if earlier is None:
            found.append(Change(path=Path(path), what="added"))
        else:
            found.append(Change(path=Path(path), what="renamed", earlier=Path(earlier)))
    found.extend(Change(path=Path(path), what="deleted") for path in gone.values())
    both = before.keys() & after.keys()
    found.extend(Change(path=Path(path), what="changed") for path in both if before[path] != after[path])
    return sorted(found, key=lambda change: change.path)


def _places(config_file: Path, known: Sequence[Path]) -> tuple[Path, ...]:
    """Where to look; with a broken `mkdocs.yml`, where it was looked before as well."""
    root = config_file.parent
    try:
        with config_file.open("rb") as file:
            values = yaml_load(file)
        named = [_under(root, name) for name in _named(values)]
    except Exception:  # noqa: BLE001 - whatever a half-written file makes of a YAML reader
        named = list(known)
    return tuple(dict.fromkeys([*configuration_files(config_file), *named, overrides_folder()]))


def _named(values: Mapping[str, Any]) -> Iterator[str]:
    yield values.get("docs_dir") or "docs"
    theme = values.get("theme")
    if isinstance(theme, dict) and theme.get("custom_dir"):
        yield theme["custom_dir"]
    for setting in ("watch", "hooks"):
        names = values.get(setting)
        if isinstance(names, list):
            yield from (name for name in names if isinstance(name, str))


def _under(root: Path, name: str) -> Path:
    return Path(os.path.normpath(root / name))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        return [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:  # no longer
        return []


def _mark(status: os.stat_result) -> Mark:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _made(folder: os.DirEntry[str]) -> bool:
    """Whether a folder is made by programs: somebody may watch the whole repository."""
    return folder.name in IGNORED or marked(Path(folder.path)) is not None
