"""The portals of several audiences at the same time: as many as there are processors."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from twofold.engine.telling import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from twofold.engine.processes import Errand
    from twofold.render.shares import Progress


def each(
    audiences: Sequence[str],
    errand: Errand,
    *,
    warn: Callable[[str], None],
    progress: Progress | None,
    together: bool = True,
) -> None:
    """Do the errand for every audience: as many at a time as there are processors, unless not `together`.

    What is told is the same either way: warnings in the order of the audiences, each once, and the error of
    the first audience that fails. `progress` hears of all portals together.
    """
    told = Told(audiences, warn, progress)
    count = min(_at_a_time(), len(audiences)) if together else 1
    if count < 2:
        for audience in audiences:
            errand(audience, warn=told.warning(audience), progress=told.progress(audience))
            told.complete(audience)
    else:
        # One portal has no use for it, and does not wait for its import.
        from twofold.engine.processes import in_processes  # noqa: PLC0415

        in_processes(audiences, errand, told, count)


def _at_a_time() -> int:
    """How many portals may be made at the same time."""
    # Windows has no processes that part, and macOS has libraries that do not survive it. Another thread may
    # hold a lock, which nobody would ever let go of in the process that parts.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))
