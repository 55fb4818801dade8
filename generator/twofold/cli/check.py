"""`twofold check`: every diagnostic at once."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.cli.options import common
from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from twofold.plan import Plan

FORMATS = ("text", "json")


@click.command(
    "check",
    short_help="Check every record, and say all that is wrong at once.",
    epilog="""\b
Examples:
  twofold check
  twofold check --format json > diagnostics.json
  twofold check --fail-on warning            for a build that tolerates nothing
  twofold check --today 2026-12-31           as of another day
""",
)
@common
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The output."
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="The severity from which the exit status is 1.",
)
def command(*, config_file: Path, today: date, form: str, fail_on: str) -> int:
    """Check every record and page, and print all diagnostics, sorted by file and line.

    Exit status: 0 when nothing is as grave as --fail-on, 1 when something is, 2 when the project cannot be
    used at all.
    """
    from twofold import pipeline

    loaded = pipeline.load(config_file, environ=os.environ, today=today)
    report = loaded.report
    if form == "json":
        from twofold.emit import json

        sys.stdout.write(json.render(report))
    else:
        from twofold.emit import text

        output.diagnostics(report, root=loaded.project.root, stream=sys.stdout)
        colour = output.coloured(sys.stdout)
        sys.stdout.write(text.summary(report, checked=_checked(loaded.plan), colour=colour) + "\n")
    return int(report.reaches(Severity(fail_on)))


def _checked(plan: Plan) -> dict[str, int]:
    from twofold.model import Kind

    order = (Kind.ITEM, Kind.PERSONA, Kind.FINDING, Kind.OBJECTIVE, Kind.RELEASE, Kind.METRIC)
    return {**{kind.value: len(plan.of(kind)) for kind in order}, "page": len(plan.pages)}
