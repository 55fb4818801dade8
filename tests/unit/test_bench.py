"""The suite that measures: it tells what it measured, and its bounds can be missed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench import __main__ as bench
from tests.bench import tables
from tests.bench.bounds import verdicts
from tests.bench.figures import Figure
from tests.bench.measure import Failed, Sample, run, run_python
from tests.bench.results import Results
from tests.bench.rounds import Plan, figures
from tests.bench.subjects import COMMANDS, PARTS, SIZES, Sizes, Subject, wanted
from tests.bench.yardsticks.plain import markdown, read
from tests.bench.yardsticks.sites import PlainSite

if TYPE_CHECKING:
    from tests.bench.bounds import Verdict

ROOT = Path(__file__).parents[2]
MARKED = f"before\n\n{tables.BEGIN}\nof an earlier run\n{tables.END}\n\nafter\n"


def test_a_part_tells_what_it_measured_and_ends_with_whether_its_bounds_hold(tmp_path: Path) -> None:
    page, data = tmp_path / "speed.md", tmp_path / "speed.json"
    page.write_text(MARKED, encoding="utf-8")
    options = f"check --sizes 13 26 --runs 1 --folder {tmp_path} --json {data} --table {page}".split()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *options], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(data.read_text(encoding="utf-8"))
    assert done.returncode == int(not found["holds"])
    assert found["holds"] == all(bound["holds"] for bound in found["bounds"])
    assert (found["parts"], found["sizes"], found["runs"], found["seed"]) == (["check"], [13, 26], 1, 1)
    measured = [(figure["subject"], figure["items"]) for figure in found["figures"]]
    assert sorted(measured) == sorted((str(one), items) for one in PARTS["check"] for items in (13, 26))
    assert all(figure["processor"] > 0 and figure["wall"] > 0 for figure in found["figures"])
    assert all(figure["memory"] > 1e6 for figure in found["figures"])
    # Three against the yardstick, three of growth, and memory.
    assert len(found["bounds"]) == 7
    assert all(bound["value"] > 0 for bound in found["bounds"])
    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "earlier" not in written
    assert "| check, cold / C compose | 26 | processor |" in written
    assert "check, cold / C compose" in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(("options", "status"), [((), 1), (("--no-enforce",), 0)])
def test_a_bound_that_does_not_hold_decides_unless_one_only_looks(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], status: int
) -> None:
    results = _results(_verdicts(["check"], {**_cheap(), Subject.CHECK_COLD: 99.0}))
    monkeypatch.setattr(bench, "stay_on_processors", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(bench, "_measured", lambda *_: results)
    monkeypatch.setattr(sys, "argv", ["bench", *options])
    assert bench.main() == status


def test_what_fails_is_told_and_has_no_figure(tmp_path: Path) -> None:
    told: list[str] = []
    plan = Plan(tmp_path, items=20, seed=1, zensical=tmp_path / "absent", tell=told.append)
    plan.plain = PlainSite(root=tmp_path, pages=1, characters=10)
    assert list(figures(plan, frozenset({Subject.ZENSICAL}), runs=2)) == []
    assert plan.notes[0] == "20 items: Zensical failed."
    assert any("absent" in line for line in told)


@pytest.mark.parametrize("part", PARTS)
def test_what_a_part_measures_is_all_that_its_bounds_need(part: str) -> None:
    sizes = Sizes(SIZES)
    measured = {
        (subject, items): _figure(subject, items, 1.0)
        for items in SIZES
        for subject in wanted([part], sizes, items)
    }
    assert all(verdict.value is not None for verdict in verdicts(measured, [part], sizes))


def test_every_bound_can_hold_and_every_bound_can_be_missed() -> None:
    parts = list(PARTS)
    assert all(verdict.holds for verdict in _verdicts(parts, _cheap()))
    nothing = verdicts({}, parts, Sizes(SIZES))
    assert nothing
    assert not any(verdict.holds for verdict in nothing)
    dear = dict.fromkeys(_cheap(), 1e9) | {Subject.NAIVE: 0.0, Subject.COMPOSE: 1.0, Subject.BARE: 1.0}
    missed = {verdict.name for verdict in _verdicts(parts, dear) if not verdict.holds}
    assert {f"{Subject.BUILD_COLD} / {Subject.BARE}", f"{Subject.NAIVE} / {Subject.BUILD_COLD}"} <= missed
    assert {f"{Subject.CHECK_EDITED} / {Subject.COMPOSE}", str(Subject.SERVE)} <= missed


def test_costs_that_grow_faster_than_the_plan_are_told_for_each_command() -> None:
    sizes = Sizes(SIZES)
    measured = {
        (subject, items): _figure(subject, items, items**1.2) for subject in COMMANDS for items in SIZES
    }
    growth = [
        verdict for verdict in verdicts(measured, ["growth"], sizes) if verdict.name.endswith("per item")
    ]
    assert [verdict.holds for verdict in growth] == [False] * len(COMMANDS)


def test_sides_that_ran_in_turn_are_compared_run_by_run() -> None:
    # The machine slows down from run to run, and once something falls on one side alone.
    above, below = (
        Figure.of(subject, 2000, [Sample(processor=1.0, wall=seconds) for seconds in walls])
        for subject, walls in (
            (Subject.AUDIENCES_COLD, (3.0, 8.0, 9.0)),
            (Subject.BUILD_COLD, (2.0, 4.0, 6.0)),
        )
    )
    measured = {(figure.subject, figure.items): figure for figure in (above, below)}
    (verdict,) = (
        one for one in verdicts(measured, ["audiences"], Sizes([2000])) if "three audiences /" in one.name
    )
    assert (verdict.value, verdict.other) == (1.5, 1.0)
    fewer = Figure.of(Subject.BUILD_COLD, 2000, [Sample(processor=1.0, wall=4.0)])
    (verdict,) = (
        one
        for one in verdicts(measured | {(fewer.subject, 2000): fewer}, ["audiences"], Sizes([2000]))
        if "three audiences /" in one.name
    )
    assert verdict.value == 2.0


def test_a_page_that_gains_weight_or_memory_that_runs_out_is_told() -> None:
    sizes = Sizes(SIZES)
    measured = {
        (subject, items): replace(
            _figure(subject, items, items), page_bytes=items**2, memory=2_000_000_000 if items == 8000 else 1
        )
        for subject in COMMANDS
        for items in SIZES
    }
    missed = [verdict.name for verdict in verdicts(measured, ["growth"], sizes) if not verdict.holds]
    assert missed == ["bytes of HTML per page", f"peak memory ({COMMANDS[0]})"]


def test_a_plain_page_has_the_portal_pages_text_and_nothing_that_markdown_knows() -> None:
    blocks = read(
        "<p>outside</p><article><h1>Faster <em>vitals</em></h1><script>no()</script><div hidden>no</div>"
        "<p>1. Ask *twice*,<br>then [go](x).</p><ul><li>one<li>two</ul><h2>Next</h2><p>end</p></article>"
    )
    assert markdown(blocks) == "# Faster vitals\n\n1, Ask ,twice,, then ,go,,x,, one two\n\n## Next\n\nend\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell less of a process")
@pytest.mark.parametrize("looking", [True, False])
def test_memory_is_that_of_all_processes_together_where_it_is_looked_at(*, looking: bool) -> None:
    hold = "import os, time; child = os.fork(); held = bytearray(b'x') * 150_000_000; time.sleep(2)"
    sample, _ = run_python("-c", f"{hold}; child and os.wait()", looking=looking)
    assert (sample.memory > 300_000_000) == looking


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count no other's memory")
def test_what_measures_a_run_may_hold_more_than_the_run() -> None:
    held = bytearray(b"x") * 200_000_000
    sample, _ = run_python("-c", "")
    assert 0 < sample.memory < len(held) / 2


def test_what_cannot_be_started_is_told_as_a_failure() -> None:
    with pytest.raises(Failed, match=r"^/nowhere/at-all did not start: .*No such file"):
        run("/nowhere/at-all", "--option")


def test_a_run_that_fails_is_told_with_its_status_and_what_it_printed() -> None:
    with pytest.raises(Failed, match=r"(?s) ended with 7:\nso it is\n$"):
        run_python("-c", "print('so it is'); raise SystemExit(7)")


def test_a_file_that_is_moved_or_linked_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x" * 1000, encoding="utf-8")
    work = (
        "import os; os.rename('old', 'moved'); os.link('moved', 'linked'); open('new', 'w').write('y' * 10)"
    )
    sample, _ = run_python("-c", f"import os; os.chdir({str(tmp_path)!r}); {work}", folder=tmp_path)
    assert sample.written == 10


def test_the_documentation_has_a_place_for_the_tables() -> None:
    page = (ROOT / "docs/explanation/speed.md").read_text(encoding="utf-8")
    assert -1 < page.find(tables.BEGIN) < page.find(tables.END)


def _cheap() -> dict[Subject, float]:
    """Seconds for each subject with which all holds."""
    return {
        **dict.fromkeys(Subject, 1.0),
        Subject.BARE: 100.0,
        Subject.NAIVE: 100.0,
        Subject.READ: 100.0,
    }


def _verdicts(parts: list[str], seconds: dict[Subject, float]) -> list[Verdict]:
    measured = {(one, items): _figure(one, items, took) for one, took in seconds.items() for items in SIZES}
    return verdicts(measured, parts, Sizes(SIZES))


def _figure(subject: Subject, items: int, seconds: float) -> Figure:
    sample = Sample(processor=seconds, wall=seconds, memory=1, pages=items, page_bytes=items * 1000)
    return Figure.of(subject, items, [sample])


def _results(found: list[Verdict]) -> Results:
    return Results(
        on=date(2026, 11, 24),
        machine={
            "processors_used": 2,
            "memory_gb": 8,
            "system": "",
            "python": "",
            "mkdocs": "",
            "material": "",
            "pyyaml": "",
        },
        runs=3,
        seed=1,
        parts=list(PARTS),
        sizes=list(SIZES),
        figures=[],
        verdicts=found,
        notes=[],
    )
