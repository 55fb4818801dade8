"""What the commands print, and where."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from twofold.diagnostics import Report
from twofold.emit import text

if TYPE_CHECKING:
    from twofold.config import ConfigurationError


def diagnostics(report: Report, *, root: Path, stream: TextIO) -> None:
    """Print every diagnostic as text."""
    blocks = text.render(report, root=root, folder=Path.cwd(), colour=coloured(stream))
    stream.write(_harmless("".join(blocks)))


def misconfigured(error: ConfigurationError, *, root: Path) -> None:
    """Say on standard error why a project cannot be used."""
    report = Report.of(error.diagnostics, texts=error.texts, severities={})
    diagnostics(report, root=root, stream=sys.stderr)
    click.echo(f"Error: {text.plain(str(error))}.", err=True)


def coloured(stream: TextIO) -> bool:
    """Whether a stream takes colour: a terminal does, unless NO_COLOR (https://no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def plain(line: str) -> str:
    """A line that cannot steer the terminal, nor the machine that runs the command."""
    return _harmless(text.plain(line))


def _harmless(printed: str) -> str:
    """In a step on GitHub every line that is printed is searched for commands."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return printed
    from twofold.emit import github

    return github.harmless(printed)


def nearby(path: Path) -> str:
    """A path for people, relative to the current folder where it lies below it."""
    here = Path.cwd()
    return text.plain(path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix())
