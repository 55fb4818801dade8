"""A live preview as people start it: a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Found = TypeVar("Found")

PATIENCE: Final = 30.0
"""Seconds after which what a test waits for will not come. Machines under load take their time."""

ADDRESS = re.compile(r"http://(127\.0\.0\.1):(\d+)/")


class Preview:
    """One running process."""

    def __init__(self, process: subprocess.Popen[bytes], printed: Path) -> None:
        self.process = process
        self._printed = printed
        address = until(self._address, lambda: self.printed)
        self.url, self.host, self.port = address[0], address[1], int(address[2])

    def _address(self) -> re.Match[str] | None:
        if self.process.poll() is not None:
            message = f"the preview ended with {self.process.returncode}:\n{self.printed}"
            raise AssertionError(message)
        return ADDRESS.search(self.printed)

    @property
    def printed(self) -> str:
        """All that it has printed, on both streams."""
        return self._printed.read_text(encoding="utf-8")

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask once, exactly this path; gives status, headers and text."""
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text
        finally:
            connection.close()

    def page(self, path: str) -> str:
        """The text of a page of the internal portal, whatever its status."""
        return self.get(f"/internal/{path}")[2]

    def shows(self, path: str, *texts: str) -> str:
        """Wait until a page has all of `texts`; gives the page."""

        def found() -> str | None:
            page = self.page(path)
            return page if all(text in page for text in texts) else None

        return until(found, lambda: self.printed)

    def says(self, text: str) -> str:
        """Wait until `text` is printed; gives all that is."""
        return until(lambda: self.printed if text in self.printed else None, lambda: self.printed)

    def interrupt(self, kind: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C does; gives its exit status."""
        self.process.send_signal(kind)
        return self.process.wait(PATIENCE)


@contextmanager
def previewing(
    root: Path,
    *arguments: str,
    module: str = "twofold",
    python: str | Path = sys.executable,
    **environment: str,
) -> Iterator[Preview]:
    """Run `twofold serve` in `root` on a free port."""
    # Not in the project: a preview may watch all of it.
    printed = root.parent / f"{root.name}-{time.monotonic_ns()}.printed"
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [python, "-m", module, "serve", *(arguments or ("--addr", "127.0.0.1:0"))],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        )
    try:
        yield Preview(process, printed)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(wanted: Callable[[], Found | None], said: Callable[[], str] = str) -> Found:
    """Ask again and again until there is an answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = wanted()
        if found:
            return found
        time.sleep(0.03)
    message = f"it did not come within {PATIENCE:.0f} s\n{said()}"
    raise AssertionError(message)
