"""What the commands that write have in common: the plan is judged before a byte changes."""

from __future__ import annotations

import difflib
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from twofold.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from twofold.config import Project
    from twofold.diagnostics import Diagnostic, Report, Span

ATTEMPTS = 5
"""How often a change is worked out anew because somebody else has saved the file in between."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of a file."""

    path: str
    """As diagnostics name it."""

    lines: range
    """From 1."""


def project(config_file: Path) -> Project:
    """The project as its configuration describes it.

    Raises:
        ConfigurationError: where it cannot be used.
    """
    from twofold import config
    from twofold.checks.catalogue import RULES
    from twofold.scoring import registry

    slugs = {code: rule.slug for code, rule in RULES.items()}
    return config.read(config_file, environ=os.environ, rules=slugs, models=registry.names)


def require_sound(
    config_file: Path, drafts: Mapping[str, str], *, today: date, changed: Lines | None = None
) -> None:
    """Refuse drafts (texts by path in the content folder) that make an error which is not there yet.

    Where a record could not be used before, much that is wrong with it shows only now: what stands beside the
    `changed` lines was there already.

    Raises:
        RefusedError: with the new errors.
    """
    from twofold import pipeline
    from twofold.authoring.set import RefusedError, new_errors
    from twofold.diagnostics import Severity

    after = pipeline.load(config_file, environ=os.environ, today=today, drafts=drafts)
    if not after.report.reaches(Severity.ERROR):
        return
    before = pipeline.load(config_file, environ=os.environ, today=today)
    added = new_errors(before.report.diagnostics, after.report.diagnostics)
    if changed is not None and _has_errors(before.report, changed.path):
        added = tuple(one for one in added if not _beside(one.span, changed))
    if added:
        raise RefusedError(added, dict(after.report.texts))


def _has_errors(report: Report, path: str) -> bool:
    from twofold.diagnostics import Severity

    return any(one.span.path == path and one.severity is Severity.ERROR for one in report.diagnostics)


def _beside(span: Span, changed: Lines) -> bool:
    return span.path == changed.path and span.line not in changed.lines


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Turn what authoring refuses into what the command line says."""
    from twofold.authoring.fields import UnknownPathError
    from twofold.authoring.records import NoSuchRecordError
    from twofold.authoring.set import InvalidValueError, RefusedError
    from twofold.authoring.splice import UnwritableError
    from twofold.authoring.store import StoreError
    from twofold.source.yaml import Refusal

    try:
        yield
    except (NoSuchRecordError, UnknownPathError) as error:
        raise click.UsageError(output.plain(str(error))) from None
    except UnicodeEncodeError:
        # Bytes of the command line that are no UTF-8 come as halves of characters.
        raise click.UsageError("what was typed is not UTF-8 text") from None
    except InvalidValueError as error:
        raise click.BadParameter(output.plain(str(error)), param_hint="VALUE") from None
    except RefusedError as refused:
        _refuse(refused.diagnostics, refused.texts, root=root)
        click.echo("Nothing was changed.", err=True)
        raise click.exceptions.Exit(1) from None
    except Refusal as refusal:
        _refuse((refusal.diagnostic,), {}, root=root)
        click.echo("Nothing was changed.", err=True)
        raise click.exceptions.Exit(1) from None
    except (UnwritableError, StoreError) as error:
        click.echo(f"Nothing was changed: {output.plain(str(error))}.", err=True)
        raise click.exceptions.Exit(1) from None


def difference(shown: str, old: str, new: str) -> str:
    """A unified diff of one file, for people."""
    rows = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{shown}", f"b/{shown}", n=1
    )
    return "".join(f"{output.plain(row.rstrip(chr(10) + chr(13)))}\n" for row in rows)


def _refuse(diagnostics: tuple[Diagnostic, ...], texts: dict[str, str], *, root: Path) -> None:
    from twofold.diagnostics import Report

    report = Report.of(diagnostics, texts=texts, severities={})
    output.diagnostics(report, root=root, stream=sys.stderr)
