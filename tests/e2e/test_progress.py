"""What a terminal sees of a build that takes its time."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.plans import write_plan

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = (sys.executable, "-m", "twofold", "build", "--audience", "internal")


def test_a_long_build_shows_a_terminal_how_far_it_is(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=1, items=200, findings=50, personas=12)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        COMMAND, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    seen = _all_of(ours)
    assert process.wait() == 0
    assert re.search(rb"Building the portals: page [0-9,]+ of [0-9,]+", seen)
    assert re.search(rb"Built [0-9,]+ pages in [0-9.]+ s", seen)


def test_a_pipe_gets_the_summary_and_no_progress(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=1, items=200, findings=50, personas=12)
    run = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, text=True, check=True)
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
