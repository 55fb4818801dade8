"""`twofold serve`: build, show, wait for a change, build again.

One thread does it, one step after the other: what changes while a portal is built differs from what was seen
before it, and so is built afterwards. The portals in `site/` and `site-internal/` are never touched.
"""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError

from twofold import pipeline, publish
from twofold.config import ConfigurationError
from twofold.diagnostics import Report, Severity
from twofold.engine import build
from twofold.engine.trouble import Trouble, fragment
from twofold.engine.watch import Change, Watch
from twofold.loading.memory import Memory
from twofold.model.fields import INTERNAL
from twofold.render.kept import Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from twofold.engine.live import Live
    from twofold.engine.splice import Shells


PATIENCE = 1.0
"""Seconds that a writer waits for whole portals: in longer rounds the page that is open is made alone first,
and a newer change is not kept waiting."""

ENDURANCE = 60.0
"""Seconds for which rounds give way: then one is finished, though something may change every moment."""


class Overtaken(Exception):  # noqa: N818 - what has happened to a round
    """Something has changed once more: what is being made is old already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What one round came to."""

    changes: tuple[Change, ...]
    """Why there was one; none for the first."""

    seconds: float
    pages: int = 0
    report: Report | None = None
    """All diagnostics; None where the project could not be read."""

    content: Path | None = None
    """The content folder, where it is known."""

    warnings: tuple[str, ...] = ()
    """MkDocs' own that it had not raised in the round before."""

    troubles: tuple[Trouble, ...] = ()
    """Why there are not all of the portals anew."""

    overtaken: bool = False
    """Whether it was left unfinished for a newer change, which is another round's."""


@dataclass(slots=True, kw_only=True)
class Rounds:
    """Builds again and again. Mutable: it counts, and remembers what is good and what it has said."""

    config_file: Path
    today: date
    live: Live
    folder: Path
    stirs: Callable[[], bool] = bool
    """Whether something has changed since the round began; asked often."""

    number: int = 0
    good: dict[str, Path] = field(default_factory=dict)
    """Audience to the folder of its last complete portal."""

    said: frozenset[str] = frozenset()
    content: Path | None = None
    memory: Memory = field(default_factory=Memory)
    pages: Pages = field(default_factory=Pages)
    shells: dict[str, Shells] = field(default_factory=dict)
    """Audience to what stands around the pages of its last complete portal."""

    pieces: pipeline.Pieces | None = None
    """What the plan of the last whole round may withhold; None where there was none without trouble."""

    begun: float = 0.0
    waiting: float | None = None
    """When the first of the rounds began that have given way one after the other; None where none has."""

    seconds: float = 0.0
    """How long the last whole round took."""

    def next(self, changes: tuple[Change, ...]) -> Built:
        """Build all portals once, and show each, or what stands in its way."""
        self.begun = time.monotonic()
        self.number += 1
        warnings: list[str] = []
        loaded, wrong = self._load()
        troubles: dict[str, Trouble] = {}
        if wrong is not None:
            troubles = dict.fromkeys(self.live.audiences, wrong)
        elif loaded is not None:
            if self.seconds > PATIENCE:
                self._hasten(loaded, changes)
            try:
                troubles = self._portals(loaded, warnings.append)
            except Overtaken:
                self.waiting = self.waiting or self.begun
                return Built(changes=changes, seconds=time.monotonic() - self.begun, overtaken=True)
        self.waiting = None
        public = [audience for audience in self.good if audience != INTERNAL]
        self.pieces = pipeline.pieces(loaded) if loaded and public and not troubles else None
        for audience, found in troubles.items():
            self.live.warn(audience, fragment(found, alone=audience not in self.good))
        new = tuple(warning for warning in dict.fromkeys(warnings) if warning not in self.said)
        self.said = frozenset(warnings)
        good = [folder for audience, folder in self.good.items() if audience not in troubles]
        self.seconds = time.monotonic() - self.begun
        return Built(
            changes=changes,
            seconds=self.seconds,
            pages=sum(1 for folder in good for _ in folder.rglob("*.html")),
            report=loaded.report if loaded else None,
            content=self.content,
            warnings=new,
            troubles=tuple(dict.fromkeys(troubles.values())),
        )

    def _load(self) -> tuple[pipeline.Loaded | None, Trouble | None]:
        try:
            loaded = pipeline.load(self.config_file, environ=os.environ, today=self.today, memory=self.memory)
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the preview goes on
            return None, _trouble(error)
        self.content = loaded.project.content
        return loaded, Trouble.of(loaded.report) if loaded.report.reaches(Severity.ERROR) else None

    def _hasten(self, loaded: pipeline.Loaded, changes: tuple[Change, ...]) -> None:
        """Show the page that somebody is looking at anew, before there are portals in which all agree."""
        audience, address = self.live.visited, self.live.address
        shells, folder = self.shells.get(audience), self.good.get(audience)
        # Settings and templates may change what stands around it.
        content = loaded.project.content
        is_content = all(change.path.is_relative_to(content) for change in changes)
        if shells is None or folder is None or not is_content:
            return
        with suppress(Exception):  # The whole portal will say what is wrong.
            page = pipeline.page(loaded, audience, address)
            html = shells.again(page) if page is not None else None
            if html is None:
                return
            name, data = f"{address}/index.html".lstrip("/"), html.encode(errors="xmlcharrefreplace")
            # A portal for others is looked through before it is shown, and so is this page.
            changed = {
                path.relative_to(content).as_posix()
                for change in changes
                for path in (change.path, change.earlier)
                if path is not None and path.is_relative_to(content)
            }
            if pipeline.is_clean(loaded, audience, name=name, data=data, before=self.pieces, changed=changed):
                _replace(folder / name, data)
                self.live.show(audience, folder, self.number, "-first")

    def _portals(self, loaded: pipeline.Loaded, warn: Callable[[str], None]) -> dict[str, Trouble]:
        troubles = {}
        # What somebody is looking at comes first.
        visited = self.live.visited
        for audience in sorted(self.live.audiences, key=lambda one: one != visited):
            try:
                self._portal(loaded, audience, warn)
            except Overtaken:
                raise
            except Exception as error:  # noqa: BLE001 - as above
                troubles[audience] = _trouble(error)
            _give_back()
        return troubles

    def _portal(self, loaded: pipeline.Loaded, audience: str, warn: Callable[[str], None]) -> None:
        portals = self.folder / audience
        folder = portals / str(self.number)
        folder.mkdir(parents=True)
        before = self.good.get(audience)
        try:
            address = f"{self.live.url}{audience}/"
            shells = build.preview(
                loaded,
                audience,
                folder,
                today=self.today,
                address=address,
                warn=warn,
                kept=self.pages,
                step=self._step,
            )
        except Exception:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self.good[audience] = folder
        if shells is not None:
            self.shells[audience] = shells
        self.live.show(audience, folder, self.number)
        # The one before stays for who is reading it right now.
        for old in portals.iterdir():
            if old not in {folder, before}:
                shutil.rmtree(old, ignore_errors=True)

    def _step(self) -> None:
        """Give way to a newer change, unless all will be done in a moment or nothing would be seen of it."""
        now = time.monotonic()
        if now - self.begun < PATIENCE or self.live.visited not in self.good:
            return
        if now - (self.waiting or self.begun) < ENDURANCE and self.stirs():
            raise Overtaken


def run(config_file: Path, *, today: date, live: Live, tell: Callable[[Built], None]) -> None:
    """Preview until somebody interrupts it. `tell` is called after each round.

    Raises `publish.RefusedError` where there can be no folder for it.
    """
    config_file = config_file.resolve()
    with place(config_file.parent) as folder:
        watch = Watch(config_file)
        rounds = Rounds(config_file=config_file, today=today, live=live, folder=folder, stirs=watch.stirs)
        changes: tuple[Change, ...] = ()
        while True:
            built = rounds.next(changes)
            if built.overtaken:
                # Its changes are not done yet.
                latest = {change.path: change for change in (*changes, *watch.settled())}
                changes = tuple(latest.values())
            else:
                tell(built)
                changes = tuple(watch.wait())


@contextmanager
def place(root: Path) -> Iterator[Path]:
    """Give a private folder under `.twofold/`, gone afterwards. Several previews may run at once."""
    previews = publish.workshop(root) / "preview"
    if previews.is_symlink():
        message = f"{previews} is a symbolic link; remove it, Twofold keeps temporary files there"
        raise publish.RefusedError(message)
    previews.mkdir(exist_ok=True)
    for left in sorted(previews.iterdir()):
        _clear(left)
    folder = previews / f"{os.getpid()}-{time.time_ns()}"
    lock = folder.with_suffix(".lock")
    try:
        with publish.lock(lock, 0):
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.unlink(missing_ok=True)
        with suppress(OSError):  # Another preview is running.
            previews.rmdir()


def _give_back() -> None:
    """Give the system what is free: a portal takes much and leaves little, and a preview makes many."""
    # The command line keeps Python from looking for rubbish; a preview may run for days.
    gc.collect()
    if sys.platform == "linux":
        # Python frees it, and C keeps it, unless it happens to lie last. Not every C library can be asked.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _replace(path: Path, data: bytes) -> None:
    """Change a page that may be read just now."""
    draft = path.with_name(".draft")
    draft.write_bytes(data)
    draft.replace(path)


def _clear(left: Path) -> None:
    """Remove what a killed preview has left: nobody holds its lock."""
    if left.suffix != ".lock":
        return
    try:
        with publish.lock(left, 0):
            shutil.rmtree(left.with_suffix(""), ignore_errors=True)
            left.unlink(missing_ok=True)
    except publish.RefusedError:
        return  # It is alive.


def _trouble(error: Exception) -> Trouble:
    match error:
        case ConfigurationError():
            report = Report.of(error.diagnostics, texts=error.texts, severities={})
            return Trouble(message=str(error).rstrip("."), report=report)
        case publish.RefusedError():
            return Trouble(message=str(error).rstrip("."))
        case TemplateSyntaxError():
            place = f"{error.filename or error.name}:{error.lineno}"
            return Trouble(message=f"{place}: {error.message}".rstrip("."))
        case TemplateError():
            return Trouble(message=f"a template cannot be used: {error.message}".rstrip("."))
        case _:
            said = f"Twofold itself failed ({type(error).__name__}: {str(error)[:300]})"
            return Trouble(message=said, fault=error)
