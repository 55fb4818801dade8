"""`twofold build`: portals."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.cli.options import audience_option, chosen, common
from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from rich.status import Status

    from twofold.engine.prepared import Progress
    from twofold.pipeline import Loaded

PATIENCE = 1.0
"""Seconds after which a terminal is shown that work goes on."""


@click.command(
    "build",
    short_help="Check, then make the portals.",
    epilog="""\b
Examples:
  twofold build
  twofold build --audience internal
  SOURCE_DATE_EPOCH=1795392000 twofold build     the same bytes on any day
""",
)
@common
@audience_option
def command(*, config_file: Path, today: date, audiences: tuple[str, ...]) -> int:
    """Check the records, then make a portal for each audience.

    Errors refuse the build. A portal is replaced only when the new one is complete. The internal portal
    goes to site-internal/.

    Exit status: 0 built, 1 refused (the old portals stay), 2 usage or configuration.
    """
    from twofold import pipeline

    started = time.monotonic()
    loaded = pipeline.load(config_file, environ=os.environ, today=today)
    portals = chosen(audiences, loaded.project.settings.audiences)
    if loaded.report.reaches(Severity.ERROR):
        _refuse(loaded)
        return 1
    from twofold.publish import RefusedError

    try:
        with _patience() as progress:
            folders = _build(loaded, portals, today=today, progress=progress)
    except RefusedError as refusal:
        # Line by line: the reason may be several, and none may steer the terminal.
        reason = "\n".join(output.plain(line) for line in str(refusal).splitlines())
        click.echo(f"Not published: {reason}", err=True)
        return 1
    _tell(loaded, folders, seconds=time.monotonic() - started)
    for audience, folder in zip(portals, folders, strict=True):
        # Nothing that depends on what an audience may not read: this line is constant.
        click.echo(f"{audience}: {output.nearby(folder)}/")
    return 0


def _build(loaded: Loaded, audiences: Sequence[str], *, today: date, progress: Progress | None) -> list[Path]:
    from twofold.engine import build

    return build.build(loaded, audiences, today=today, progress=progress)


def _refuse(loaded: Loaded) -> None:
    from twofold.emit import text

    colour = output.coloured(sys.stderr)
    output.diagnostics(loaded.report, root=loaded.project.root, stream=sys.stderr)
    click.echo(text.summary(loaded.report, checked={}, colour=colour), err=True)
    click.echo("Nothing was built; the old portals stay as they are.", err=True)


def _tell(loaded: Loaded, folders: Sequence[Path], *, seconds: float) -> None:
    """Say on standard error what was done."""
    from twofold.emit import text

    pages = sum(1 for folder in folders for _ in folder.rglob("*.html"))
    click.echo(f"Built {pages:,} page{'' if pages == 1 else 's'} in {seconds:.1f} s.", err=True)
    if loaded.report.diagnostics:
        click.echo(f"Beside that: {text.counted(loaded.report)}; `twofold check` shows more.", err=True)


@contextmanager
def _patience() -> Iterator[Progress | None]:
    """On a terminal, show after a moment that work goes on, and how far it is."""
    if not sys.stderr.isatty():
        yield None
        return
    from contextlib import ExitStack
    from threading import Timer

    with ExitStack() as shown:
        status: Status | None = None

        def show() -> None:
            nonlocal status
            from rich.console import Console

            status = shown.enter_context(Console(stderr=True).status("Building the portals"))

        def progress(done: int, pages: int) -> None:
            if not pages:
                # Not before: processes do not part while there is another thread.
                timer.start()
            elif status is not None:
                status.update(f"Building the portals: page {done:,} of {pages:,}")

        timer = Timer(PATIENCE, show)
        try:
            yield progress
        finally:
            timer.cancel()
            if timer.ident is not None:
                timer.join()
