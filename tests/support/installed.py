"""The wheel, and an environment in which nothing but the wheel is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]


def make_wheel(folder: Path) -> None:
    """Make the wheel from the source distribution, as an installer would make it."""
    run_alone(
        sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(CHECKOUT), cwd=folder
    )


def make_environment(folder: Path, wheel: Path) -> None:
    """Install the wheel and its locked dependencies into `folder`/venv."""
    environment = folder / "venv"
    run_alone(sys.executable, "-m", "venv", "--without-pip", environment, cwd=folder)
    quiet = ["--quiet", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", *quiet, "--python", str(environment), "install"]
    run_alone(*pip, "--require-hashes", "--requirement", CHECKOUT / "requirements.lock", cwd=folder)
    run_alone(*pip, "--no-deps", "--no-index", wheel, cwd=folder)


def alone(**environment: str) -> dict[str, str]:
    """The environment of a shell that knows nothing of this one."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return {**clean, **environment}


def run_alone(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run it in such a shell; gives what it printed."""
    done = subprocess.run(
        command, cwd=cwd, env=alone(**environment), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
