"""What a check pays for scores: nothing where there is nothing to balance, and never a look at what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.scored import VECTOR, write_project

ROOT = Path(__file__).parents[3]
CODE = """
import sys
from twofold import cli
cli.run(["check", "--today", "2026-11-23"])
watched = ("twofold.scoring.balance", "twofold.scoring.registry", "twofold.scoring.ranking")
print(*(name for name in watched if name in sys.modules), file=sys.stderr)
"""
COMMITTED = "title: Next\nstatus: in-progress\nevidence: [f1]\neffort: 2\n"


@pytest.mark.parametrize(
    ("items", "imported"),
    [({}, ""), ({"roadmap/next.yml": COMMITTED}, "twofold.scoring.balance")],
)
def test_a_check_imports_of_scoring_what_it_needs(
    items: dict[str, str], imported: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {**VECTOR, **items})
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.strip() == imported
