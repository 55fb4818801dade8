"""`twofold init`: a new portal with a story to write over."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twofold.cli import authored, output
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date

    from twofold.authoring.init import Begun

TEMPLATES = ("hr-saas", "healthcare", "education", "retail")
"""Not imported, so that completion is quick; a test holds the two together."""


@click.command(
    "init",
    short_help="Begin a portal, with a small story to write over.",
    epilog="""\b
Examples:
  twofold init demo --template education && cd demo && twofold check && twofold build
  twofold init .          into a folder that is there; nothing in it is overwritten
""",
)
@common
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--template", type=click.Choice(TEMPLATES), help="The story to begin with.  [default: hr-saas]")
def command(*, folder: Path, template: str | None, config_file: Path, today: date) -> int:
    """Begin a portal in DIR: records of both sides, mkdocs.yml, CI for GitHub and GitLab, editor settings.

    Its dates are set around today, and `twofold check` has nothing to say against it. A file that is there
    already stays as it is, and is named.

    Exit status: 0 begun, 1 refused (nothing was written), 2 usage.
    """
    del config_file  # every command takes it; here a configuration is what is made
    from twofold.authoring import init

    if template is None and sys.stdin.isatty() and sys.stdout.isatty():
        template = click.prompt(
            "Which story is nearest to yours", type=click.Choice(TEMPLATES), default=TEMPLATES[0]
        )
    template = template or TEMPLATES[0]
    with authored.told(folder):
        begun = init.begin(folder, template, today=today, environ=os.environ)
    _tell(folder, template, begun)
    return 0


def _tell(folder: Path, template: str, begun: Begun) -> None:
    place = output.nearby(folder.absolute())
    if begun.kept:
        click.echo(f"Kept as they were: {', '.join(output.plain(path) for path in begun.kept)}", err=True)
    if not begun.written:
        click.echo(f"{place}/: everything was there already; nothing was written")
        return
    click.echo(f"{place}/: a portal of {len(begun.written)} files, after the story `{template}`")
    if "mkdocs.yml" in begun.kept and not _uses_twofold(folder):
        click.echo("To make portals of it, add `- twofold` under `plugins:` in mkdocs.yml.", err=True)
    # A folder that is the current one needs no way to it.
    steps = [] if place == "." else [f"cd {place}"]
    steps += [
        "twofold check         every record, looked at",
        "twofold serve --open  all audiences, while you write",
    ]
    click.echo("Next:\n" + "\n".join(f"  {step}" for step in steps))


def _uses_twofold(folder: Path) -> bool:
    from twofold import config

    try:
        config.read(folder / "mkdocs.yml", environ=os.environ)
    except config.ConfigurationError:
        return False
    return True
