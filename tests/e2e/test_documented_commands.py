"""Every command in the documentation does what the page says, in the order of the page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.demo import copy_demo
from tests.support.documented import ROOT, Shell, matches, steps, unmarked

if TYPE_CHECKING:
    from pathlib import Path

TUTORIAL: Final = "docs/tutorial.md"
PAGES: Final = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
WITH_STEPS: Final = [page for page in PAGES if any(steps((ROOT / page).read_text(encoding="utf-8")))]

NOT_RUN: Final = {
    "python3 -m venv .venv": "tests/e2e/test_wheel.py makes an environment",
    ". .venv/bin/activate": "the same",
    "pip install ~/twofold": "asks a package index for the rest; tests/e2e/test_wheel.py installs the wheel",
    "make portal": "it makes an environment first; .ci/run runs it",
    "make test": "this is one of its tests",
    "twofold explain inv<TAB>": "a key, not a command; tests/e2e/test_completion.py presses it",
}
FAILING: Final = {
    ("docs/how-to/ci.md", "twofold check --fail-on warning"): 1,
    ("docs/how-to/review.md", "twofold diff main --fail-on exposure:customer --fail-on promise"): 1,
}
"""Commands that are to end with another status than 0. Where a page shows an error, that is expected anyway."""


def test_no_command_stands_where_nobody_runs_it() -> None:
    found = {page: unmarked((ROOT / page).read_text(encoding="utf-8")) for page in PAGES}
    assert {page: lines for page, lines in found.items() if lines} == {}


def test_what_is_not_run_is_still_documented() -> None:
    typed = {bare(step.text) for page in WITH_STEPS for step in steps((ROOT / page).read_text("utf-8"))}
    assert [command for command in NOT_RUN if command not in typed] == []


@pytest.fixture(scope="module")
def bellwork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the reader of the tutorial has in the end."""
    shell = Shell(tmp_path_factory.mktemp("tutorial") / "empty")
    shell.folder.mkdir()
    follow(TUTORIAL, shell)
    return shell.folder


def test_the_tutorial_ends_with_three_portals(bellwork: Path) -> None:
    for site in ("site-internal", "site/customer", "site/user"):
        page = (bellwork / site / "roadmap/register-by-seat/index.html").read_text(encoding="utf-8")
        assert ("Tap the empty seats" in page) == (site != "site/customer")
        assert ("Absence is known two minutes" in page) == (site != "site/user")
        assert ("timetable" in page) == (site == "site-internal")


@pytest.mark.parametrize("page", [page for page in WITH_STEPS if page != TUTORIAL])
def test_every_command_of_a_page_does_what_it_says(page: str, tmp_path: Path, bellwork: Path) -> None:
    shell = Shell(tmp_path / "plan")
    if page == "docs/how-to/edit.md":
        shutil.copytree(bellwork, shell.folder)
    else:
        shell.folder.mkdir()
        branch_of_the_demo(shell)
    follow(page, shell)


def branch_of_the_demo(shell: Shell) -> None:
    """The demo under git, and a branch on which customers read something else, committed and not."""
    copy_demo(shell.folder)
    for command in (
        "git init --quiet --initial-branch main && git add . && git commit --quiet -m Begin",
        "git update-ref refs/remotes/origin/main main && git switch --quiet --create branch",
        "twofold set item/offline-charting title 'Charting anywhere' && git commit --quiet --all -m Change",
        "twofold set item/offline-charting action 'Tell the wards.'",
    ):
        status, printed = shell.run(command)
        assert status == 0, printed


def follow(page: str, shell: Shell) -> None:
    for step in steps((ROOT / page).read_text(encoding="utf-8")):
        if step.path is not None:
            shell.write(step.path, step.text)
            continue
        command = bare(step.text)
        if command in NOT_RUN:
            continue
        status, printed = shell.run(command)
        expected = FAILING.get((page, command), 0)
        where = f"{page}:{step.line}: {command}\n{printed}"
        if step.prints is not None:
            assert matches(step.prints, printed), where
            # A mistake that the page shows is expected where it is shown.
            expected = int(": error[" in step.prints)
        assert status == expected, where


def bare(command: str) -> str:
    """Without the remark behind it."""
    return command.partition("  #")[0].strip()
