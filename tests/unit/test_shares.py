"""Work in shares gives what it gives without."""

from __future__ import annotations

import gc
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from twofold.render import shares
from twofold.render.page import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

JOBS = list(range(shares.WORTH + 7))

PATIENCE = 30.0
"""Seconds for a process to begin."""


@pytest.fixture(params=[1, 2, 3, 5])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    count: int = request.param
    monkeypatch.setattr(shares, "_at_a_time", lambda: count)
    parted: list[int] = []
    fork = os.fork

    def counted() -> int:
        parted.append(process := fork())
        return process

    monkeypatch.setattr(os, "fork", counted)
    yield count
    for process in parted:
        with pytest.raises(ChildProcessError):  # None is left behind.
            os.waitpid(process, os.WNOHANG)


def test_results_come_in_the_order_of_the_jobs(processes: int) -> None:
    assert processes
    assert shares.done(lambda job: (job, "x" * job), JOBS) == [(job, "x" * job) for job in JOBS]


def test_how_far_the_work_is_is_told_here_and_only_forwards(processes: int) -> None:
    heard: list[tuple[int, int, int]] = []
    shares.done(str, JOBS, progress=lambda done, jobs: heard.append((os.getpid(), done, jobs)))
    assert {(process, jobs) for process, _, jobs in heard} == {(os.getpid(), len(JOBS))}
    numbers = [done for _, done, _ in heard]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == len(JOBS)
    if processes == 1:
        assert numbers == [job + 1 for job in JOBS]


def test_who_hears_how_far_the_work_is_may_end_it(processes: int) -> None:
    done: list[int] = []

    def enough(far: int, _: int) -> None:
        if far > len(JOBS) / 2:
            raise KeyError

    with pytest.raises(KeyError):
        shares.done(done.append, JOBS, progress=enough)
    assert len(done) < len(JOBS) or processes > 1


@pytest.mark.parametrize(("jobs", "worth"), [(JOBS, None), (JOBS[:50], True)])
def test_the_shares_are_done_in_processes_of_their_own(
    processes: int, tmp_path: Path, jobs: list[int], *, worth: bool | None
) -> None:
    def work(_: int) -> int:
        # On a busy machine a process may begin late: nobody goes on before all have.
        (tmp_path / str(os.getpid())).touch()
        deadline = time.monotonic() + PATIENCE
        while len(list(tmp_path.iterdir())) < processes and time.monotonic() < deadline:
            time.sleep(0.001)
        return os.getpid()

    assert len(set(shares.done(work, jobs, worth=worth))) == processes


def test_a_few_jobs_are_done_here(processes: int) -> None:
    assert processes
    assert set(shares.done(lambda _: os.getpid(), JOBS[:10])) == {os.getpid()}


@pytest.mark.parametrize("bad", [0, 1, len(JOBS) - 1])
def test_an_error_is_raised_as_without_processes(processes: int, bad: int) -> None:
    assert processes

    def work(job: int) -> int:
        if job == bad:
            message = f"no {job}"
            raise ValueError(message)
        return job

    with pytest.raises(ValueError, match=f"no {bad}"):
        shares.done(work, JOBS)


def test_the_share_of_a_process_that_dies_is_done_here(processes: int) -> None:
    assert processes
    here = os.getpid()

    def work(job: int) -> int:
        if os.getpid() != here and job > 100:
            os._exit(3)
        return job

    assert shares.done(work, JOBS) == JOBS


def test_what_cannot_be_sent_is_done_here(processes: int) -> None:
    assert processes
    made: list[Callable[[], int]] = shares.done(lambda job: lambda: job, JOBS)
    assert [one() for one in made] == JOBS


@pytest.mark.parametrize("dies", [False, True])
def test_what_is_begun_is_there_when_it_is_asked_for(processes: int, *, dies: bool) -> None:
    assert processes
    here = os.getpid()

    def work() -> str:
        if dies and os.getpid() != here:
            os._exit(3)
        return "made"

    assert shares.later(work)() == "made"


def test_what_nobody_asks_for_is_ended(processes: int) -> None:
    assert processes
    begun = shares.later(lambda: time.sleep(60))
    del begun
    gc.collect()


def test_files_that_are_being_made_have_their_names_already() -> None:
    asked: list[str] = []

    def made() -> dict[str, bytes]:
        asked.append("made")
        return {"feed.xml": b"feed", "roadmap.json": b"{}"}

    files = Files({"a.png": b"png"}, ("feed.xml", "roadmap.json"), made)
    assert list(files) == ["a.png", "feed.xml", "roadmap.json"]
    assert len(files) == 3
    assert "feed.xml" in files
    assert "b.png" not in files
    assert not asked
    assert dict(files) == {"a.png": b"png", "feed.xml": b"feed", "roadmap.json": b"{}"}
    assert asked == ["made"]


@pytest.mark.parametrize(("name", "most"), [("anything", 1), (shares.WAITING, None)])
def test_a_process_parts_beside_threads_that_hold_nothing_only(name: str, most: int | None) -> None:
    alone = shares._at_a_time()
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait, name=name, daemon=True)
    thread.start()
    try:
        assert shares._at_a_time() == (alone if most is None else most)
    finally:
        ended.set()
        thread.join()
