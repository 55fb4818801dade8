"""Runs `tests.bench.yardsticks.compose`, which itself imports nothing but what it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.bench.measure import run_python

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.measure import Sample


def compose(project: Path, *, alone: bool) -> Sample:
    """Compose the YAML of a plan; `alone` leaves the start of Python and the reading of files out."""
    sample, printed = run_python("-m", "tests.bench.yardsticks.compose", project / "content")
    if not alone:
        return sample
    processor, wall = map(float, printed.split())
    return replace(sample, processor=processor, wall=wall)
