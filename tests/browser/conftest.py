"""The demo and a plan that strains the layout, each built once, and one Chromium for all tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.chromium import NoBrowserError, chromium
from tests.browser.visits import Portal, View, Visit
from tests.support.serving import serving
from tests.support.strained import write_strained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

CHECKOUT: Final = Path(__file__).parents[2]
TODAY: Final = "2026-11-23"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without it the tests fail: what was not looked at is not known to work."""
    with ExitStack() as held:
        try:
            found = held.enter_context(chromium())
        except NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        yield found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo with all its portals."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(CHECKOUT / "mkdocs.yml", folder)
    shutil.copytree(CHECKOUT / "content", folder / "content")
    _build(folder)
    return folder


@pytest.fixture(scope="session")
def demo(built: Path, browser: Browser) -> Iterator[Portal]:
    """The demo's internal portal."""
    with serving(built / "site-internal") as address:
        yield Portal(built / "site-internal", address, browser)


@pytest.fixture(scope="session")
def public(built: Path, browser: Browser) -> Iterator[Callable[[str], Portal]]:
    """The demo's portal for an audience."""
    with ExitStack() as held:

        def portal(audience: str) -> Portal:
            site = built / "site" / audience
            return Portal(site, held.enter_context(serving(site)), browser)

        yield portal


@pytest.fixture(scope="session")
def strained(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Portal]:
    """A portal of long words, other scripts, and all that prose may hold."""
    folder = tmp_path_factory.mktemp("strained")
    write_strained(folder)
    _build(folder, "--audience", "internal")
    with serving(folder / "site-internal") as address:
        yield Portal(folder / "site-internal", address, browser)


@pytest.fixture(scope="session")
def visited() -> Callable[[Portal, View], dict[str, Visit]]:
    """Visits every kind of page of a portal, once for each view, whichever test asks first."""
    known: dict[tuple[Path, View], dict[str, Visit]] = {}

    def visit(portal: Portal, view: View) -> dict[str, Visit]:
        if (portal.site, view) not in known:
            known[portal.site, view] = portal.visit_all(view)
        return known[portal.site, view]

    return visit


def _build(folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "twofold", "build", "--today", TODAY, *options]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.fail(f"twofold build gave {made.returncode}:\n{made.stdout}{made.stderr}", pytrace=False)
