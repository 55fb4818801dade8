"""Measure what `twofold diff` costs against `twofold check`: `python -m tests.bench diff`.

A commit with a made-up plan against a working tree in which 20 of its items are other: new titles, efforts
and texts. Processor time, that of git included. Bound: 1.5 times.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

from tests.bench.measure import Figure, Sample, check, diff
from tests.plans import write_plan

if TYPE_CHECKING:
    from pathlib import Path

BOUND: Final = 1.5
ITEMS: Final = 2000
CHANGED: Final = 20


def measured(folder: Path, *, runs: int, seed: int) -> tuple[list[Figure], dict[str, tuple[float, float]]]:
    """Figures of both commands, and their ratio with its bound."""
    plan = folder / "diff"
    write_plan(plan, seed=seed, items=ITEMS, findings=ITEMS // 4, personas=40)
    (plan / ".gitignore").write_text(".twofold/\n", encoding="utf-8")
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=plan")):
        identity = (
            "-c",
            "user.name=Bench",
            "-c",
            "user.email=bench@example.org",
            "-c",
            "commit.gpgsign=false",
        )
        subprocess.run(["git", *identity, *arguments], cwd=plan, check=True)
    files = sorted((plan / "content/roadmap").rglob("*.md"))
    for path in files[:: len(files) // CHANGED][:CHANGED]:
        text = path.read_text(encoding="utf-8")
        text = re.sub(
            r"^effort: .*$", "effort: 7", text.replace("title: ", "title: Changed ", 1), flags=re.MULTILINE
        )
        path.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    check(plan, cold=True)
    checks: list[Sample] = []
    diffs: list[Sample] = []
    for _ in range(runs):
        checks.append(check(plan, cold=True))
        diffs.append(diff(plan, "HEAD"))
    figures = [
        Figure.of(f"check, {ITEMS} items", checks),
        Figure.of(f"diff of {CHANGED} changed items", diffs),
    ]
    return figures, {"diff / check": (figures[1].processor / figures[0].processor, BOUND)}
