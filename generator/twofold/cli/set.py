"""`twofold set`: one field, changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from twofold.cli import authored, output
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from twofold.authoring.set import Change
    from twofold.config import Project


@click.command(
    "set",
    short_help="Change one field of a record, and not one byte beside it.",
    context_settings={"ignore_unknown_options": False},
    epilog="""\b
Examples:
  twofold set item/offline-charting horizon now
  twofold set item/offline-charting publish '[customer, user]'
  twofold set item/offline-charting target.release 2026.4
  twofold set item/offline-charting evidence.network-drops.fit 0.5
  twofold set metric/charting-overtime target.value 8
  twofold set finding/network-drops voices.ward-nurse.mentions 42
  twofold set release/2026.4 notes.faster-search.user 'Search finds a patient by room.'
  twofold set item/offline-charting reason --unset
  twofold set metric/charting-overtime baseline.value -- -3
""",
)
@common
@click.argument("record", metavar="KIND/ID")
@click.argument("field")
@click.argument("value", required=False)
@click.option("--unset", is_flag=True, help="Take the field out instead.")
@click.option("--dry-run", is_flag=True, help="Show the difference, change nothing.")
def command(
    *,
    record: str,
    field: str,
    value: str | None,
    unset: bool,
    dry_run: bool,
    config_file: Path,
    today: date,
) -> int:
    """Change one field of a record where it stands. Comments, order, quotes and line ends stay.

    KIND is persona, finding, objective, item, release or metric (or summary, for a feedback summary's own
    fields). FIELD may lead into lists and mappings with dots: by name, by number from 0, or by the id,
    persona or finding of an entry. VALUE is taken as it is where the field is a text, else read as YAML:
    8, 2026-Q4, '[customer, user]', '{release: 2026.4}'.

    Exit status: 0 changed (or as it was already), 1 refused, 2 usage or configuration. A refusal leaves the
    file as it was.
    """
    if (value is None) is not unset:
        message = "give a VALUE or --unset" if value is None else "give a VALUE or --unset, not both"
        raise click.UsageError(message)
    from twofold.authoring import store

    project = authored.project(config_file)
    with authored.told(project.root):
        if dry_run:
            change = _worked_out(project, record, field, value, today=today)
            click.echo(authored.difference(change.target.shown, change.old, change.new), nl=False)
            return 0
        with store.writing(project.root):
            change = _written(project, record, field, value, today=today)
    _tell(project, change, field)
    return 0


def _written(project: Project, record: str, field: str, value: str | None, *, today: date) -> Change:
    """Make the change; from the beginning where somebody has saved the file in between."""
    from twofold.authoring import store

    for attempt in range(1, authored.ATTEMPTS + 1):
        change = _worked_out(project, record, field, value, today=today)
        if change.edit is None:
            break
        try:
            store.replace([change.replacement])
            break
        except store.ChangedError:
            if attempt == authored.ATTEMPTS:
                raise
    return change


def _worked_out(project: Project, record: str, field: str, value: str | None, *, today: date) -> Change:
    from twofold.authoring import records
    from twofold.authoring import set as setting

    kind, id = records.split(record)
    target = records.locate(project, kind, id)
    change = setting.change(project, target, field, value)
    if change.edit is not None:
        changed = authored.Lines(target.shown, change.lines)
        drafts = {target.file.path: change.new}
        authored.require_sound(project.config_file, drafts, today=today, changed=changed)
    return change


def _tell(project: Project, change: Change, field: str) -> None:
    place = f"{output.nearby(project.root / change.target.shown)}:{change.line}"
    name = output.plain(field)
    before, after = (output.plain(text) if text else "(none)" for text in (change.before, change.after))
    if change.edit is None:
        click.echo(f"{place}: {name} is {before} already; nothing was changed")
    else:
        click.echo(f"{place}: {name}: {before} → {after}")
