"""Measure `twofold check` and `twofold build` on made-up plans.

- *check*: processor time of `twofold check` against that of a process which composes the YAML of the same
  files with PyYAML's C composer and does nothing else, start-up included on both sides. Bound: three times.
  What the composing alone takes stands beside it.
- *build*: processor time per page of the internal portal, for a small plan and for one eight times its size.
  Bound: 1.15 times, or building does not grow with the pages alone.
- *audiences*: see `tests.bench.audiences`.
- *score*: see `tests.bench.scores`.
- *diff*: see `tests.bench.diffs`.

Runs of both sides alternate, so that a machine that slows down slows both; the figures are medians.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table

from tests.bench import audiences, diffs, scores
from tests.bench.measure import (
    Figure,
    Sample,
    build,
    check,
    compose,
    compose_in_a_process,
    memory_folder,
)
from tests.plans import write_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECK_BOUND: Final = 3.0
BUILD_BOUND: Final = 1.15
PARTS: Final = ("check", "build", "audiences", "score", "diff")


def main() -> int:
    """Run the parts asked for; 1 where `--enforce` is given and a bound is exceeded."""
    given = _arguments()
    rows: list[Figure] = []
    ratios: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder or memory_folder()) as name:
        folder = Path(name).resolve()
        if "check" in given.parts:
            checks = _checks(folder, items=given.check_items, runs=given.runs, seed=given.seed)
            rows += checks
            ratios["check / compose"] = (checks[0].processor / checks[-1].processor, CHECK_BOUND)
        if "build" in given.parts:
            builds = _builds(folder, items=given.build_items, runs=given.runs, seed=given.seed)
            rows += builds
            ratios["build, large / small, per page"] = (builds[-1].per_page / builds[0].per_page, BUILD_BOUND)
        if "audiences" in given.parts:
            figures, found = audiences.measured(folder, runs=given.runs, seed=given.seed)
            rows += figures
            ratios |= found
        if "score" in given.parts:
            figures, found = scores.measured(folder, runs=given.runs, seed=given.seed)
            rows += figures
            ratios |= found
        if "diff" in given.parts:
            figures, found = diffs.measured(folder, runs=given.runs, seed=given.seed)
            rows += figures
            ratios |= found
    _print(rows, ratios, runs=given.runs)
    if given.json:
        given.json.write_text(
            json.dumps(_data(rows, ratios, runs=given.runs), indent=2) + "\n", encoding="utf-8"
        )
    return int(given.enforce and any(ratio > bound for ratio, bound in ratios.values()))


def _checks(folder: Path, *, items: int, runs: int, seed: int) -> list[Figure]:
    plan = folder / "check"
    write_plan(plan, seed=seed, items=items, findings=items // 4, personas=40)
    # Once unmeasured: byte code is written, and the files come from memory.
    check(plan, cold=True)
    cold: list[Sample] = []
    warm: list[Sample] = []
    yardstick: list[Sample] = []
    alone: list[Sample] = []
    for _ in range(runs):
        cold.append(check(plan, cold=True))
        warm.append(check(plan, cold=False))
        yardstick.append(compose_in_a_process(plan))
        alone.append(compose(plan))
    return [
        Figure.of(f"check, {items} items", cold),
        Figure.of(f"check again, {items} items", warm),
        Figure.of("compose the same YAML, alone", alone),
        Figure.of("compose the same YAML, with start-up", yardstick),
    ]


def _builds(folder: Path, *, items: Sequence[int], runs: int, seed: int) -> list[Figure]:
    plans = {number: folder / f"build-{number}" for number in items}
    for number, plan in plans.items():
        write_plan(plan, seed=seed, items=number, findings=number // 4, personas=40)
    build(plans[items[0]], "internal")
    samples: dict[int, list[Sample]] = {number: [] for number in items}
    for _ in range(runs):
        for number, plan in plans.items():
            samples[number].append(build(plan, "internal"))
    return [Figure.of(f"build, {number} items", samples[number]) for number in items]


def _print(rows: Sequence[Figure], ratios: dict[str, tuple[float, float]], *, runs: int) -> None:
    console = Console()
    table = Table(title=f"Medians of {runs} runs on Python {platform.python_version()}")
    table.add_column("what")
    for heading in ("processor s", "wall s", "pages", "ms per page"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            row.name,
            f"{row.processor:.3f}",
            f"{row.wall:.3f}",
            str(row.pages or ""),
            f"{row.per_page * 1000:.2f}" if row.pages else "",
        )
    console.print(table)
    for name, (ratio, bound) in ratios.items():
        verdict = "within" if ratio <= bound else "ABOVE"
        console.print(f"{name}: {ratio:.2f}, {verdict} the bound of {bound:g}")


def _data(rows: Sequence[Figure], ratios: dict[str, tuple[float, float]], *, runs: int) -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "runs": runs,
        "figures": [row.as_data() for row in rows],
        "ratios": {name: {"ratio": ratio, "bound": bound} for name, (ratio, bound) in ratios.items()},
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure check and build.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of {', '.join(PARTS)}; default all")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, 5 by default")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up plans")
    parser.add_argument("--check-items", type=int, default=2000, metavar="N")
    parser.add_argument("--build-items", type=int, nargs=2, default=[500, 4000], metavar="N")
    parser.add_argument("--folder", type=Path, help="where to work; default in memory where that can be")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--enforce", action="store_true", help="end with 1 if a bound is exceeded")
    given = parser.parse_args()
    unknown = sorted(set(given.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    given.parts = given.parts or PARTS
    return given


if __name__ == "__main__":
    sys.exit(main())
