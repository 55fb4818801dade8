"""Work in shares: each in a process of its own, where the system can."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
import threading
import warnings
from typing import IO, TYPE_CHECKING, Generic, NoReturn, TypeVar
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH = 200
"""Fewer jobs than this are done before a process has parted and told what it has done."""

WAITING = "twofold-waiting"
"""The name of threads that wait for another process and hold nothing: beside them, a process may part."""


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

    # Nobody may ask in the end: what uses it may fail.
    finalize(result, share.end)
    return result


class _Share(Generic[Job, Result]):
    """One share of the jobs, done by a process that has just parted from this one."""

    def __init__(self, work: Callable[[Job], Result], jobs: Sequence[Job]) -> None:
        self._count = len(jobs)
        # A file and not a pipe, which would hold the process up until somebody listens.
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `end`
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # Newer versions of Python warn of any thread.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process: int | None = os.fork()
        if not self._process:
            _do(work, jobs, self._told)

    def results(self) -> list[Result] | None:
        """What the process has found; None where it failed."""
        if self._process is not None:
            _, status = os.waitpid(self._process, 0)
            self._process = None
            if status == 0:
                self._told.seek(0)
                return [pickle.load(self._told) for _ in range(self._count)]  # noqa: S301 - our own
        return None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._told.close()
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = None


def _do(work: Callable[[Job], Result], jobs: Sequence[Job], told: IO[bytes]) -> NoReturn:
    """Do a share, tell what was found, and end. Nothing of the parent's may be tidied up here."""
    status = 1
    try:
        gc.freeze()
        for job in jobs:
            pickle.dump(work(job), told, pickle.HIGHEST_PROTOCOL)
        told.flush()
        status = 0
    finally:
        os._exit(status)


def _at_a_time() -> int:
    # As with the portals of several audiences: elsewhere processes do not part, or not safely.
    busy = [one for one in threading.enumerate() if one.name != WAITING]
    if sys.platform != "linux" or len(busy) > 1:
        return 1
    return len(os.sched_getaffinity(0))
