"""What a terminal sees of a build that takes its time."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.plans import write_plan

if TYPE_CHECKING:
    from pathlib import Path

# What is shown after a moment in a long build is shown at once.
AT_ONCE = (
    sys.executable,
    "-c",
    "from twofold.cli import build, main; build.PATIENCE = build.INTERVAL = 0; main()",
    "build",
)
PAGE = re.compile(rb"Building the portals: page ([0-9,]+) of ([0-9,]+)")


@pytest.mark.parametrize("audiences", [("--audience", "internal"), ()])
def test_a_long_build_shows_a_terminal_how_far_it_is(tmp_path: Path, audiences: tuple[str, ...]) -> None:
    write_plan(tmp_path, seed=1, items=200, findings=50, personas=12)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        (*AT_ONCE, *audiences),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    seen = _all_of(ours)
    assert process.wait() == 0
    pages = PAGE.findall(seen)
    assert pages
    numbers = [int(done) for done, _ in pages]
    assert numbers == sorted(numbers)
    assert pages[-1][0] == pages[-1][1]
    # The line is gone, and below it stands what was done.
    assert re.search(rb"\x1b\[2KBuilt [0-9,]+ pages in [0-9.]+ s", seen)


def test_a_pipe_gets_the_summary_and_no_progress(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=1, items=200, findings=50, personas=12)
    run = subprocess.run(AT_ONCE, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Building" not in run.stderr
    assert "\x1b" not in run.stderr
    assert "Built " in run.stderr


def _all_of(terminal: int) -> bytes:
    """Read a terminal until its other side is closed."""
    seen = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # How Linux says that nobody is there any more.
            part = b""
        if not part:
            os.close(terminal)
            return seen
        seen += part
