"""`twofold new`: a new record with what it needs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import authored, output
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from twofold.authoring.store import Replacement
    from twofold.config import Project

KINDS = ("persona", "finding", "objective", "item", "release", "metric", "summary")


@click.command(
    "new",
    short_help="Begin a record: the fields it needs, and what goes where.",
    epilog="""\b
Examples:
  twofold new item offline-charting
  twofold new item offline-charting -s title='Offline charting' -s status=planned -s horizon=next
  twofold new persona ward-nurse -s side=user
  twofold new summary ward-interviews.2026-q3
  twofold new finding network-drops --in ward-interviews.2026-q3
  twofold new metric charting-overtime --in success
""",
)
@common
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("id")
@click.option(
    "-s", "--set", "values", multiple=True, metavar="FIELD=VALUE", help="A field's value; again for more."
)
@click.option("--in", "within", metavar="FILE", help="For findings: the summary. For metrics: the list.")
def command(
    *, kind: str, id: str, values: tuple[str, ...], within: str | None, config_file: Path, today: date
) -> int:
    """Begin a record. What it needs is asked for at a terminal, and filled with what would do elsewhere.

    Comments in the file say what goes where and who will read it. Nothing is published until `publish` says
    so. A finding goes into a feedback summary and a metric into a list, with --in naming the file (without
    its ending). Nothing is ever overwritten.

    Exit status: 0 begun, 1 refused, 2 usage or configuration.
    """
    from twofold.authoring import store
    from twofold.authoring.new import InvalidIdError, require_id

    project = authored.project(config_file)
    with authored.told(project.root):
        try:
            require_id(id)
            given = _given(values)
            asked = _answers(kind, id, given, today=today)
            with store.writing(project.root):
                replacement, source, line = _begun(project, kind, id, asked, within, today=today)
                draft = replacement.new.decode("utf-8")
                authored.require_sound(project.config_file, {source: draft}, today=today)
                store.replace([replacement])
        except InvalidIdError as error:
            raise click.UsageError(output.plain(str(error))) from None
    place = f"{output.nearby(project.content / source)}:{line}"
    click.echo(f"{place}: a new {kind}, `{id}`; nobody outside reads it until `publish` names them")
    return 0


def _given(values: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{value[:60]!r} is not FIELD=VALUE", param_hint="--set")
        given[name] = text
    return given


def _answers(kind: str, id: str, given: dict[str, str], *, today: date) -> dict[str, str]:
    """What is given, completed at the terminal or with what would do."""
    from twofold.authoring.new import questions

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    answers = {"id": id, **given} if kind in {"finding", "metric"} else dict(given)
    # An answer may raise another question.
    while asked := questions(kind, id, answers, today=today):
        question = asked[0]
        if not interactive:
            answers[question.name] = question.default
            continue
        click.echo(click.style(question.text, dim=True))
        choice = click.Choice(question.choices) if question.choices else None
        answers[question.name] = str(click.prompt(question.name, default=question.default, type=choice))
    return answers


def _begun(
    project: Project, kind: str, id: str, given: dict[str, str], within: str | None, *, today: date
) -> tuple[Replacement, str, int]:
    """What is to be written, its path in the content folder, and the line of the record."""
    from twofold.authoring import new, records, store

    if kind not in {"finding", "metric"}:
        if within is not None:
            raise click.UsageError("--in is for findings and metrics; this kind has a file of its own")
        _require_free(project, kind, id)
        suffix = "yml" if kind == records.SUMMARY else "md"
        source = f"{records.folder(kind)}/{id}.{suffix}"
        text = new.document(kind, given, project)
        return store.Replacement(path=project.content / source, old=None, new=text.encode()), source, 1
    _require_free(project, kind, id)
    rows, value = new.element(kind, given, project)
    file = _list_file(project, kind, within)
    if file is None:
        name = within or "success"
        new.require_id(name)
        source = f"{records.folder(kind)}/{name}.yml"
        text = new.listed(rows)
        if kind == "finding":
            study = {
                question.name: question.default
                for question in new.questions("summary", name, {}, today=today)
            }
            text = new.document("summary", study, project) + "findings:\n" + _deeper(text)
        return store.Replacement(path=project.content / source, old=None, new=text.encode()), source, 1
    return _added(project, file, kind, rows, value)


def _added(
    project: Project, file: Path, kind: str, rows: list[str], value: dict[str, object]
) -> tuple[Replacement, str, int]:
    from twofold.authoring import new, store
    from twofold.authoring.sheet import Sheet

    source = file.relative_to(project.content).as_posix()
    disk = file.resolve()
    raw = store.read(disk)
    sheet = Sheet.of(raw, path=f"{project.shown_content}/{source}")
    change = new.appended(sheet, "findings" if kind == "finding" else None, rows, value)
    text = change.apply(sheet.text)
    line = sheet.row(change.start) + 2
    return store.Replacement(path=disk, old=raw, new=text.encode("utf-8")), source, line


def _deeper(text: str) -> str:
    return "".join(f"  {row}\n" for row in text.splitlines())


def _require_free(project: Project, kind: str, id: str) -> None:
    from twofold.authoring import records
    from twofold.authoring.store import ChangedError

    try:
        target = records.locate(project, kind, id)
    except records.NoSuchRecordError as absent:
        if "more than once" not in str(absent):
            return
        raise
    raise ChangedError(f"the {kind} `{id}` is there already, in {target.shown}")


def _list_file(project: Project, kind: str, within: str | None) -> Path | None:
    """The file with the list that the record goes into; None for one that is still to be made."""
    from twofold.authoring import records

    found = [project.content / file.path for file in records.record_files(project, kind)]
    by_name = {file.name.removesuffix(file.suffix): file for file in found}
    if within is not None:
        return by_name.get(within.removesuffix(".yml").removesuffix(".yaml").removesuffix(".md"))
    if len(found) == 1:
        return found[0]
    if not found and kind == "metric":
        return None
    there = f"there are {', '.join(by_name)}" if found else "`--in NAME` begins one"
    raise click.UsageError(f"say with --in which file the {kind} goes into; {there}")
