"""The demo of the checkout, copied to where a test may build it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

CHECKOUT: Final = Path(__file__).parents[2]
TODAY: Final = "2026-11-23"


def copy_demo(folder: Path) -> None:
    """Copy its settings and its content."""
    shutil.copy(CHECKOUT / "mkdocs.yml", folder)
    shutil.copytree(CHECKOUT / "content", folder / "content")


def build(folder: Path, *options: str) -> None:
    """Build the portals of the plan in `folder`, in a process of its own."""
    command = [sys.executable, "-m", "twofold", "build", "--today", TODAY, *options]
    environ = {**os.environ, "PYTHONPATH": str(CHECKOUT / "generator")}
    made = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.fail(f"twofold build gave {made.returncode}:\n{made.stdout}{made.stderr}", pytrace=False)
