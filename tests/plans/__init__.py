"""Made-up plans of any size, for benchmarks and for tests that need many records.

A plan follows from its seed and its sizes alone: the same call writes the same bytes everywhere. What it
writes is valid (no diagnostic of error grade), and of the shape and length that people's records have.

    python -m tests.plans /tmp/plan --items 500
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.plans.outline import TODAY, Sizes
from tests.plans.records import files_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["TODAY", "write_plan"]


def write_plan(
    folder: Path,
    *,
    seed: int,
    items: int,
    findings: int,
    personas: int,
    objectives: int | None = None,
    releases: int | None = None,
    metrics: int | None = None,
    labels: Sequence[str] = ("customer", "user"),
) -> None:
    """Write a `mkdocs.yml` and a `content` folder with a plan of these sizes.

    What is left at None follows from the number of items. A label beside the two of Twofold adds an
    audience of its name, with narratives of its own. Files that are there already stay, unless they are
    written again.
    """
    sizes = Sizes(
        seed=seed,
        items=items,
        findings=findings,
        personas=personas,
        objectives=max(3, items // 100) if objectives is None else objectives,
        releases=min(24, max(4, items // 80)) if releases is None else releases,
        metrics=max(3, items // 80) if metrics is None else metrics,
        labels=tuple(labels),
    )
    for path, text in files_of(sizes):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
