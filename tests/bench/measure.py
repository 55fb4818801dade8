"""One run of a command: what it takes of time and memory, and what it writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

ROOT: Final = Path(__file__).parents[2]

STARTER: Final = Path(__file__).with_name("starter.py")

PROCESSORS: Final = 2
"""What every run may use, so that figures of machines with more of them can be compared."""

KIBI: Final = 1024
"""Linux counts `ru_maxrss` in kibibytes."""

GLANCE: Final = 0.1
"""Seconds between two looks at the memory of a run that has parted into processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one run took."""

    processor: float
    """User and system time, in seconds, of the process and of those that it waited for."""
    wall: float
    """Seconds."""
    memory: int = 0
    """Most bytes held at once: by the process, or by all of its processes together."""
    written: int = 0
    """Bytes in files that the run made or changed, and left there."""
    pages: int = 0
    """HTML files made; 0 for what makes none."""
    page_bytes: int = 0
    """Bytes in those."""


class Failed(Exception):  # noqa: N818 - what has happened to a run
    """A run did not end as it should; the text says with what."""


def run(*command: str | Path, folder: Path | None = None, looking: bool = False) -> tuple[Sample, str]:
    """Run a command to its end; gives what it took and all that it printed.

    What is new in `folder` afterwards counts as written. With `looking`, memory is that of all processes
    together. That holds them up, so such a run is not for its times.
    """
    before = set(_marks(folder)) if folder else set()
    with tempfile.TemporaryFile() as printed:
        took = _started([str(part) for part in command], printed, looking=looking)
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    if took is None:
        raise Failed(text)
    status, sample = took
    if status:
        raise Failed(f"{' '.join(map(str, command))} ended with {status}:\n{text[-2000:]}")
    if folder:
        new = {mark for mark in _marks(folder) if mark not in before}
        sample = replace(sample, written=sum(size for _, _, size in new))
    return sample, text


def run_python(
    *arguments: str | Path, folder: Path | None = None, looking: bool = False
) -> tuple[Sample, str]:
    """Run this Python with `arguments`."""
    return run(sys.executable, *arguments, folder=folder, looking=looking)


def memory_folder() -> Path:
    """A folder in memory where the system has one, otherwise the one for temporary files."""
    shared = Path("/dev/shm")  # noqa: S108 - a fresh folder is made inside it
    return shared if os.access(shared, os.W_OK) else Path(tempfile.gettempdir())


def stay_on_processors(count: int = PROCESSORS) -> None:
    """Keep to so many processors, and what is started from here as well. Linux only."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def environment() -> dict[str, str]:
    """The environment, but with byte code kept, as in any installation that is used twice."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _started(command: Sequence[str], printed: IO[bytes], *, looking: bool) -> tuple[int, Sample] | None:
    """The status and what it took; none where it could not be started."""
    with tempfile.TemporaryFile() as told:
        starter = subprocess.Popen(
            [sys.executable, "-I", "-S", STARTER, str(told.fileno()), *command],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            pass_fds=[told.fileno()],
            start_new_session=True,
        )
        with Together(starter.pid, looking=looking) as together:
            try:
                starter.wait()
            except BaseException:
                # Whoever ends the suite ends what it has started, and what that has.
                os.killpg(starter.pid, signal.SIGKILL)
                starter.wait()
                raise
        told.seek(0)
        line = told.read()
    if not line:
        return None
    status, processor, wall, alone = json.loads(line)
    memory = max(alone * (1 if sys.platform == "darwin" else KIBI), together.most)
    return status, Sample(processor=processor, wall=wall, memory=memory)


class Together:
    """Looks again and again at what all that a process has started hold together, while there are several.

    For a process alone the system itself remembers the most. Pages that several share count once.
    """

    def __init__(self, process: int, *, looking: bool) -> None:
        self.most = 0
        self._looking = looking and sys.platform == "linux"
        self._process = process
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        if self._looking:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(GLANCE):
            _, *started = _tree(self._process)
            if len(started) > 1:
                self.most = max(self.most, sum(map(_share, started)))


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        # It has ended meanwhile.
        return
    for thread in threads:
        for child in _read(thread / "children").split():
            yield from _tree(int(child))


def _share(process: int) -> int:
    """Bytes of a process, of those that it shares with others its part."""
    for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * KIBI
    return 0


def _read(path: Path) -> str:
    """The text of a file; empty where the process has ended."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def _marks(folder: Path) -> Iterator[tuple[int, int, int]]:
    """What tells a file from one that was there before, wherever it has been moved, and its size."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        for name in files:
            status = os.lstat(os.path.join(root, name))  # noqa: PTH118 - many thousands of them
            yield status.st_ino, status.st_mtime_ns, status.st_size
