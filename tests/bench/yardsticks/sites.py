"""Sites of plain pages, built by those who build sites: MkDocs with Material, and Zensical."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tests.bench.measure import Sample, environment, run, run_python

if TYPE_CHECKING:
    from pathlib import Path

ZENSICAL: Final = "zensical==0.0.73"
PATIENCE: Final = 300
"""Seconds for installing it."""


class Absent(Exception):  # noqa: N818 - a state
    """Zensical cannot be had here; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSite:
    """As many plain pages as a portal has, of the same text."""

    root: Path
    pages: int
    characters: int
    """Visible ones, on all pages together."""

    @classmethod
    def like(cls, portal: Path, root: Path) -> PlainSite:
        """Write the pages. In another process, whose memory is not ours afterwards."""
        _, printed = run_python("-m", "tests.bench.yardsticks.plain", portal, root)
        pages, characters = map(int, printed.split())
        return cls(root=root, pages=pages, characters=characters)

    def mkdocs(self, *, navigation: bool) -> Sample:
        """Run `mkdocs build`, with all pages in the navigation or with none but the first."""
        self._clear()
        settings = self.root / ("inside.yml" if navigation else "outside.yml")
        sample, _ = run_python("-m", "mkdocs", "build", "--quiet", "-f", settings, folder=self.root)
        return self._counted(sample)

    def zensical(self, program: Path) -> Sample:
        """Run `zensical build`, the pages outside the navigation."""
        self._clear()
        sample, _ = run(program, "build", "-f", self.root / "outside.yml", folder=self.root)
        return self._counted(sample)

    def _clear(self) -> None:
        for leftover in ("site", ".cache"):
            shutil.rmtree(self.root / leftover, ignore_errors=True)

    def _counted(self, sample: Sample) -> Sample:
        pages = [path.stat().st_size for path in (self.root / "site").rglob("*.html")]
        return replace(sample, pages=len(pages), page_bytes=sum(pages))


def install_zensical(folder: Path) -> Path:
    """The program, installed from the package index into an environment that nothing else uses."""
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", ZENSICAL],
    ):
        try:
            done = subprocess.run(
                command,
                env=environment(),
                stdin=subprocess.DEVNULL,
                check=False,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired) as reason:
            raise Absent(f"{ZENSICAL} could not be installed: {type(reason).__name__}") from None
        if done.returncode:
            # Nothing of what pip printed: it names places of this machine.
            raise Absent(f"{ZENSICAL} could not be installed from the package index")
    return folder / "bin/zensical"
