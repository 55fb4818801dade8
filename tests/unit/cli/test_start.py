"""How the command line starts: the day that it judges by, and what it imports for which command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.commands import item, run
from twofold import pipeline

ROOT: Final = Path(__file__).parents[3]
HEAVY: Final = (
    "mkdocs",
    "material",
    "rich",
    "nh3",
    "jinja2",
    "markdown_it",
    "markdown",
    "pygments",
    "asyncio",
)


def alone(code: str, *arguments: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "generator"),
        "PYTHONUTF8": "1",
        **environ,
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _days(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The day that each run is judged by."""
    item(project)
    found: list[str] = []
    load = pipeline.load

    def remember(*arguments: object, **options: object) -> object:
        found.append(str(options["today"]))
        return load(*arguments, **options)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(pipeline, "load", remember)
    return found


def test_the_day_comes_from_the_option_then_from_source_date_epoch(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    days = _days(project, monkeypatch)
    # One second before midnight in UTC, whatever the time zone of the machine.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795391999")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    run(capsys, "check")
    run(capsys, "check", "--today", "2028-02-29")
    assert days == ["2026-11-22", "2028-02-29"]


def test_without_either_the_day_is_todays(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    days = _days(project, monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before = str(datetime.now(tz=UTC).date())
    run(capsys, "check")
    assert days[0] in {before, str(datetime.now(tz=UTC).date())}


@pytest.mark.parametrize("epoch", ["soon", "1.5", "9" * 30, "-" + "9" * 30])
def test_a_source_date_epoch_that_is_no_time_is_2(
    epoch: str, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    item(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status, _, err = run(capsys, "check")
    assert status == 2
    assert "SOURCE_DATE_EPOCH" in err


IMPORTED: Final = """
import sys
from twofold import cli
status = cli.run(sys.argv[1:])
print(status, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--format", "json"], ["explain", "TF104"], ["--help"]], ids=" ".join
)
def test_what_makes_portals_is_not_imported_for_what_makes_none(arguments: list[str], project: Path) -> None:
    item(project)
    done = alone(IMPORTED, *arguments, folder=project)
    status, *imported = done.stderr.split()
    assert status == "0"
    assert sorted(set(HEAVY) & set(imported)) == []


def test_check_needs_no_parser_for_plain_records(project: Path) -> None:
    item(
        project,
        "---\ntitle: O\nstatus: idea\n---\n## For users\n\nText, *soft* and **loud**.\n\n- A list\n",
        "o.md",
    )
    done = alone(IMPORTED, "check", folder=project)
    assert done.stderr.split()[0] == "0"
    assert not {"markdown_it", "difflib"} & set(done.stderr.split())
