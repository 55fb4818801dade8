"""`twofold release`: the items of a release become released, and it is told to both sides."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from twofold.cli import authored, output
from twofold.cli.options import Day, common

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from twofold.audience.published import AudiencePlan, Narrative
    from twofold.authoring.release import Cut
    from twofold.config import Project
    from twofold.pipeline import Loaded


@click.command(
    "release",
    short_help="Cut a release, and show what each audience will read of it.",
    epilog="""\b
Examples:
  twofold release 2026.5 --dry-run                        look first
  twofold release 2026.5                                  what is in progress and names 2026.5
  twofold release 2026.5 offline-charting faster-search   these
  twofold release 2026.5 --date 2026-12-08
""",
)
@common
@click.argument("version")
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@click.option("--date", "day", type=Day(), help="The day of the release.  [default: today]")
@click.option("--dry-run", is_flag=True, help="Show the stories and the difference, change nothing.")
def command(
    *, version: str, items: tuple[str, ...], day: date | None, dry_run: bool, config_file: Path, today: date
) -> int:
    """Cut a release: its items become released, and a record of it is written.

    Its items are those named, or else those in progress whose `release` or `target` names VERSION. A new
    record gets a draft of its introduction for each audience, put together from the items' texts; a record
    that is there keeps its texts and gets the day. Then both stories are printed, as they will be read.

    Exit status: 0 released, 1 refused (nothing was changed), 2 usage or configuration.
    """
    from twofold.authoring import store
    from twofold.authoring.new import InvalidIdError
    from twofold.authoring.release import UncuttableError

    project = authored.project(config_file)
    with authored.told(project.root):
        try:
            if dry_run:
                cut, after = _worked_out(project, version, items, day, today=today)
            else:
                with store.writing(project.root):
                    cut, after = _worked_out(project, version, items, day, today=today)
                    _require_named(cut)
                    store.replace([file.replacement for file in cut.files])
        except (UncuttableError, InvalidIdError) as error:
            raise click.UsageError(output.plain(str(error))) from None
    _tell_stories(after, cut)
    if dry_run:
        _tell_difference(cut)
    _tell(cut, dry_run=dry_run)
    return 0


def _worked_out(
    project: Project, version: str, items: tuple[str, ...], day: date | None, *, today: date
) -> tuple[Cut, Loaded]:
    """The release, and the plan as it will be."""
    from twofold import pipeline
    from twofold.authoring import release

    before = pipeline.load(project.config_file, environ=os.environ, today=today)
    cut = release.cut(project, before.plan, version, items=items, day=day or today, fixed=day is not None)
    authored.require_sound(project.config_file, cut.drafts, today=today)
    return cut, pipeline.load(project.config_file, environ=os.environ, today=today, drafts=cut.drafts)


def _require_named(cut: Cut) -> None:
    """All that is in progress is released only by whoever names it."""
    if cut.assumed:
        names = " ".join(cut.moved)
        raise click.UsageError(
            f"no item names {cut.id}; in progress are: {names}. Name those that are out, "
            f"as in `twofold release {cut.id} {cut.moved[0]}`"
        )


def _tell_stories(after: Loaded, cut: Cut) -> None:
    from twofold.audience.project import project
    from twofold.audience.readers import audiences

    for name in audiences(after.plan.settings):
        if name == "internal":
            continue
        seen = project(after.plan, name)
        click.echo(click.style(f"== What {name} reads ({output.plain(seen.title)})", bold=True))
        for row in _story(seen, cut):
            # Line by line: none may steer the terminal.
            click.echo(output.plain(row))
        click.echo()


def _story(seen: AudiencePlan, cut: Cut) -> Iterator[str]:
    release = next((one for id, one in seen.releases.items() if id == cut.id), None)
    if release is None:
        yield "Nothing: the release is not published for them."
        return
    title = f": {release.title}" if release.title else ""
    yield f"{release.version}, {release.date.name}{title}"
    for row in _prose(release.narratives):
        yield f"  {row}".rstrip()
    yield ""
    for item in seen.items.values():
        if item.release == release.id and item.status == "released":
            yield f"  * {item.title}"
            yield from (f"    {row}" for row in _prose(item.narratives)[:1])
    for note in release.notes:
        yield from (f"  * {' '.join(text.split())}" for _, text in note.texts)


def _prose(narratives: tuple[Narrative, ...]) -> list[str]:
    """A record's texts as rows; comments are not read by anybody."""
    import re

    text = "\n\n".join(narrative.text for narrative in narratives)
    return re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL).strip().split("\n")


def _tell_difference(cut: Cut) -> None:
    for file in cut.files:
        click.echo(authored.difference(file.shown, file.old or "", file.new), nl=False)
    click.echo()


def _tell(cut: Cut, *, dry_run: bool) -> None:
    moved = ", ".join(cut.moved) or "nothing new"
    click.echo(f"{cut.id}: {'would release' if dry_run else 'released'} {moved}", err=True)
    if cut.assumed:
        click.echo(
            f"No item names {cut.id}: shown is all that is in progress. Name those that are out.", err=True
        )
    if cut.waiting:
        click.echo(f"Named, but not in progress, so left as they are: {', '.join(cut.waiting)}", err=True)
    if cut.drafted:
        audiences = " and ".join(cut.drafted)
        record = next(file.shown for file in cut.files if file.old is None)
        click.echo(f"The introductions for {audiences} are drafts: {record}", err=True)
