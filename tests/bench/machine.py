"""What ran: of the machine its size and no name, and how busy others kept it."""

from __future__ import annotations

import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.bench.measure import PROCESSORS

BUSY: Final = (1, 2, 3, 6, 7, 8)
"""Fields of the first line of `/proc/stat`: all but waiting, and guests, which count twice."""


def machine() -> dict[str, object]:
    """Processors used and present, memory, system, Python, and what the yardsticks are made of."""
    return {
        "processors_used": min(PROCESSORS, os.cpu_count() or 1),
        "processors": os.cpu_count() or 1,
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "mkdocs": version("mkdocs"),
        "material": version("mkdocs-material"),
        "pyyaml": version("pyyaml"),
    }


class Others:
    """How much of the processors what is not ours uses, from now on: it lengthens wall time."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._busy = _busy() - _ours()

    @property
    def share(self) -> float | None:
        """From 0 to 1, of all processors. None where the system does not tell."""
        passed = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        if sys.platform != "linux":
            return None
        return min(1.0, max(0.0, (_busy() - _ours() - self._busy) / passed))


def _busy() -> float:
    """Seconds that all processors have worked."""
    if sys.platform != "linux":
        return 0.0
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    return sum(int(fields[field]) for field in BUSY) / os.sysconf("SC_CLK_TCK")


def _ours() -> float:
    """Seconds of this process and of those that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
