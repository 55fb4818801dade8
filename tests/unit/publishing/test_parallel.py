"""Portals that are made at the same time tell what they would tell one after the other, and leave nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from twofold.config import ConfigurationError
from twofold.engine import parallel
from twofold.publish import RefusedError, staging

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from twofold.render.shares import Progress

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only there processes part"),
    # A test runner may have threads of its own, and Python 3.12 warns of them.
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]

AUDIENCES = ("internal", "customer", "user")
DEADLINE = 30.0
BESIDE = pytest.mark.parametrize("at_a_time", [2, 3], indirect=True, ids=["two at a time", "three at a time"])
"""For what is about other processes than this one."""


@pytest.fixture(params=[1, 2, 3], ids=["in series", "two at a time", "three at a time"], autouse=True)
def at_a_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    count: int = request.param
    monkeypatch.setattr(parallel, "_at_a_time", lambda: count)
    return count


def test_every_portal_is_made_once_beside_this_process(tmp_path: Path, at_a_time: int) -> None:
    def one(audience: str, /, **_: object) -> None:
        with (tmp_path / audience).open("x") as file:
            file.write(str(os.getpid()))

    parallel.each(AUDIENCES, one, warn=print, progress=None)
    makers = {int((tmp_path / audience).read_text("utf-8")) for audience in AUDIENCES}
    assert (os.getpid() in makers) == (at_a_time == 1)
    assert multiprocessing.active_children() == []


def test_warnings_come_in_the_order_of_the_audiences_each_once() -> None:
    heard: list[str] = []

    def one(audience: str, /, *, warn: Callable[[str], None], progress: Progress | None) -> None:
        del progress
        # The later an audience, the earlier it speaks.
        time.sleep(0.1 * (2 - AUDIENCES.index(audience)))
        warn("the logo is no file")
        warn(f"{audience} has no page")
        warn("the logo is no file")

    parallel.each(AUDIENCES, one, warn=heard.append, progress=None)
    assert heard == [
        "the logo is no file",
        "internal has no page",
        "customer has no page",
        "user has no page",
    ]


def test_pages_are_counted_over_all_portals() -> None:
    heard: list[tuple[int, int]] = []

    def one(audience: str, /, *, warn: Callable[[str], None], progress: Progress | None) -> None:
        del audience, warn
        assert progress is not None
        for page in range(1, 5):
            progress(page, 4)

    def take(done: int, pages: int, /) -> None:
        heard.append((done, pages))

    parallel.each(AUDIENCES, one, warn=print, progress=take)
    assert heard[-1] == (12, 12)
    assert [done for done, _ in heard] == list(range(1, 13))


def test_the_error_that_is_told_is_that_of_the_first_audience_that_fails() -> None:
    def one(audience: str, /, **_: object) -> None:
        if audience != "user":
            time.sleep(0.3 if audience == "internal" else 0)
            raise RefusedError(f"the {audience} portal is not published:\nassets/logo.png: a secret")

    with pytest.raises(RefusedError, match=r"\Athe internal portal is not published:\nassets"):
        parallel.each(AUDIENCES, one, warn=print, progress=None)
    assert multiprocessing.active_children() == []


def test_an_error_says_all_that_it_knows() -> None:
    class HookError(Exception):
        """As one of a plug-in, which only the process knows that has read it."""

    def misconfigured(*_: object, **__: object) -> None:
        raise ConfigurationError("no theme", texts={"mkdocs.yml": "theme: none"})

    def failing(*_: object, **__: object) -> None:
        raise HookError("a hook failed")

    with pytest.raises(ConfigurationError, match="no theme") as told:
        parallel.each(AUDIENCES, misconfigured, warn=print, progress=None)
    assert told.value.texts == {"mkdocs.yml": "theme: none"}
    with pytest.raises(Exception, match="a hook failed") as other:
        parallel.each(AUDIENCES, failing, warn=print, progress=None)
    assert type(other.value).__name__ == "HookError"


@BESIDE
def test_a_process_that_is_killed_refuses_the_publication() -> None:
    def one(audience: str, /, **_: object) -> None:
        if audience == "customer":
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(RefusedError, match="customer portal ended early \\(signal 9\\)"):
        parallel.each(AUDIENCES, one, warn=print, progress=None)
    assert multiprocessing.active_children() == []


@BESIDE
def test_an_interruption_ends_every_process_and_its_temporary_files(tmp_path: Path, at_a_time: int) -> None:

    def one(audience: str, /, *, warn: Callable[[str], None], progress: Progress | None) -> None:
        del warn
        assert progress is not None
        place = tmp_path / audience
        place.mkdir()
        try:
            progress(1, 2)
            time.sleep(DEADLINE)
        finally:
            place.rmdir()

    def interrupt(done: int, pages: int, /) -> None:
        if (done, pages) == (at_a_time, 2 * at_a_time):
            raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        parallel.each(AUDIENCES, one, warn=print, progress=interrupt)
    assert time.monotonic() - begun < DEADLINE / 2
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


PROGRAM = """
import os, sys, time
from pathlib import Path
from twofold.engine import parallel
from twofold.publish import staging

parallel._at_a_time = lambda: 3
root = Path(sys.argv[1])

def one(audience, /, **_):
    (root / audience).write_text(str(os.getpid()))
    time.sleep(60)

with staging(root):
    parallel.each(("internal", "customer", "user"), one, warn=print, progress=None)
"""


@BESIDE
def test_no_process_outlives_the_one_that_asked_nor_keeps_its_lock(tmp_path: Path) -> None:
    asking = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path)])
    deadline = time.monotonic() + DEADLINE
    marks = [tmp_path / audience for audience in AUDIENCES]
    while not all(mark.is_file() and mark.read_text("utf-8") for mark in marks):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    asking.kill()
    asking.wait()
    while any(alive(int(mark.read_text("utf-8"))) for mark in marks):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    with staging(tmp_path, patience=0) as folder:
        assert list(folder.parent.iterdir()) == [folder]


def alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be told off does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:  # noqa: PTH123 - no file of ours
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
