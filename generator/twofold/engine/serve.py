"""`twofold serve`: build, show, wait for a change, build again.

One thread does it, one step after the other: what changes while a site is built differs from what was seen
before it, and so is built afterwards. The portals in `site/` and `site-internal/` are never touched.
"""

from __future__ import annotations

import gc
import os
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError

from twofold import pipeline, publish
from twofold.config import ConfigurationError
from twofold.diagnostics import Report, Severity
from twofold.engine import build, trouble
from twofold.engine.trouble import Trouble
from twofold.engine.watch import Change, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from twofold.engine.live import Live


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

    trouble: Trouble | None = None
    """Why there is no new site; None where there is one."""


@dataclass(slots=True, kw_only=True)
class Rounds:
    """Builds one site after the other. Mutable: it counts them, and remembers what it has said."""

    config_file: Path
    audiences: tuple[str, ...]
    today: date
    live: Live
    folder: Path
    number: int = 0
    good: int | None = None
    """The number of the last complete site."""

    said: frozenset[str] = frozenset()
    content: Path | None = None

    def next(self, changes: tuple[Change, ...]) -> Built:
        """Build once, and show it or what stands in the way."""
        begun = time.monotonic()
        self.number += 1
        warnings: list[str] = []
        folders = {audience: self.folder / str(self.number) / audience for audience in self.audiences}
        report: Report | None = None
        found: Trouble | None = None
        try:
            loaded = pipeline.load(self.config_file, environ=os.environ, today=self.today)
            report, self.content = loaded.report, loaded.project.content
            if report.reaches(Severity.ERROR):
                found = Trouble.of(report)
            else:
                for audience, folder in folders.items():
                    folder.mkdir(parents=True)
                    build.preview(
                        loaded,
                        audience,
                        folder,
                        today=self.today,
                        address=f"{self.live.url}{audience}/",
                        warn=warnings.append,
                    )
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the preview goes on
            found = _trouble(error)
        pages = 0
        if found is None:
            pages = sum(1 for folder in folders.values() for _ in folder.rglob("*.html"))
            self._show(folders)
        else:
            shutil.rmtree(self.folder / str(self.number), ignore_errors=True)
            self.live.warn(trouble.fragment(found, alone=self.good is None))
        new = tuple(warning for warning in dict.fromkeys(warnings) if warning not in self.said)
        self.said = frozenset(warnings)
        return Built(
            changes=changes,
            seconds=time.monotonic() - begun,
            pages=pages,
            report=report,
            content=self.content,
            warnings=new,
            trouble=found,
        )

    def _show(self, folders: Mapping[str, Path]) -> None:
        self.live.show(folders, self.number)
        # The one before stays for who is reading it right now.
        for old in self.folder.iterdir():
            if old.name.isdigit() and int(old.name) not in {self.number, self.good}:
                shutil.rmtree(old, ignore_errors=True)
        self.good = self.number


def run(
    config_file: Path, audiences: tuple[str, ...], *, today: date, live: Live, tell: Callable[[Built], None]
) -> None:
    """Preview until somebody interrupts it. `tell` is called after each round.

    Raises `publish.RefusedError` where there can be no folder for it.
    """
    config_file = config_file.resolve()
    with place(config_file.parent) as folder:
        rounds = Rounds(config_file=config_file, audiences=audiences, today=today, live=live, folder=folder)
        watch = Watch(config_file)
        changes: tuple[Change, ...] = ()
        while True:
            tell(rounds.next(changes))
            # The command line keeps Python from looking for rubbish; a preview may run for days.
            gc.collect()
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
