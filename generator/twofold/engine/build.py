"""`twofold build`: portals for several audiences, published together."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError, MkDocsException

from twofold import publish
from twofold.diagnostics import Severity
from twofold.engine import parallel
from twofold.engine.plugin import TwofoldPlugin
from twofold.engine.prepared import Inspect, Loaded, MisconfiguredError, Prepared, prepared
from twofold.engine.standalone import approve
from twofold.render.compiled import COMPILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

    from twofold.engine.splice import Shells
    from twofold.render.kept import Pages
    from twofold.render.page import Site
    from twofold.render.shares import Progress


def build(
    loaded: Loaded,
    audiences: Sequence[str],
    *,
    today: date,
    portal: Callable[..., Site] | None = None,
    inspect: Inspect | None = None,
    warn: Callable[[str], None] | None = None,
    progress: Progress | None = None,
    seen: Callable[[Path, str | None], None] | None = None,
    kept: Pages | None = None,
) -> list[Path]:
    """Build the portals of `audiences`, then swap all of them in. Gives their folders.

    `portal` makes a site (default: the pipeline's), `inspect` has the last look at each finished portal
    (default: the pipeline's, unless `portal` is another),
    `warn` takes MkDocs' warnings (default: a line on standard error), `progress` hears of pages made,
    `seen` of each published folder and its digest. `kept` has the internal pages that were made last.
    The portals are made at the same time where the system can, see `parallel`.
    Raises `MisconfiguredError` (exit status 2) and `publish.RefusedError` (1); the old portals then stay.
    """
    if loaded.report.reaches(Severity.ERROR):
        message = "there are errors in the content; nothing was built"
        raise publish.RefusedError(message)
    root = loaded.project.root
    if portal is None:
        pipeline: Any = import_module("twofold.pipeline")
        pipeline.make_ready(audiences)
        portal, inspect = partial(pipeline.portal, kept=kept), inspect or pipeline.inspect
    make = portal
    targets = {audience: publish.portal_folder(root, audience) for audience in audiences}
    for audience, target in targets.items():
        publish.require_replaceable(target, audience)
    with publish.staging(root) as folder, _as_of(today):

        def one(audience: str, /, *, warn: Callable[[str], None], progress: Progress | None) -> None:
            staged = folder / audience
            with _heard(warn) as heard:
                site = prepared(loaded, make(loaded, audience, progress=progress))
                into(staged, site, config_file=loaded.project.config_file, heard=heard)
            approve(loaded, audience, staged, inspect)

        parallel.each(
            list(targets), one, warn=warn or _to_stderr, progress=progress, together=not loaded.is_large
        )
        swaps = [(folder / audience, target) for audience, target in targets.items()]
        publish.swap(swaps, root=root, seen=seen)
    return list(targets.values())


def preview(
    loaded: Loaded,
    audience: str,
    folder: Path,
    *,
    today: date,
    address: str,
    warn: Callable[[str], None],
    kept: Pages | None = None,
    step: Callable[[], None] | None = None,
) -> Shells | None:
    """Build one portal into `folder`, to be looked at under `address`. Nothing is published.

    Gives what stands around its pages, for single ones that are made again. `step` is called again and again;
    what it raises ends the work.
    Raises `MisconfiguredError` and `publish.RefusedError`.
    """
    pipeline: Any = import_module("twofold.pipeline")
    with _heard(warn) as heard, _as_of(today):
        # The address is the preview's, whatever the settings say of the published site.
        progress = None if step is None else lambda *_: step()
        site = pipeline.portal(loaded, audience, kept=kept, progress=progress)
        portal = replace(prepared(loaded, site), site_url=None)
        file = loaded.project.config_file
        shells = into(folder, portal, config_file=file, heard=heard, address=address, step=step)
        approve(loaded, audience, folder, partial(pipeline.inspect, progress=progress))
    return shells


def into(
    folder: Path,
    portal: Prepared,
    *,
    config_file: Path,
    heard: Heard,
    address: str | None = None,
    step: Callable[[], None] | None = None,
) -> Shells | None:
    """Build one portal into `folder` with MkDocs; `address` stands for its `site_url`.

    Gives what stands around its pages. `step` is called after each; what it raises ends the work.
    Raises `MisconfiguredError` and `publish.RefusedError`.
    """
    own = {"site_url": address} if address else {}
    try:
        config = load_config(str(config_file), site_dir=str(folder), **own)
    except MkDocsException as error:
        raise MisconfiguredError(heard.reason(error)) from error
    plugin = _plugin(config, config_file)
    plugin.prepare(portal, step=step)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
        shells = plugin.shells
        COMPILED.keep()
    except ConfigurationError as error:
        raise MisconfiguredError(heard.reason(error)) from error
    except MkDocsException as error:
        cause = error.__cause__ or error.__context__
        if cause is not None and isinstance(cause.__cause__, MisconfiguredError):
            raise cause.__cause__ from error
        raise publish.RefusedError(heard.reason(error)) from error
    finally:
        config.plugins.on_shutdown()
    return shells


class Heard(logging.Handler):
    """Keeps MkDocs' chatter: silence, except for warnings, each told once."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """Pass warnings on to `warn`."""
        super().__init__(logging.WARNING)
        self.warn = warn
        self.told: set[str] = set()
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record of MkDocs' logger."""
        message = record.getMessage()
        if record.levelno >= logging.ERROR:
            self.errors.append(message)
        elif message not in self.told:
            self.told.add(message)
            self.warn(message)

    def reason(self, error: MkDocsException) -> str:
        """Say why MkDocs gave up: what it logged, or else what it raised."""
        return "\n".join(dict.fromkeys(self.errors)) or error.format_message()


@contextmanager
def _heard(warn: Callable[[str], None]) -> Iterator[Heard]:
    logger = logging.getLogger("mkdocs")
    heard = Heard(warn)
    before = logger.propagate, logger.level
    logger.addHandler(heard)
    logger.propagate = False
    # MkDocs works out hints for messages that nobody sees unless the level says so.
    logger.setLevel(logging.WARNING)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
        logger.propagate, logger.level = before


@contextmanager
def _as_of(today: date) -> Iterator[None]:
    """Let MkDocs, and templates that ask it, take `today` for the day of the build."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime.combine(today, time(), tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _plugin(config: MkDocsConfig, config_file: Path) -> TwofoldPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, TwofoldPlugin):
            return plugin
    message = f"{config_file.name} does not use Twofold. Add it:\n\nplugins:\n  - search\n  - twofold"
    raise MisconfiguredError(message)


def _to_stderr(message: str) -> None:
    sys.stderr.write(f"warning: {message}\n")
