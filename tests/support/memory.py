"""How much memory this process has taken."""

from __future__ import annotations

import resource
from pathlib import Path


def peak() -> int:
    """The most it has held at once, in KiB.

    The kernel's own figure for the process where there is one: `ru_maxrss` of a child counts what its parent
    held when it was forked.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
