"""The demo and a plan that strains the layout, each built once, and one Chromium for all tests."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import NoBrowserError, chromium
from tests.browser.visits import Portal, Sitting, Visit
from tests.support.demo import build
from tests.support.serving import serving
from tests.support.shared import made_once
from tests.support.strained import write_strained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


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
def demo(built_demo: Path, browser: Browser) -> Iterator[Portal]:
    """The demo's internal portal."""
    with serving(built_demo / "site-internal") as address:
        yield Portal(built_demo / "site-internal", address, browser)


@pytest.fixture(scope="session")
def public(built_demo: Path, browser: Browser) -> Iterator[Callable[[str], Portal]]:
    """The demo's portal for an audience."""
    with ExitStack() as held:

        def portal(audience: str) -> Portal:
            site = built_demo / "site" / audience
            return Portal(site, held.enter_context(serving(site)), browser)

        yield portal


@pytest.fixture(scope="session")
def built_strained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Portals of long words, other scripts, and all that prose may hold."""

    def make(folder: Path) -> None:
        write_strained(folder)
        build(folder, "--audience", "internal", "--audience", "customer")

    return made_once(tmp_path_factory, "strained", make)


@pytest.fixture(scope="session")
def strained(built_strained: Path, browser: Browser) -> Iterator[Portal]:
    """The internal one of them."""
    with serving(built_strained / "site-internal") as address:
        yield Portal(built_strained / "site-internal", address, browser)


@pytest.fixture(scope="session")
def strained_public(built_strained: Path, browser: Browser) -> Iterator[Portal]:
    """The customers' one."""
    with serving(built_strained / "site/customer") as address:
        yield Portal(built_strained / "site/customer", address, browser)


@pytest.fixture(scope="session")
def visited() -> Callable[[Portal, Sitting], dict[str, Visit]]:
    """Visits every kind of page of a portal, once for each sitting, whichever test asks first."""
    known: dict[tuple[Path, Sitting], dict[str, Visit]] = {}

    def visit(portal: Portal, sitting: Sitting) -> dict[str, Visit]:
        if (portal.site, sitting) not in known:
            known[portal.site, sitting] = portal.visit_all(sitting)
        return known[portal.site, sitting]

    return visit
