"""`twofold build`: portals."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.cli.options import common
from twofold.diagnostics import Severity
from twofold.model.fields import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from twofold.model.settings import Settings
    from twofold.pipeline import Loaded

BUILDABLE = (INTERNAL,)
"""The audiences whose portals can be built today."""

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
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    metavar="A",
    help="Whose portal; again for more.  [default: all]",
)
def command(*, config_file: Path, today: date, audiences: tuple[str, ...]) -> int:
    """Check the records, then make a portal for each audience.

    Errors refuse the build. A portal is replaced only when the new one is complete. The internal portal
    goes to site-internal/.

    Exit status: 0 built, 1 refused (the old portals stay), 2 usage or configuration.
    """
    from twofold import pipeline

    started = time.monotonic()
    loaded = pipeline.load(config_file, environ=os.environ, today=today)
    chosen = _chosen(audiences, loaded.project.settings)
    if loaded.report.reaches(Severity.ERROR):
        _refuse(loaded)
        return 1
    from twofold.publish import RefusedError

    try:
        with _patience():
            folders = _build(loaded, chosen, today=today)
    except RefusedError as refusal:
        # Line by line: the reason may be several, and none may steer the terminal.
        reason = "\n".join(output.plain(line) for line in str(refusal).splitlines())
        click.echo(f"Not published: {reason}", err=True)
        return 1
    _tell(loaded, folders, seconds=time.monotonic() - started)
    for audience, folder in zip(chosen, folders, strict=True):
        # Nothing that depends on what an audience may not read: this line is constant.
        click.echo(f"{audience}: {output.nearby(folder)}/")
    return 0


def _build(loaded: Loaded, audiences: Sequence[str], *, today: date) -> list[Path]:
    from twofold.engine import build

    return build.build(loaded, audiences, today=today)


def _chosen(asked: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    """The audiences, each once; a usage error for one that there is not, or not yet."""
    known = {INTERNAL, "customer", "user", *settings.audiences}
    for audience in asked:
        if audience not in known:
            message = f"there is no audience {audience[:60]!r}; there are {', '.join(sorted(known))}"
            raise click.BadParameter(message, param_hint="--audience")
        if audience not in BUILDABLE:
            message = f"the portal for {audience!r} cannot be built yet; only {', '.join(BUILDABLE)} can"
            raise click.BadParameter(message, param_hint="--audience")
    return tuple(dict.fromkeys(asked or BUILDABLE))


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
def _patience() -> Iterator[None]:
    """On a terminal, show after a moment that work goes on."""
    if not sys.stderr.isatty():
        yield
        return
    from contextlib import ExitStack
    from threading import Timer

    with ExitStack() as shown:

        def show() -> None:
            from rich.console import Console

            shown.enter_context(Console(stderr=True).status("Building the portals"))

        timer = Timer(PATIENCE, show)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
