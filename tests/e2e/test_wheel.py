"""What is installed from the wheel works alone: an empty environment, a folder with two records, no checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

from tests.support.installed import run_alone
from tests.support.linkcheck import flaws

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


def test_the_installed_package_is_not_the_checkout(installed: Path, plan: Path) -> None:
    where = run_alone(installed / "python", "-c", "import twofold; print(twofold.__file__)", cwd=plan)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_check_and_build_work_on_two_records(installed: Path, plan: Path) -> None:
    run_alone(installed / "twofold", "check", "--today", TODAY, cwd=plan)
    told = run_alone(installed / "twofold", "build", "--today", TODAY, cwd=plan)
    assert "internal: site-internal/\n" in told
    for site in (plan / "site-internal", plan / "site/user", plan / "site/customer"):
        assert flaws(site) == []
        assert _assets(site)
    assert "Offline charting" in (plan / "site/user/roadmap/offline-charting/index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(("audience", "folder"), [("internal", "site-internal"), ("user", "site/user")])
def test_mkdocs_build_makes_the_same_portal(installed: Path, plan: Path, audience: str, folder: str) -> None:
    run_alone(
        installed / "mkdocs",
        "build",
        "--strict",
        cwd=plan,
        TWOFOLD_AUDIENCE=audience,
        SOURCE_DATE_EPOCH="1795435200",
    )
    made = _everything(plan / folder)
    run_alone(
        installed / "twofold", "build", "--no-cache", "--today", TODAY, "--audience", audience, cwd=plan
    )
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
