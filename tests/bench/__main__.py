"""Measure every command on made-up plans, beside what a bare tool takes for the like: one command, `make bench`.

Ends with 0 only when every bound of the parts that were run holds. `docs/explanation/speed.md` says what is
measured and how, and has the table of the last run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import tables
from tests.bench.bounds import verdicts
from tests.bench.machine import Others, machine
from tests.bench.measure import Failed, memory_folder, stay_on_processors
from tests.bench.results import Results
from tests.bench.rounds import Plan, figures
from tests.bench.subjects import PARTS, SIZES, Sizes, Subject, wanted
from tests.bench.yardsticks.sites import Absent, install_zensical

if TYPE_CHECKING:
    from tests.bench.figures import Figure

FEW = 12
"""Items of the plan on which everything runs once unmeasured, so that byte code is written and files are in memory."""


def main() -> int:
    """Run the parts asked for; 1 where a bound does not hold, 2 where a run failed."""
    given = _arguments()
    stay_on_processors()
    # So that folders in memory are removed then as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder or memory_folder()) as name:
            results = _measured(Path(name).resolve(), given)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 2
    tables.show(results)
    if given.json:
        given.json.write_text(json.dumps(results.as_data(), indent=2) + "\n", encoding="utf-8")
    if given.table:
        tables.write(given.table, results)
    return int(given.enforce and not results.holds)


def _measured(folder: Path, given: argparse.Namespace) -> Results:
    sizes = Sizes(given.sizes)
    at = {items: wanted(given.parts, sizes, items) for items in sizes.all}
    subjects = frozenset[Subject]().union(*at.values())
    zensical, notes, others = None, [], Others()
    if Subject.ZENSICAL in subjects:
        try:
            zensical = install_zensical(folder / "zensical")
        except Absent as reason:
            notes.append(f"{reason}.")
    found: list[Figure] = []
    for items, these in ((FEW, subjects - set(PARTS["serve"])), *at.items()):
        place = folder / str(items)
        plan = Plan(place, items=items, seed=given.seed, zensical=zensical, tell=_tell)
        measured = list(figures(plan, these, runs=1 if items == FEW else given.runs))
        if items != FEW:
            found += measured
            notes += plan.notes
        shutil.rmtree(place, ignore_errors=True)
    if (share := others.share) is not None:
        notes.append(f"Others used {share:.0%} of the machine's processor time meanwhile.")
    order = {subject: number for number, subject in enumerate(Subject)}
    return Results(
        on=datetime.now().astimezone().date(),
        machine=machine(),
        runs=given.runs,
        seed=given.seed,
        parts=given.parts,
        sizes=sizes.all,
        figures=sorted(found, key=lambda figure: (order[figure.subject], figure.items)),
        verdicts=verdicts({(one.subject, one.items): one for one in found}, given.parts, sizes),
        notes=notes,
    )


def _tell(what: str) -> None:
    print(f"{datetime.now().astimezone():%H:%M:%S} {what}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure every command on made-up plans."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of {', '.join(PARTS)}; default all")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each, 3 by default")
    parser.add_argument(
        "--sizes", type=_size, nargs="+", default=list(SIZES), metavar="N", help="items of the plans"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the made-up plans")
    parser.add_argument("--folder", type=Path, help="where to work; default in memory where that can be")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there as well")
    parser.add_argument(
        "--table", type=Path, metavar="PAGE", help="write the tables into this page, between its marks"
    )
    parser.add_argument(
        "--no-enforce", dest="enforce", action="store_false", help="end with 0 whatever the bounds say"
    )
    given = parser.parse_args()
    unknown = sorted(set(given.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    if given.runs < 1:
        parser.error("there is nothing to be said of fewer than 1 run")
    given.parts = list(dict.fromkeys(given.parts)) or list(PARTS)
    given.sizes = sorted(set(given.sizes))
    return given


def _size(text: str) -> int:
    items = int(text)
    if items <= FEW:
        raise argparse.ArgumentTypeError(f"a plan has more than {FEW} items")
    return items


if __name__ == "__main__":
    sys.exit(main())
