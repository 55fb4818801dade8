"""`twofold balance`: how the effort divides between customers and users."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import judged
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

FORMATS = ("text", "json")


@click.command(
    "balance",
    short_help="Show how the effort divides between customers and users.",
    epilog="""\b
Examples:
  twofold balance
  twofold balance --format json
""",
)
@common
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The output."
)
def command(*, config_file: Path, today: date, form: str) -> int:
    """Divide the effort of what is planned or in progress between customers and users, as items score.

    Overall, by horizon and by objective, against the target of the settings; and what was delivered in
    this quarter and the three before it.

    Exit status: 0 (TF501 of `check` judges), 1 the plan has errors, 2 usage or configuration.
    """
    loaded = judged.load(config_file, today=today)
    from twofold.emit import balance as emitted
    from twofold.scoring.balance import balance

    found = balance(loaded.plan, today=today)
    if form == "json":
        sys.stdout.write(emitted.as_json(found))
    else:
        lines = emitted.render(loaded.plan, found, paint=judged.paint)
        sys.stdout.write("\n".join(lines) + "\n")
    return 0
