"""Ranking against reading, in one process: what is measured is the scoring and not the start of Python.

    python -m tests.bench.ranking FOLDER read|rank

Reads and links a plan, checks left out, and prints what that took of processor and wall time; or what it takes
to rank all of it, ranges and rank stability included.
"""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.plans import TODAY
from twofold import cli, pipeline
from twofold.model import Item, Status
from twofold.plan import Index
from twofold.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Callable

    from twofold.plan import Plan


def main(project: Path, what: str) -> None:
    """Do one of both, and print what it took."""
    gc.set_threshold(*cli.GC_THRESHOLDS)
    if what == "read":
        timed(lambda: read(project))
    else:
        plan = opened(read(project))
        timed(lambda: rank(plan))


def read(project: Path) -> Plan:
    with patch("twofold.checks.check", return_value=()):
        return pipeline.load(project / "mkdocs.yml", environ={}, today=TODAY).plan


def opened(plan: Plan) -> Plan:
    """The plan with every item an idea: only what is open is ranked."""
    items: dict[str, Item] = {
        id: item.model_copy(update={"status": Status.IDEA}) for id, item in plan.items.items()
    }
    return replace(plan, items=Index(items))  # type: ignore[arg-type] # the ids are those of items


def timed(work: Callable[[], object]) -> None:
    processor, wall = time.process_time(), time.perf_counter()
    work()
    print(time.process_time() - processor, time.perf_counter() - wall)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
