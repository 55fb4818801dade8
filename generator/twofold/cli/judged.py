"""What the commands that look at scores have in common: a plan with errors is not scored."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from twofold.pipeline import Loaded


def load(config_file: Path, *, today: date) -> Loaded:
    """Load a plan, or tell its errors and leave with status 1.

    Raises:
        ConfigurationError: where the project cannot be used.
    """
    from twofold import pipeline
    from twofold.emit import text

    loaded = pipeline.load(config_file, environ=os.environ, today=today)
    if loaded.report.reaches(Severity.ERROR):
        output.diagnostics(loaded.report, root=loaded.project.root, stream=sys.stderr)
        click.echo(text.summary(loaded.report, checked={}, colour=output.coloured(sys.stderr)), err=True)
        click.echo("Nothing was scored: a plan with errors is not all there.", err=True)
        raise click.exceptions.Exit(1)
    return loaded


def paint(text: str, style: str) -> str:
    """A text for standard output, `bold` or `dim` on a terminal that takes it."""
    if not output.coloured(sys.stdout):
        return text
    return click.style(text, bold=style == "bold" or None, dim=style == "dim" or None)
