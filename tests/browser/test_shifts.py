"""Nothing moves while a page loads, however late its scripts come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.catalogue import kinds
from tests.browser.visits import SETTLED, View
from tests.support.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

WATCH: Final = """
window.moved = []
new PerformanceObserver(list => {
  for (const one of list.getEntries())
    moved.push([one.value, one.sources.map(({ node }) => node && (node.className || node.nodeName)).join(", ")])
}).observe({ type: "layout-shift", buffered: true })
"""
PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
SORTABLE: Final = "() => document.querySelector('table[data-sortable]') !== null"


class Watched:
    """A tab whose scripts come only after the page has been painted for the first time."""

    def __init__(self, window: BrowserContext) -> None:
        self.page: Page = window.new_page()
        self.page.add_init_script(WATCH)
        self.page.route("**/*.js", self._hold)
        # What search does in the background draws nothing, and takes longest.
        self.page.route("**/workers/*", lambda route: route.abort())
        self._held: list[Route] | None = []

    def moved(self, address: str) -> list[tuple[float, str]]:
        """What moved while a page loaded: how far, as browsers measure it, and what."""
        self._held = []
        self.page.goto(address, wait_until="commit")
        self.page.wait_for_function(PAINTED)
        self.page.evaluate(SETTLED)
        held, self._held = self._held, None
        for route in held:
            route.continue_()
        self.page.wait_for_load_state("load")
        self.page.evaluate(SETTLED)
        return [(value, what) for value, what in self.page.evaluate("moved")]

    def _hold(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)


@pytest.mark.parametrize("width", [390, 1600])
def test_nothing_moves_while_a_page_of_the_team_s_loads(demo: Portal, width: int) -> None:
    assert _shaky(demo, width) == {}


@pytest.mark.parametrize(("audience", "width"), [("customer", 390), ("user", 1600)])
def test_nothing_moves_while_a_public_page_loads(
    public: Callable[[str], Portal], audience: str, width: int
) -> None:
    assert _shaky(public(audience), width) == {}


def test_what_a_late_script_pushes_down_is_found(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>t</title><div></div><p>Some text</p><script src=late.js></script>", "utf-8"
    )
    (tmp_path / "late.js").write_text("document.querySelector('div').style.height = '200px'", "utf-8")
    with serving(tmp_path) as address, browser.new_context() as window:
        [(value, _)] = Watched(window).moved(address)
    assert value > 0.01


def _shaky(portal: Portal, width: int) -> dict[str, list[tuple[float, str]]]:
    """What moved, for each kind of page."""
    found = {}
    with portal.window(View(width=width)) as window:
        watched = Watched(window)
        for kind, address in kinds(portal.site).items():
            moved = watched.moved(portal.address + address)
            # On a phone, the buttons that sort are a little wider than the words that they take the place of.
            most = 0.01 if watched.page.evaluate(SORTABLE) else 0.0
            if sum(value for value, _ in moved) > most:
                # On a busy machine a page may be painted in its making; what moves for a reason moves again.
                moved = watched.moved(portal.address + address)
            if sum(value for value, _ in moved) > most:
                found[kind] = moved
    return found
