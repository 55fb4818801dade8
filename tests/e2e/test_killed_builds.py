"""Builds that are killed at any moment: each published site is wholly the old one or wholly the new one.

`TWOFOLD_KILLING_SECONDS=600` goes on for ten minutes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from tests.plans import TODAY, write_plan
from tests.support.trees import tree

if TYPE_CHECKING:
    from pathlib import Path

AUDIENCES: Final = ("customer", "user", "internal")
PATIENCE: Final = float(os.environ.get("TWOFOLD_KILLING_SECONDS", "5"))
"""Seconds for which builds are begun and killed."""

LEAST: Final = 8
"""Kills, however slow the machine is."""

COMMAND: Final = [sys.executable, "-m", "twofold", "build", "--no-cache", "--today", TODAY.isoformat()]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")

Sites = dict[str, dict[str, bytes]]


def test_a_killed_build_leaves_each_site_whole(tmp_path: Path) -> None:
    versions = [version(tmp_path / name, name) for name in ("Winter", "Summer")]
    root = tmp_path / "Winter"
    took = seconds(root)
    chance = Random(20261123)
    end = time.monotonic() + PATIENCE
    killed = 0
    while killed < LEAST or time.monotonic() < end:
        name = ("Summer", "Winter")[killed % 2]
        tell(root, name)
        # Every other kill comes late, when sites are complete and swapped in.
        delay = chance.uniform(0, took) if killed % 2 else chance.uniform(0.6 * took, 1.1 * took)
        kill_after(root, delay, alone=chance.random() < 0.5)
        killed += 1
        for audience, files in sites(root).items():
            assert any(files == whole[audience] for whole in versions), f"{audience}, after {killed} kills"
    tell(root, "Summer")
    subprocess.run(COMMAND, cwd=root, check=True, capture_output=True, timeout=300)
    assert sites(root) == versions[1]
    assert sorted(path.name for path in (root / "site").iterdir()) == ["customer", "user"]
    assert list((root / ".twofold" / "staging").iterdir()) == []
    assert list((tmp_path / "temporary").iterdir()) == []


def version(root: Path, name: str) -> Sites:
    """What a finished build of one version makes."""
    write_plan(root, seed=1, items=3, findings=2, personas=2, objectives=1, releases=2, metrics=1)
    tell(root, name)
    subprocess.run(COMMAND, cwd=root, check=True, capture_output=True, timeout=300)
    return sites(root)


def tell(root: Path, name: str) -> None:
    """A word that is in every page."""
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    for other in ("Wardline", "Winter", "Summer"):
        text = text.replace(f"product: {other}", f"product: {name}").replace(
            f"{other} roadmap", f"{name} roadmap"
        )
    settings.write_text(text, "utf-8")


def sites(root: Path) -> Sites:
    folders = {name: root / "site" / name for name in AUDIENCES[:2]} | {"internal": root / "site-internal"}
    return {name: tree(folder) for name, folder in folders.items()}


def seconds(root: Path) -> float:
    begun = time.monotonic()
    subprocess.run(COMMAND, cwd=root, check=True, capture_output=True, timeout=300)
    return time.monotonic() - begun


def kill_after(root: Path, delay: float, *, alone: bool) -> None:
    """Kill a build, `alone` without the processes that it has started."""
    temporary = root.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    process = subprocess.Popen(
        COMMAND,
        cwd=root,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(delay)
    with contextlib.suppress(ProcessLookupError):
        (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
    process.wait()
