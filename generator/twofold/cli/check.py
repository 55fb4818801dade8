"""`twofold check`: every diagnostic at once."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import output
from twofold.cli.options import cache_option, common
from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from twofold.cache.checked import Checked
    from twofold.cache.past import Past
    from twofold.diagnostics import Report
    from twofold.plan import Plan
    from twofold.source.changes import Changes

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


@click.command(
    "check",
    short_help="Check every record, and say all that is wrong at once.",
    epilog="""\b
Examples:
  twofold check
  twofold check --format json > diagnostics.json
  twofold check --format sarif > twofold.sarif    for code scanning
  twofold check --changed-since main         what a branch is about
  twofold check --fail-on warning            for a build that tolerates nothing
  twofold check --today 2026-12-31           as of another day
""",
)
@common
@cache_option
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
@click.option(
    "--changed-since", "base", metavar="REVISION", help="Only files that changed since a git revision."
)
def command(
    *, config_file: Path, today: date, is_cached: bool, form: str, fail_on: str, base: str | None
) -> int:
    """Check every record and page, and print all diagnostics, sorted by file and line.

    With --changed-since every file is read, and those diagnostics are shown and counted that stand in files
    changed since the present branch left REVISION, in commits or in the working tree.

    Exit status: 0 when nothing is as grave as --fail-on, 1 when something is, 2 when the project cannot be
    used at all.
    """
    from twofold.cache import checked as last
    from twofold.cache.past import Past

    past = Past(config_file, environ=os.environ, today=today)
    checked = (last.recall(past) if is_cached else None) or _check(past, config_file, is_kept=is_cached)
    report = checked.report
    changes = _changes(checked, base, is_helpful=form == "github")
    place = str if form in {"text", "json"} and changes is None else _places(checked)
    if base is not None and changes is not None:
        lines = changes.lines
        report = report.only(lambda diagnostic: place(diagnostic.span.path) in lines)
    grave = Severity(fail_on)
    content = checked.shown_content
    match form:
        case "json":
            from twofold.emit import json

            written = json.render(report)
        case "gitlab":
            from twofold.emit import gitlab

            written = gitlab.render(report, place=place, content=content)
        case "sarif":
            from twofold.emit import sarif

            written = sarif.render(report, place=place, content=content)
        case "junit":
            from twofold.emit import junit

            written = junit.render(report, place=place, fail_on=grave)
        case "github":
            from twofold.emit import github

            written = "".join(github.render(report, place=place, changes=changes)) + _closing(checked, report)
        case _:
            output.diagnostics(report, root=checked.root, stream=sys.stdout)
            written = _closing(checked, report)
    sys.stdout.write(written)
    return int(report.reaches(grave))


def _check(past: Past, config_file: Path, *, is_kept: bool) -> Checked:
    """Read and check everything, and keep what that came to."""
    from twofold import pipeline
    from twofold.cache import checked as last

    trace = past.trace()
    memory = None
    if is_kept and past.code is not None:
        from twofold.loading.kept import Kept

        memory = Kept(past.store, key=past.code)
    loaded = pipeline.load(config_file, environ=trace.environ, today=past.today, tree=trace, memory=memory)
    project = loaded.project
    checked = last.Checked(
        report=loaded.report,
        root=project.root,
        content=project.content,
        shown_content=project.shown_content,
        counts=_counts(loaded.plan),
    )
    if is_kept and pipeline.is_repeatable(loaded):
        last.keep(checked, past, trace)
    if memory is not None:
        memory.keep()
    return checked


def _places(project: Checked) -> Callable[[str], str]:
    """Where files stand in the repository."""
    from twofold.emit.places import repository_path
    from twofold.source import changes

    return repository_path(project, top=changes.top(project.root))


def _changes(project: Checked, base: str | None, *, is_helpful: bool) -> Changes | None:
    """What changed since a revision. Without one, where that would help: since GitHub's target, if known."""
    target = os.environ.get("GITHUB_BASE_REF") if is_helpful else None
    if base is None and not target:
        return None
    from twofold.source import changes
    from twofold.source.git_command import GitError

    revision = f"origin/{target}" if base is None else base
    try:
        return changes.since(revision, folder=project.root, environ=os.environ)
    except GitError as error:
        if base is None:
            return None
        raise click.BadParameter(output.plain(str(error)), param_hint="--changed-since") from None


def _closing(checked: Checked, report: Report) -> str:
    """The last line, for people."""
    from twofold.emit import text

    colour = output.coloured(sys.stdout)
    elsewhere = len(checked.report.diagnostics) - len(report.diagnostics)
    if not elsewhere:
        return text.summary(report, checked=checked.counts, colour=colour) + "\n"
    if not report.diagnostics:
        return f"Found nothing in changed files; {elsewhere:,} in files that did not change.\n"
    found = text.summary(report, checked={}, colour=colour)
    return f"{found} {elsewhere:,} more in files that did not change.\n"


def _counts(plan: Plan) -> dict[str, int]:
    from twofold.model import Kind

    order = (Kind.ITEM, Kind.PERSONA, Kind.FINDING, Kind.OBJECTIVE, Kind.RELEASE, Kind.METRIC)
    return {**{kind.value: len(plan.of(kind)) for kind in order}, "page": len(plan.pages)}
