"""`score` and `balance`, through the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from tests.support.scored import VECTOR, write_project
from twofold import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[3]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("TWOFOLD_AUDIENCE", raising=False)

    def run(*arguments: str, config: Path = Path("mkdocs.yml")) -> tuple[int, str, str]:
        status = cli.run([*arguments, "--today", "2026-11-23", "-f", str(config)])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def strict(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """JSON as its standard has it: `NaN` and `Infinity` are none of it."""

    def refuse(name: str) -> None:
        pytest.fail(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


def test_the_test_vector_comes_out_of_the_command_line(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, VECTOR)
    status, out, err = run("score", "offline-charting", "--format", "json")
    assert (status, err) == (0, "")
    (one,) = strict(out)
    assert one["customer"]["score"] == pytest.approx(8.373092, abs=5e-7)
    assert one["user"]["score"] == pytest.approx(39.804063, abs=5e-7)
    assert (one["value"], one["priority"]) == (
        pytest.approx(24.088577, abs=5e-7),
        pytest.approx(2.408858, abs=5e-7),
    )
    assert (one["rank"], one["rank_best"], one["rank_worst"], one["confidence"], one["effort"]) == (
        1,
        1,
        1,
        0.8,
        8,
    )
    assert one["derivation"]["customer"]["not_heard"] == ["cfo"]
    assert strict(run("score", "--format", "json")[1])[0]["customer"] == one["customer"]


def test_a_score_is_shown_step_by_step(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, VECTOR)
    status, out, _ = run("score", "offline-charting")
    assert status == 0
    for step in (
        "sample 12 × (40 − 1)/(40 − 12) = 16.71",
        "share  3 of 12 asked: 0.25 × 16.71/(16.71 + 2) = 0.2233",
        "pain   importance 7.5, satisfaction 5, of 10:",
        "importance 7.5, satisfaction 5 (assumed), of 10:",
        "need = 1 − (1 − 0.0484) × (1 − 0.496",
        "score = 100 × 1.1941 / 3 = 39.80 (32.26–49.74)",
        "not heard, and not counted: Cfo",
        "0.5 × 8.37 + 0.5 × 39.80 = 24.09 (18.07–34.05)",
        "value 24.09, confidence 0.8, effort 8 person-weeks",
        "= 2.41 (1.81–3.41)",
    ):
        assert step in out


@pytest.mark.parametrize("arguments", [("score",), ("score", "offline-charting"), ("balance",)])
def test_the_demo_reads_in_80_columns(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run(*arguments, config=ROOT / "mkdocs.yml")
    assert (status, err) == (0, "")
    assert [line for line in out.splitlines() if cell_len(line) > 80] == []


def test_the_demo_is_balanced_on_purpose_and_another_weight_says_that_it_is_not(
    run: Run, tmp_path: Path
) -> None:
    status, out, _ = run("balance", "--format", "json", config=ROOT / "mkdocs.yml")
    found = strict(out)
    assert (status, found["balanced"], found["unbacked_effort"]) == (0, True, 0)
    assert abs(found["customer_share"] - found["target"]) <= found["tolerance"]
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "content").symlink_to(ROOT / "content")
    for weight, expected in ((0.5, False), (0.9, True)):
        changed = settings.replace("product: Wardline", f"product: Wardline\n      customer_weight: {weight}")
        (tmp_path / "mkdocs.yml").write_text(changed, encoding="utf-8")
        assert ("TF501" in run("check")[1]) is expected


def test_balance_as_json_has_every_figure(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, VECTOR, "{balance_target: 0.4, balance_tolerance: 0.1}")
    found = strict(run("balance", "--format", "json")[1])
    assert (found["customer_share"], found["target"], found["tolerance"], found["coverage"]) == (
        None,
        0.4,
        0.1,
        None,
    )
    assert sorted(found["by_horizon"]) == ["later", "next", "now"]
    assert {"unbacked_effort", "obligation_effort", "enabler_effort", "delivered"} <= set(found)


def test_csv_has_a_row_for_each_item_and_no_formula_of_anybody(run: Run, tmp_path: Path) -> None:
    item = VECTOR["roadmap/offline-charting.yml"].replace("Offline charting", '"=HYPERLINK(\\"x\\")"')
    write_project(tmp_path, {**VECTOR, "roadmap/offline-charting.yml": item})
    status, out, _ = run("score", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert status == 0
    assert row["title"] == '\'=HYPERLINK("x")'
    assert (row["id"], row["rank"], row["confidence_assumed"]) == ("offline-charting", "1", "false")
    assert float(row["user_high"]) == pytest.approx(49.741665)


@pytest.mark.parametrize(
    ("by", "first"), [("priority", "cheap"), ("value", "offline-charting"), ("user", "offline-charting")]
)
def test_the_table_is_sorted_as_asked_and_keeps_the_ranks(
    by: str, first: str, run: Run, tmp_path: Path
) -> None:
    cheap = "title: Cheap\nstatus: idea\nevidence: [f2]\neffort: 1\n"
    write_project(tmp_path, {**VECTOR, "roadmap/cheap.yml": cheap})
    found = strict(run("score", "--sort", by, "--format", "json")[1])
    assert found[0]["id"] == first
    assert {one["id"]: one["rank"] for one in found} == {"cheap": 1, "offline-charting": 2}


def test_an_unknown_item_is_misuse_with_the_nearest_name(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, VECTOR)
    status, out, err = run("score", "offline-chartin")
    assert (status, out) == (2, "")
    assert "there is no item 'offline-chartin'; did you mean 'offline-charting'?" in err


@pytest.mark.parametrize("command", ["score", "balance"])
def test_a_plan_with_errors_is_not_scored(command: str, run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, {**VECTOR, "roadmap/other.yml": "title: Other\nstatus: someday\n"})
    status, out, err = run(command)
    assert (status, out) == (1, "")
    assert "error[TF104]" in err


def test_an_unknown_model_is_refused_with_the_nearest_name(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, VECTOR, "{scoring: balancd}")
    status, _, err = run("check")
    assert status == 2
    assert "mkdocs.yml:4:" in err
    assert "did you mean `balanced`?" in err
    write_project(tmp_path, VECTOR)
    status, _, err = run("score", "--model", "ryce")
    assert (status, "the nearest is `rice`" in err) == (2, True)


def test_items_without_an_estimate_or_an_input_are_listed_apart(run: Run, tmp_path: Path) -> None:
    later = "title: Later\nstatus: idea\nevidence: [f2]\n"
    write_project(tmp_path, {**VECTOR, "roadmap/later.yml": later})
    apart = run("score")[1].partition("Not estimated")[2]
    assert "later" in apart
    out = run("score", "--model", "rice")[1]
    assert "Not ranked by RICE: lacks `reach` and `impact` under `inputs`" in out


def test_nothing_to_score_is_said(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, {"personas/nurse.yml": "name: Nurse\nside: user\n"})
    assert run("score")[1].startswith("There is nothing to rank")
    assert run("balance")[1].startswith("There is nothing to balance")
    assert run("score", "--format", "json")[1] == "[]\n"
    assert run("score", "--format", "csv")[1].startswith("rank,id,title,status")
