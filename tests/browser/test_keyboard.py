"""Without a mouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.catalogue import kinds
from tests.browser.visits import SEARCHABLE, STILL, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

FOLLOW: Final = Path(__file__).with_name("keyboard.js").read_text(encoding="utf-8")
IN_WINDOW: Final = """link => {
  const box = link.getBoundingClientRect()
  return box.width > 0 && box.left >= 0 && link.contains(document.elementFromPoint(box.left + 9, box.top + 9))
}"""
MOST: Final = 400
"""More presses than any page has places for the focus."""

PHONE: Final = View(width=390, scheme="dark")
DESK: Final = View(width=1600, scheme="light")


def test_the_focus_gets_everywhere_and_is_always_to_be_seen(demo: Portal) -> None:
    assert _lost(demo, PHONE, "Tab", list(kinds(demo.site))) == {}


def test_the_focus_gets_back_and_no_header_hides_it(demo: Portal) -> None:
    # What it takes depends on the shell, not on the page.
    assert _lost(demo, DESK, "Shift+Tab", ["home", "roadmap", "roadmap/*", "feedback/themes/*"]) == {}


@pytest.mark.parametrize(("audience", "view"), [("customer", PHONE), ("user", DESK)], ids=str)
def test_the_focus_gets_everywhere_in_public_portals(
    public: Callable[[str], Portal], audience: str, view: View
) -> None:
    portal = public(audience)
    assert _lost(portal, view, "Tab", list(kinds(portal.site))) == {}


def test_the_focus_gets_everywhere_in_all_that_prose_may_hold(strained: Portal) -> None:
    assert _lost(strained, View(width=390, scheme="light"), "Tab", ["everything", "roadmap/*"]) == {}


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_opens_the_navigation_on_a_phone_and_escape_closes_it(demo: Portal, key: str) -> None:
    with demo.window(PHONE) as window:
        page = _opened(window.new_page(), demo.address)
        roadmap = page.locator("nav.md-nav--primary a.md-nav__link[href='roadmap/']")
        assert not roadmap.is_visible()
        _tab_to(page, "label[for=__drawer]")
        page.keyboard.press(key)
        roadmap.wait_for(state="visible")
        page.keyboard.press("Escape")
        roadmap.wait_for(state="hidden")
        page.keyboard.press(key)
        _tab_to(page, "nav.md-nav--primary a[href='roadmap/']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{demo.address}roadmap/")


@pytest.mark.parametrize("address", ["", "roadmap/", "roadmap/offline-charting/"])
def test_the_focus_gets_everywhere_in_the_open_navigation_of_a_phone(demo: Portal, address: str) -> None:
    with demo.window(PHONE) as window:
        page = _opened(window.new_page(), demo.address + address)
        _tab_to(page, "label[for=__drawer]")
        page.keyboard.press("Enter")
        assert _follow(page, "Tab", inside=".md-sidebar--primary") == []


def test_keys_open_and_leave_a_part_of_the_navigation_on_a_phone(demo: Portal) -> None:
    with demo.window(PHONE) as window:
        page = _opened(window.new_page(), f"{demo.address}metrics/")
        _tab_to(page, "label[for=__drawer]")
        page.keyboard.press("Enter")
        below = page.locator("nav.md-nav--primary a[href='../timeline/']")
        assert not _in_window(below)
        _tab_to(page, "nav.md-nav--primary li:has(a[href='../timeline/']) label.md-nav__link")
        page.keyboard.press("Space")
        page.wait_for_function(IN_WINDOW, arg=below.element_handle())
        _tab_to(page, "nav.md-nav--primary li:has(a[href='../timeline/']) label.md-nav__title")
        page.keyboard.press("Enter")
        page.wait_for_function(f"link => !({IN_WINDOW})(link)", arg=below.element_handle())


def test_keys_choose_the_scheme(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = _opened(window.new_page(), demo.address)
        assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
        _tab_to(page, "input[name=__palette]")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        page.wait_for_function("() => document.body.dataset.mdColorScheme === 'slate'")


def test_the_first_key_leads_past_the_navigation(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = _opened(window.new_page(), f"{demo.address}roadmap/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className").startswith("md-skip")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")


def _lost(portal: Portal, view: View, key: str, chosen: list[str]) -> dict[str, list[str]]:
    """What the focus does not reach, and where it is not to be seen, for each kind of page."""
    addresses = kinds(portal.site)
    with portal.window(view) as window:
        page = window.new_page()
        found = {kind: _follow(_opened(page, portal.address + addresses[kind]), key) for kind in chosen}
    return {kind: problems for kind, problems in found.items() if problems}


def _follow(page: Page, key: str, *, inside: str = "body") -> list[str]:
    """Press the key until the focus goes nowhere new; gives what was wrong on the way."""
    page.evaluate(FOLLOW)
    steps = 0
    while steps < MOST:
        page.keyboard.press(key)
        if not page.evaluate("inside => followed.step(inside)", inside):
            break
        steps += 1
    found: list[str] = page.evaluate("inside => followed.end(inside)", inside)
    return found if 0 < steps < MOST else [*found, f"the focus went {steps} steps"]


def _in_window(link: Locator) -> bool:
    return bool(link.evaluate(IN_WINDOW))


def _opened(page: Page, address: str) -> Page:
    page.goto(address, wait_until="load")
    page.wait_for_function(SEARCHABLE)
    page.add_style_tag(content=STILL)
    return page


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no key gets to {selector}")
