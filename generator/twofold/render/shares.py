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
from contextlib import contextmanager
from itertools import chain
from typing import IO, TYPE_CHECKING, Generic, NoReturn, Protocol, TypeVar
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH = 200
"""Fewer jobs than this are done before a process has parted and told what it has done."""

_TICKET = 4
"""Bytes of a job's number."""

RUBBISH = 100_000, 50, 50
"""After how many new objects Python looks for those that nothing can reach any more."""

WAITING = "twofold-waiting"
"""The name of threads that wait for another process and hold nothing: beside them, a process may part."""


class Progress(Protocol):
    """Hears how far work is."""

    def __call__(self, done: int, jobs: int, /) -> None:
        """So many of so many are done or begun. What this raises ends the work."""


def done(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    *,
    worth: bool | None = None,
    progress: Progress | None = None,
) -> list[Result]:
    """Do all jobs; give their results in the order of the jobs. See `each`."""
    results = dict(each(work, jobs, worth=worth, progress=progress))
    return [results[number] for number in range(len(jobs))]


def each(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    *,
    worth: bool | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[int, Result]]:
    """Do all jobs; give the number of each with its result, one at a time: they may be long.

    `worth` says whether there is so much to do that processes pay; by default, where there are many jobs.
    The results are the same however many processes there are: each takes the next job when it is free. What
    a process that fails has taken is done again here, so that an error is raised as it would be without.
    `progress` is told in this process.
    """
    worth = len(jobs) >= WORTH if worth is None else worth
    count = min(_at_a_time(), len(jobs)) if worth else 1
    with _tidy():
        found = enumerate(map(work, jobs)) if count < 2 else _shared(work, jobs, count)
        far = 0
        for number, result in found:
            # Jobs are taken in order; those that other processes have done are heard of last.
            if progress is not None and number >= far:
                far = number + 1
                progress(far, len(jobs))
            yield number, result


def _shared(work: Callable[[Job], Result], jobs: Sequence[Job], count: int) -> Iterator[tuple[int, Result]]:
    with tempfile.TemporaryFile() as tickets:
        tickets.write(b"".join(number.to_bytes(_TICKET, "big") for number in range(len(jobs))))
        tickets.flush()
        tickets.seek(0)
        left = set(range(len(jobs)))

        def taken() -> Iterator[tuple[int, Result]]:
            # Processes that have parted share the place in a file, and a read moves it on in one step.
            while ticket := os.read(tickets.fileno(), _TICKET):
                number = int.from_bytes(ticket, "big")
                yield number, work(jobs[number])

        others = [_Share(taken) for _ in range(1, count)]
        try:
            for number, result in chain(taken(), *(share.results() for share in others)):
                left.remove(number)
                yield number, result
        finally:
            for share in others:
                share.end()
    for number in sorted(left):
        yield number, work(jobs[number])


def later(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a piece of work; give what waits for its result, and is called once."""
    if _at_a_time() < 2:
        return work
    share = _Share(lambda: iter([work()]))

    def result() -> Result:
        try:
            found = list(share.results())
        finally:
            share.end()
        return found[0] if found else work()

    # Nobody may ask in the end: what uses it may fail.
    finalize(result, share.end)
    return result


@contextmanager
def _tidy() -> Iterator[None]:
    """Look for rubbish now and then, and only in what is new: each page leaves some behind."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*RUBBISH)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class _Share(Generic[Result]):
    """Work that a process does which has just parted from this one."""

    def __init__(self, work: Callable[[], Iterable[Result]]) -> None:
        # A file and not a pipe, which would hold the process up until somebody listens.
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `end`
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # Newer versions of Python warn of any thread.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process: int | None = os.fork()
        if not self._process:
            _do(work, self._told)

    def results(self) -> Iterator[Result]:
        """Wait for what the process has found, and give it in order; nothing where it failed."""
        if self._process is None:
            return
        _, status = os.waitpid(self._process, 0)
        self._process = None
        if status == 0:
            end = self._told.seek(0, os.SEEK_END)
            self._told.seek(0)
            while self._told.tell() < end:
                yield pickle.load(self._told)  # noqa: S301 - our own

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._told.close()
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = None


def _do(work: Callable[[], Iterable[Result]], told: IO[bytes]) -> NoReturn:
    """Do a share, tell what was found, and end. Nothing of the parent's may be tidied up here."""
    status = 1
    try:
        gc.freeze()
        for found in work():
            pickle.dump(found, told, pickle.HIGHEST_PROTOCOL)
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
