"""Scoring against loading: 2,000 open items on 500 findings, ranges and rank stability included.

- *score*: processor time of ranking every item against that of reading and linking the same files, checks
  left out. Bound: half.

Both in one process, since what is measured is the scoring and not the start of Python; they alternate.
"""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from tests.bench.measure import Figure, Sample
from tests.plans import TODAY, write_plan
from twofold import cli, pipeline
from twofold.model import Item, Status
from twofold.plan import Index
from twofold.scoring.hearing import listen
from twofold.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from twofold.plan import Plan

BOUND: Final = 0.5
ITEMS: Final = 2000
FINDINGS: Final = 500


def measured(folder: Path, *, runs: int, seed: int) -> tuple[list[Figure], dict[str, tuple[float, float]]]:
    """The figures, and the ratio with its bound."""
    project = folder / "score"
    write_plan(project, seed=seed, items=ITEMS, findings=FINDINGS, personas=40)
    gc.set_threshold(*cli.GC_THRESHOLDS)
    plan = _open(_load(project))
    rank(plan)
    loading: list[Sample] = []
    scoring: list[Sample] = []
    for _ in range(runs):
        loading.append(_timed(lambda: _load(project)))
        # What was heard of a plan is kept; here all of it counts.
        listen.cache_clear()
        scoring.append(_timed(lambda: rank(plan)))
    figures = [
        Figure.of(f"load and link, {ITEMS} items", loading),
        Figure.of(f"score and rank, {ITEMS} items", scoring),
    ]
    return figures, {"score / load": (figures[1].processor / figures[0].processor, BOUND)}


def _load(project: Path) -> Plan:
    with patch("twofold.checks.check", return_value=()):
        return pipeline.load(project / "mkdocs.yml", environ={}, today=TODAY).plan


def _open(plan: Plan) -> Plan:
    """The plan with every item an idea: only what is open is ranked."""
    items: dict[str, Item] = {
        id: item.model_copy(update={"status": Status.IDEA}) for id, item in plan.items.items()
    }
    return replace(plan, items=Index(items))  # type: ignore[arg-type] # the ids are those of items


def _timed(work: Callable[[], object]) -> Sample:
    processor, wall = time.process_time(), time.perf_counter()
    work()
    return Sample(processor=time.process_time() - processor, wall=time.perf_counter() - wall)
