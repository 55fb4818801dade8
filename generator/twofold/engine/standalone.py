"""A portal under `mkdocs build` and `mkdocs serve`, where nobody hands one over."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twofold import publish
from twofold.diagnostics import Severity
from twofold.engine.prepared import Inspect, Loaded, MisconfiguredError, Prepared, prepared
from twofold.model.fields import INTERNAL

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Publication:
    """The way of one portal from staging to its folder."""

    def __init__(self, loaded: Loaded, portal: Prepared, target: Path, inspect: Inspect | None) -> None:
        """Take what is to be published, and where."""
        self.loaded = loaded
        self.prepared = portal
        self.target = target
        self.inspect = inspect
        self.staged: Path | None = None
        self.config: MkDocsConfig | None = None
        self.held = ExitStack()

    def open(self) -> Path:
        """Take the lock, and give the folder to build in."""
        publish.require_replaceable(self.target, self.prepared.site.audience)
        self.staged = self.held.enter_context(publish.staging(self.prepared.root)) / "site"
        return self.staged

    def complete(self, config: MkDocsConfig) -> None:
        """Note that the portal is complete, after a last look at it."""
        if self.staged is not None:
            approve(self.loaded, self.prepared.site.audience, self.staged, self.inspect)
            self.config = config

    def publish(self) -> None:
        """Swap the portal in, if it was completed; MkDocs then finds it in its `site_dir`."""
        if self.staged is not None and self.config is not None:
            publish.swap([(self.staged, self.target)], root=self.prepared.root)
            self.config.site_dir = str(self.target)
            self.config = None

    def close(self) -> None:
        """Let go of staging and lock."""
        self.config = None
        self.held.close()


def load(config: MkDocsConfig, command: str | None) -> Publication:
    """Load the project of `mkdocs.yml` and make the portal of its audience.

    Raises `MisconfiguredError` and `RefusedError`; diagnostics are printed to standard error.
    """
    # Found when it is needed: `twofold build` comes from there, and brings its portal along.
    pipeline: Any = import_module("twofold.pipeline")
    if not config.config_file_path:
        message = "Twofold needs the path of mkdocs.yml; it was read from standard input"
        raise MisconfiguredError(message)
    loaded: Loaded = pipeline.load(Path(config.config_file_path).resolve(), environ=os.environ, today=today())
    tell(loaded)
    audience = loaded.project.settings.audience
    internal = audience == INTERNAL
    if command == "gh-deploy" and internal and not loaded.project.settings.allow_internal_deploy:
        message = (
            "mkdocs gh-deploy would publish the internal portal. Set TWOFOLD_AUDIENCE to the audience "
            "you mean, or allow_internal_deploy: true under plugins: twofold:"
        )
        raise publish.RefusedError(message)
    if command == "serve":
        target = Path(config.site_dir)
    else:
        target = publish.chosen_folder(loaded.project.root, audience, Path(config.site_dir))
    site = pipeline.portal(loaded, audience)
    return Publication(loaded, prepared(loaded, site), target, getattr(pipeline, "inspect", None))


def approve(loaded: Loaded, audience: str, folder: Path, inspect: Inspect | None) -> None:
    """Raise `RefusedError` if the last look at a finished portal finds what must not be published."""
    if inspect is not None and (found := inspect(loaded, audience, folder)):
        raise publish.RefusedError("\n".join([f"the {audience} portal is not published:", *found]))


def today() -> date:
    """Give the day of the build: SOURCE_DATE_EPOCH, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds"
        raise MisconfiguredError(message) from error


def tell(loaded: Loaded) -> None:
    """Print the diagnostics to standard error; errors raise `RefusedError`."""
    for found in loaded.report.diagnostics:
        span = found.span
        hint = f" ({found.hint})" if found.hint else ""
        line = f"{span.path}:{span.line}:{span.column}: {found.severity} {found.code} {found.message}{hint}"
        # Text from records must not steer the terminal.
        safe = (sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)
        sys.stderr.write(f"{''.join(safe)}\n")
    if loaded.report.reaches(Severity.ERROR):
        errors = loaded.report.counts[Severity.ERROR]
        message = f"{errors} error{'s' if errors > 1 else ''} in the content; nothing was built"
        raise publish.RefusedError(message)
