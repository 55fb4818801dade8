"""A check as it is told: the report, and how much was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twofold.cache import reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.cache.past import Past
    from twofold.cache.trace import Trace
    from twofold.diagnostics import Report

NAME: Final = "check"
"""What a check is kept under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that is shown of a plan that was checked."""

    report: Report
    root: Path
    """The folder of `mkdocs.yml`."""

    content: Path
    """The content folder."""

    shown_content: str
    """The content folder's POSIX path in diagnostics."""

    counts: Mapping[str, int]
    """How many there are of each kind, by its name in the singular."""


def recall(past: Past) -> Checked | None:
    """Give the last check, if nothing has changed since."""
    return past.recall(
        NAME,
        lambda value: Checked(
            report=reports.from_data(value["report"]),
            root=past.config_file.parent,
            content=Path(value["content"]),
            shown_content=value["shown_content"],
            counts=value["counts"],
        ),
    )


def keep(checked: Checked, past: Past, trace: Trace) -> None:
    """Keep a check for the next time."""
    value = {
        "report": reports.as_data(checked.report),
        "content": str(checked.content),
        "shown_content": checked.shown_content,
        "counts": dict(checked.counts),
    }
    past.keep(NAME, value, trace)
