"""`twofold diff`: what changed between two revisions, in the plan's own terms."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from twofold.diff.difference import Difference

FORMATS = ("text", "markdown", "json")
COLOURS = frozenset({"red", "green", "yellow"})


@click.command(
    "diff",
    short_help="What changed between two revisions, and for whom.",
    epilog="""\b
Examples:
  twofold diff HEAD                             what is not committed yet
  twofold diff main                             this branch against main
  twofold diff v1.2 v1.3 --format json
  twofold diff main --format markdown > comment.md
  twofold diff main --fail-on exposure:customer --fail-on promise
""",
)
@common
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The output."
)
@click.option(
    "--audience",
    metavar="A",
    help="Say only what readers of this audience may know; for comments that they can read.",
)
@click.option(
    "--fail-on",
    multiple=True,
    metavar="exposure[:A]|promise",
    help="Exit with 1 if an audience would read something else, or a promise is taken back; may be repeated.",
)
def command(
    *,
    config_file: Path,
    today: date,
    base: str,
    head: str | None,
    form: str,
    audience: str | None,
    fail_on: tuple[str, ...],
) -> int:
    """Compare revision BASE with HEAD, or with the working tree, changes that are not committed included.

    Both are read from git as they are: nothing is checked out. What an audience would newly see, no longer
    see, or see worded otherwise comes first.

    Exit status: 0 compared, 1 as --fail-on says, 2 usage, configuration or an unknown revision.
    """
    from twofold import revisions
    from twofold.source.git_command import GitError

    try:
        found = revisions.difference(config_file, base, head, environ=os.environ, today=today)
    except GitError as error:
        raise click.UsageError(output.plain(str(error))) from None
    _check(found, audience, fail_on)
    sys.stdout.write(_printed(found, form, audience))
    failures = [reason for asked in fail_on for reason in _failures(found, asked)]
    for reason in failures:
        click.echo(output.plain(reason), err=True)
    return int(bool(failures))


def _printed(found: Difference, form: str, audience: str | None) -> str:
    if form == "json":
        from twofold.emit import diff_json

        return diff_json.render(found, audience=audience)
    from twofold.emit import diff_markdown, diff_text, outline

    sections = outline.sections(found) if audience is None else outline.public(found, audience)
    summary = outline.summary(found) if audience is None else outline.public_summary(found, audience)
    if form == "markdown":
        return diff_markdown.render(summary, sections)
    width = shutil.get_terminal_size().columns
    return "\n".join(diff_text.render(summary, sections, width=width, paint=_paint)) + "\n"


def _check(found: Difference, audience: str | None, fail_on: tuple[str, ...]) -> None:
    """Refuse what cannot be meant before anything is printed."""
    known = ", ".join(found.exposures)
    if audience is not None and audience not in found.exposures:
        message = f"there is no public audience {audience[:60]!r}; there are {known}"
        raise click.BadParameter(output.plain(message), param_hint="--audience")
    for asked in fail_on:
        what, colon, name = asked.partition(":")
        if what not in {"exposure", "promise"} or (
            colon and (what == "promise" or name not in found.exposures)
        ):
            message = f"{asked[:60]!r} is none of exposure, promise, and exposure:A with A one of {known}"
            raise click.BadParameter(output.plain(message), param_hint="--fail-on")


def _failures(found: Difference, asked: str) -> list[str]:
    what, _, name = asked.partition(":")
    if what == "promise":
        return [f"Promise taken back: {one.title}, {one.what} ({one.audience})" for one in found.taken_back]
    return [
        f"{audience} would read something else"
        for audience, exposure in found.exposures.items()
        if exposure and name in {"", audience}
    ]


def _paint(text: str, style: str) -> str:
    if not output.coloured(sys.stdout):
        return text
    if style in COLOURS:
        return click.style(text, fg=style)
    return click.style(text, bold=style == "bold" or None, dim=style == "dim" or None)
