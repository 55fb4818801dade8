"""TF301 to TF408 as a family: what `tests/golden` cannot say of one rule at a time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plans import TODAY, write_plan
from twofold import pipeline
from twofold.checks.catalogue import RULES
from twofold.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.diagnostics import Report

ROOT = Path(__file__).parents[2]
FAMILY = [code for code in RULES if code[:3] in {"TF3", "TF4"}]
MESSY = {
    "mkdocs.yml": "site_name: Ward\ndocs_dir: content\nplugins: [twofold]\n",
    "content/personas/cio.md": "---\nname: Head of IT\nside: customer\nreview_by: 2026-01-01\n---\n",
    "content/personas/nurse.yml": "name: Nurse\nside: user\n",
    "content/objectives/charted.yml": "title: Charted\nside: user\n",
    "content/feedback/old.yml": (
        "collected: 2024-01-31\nfindings:\n"
        "  - {id: drops, summary: Drops, voices: [{persona: nurse, mentions: 2, asked: 3}]}\n"
        "  - {id: jams, summary: Jams}\n"
    ),
    "content/roadmap/late.md": (
        "---\ntitle: Late\nstatus: planned\nhorizon: now\ntarget: 2026-Q3\n"
        "depends_on: [far]\nevidence: [drops]\n---\n"
    ),
    "content/roadmap/far.yml": "title: Far\nstatus: planned\nhorizon: later\n",
    "content/roadmap/gone.yml": "title: Gone\nstatus: released\nchange: deprecated\n",
}


def load(folder: Path, *, today: date = TODAY) -> Report:
    return pipeline.load(folder / "mkdocs.yml", environ={}, today=today).report


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture
def messy(tmp_path: Path) -> Report:
    write(tmp_path, MESSY)
    return load(tmp_path)


@pytest.mark.parametrize("code", FAMILY)
def test_judgement_warns_and_only_a_declined_item_without_reason_is_an_error(code: str) -> None:
    expected = Severity.ERROR if code == "TF406" else Severity.WARNING
    assert RULES[code].severity is expected


def test_every_rule_but_the_error_speaks_at_once(messy: Report) -> None:
    assert {diagnostic.code for diagnostic in messy.diagnostics} == {*FAMILY} - {"TF406"}


def test_every_warning_says_what_to_do_and_begins_as_part_of_a_sentence(messy: Report) -> None:
    for diagnostic in messy.diagnostics:
        assert diagnostic.hint
        for text in (diagnostic.message, diagnostic.hint):
            assert text[0].islower() or text[0] == "`"
            assert not text.endswith(".")


def test_a_warning_marks_the_value_that_it_is_about(messy: Report) -> None:
    marked = {}
    for diagnostic in messy.diagnostics:
        span = diagnostic.span
        line = messy.line(span.path, span.line)
        assert line is not None
        marked[diagnostic.code, span.path.rpartition("/")[2]] = line[span.column - 1 :][: span.length]
    assert marked == {
        ("TF301", "late.md"): "2026-Q3",
        ("TF302", "gone.yml"): "released",
        ("TF303", "gone.yml"): "deprecated",
        ("TF304", "late.md"): "far",
        ("TF305", "cio.md"): "2026-01-01",
        ("TF401", "far.yml"): "planned",
        ("TF402", "old.yml"): "jams",
        ("TF403", "cio.md"): "Head of IT",
        ("TF404", "old.yml"): "3",
        ("TF405", "old.yml"): "nurse",
        ("TF407", "charted.yml"): "Charted",
        ("TF408", "old.yml"): "2024-01-31",
    }


def test_the_settings_silence_a_family(tmp_path: Path) -> None:
    rules = '      rules: {"TF3*": off, "TF4*": off}'
    settings = f"site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold:\n{rules}\n"
    write(tmp_path, {**MESSY, "mkdocs.yml": settings})
    assert load(tmp_path).diagnostics == ()


def test_a_made_up_plan_has_no_errors_on_its_day_nor_years_later(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=7, items=150, findings=60, personas=12)
    for today in (TODAY, date(2030, 2, 28)):
        assert load(tmp_path, today=today).counts[Severity.ERROR] == 0


def test_the_demo_warns_of_what_it_was_written_to_show() -> None:
    found = Counter(
        (diagnostic.code, diagnostic.span.path.rpartition("/")[2]) for diagnostic in load(ROOT).diagnostics
    )
    assert found == {
        ("TF402", "support-tickets.2026-q3.yml"): 1,
        ("TF404", "user-council.2026-11.yml"): 2,
    }
