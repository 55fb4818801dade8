"""`twofold build`: portals."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.cli.options import audience_option, cache_option, chosen, common
from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from rich.live import Live
    from rich.spinner import Spinner

    from twofold.cache.built import Built
    from twofold.cache.trace import Trace
    from twofold.pipeline import Loaded
    from twofold.render.kept import Pages
    from twofold.render.shares import Progress

PATIENCE = 1.0
"""Seconds after which a terminal is shown that work goes on."""

INTERVAL = 0.1
"""Seconds from one word of it to the next."""


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
@cache_option
def command(*, config_file: Path, today: date, is_cached: bool, audiences: tuple[str, ...]) -> int:
    """Check the records, then make a portal for each audience.

    Errors refuse the build. A portal is replaced only when the new one is complete. The internal portal
    goes to site-internal/. Portals that would be made again just as they stand there are left alone.

    Exit status: 0 built, 1 refused (the old portals stay), 2 usage or configuration.
    """
    from twofold.cache import built
    from twofold.cache.past import Past

    started = time.monotonic()
    past = Past(config_file, environ=os.environ, today=today)
    if is_cached and (last := built.recall(past)) is not None:
        portals = chosen(audiences, last.audiences)
        if all(map(last.stands, portals)):
            _tell("Found unchanged", last, portals, seconds=time.monotonic() - started)
            return 0
    from twofold import pipeline

    trace = past.trace()
    memory = None
    if is_cached and past.code is not None:
        from twofold.loading.kept import Kept

        memory = Kept(past.store, key=past.code)
    loaded = pipeline.load(config_file, environ=trace.environ, today=today, tree=trace, memory=memory)
    portals = chosen(audiences, loaded.project.settings.audiences)
    if loaded.report.reaches(Severity.ERROR):
        _refuse(loaded)
        return 1
    from twofold.publish import RefusedError

    is_kept = is_cached and _is_traceable(loaded, trace)
    try:
        with _patience() as progress:
            pages = None
            if is_cached and past.code is not None:
                from twofold.render.kept import Pages

                pages = Pages(past.store, code=past.code)
            made, warned = _build(
                loaded, portals, today=today, progress=progress, is_kept=is_kept, pages=pages
            )
    except RefusedError as refusal:
        # Line by line: the reason may be several, and none may steer the terminal.
        reason = "\n".join(output.plain(line) for line in str(refusal).splitlines())
        click.echo(f"Not published: {reason}", err=True)
        return 1
    # A warning is to be heard again, so that build is done again. What was read while the portals were made
    # may have changed since it was asked for.
    if is_kept and not warned and past.trace().is_answered_alike(trace.questions, trace.answers):
        built.keep(made, past, trace)
        if memory is not None:
            memory.keep()
    _tell("Built", made, portals, seconds=time.monotonic() - started)
    return 0


def _is_traceable(loaded: Loaded, trace: Trace) -> bool:
    """Whether all that the portals depend on is known; it is then asked for."""
    from pathlib import Path

    from twofold import pipeline
    from twofold.cache.built import is_traceable

    project = loaded.project
    files = [Path(subject) for kind, subject in trace.questions if kind == "data"]
    texts = [file.read_bytes() for file in files if not file.is_relative_to(project.content)]
    if not pipeline.is_repeatable(loaded) or not is_traceable(project.values, texts):
        return False
    trace.rest(project.content)
    for theme in pipeline.themes(project):
        trace.whole(theme)
    return True


def _build(
    loaded: Loaded,
    audiences: Sequence[str],
    *,
    today: date,
    progress: Progress | None,
    is_kept: bool,
    pages: Pages | None,
) -> tuple[Built, bool]:
    """Make the portals; whether there were warnings stands beside them."""
    from twofold.cache.built import Built, Portal
    from twofold.emit import text
    from twofold.engine import build

    digests: dict[Path, str | None] = {}
    warnings: list[str] = []

    def warn(message: str) -> None:
        warnings.append(message)
        sys.stderr.write(f"warning: {message}\n")

    seen = digests.__setitem__ if is_kept else None
    folders = build.build(loaded, audiences, today=today, progress=progress, warn=warn, seen=seen, kept=pages)
    root = loaded.project.root
    portals = {
        audience: Portal(
            folder=folder.relative_to(root).as_posix(),
            digest=digests.get(folder) or "",
            pages=sum(name.endswith(".html") for _, _, names in os.walk(folder) for name in names),
        )
        for audience, folder in zip(audiences, folders, strict=True)
    }
    made = Built(
        root=root,
        audiences=tuple(loaded.project.settings.audiences),
        portals=portals,
        counted=text.counted(loaded.report) if loaded.report.diagnostics else "",
    )
    return made, bool(warnings)


def _refuse(loaded: Loaded) -> None:
    from twofold.emit import text

    colour = output.coloured(sys.stderr)
    output.diagnostics(loaded.report, root=loaded.project.root, stream=sys.stderr)
    click.echo(text.summary(loaded.report, checked={}, colour=colour), err=True)
    click.echo("Nothing was built; the old portals stay as they are.", err=True)


def _tell(how: str, made: Built, audiences: Sequence[str], *, seconds: float) -> None:
    """Say on standard error what was done, and on standard output where the portals stand."""
    portals = {audience: made.portals[audience] for audience in audiences}
    pages = sum(portal.pages for portal in portals.values())
    click.echo(f"{how} {pages:,} page{'' if pages == 1 else 's'} in {seconds:.1f} s.", err=True)
    if made.counted:
        click.echo(f"Beside that: {made.counted}; `twofold check` shows more.", err=True)
    for audience, portal in portals.items():
        # Nothing that depends on what an audience may not read: this line is constant.
        click.echo(f"{audience}: {output.nearby(made.root / portal.folder)}/")


@contextmanager
def _patience() -> Iterator[Progress | None]:
    """On a terminal, show after a moment that work goes on, and how far it is."""
    if not sys.stderr.isatty():
        yield None
        return
    from contextlib import ExitStack

    next_time = time.monotonic() + PATIENCE
    with ExitStack() as shown:
        live: Live | None = None
        spinner: Spinner

        def progress(done: int, pages: int, /) -> None:
            nonlocal live, next_time, spinner
            now = time.monotonic()
            if now < next_time:
                return
            next_time = now + INTERVAL
            if live is None:
                from rich.console import Console
                from rich.live import Live
                from rich.spinner import Spinner

                spinner = Spinner("dots", style="green")
                # No thread draws it: beside one no process may part, and pages would be made in one alone.
                live = Live(spinner, console=Console(stderr=True), auto_refresh=False, transient=True)
                shown.enter_context(live)
            spinner.update(text=f"Building the portals: page {done:,} of {pages:,}")
            live.refresh()

        yield progress
