"""Measure what three audiences cost against one: `python -m tests.bench audiences`.

Wall time on two processors, from nothing, of `twofold build` against `twofold build --audience internal`, for the
demo and for a made-up plan. Bound: 1.7 times. Processor time stands beside it: what making portals at the same
time adds to it would be paid by whoever else is on the machine.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

from tests.bench.measure import ROOT, Figure, Sample, build
from tests.plans import write_plan

if TYPE_CHECKING:
    from pathlib import Path

BOUND: Final = 1.7
ITEMS: Final = 500
PROCESSORS: Final = 2


def measured(folder: Path, *, runs: int, seed: int) -> tuple[list[Figure], dict[str, tuple[float, float]]]:
    """Figures of one audience and of three, and the ratios with their bound."""
    _on_processors(PROCESSORS)
    demo, plan = folder / "demo", folder / "audiences"
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, demo / name)
    shutil.copy(ROOT / "mkdocs.yml", demo)
    write_plan(plan, seed=seed, items=ITEMS, findings=ITEMS // 4, personas=40)
    figures: list[Figure] = []
    ratios: dict[str, tuple[float, float]] = {}
    for name, place in (("the demo", demo), (f"{ITEMS} items", plan)):
        build(place)
        one: list[Sample] = []
        three: list[Sample] = []
        for _ in range(runs):
            one.append(build(place, "internal"))
            three.append(build(place))
        pair = Figure.of(f"internal, {name}", one), Figure.of(f"three audiences, {name}", three)
        figures += pair
        ratios[f"three audiences / one, wall, {name}"] = (pair[1].wall / pair[0].wall, BOUND)
    return figures, ratios


def _on_processors(count: int) -> None:
    """Keep to so many processors, and what is started from here as well."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])
