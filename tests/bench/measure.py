"""One run of a command, and many of them as one figure."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.plans import TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one run took, in seconds."""

    processor: float
    """User and system time of the process and of those that it waited for."""
    wall: float
    pages: int = 0
    """HTML files made; 0 for what makes none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The medians of several runs."""

    name: str
    processor: float
    wall: float
    pages: int

    @classmethod
    def of(cls, name: str, samples: Sequence[Sample]) -> Figure:
        """Take each median for itself."""
        return cls(
            name=name,
            processor=median(sample.processor for sample in samples),
            wall=median(sample.wall for sample in samples),
            pages=samples[-1].pages,
        )

    @property
    def per_page(self) -> float:
        """Processor seconds per page."""
        return self.processor / self.pages

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        data: dict[str, object] = {"name": self.name, "processor": self.processor, "wall": self.wall}
        return {**data, "pages": self.pages, "per_page": self.per_page} if self.pages else data


def check(plan: Path, *, cold: bool) -> Sample:
    """Run `twofold check`; cold means without what an earlier run left behind."""
    if cold:
        shutil.rmtree(plan / ".twofold", ignore_errors=True)
    return _run("-m", "twofold", "check", "-f", str(plan / "mkdocs.yml"), "--today", TODAY.isoformat())


def build(plan: Path, *audiences: str) -> Sample:
    """Run `twofold build` from nothing, for `audiences` or, where none is given, for all."""
    for leftover in (".twofold", "site", "site-internal"):
        shutil.rmtree(plan / leftover, ignore_errors=True)
    chosen = [argument for audience in audiences for argument in ("--audience", audience)]
    config = str(plan / "mkdocs.yml")
    sample = _run("-m", "twofold", "build", *chosen, "-f", config, "--today", TODAY.isoformat())
    pages = sum(1 for site in ("site", "site-internal") for _ in (plan / site).rglob("*.html"))
    return Sample(processor=sample.processor, wall=sample.wall, pages=pages)


def diff(plan: Path, base: str) -> Sample:
    """Run `twofold diff` of a revision against the working tree."""
    config = str(plan / "mkdocs.yml")
    return _run("-m", "twofold", "diff", base, "-f", config, "--today", TODAY.isoformat())


def compose_in_a_process(plan: Path) -> Sample:
    """Let PyYAML's C composer read the YAML of a plan; starting Python and reading the files count as well."""
    return _run("-m", "tests.bench.yardstick", str(plan / "content"))


def compose(plan: Path) -> Sample:
    """Let PyYAML's C composer read the YAML of a plan; only the composing counts."""
    command = [sys.executable, "-m", "tests.bench.yardstick", str(plan / "content")]
    done = subprocess.run(command, cwd=ROOT, env=_environment(), check=True, capture_output=True, text=True)
    processor, wall = map(float, done.stdout.split())
    return Sample(processor=processor, wall=wall)


def memory_folder() -> Path:
    """A folder in memory where the system has one, otherwise the one for temporary files."""
    shared = Path("/dev/shm")  # noqa: S108 - a fresh folder is made inside it
    return shared if os.access(shared, os.W_OK) else Path(tempfile.gettempdir())


def _run(*arguments: str) -> Sample:
    before, started = _children(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    wall, processor = time.perf_counter() - started, _children() - before
    if done.returncode:
        sys.exit(
            f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return Sample(processor=processor, wall=wall)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment() -> dict[str, str]:
    """The environment, but with byte code kept, as in any installation that is used twice."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
