"""Processes that make portals beside this one.

They part after the plan has been read: they share it, and nothing is read twice. Each writes into a staging
folder of its own and publishes nothing, and none outlives the process that asked for it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections import deque
from contextlib import suppress
from multiprocessing import connection as connections
from multiprocessing import get_context, parent_process
from traceback import format_exception
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from twofold.publish import RefusedError
from twofold.render.shares import WAITING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext

    from twofold.engine.telling import Told
    from twofold.render.shares import Progress

PATIENCE = 5.0
"""Seconds for a process to put away its temporary files when it is told to end."""


class Errand(Protocol):
    """Makes the portal of one audience."""

    def __call__(self, audience: str, /, *, warn: Callable[[str], None], progress: Progress | None) -> None:
        """Pass warnings to `warn`, and tell `progress` of each page."""


def in_processes(audiences: Sequence[str], errand: Errand, told: Told, count: int) -> None:
    """Do the errands in `count` processes."""
    context = get_context("fork")
    waiting, failed = deque(audiences), dict[str, BaseException]()
    processes: list[Process] = []
    try:
        # A terminal interrupts them all; what then happens is this process' affair alone.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            hears = told.listener is not None
            # One by one: those that have parted are ended if the next one cannot.
            processes.extend(Process(context, errand, hears_of_pages=hears) for _ in range(count))
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        for process in processes:
            process.give(waiting.popleft())
        # Whatever else fails, the first audience's error is the one that is told.
        while busy := [process for process in processes if _matters(process, audiences, failed)]:
            ready = connections.wait([process.connection for process in busy])
            for process in busy:
                if process.connection in ready and _heard(process, told, failed) and waiting and not failed:
                    process.give(waiting.popleft())
    finally:
        for process in processes:
            process.end()
    for audience in audiences:
        if audience in failed:
            raise failed[audience]


class Process:
    """A process that makes portals, one after the other, seen from the one that asks for them."""

    def __init__(self, context: ForkContext, errand: Errand, *, hears_of_pages: bool) -> None:
        """Part from this process."""
        self.audience: str | None = None
        self.connection, theirs = context.Pipe()
        self.process = context.Process(
            target=_work, args=(theirs, errand), kwargs={"tells_pages": hears_of_pages}, daemon=True
        )
        self.process.start()
        # Only the other side holds it now, so that its end is heard.
        theirs.close()

    def give(self, audience: str) -> None:
        """Ask for one portal."""
        self.audience = audience
        # That it has died is heard when it should answer.
        with suppress(OSError):
            self.connection.send(audience)

    def end(self) -> None:
        """End it, and wait until it has ended: at once where it is at work."""
        if self.audience is None:
            with suppress(OSError):
                self.connection.send(None)
        else:
            self.process.terminate()
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.connection.close()


def _matters(process: Process, audiences: Sequence[str], failed: dict[str, BaseException]) -> bool:
    """Whether a process is at work for an audience of which something is still to be heard."""
    if process.audience is None:
        return False
    place = audiences.index(process.audience)
    return not any(audience in failed for audience in audiences[:place])


def _heard(process: Process, told: Told, failed: dict[str, BaseException]) -> bool:
    """Take one message; whether the process is free now."""
    audience = process.audience or ""
    try:
        message = process.connection.recv()
    except (EOFError, OSError):
        message = ("failed", _lost(process, audience))
    match message:
        case "warning", text:
            told.warning(audience)(text)
            return False
        case "page", done, pages:
            if listener := told.progress(audience):
                listener(done, pages)
            return False
        case "failed", error:
            failed[audience] = error
        case "foreign", name, text, notes:
            # Its class may exist over there only.
            failed[audience] = type(name, (RuntimeError,), {})(text)
            failed[audience].add_note(notes)
    told.complete(audience)
    process.audience = None
    return True


def _lost(process: Process, audience: str) -> RefusedError:
    process.process.join(PATIENCE)
    code = process.process.exitcode or 0
    how = f"signal {-code}" if code < 0 else f"status {code}"
    return RefusedError(
        f"the process that made the {audience} portal ended early ({how}). If memory is short, make one "
        "portal at a time with --audience"
    )


def _work(parent: Connection, errand: Errand, *, tells_pages: bool) -> None:
    """Make portals until there are no more to make, in a process that has just parted."""
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with_parent, name=WAITING, daemon=True).start()
    # The plan stays: no need to look through it for rubbish again and again.
    gc.freeze()

    def warn(message: str) -> None:
        parent.send(("warning", message))

    def progress(done: int, pages: int, /) -> None:
        parent.send(("page", done, pages))

    try:
        while (audience := parent.recv()) is not None:
            try:
                errand(audience, warn=warn, progress=progress if tells_pages else None)
            except Stopped:
                raise
            except BaseException as error:  # noqa: BLE001 - whatever it is, the other process decides
                parent.send(_sendable(error))
            else:
                parent.send(("done",))
            with suppress(OSError):
                sys.stdout.flush()
    except Stopped:
        return


class Stopped(BaseException):
    """The other process wants this one to end; temporary files go on the way out."""


def _stop(number: int, frame: object) -> NoReturn:
    del number, frame
    raise Stopped


def _end_with_parent() -> None:
    """End when the process that asked is gone: nobody is left to publish anything."""
    parent = parent_process()
    if parent is not None:
        connections.wait([parent.sentinel])
        os._exit(1)


def _sendable(error: BaseException) -> tuple[Any, ...]:
    """An error as the other process can read it, with its traceback as a note."""
    notes = "".join(format_exception(error))
    if type(error).__module__.partition(".")[0] in {"builtins", "twofold"}:
        error.add_note(notes)
        try:
            return "failed", pickle.loads(pickle.dumps(error))  # noqa: S301 - made a moment ago
        except Exception:  # noqa: BLE001, S110 - see below
            pass
    return "foreign", type(error).__name__, str(error), notes
