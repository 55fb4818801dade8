"""What is installed from the wheel works alone: an empty environment, a folder with two records, no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import pytest

from tests.support.linkcheck import flaws

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT: Final = Path(__file__).parents[2]
TODAY: Final = "2026-11-23"
FILES: Final = {
    "mkdocs.yml": """\
site_name: Wardline
docs_dir: content
theme:
  name: material
plugins:
  - search
  - twofold:
      audience: !ENV [TWOFOLD_AUDIENCE, internal]
""",
    "content/personas/nurse.md": """\
---
name: Ward nurse
side: user
publish: [user]
---

## For users

You write what nobody sees.
""",
    "content/roadmap/offline-charting.md": """\
---
title: Offline charting
status: in-progress
horizon: now
personas: [nurse]
publish: [user]
---

## For users

When the Wi-Fi drops, carry on.
""",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source distribution as an installer would make it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(CHECKOUT), cwd=folder)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The programs of an environment that holds the wheel, its locked dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder), cwd=folder.parent)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "--python",
        str(folder),
        "install",
    ]
    _run(*pip, "--require-hashes", "--requirement", str(CHECKOUT / "requirements.lock"), cwd=folder)
    _run(*pip, "--no-deps", "--no-index", str(wheel), cwd=folder)
    return folder / "bin"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "plan"


def test_the_wheel_holds_the_package_its_templates_and_its_license_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"twofold"}
    shipped = {
        f"twofold/{path.relative_to(CHECKOUT).as_posix()}"
        for path in (CHECKOUT / "overrides").rglob("*")
        if path.is_file()
    }
    assert shipped <= set(names)
    assert {"twofold/py.typed", "twofold/overrides/main.html"} <= set(names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name or "tests" in name]


def test_the_installed_package_is_not_the_checkout(environment: Path, plan: Path) -> None:
    where = _run(environment / "python", "-c", "import twofold; print(twofold.__file__)", cwd=plan)
    assert Path(where.strip()).is_relative_to(environment.parent)


def test_check_and_build_work_on_two_records(environment: Path, plan: Path) -> None:
    _run(environment / "twofold", "check", "--today", TODAY, cwd=plan)
    told = _run(environment / "twofold", "build", "--today", TODAY, cwd=plan)
    assert "internal: site-internal/\n" in told
    for site in (plan / "site-internal", plan / "site/user", plan / "site/customer"):
        assert flaws(site) == []
        assert _assets(site)
    assert "Offline charting" in (plan / "site/user/roadmap/offline-charting/index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(("audience", "folder"), [("internal", "site-internal"), ("user", "site/user")])
def test_mkdocs_build_makes_the_same_portal(
    environment: Path, plan: Path, audience: str, folder: str
) -> None:
    _run(
        environment / "mkdocs",
        "build",
        "--strict",
        cwd=plan,
        TWOFOLD_AUDIENCE=audience,
        SOURCE_DATE_EPOCH="1795435200",
    )
    made = _everything(plan / folder)
    _run(environment / "twofold", "build", "--today", TODAY, "--audience", audience, cwd=plan)
    assert _assets(plan / folder)
    assert _everything(plan / folder) == made


def _assets(site: Path) -> bool:
    """Whether the portal has Twofold's own styles and script, and its pages use them."""
    own = [
        path.relative_to(CHECKOUT / "overrides")
        for path in (CHECKOUT / "overrides/assets").rglob("twofold.*")
    ]
    page = (site / "index.html").read_text(encoding="utf-8")
    return len(own) == 2 and all((site / name).is_file() and name.as_posix() in page for name in own)


def _everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run it as in a shell that knows nothing of this one; gives what it printed."""
    clean: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        command, cwd=cwd, env={**clean, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
