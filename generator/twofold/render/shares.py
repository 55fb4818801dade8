"""Work in shares: each in a process of its own, where the system can."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH = 200
"""Fewer jobs than this are done before a process has parted and told what it has done."""


def done(work: Callable[[Job], Result], jobs: Sequence[Job]) -> list[Result]:
    """Do all jobs; give their results in the order of the jobs.

    The results are the same however many processes there are. A share whose process fails is done again
    here, so that an error is raised as it would be without processes.
    """
    count = _at_a_time() if len(jobs) >= WORTH else 1
    others = [_Share(work, jobs[number::count]) for number in range(1, count)]
    results: list[list[Result]] = []
    try:
        results.append([work(job) for job in jobs[::count]])
        for number, share in enumerate(others, start=1):
            found = share.results()
            results.append([work(job) for job in jobs[number::count]] if found is None else found)
    finally:
        for share in others:
            share.end()
    return [results[place % count][place // count] for place in range(len(jobs))]


def later(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a piece of work; give what waits for its result, and is called once."""
    if _at_a_time() < 2:
        return work
    share = _Share(lambda _: work(), [None])

    def result() -> Result:
        try:
            found = share.results()
        finally:
            share.end()
        return work() if found is None else found[0]

    return result


class _Share(Generic[Job, Result]):
    """One share of the jobs, done by a process that has just parted from this one."""

    def __init__(self, work: Callable[[Job], Result], jobs: Sequence[Job]) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if not self.process:
            os.close(reading)
            _do(work, jobs, writing)
        os.close(writing)
        self.reading = reading

    def results(self) -> list[Result] | None:
        """What the process has found; None where it failed."""
        with open(self.reading, "rb", closefd=False) as file:
            data = file.read()
        try:
            found: list[Result] = pickle.loads(data)  # noqa: S301 - from this very program
        except (pickle.UnpicklingError, EOFError):
            return None
        return found

    def end(self) -> None:
        """End the process, whatever it is doing."""
        os.close(self.reading)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def _do(work: Callable[[Job], Result], jobs: Sequence[Job], writing: int) -> None:
    """Do a share, tell what was found, and end. Nothing of the parent's may be tidied up here."""
    try:
        gc.freeze()
        data = pickle.dumps([work(job) for job in jobs], pickle.HIGHEST_PROTOCOL)
        with open(writing, "wb") as file:
            file.write(data)
    finally:
        os._exit(0)


def _at_a_time() -> int:
    # As with the portals of several audiences: elsewhere processes do not part, or not safely.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))
