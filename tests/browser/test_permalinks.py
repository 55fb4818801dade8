"""The address of a place: a link everywhere, and a click copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import View, barriers

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

PHONE: Final = View(width=390, scheme="light")
READ: Final = "() => navigator.clipboard.readText()"
SHOWN: Final = "link => Number(getComputedStyle(link).opacity) === 1"
REFUSED: Final = (
    "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
)
MISSING: Final = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


def told(page: Page) -> str:
    return page.locator("body > [role=status]").inner_text()


def test_the_link_of_an_entry_is_seen_with_the_focus_and_a_click_copies_its_address(
    public: Callable[[str], Portal],
) -> None:
    portal = public("user")
    with portal.window(PHONE, permissions=["clipboard-read", "clipboard-write"]) as window:
        page = window.new_page()
        page.goto(f"{portal.address}releases/")
        assert told(page) == ""
        link = page.locator(".tf-entry > .headerlink").first
        link.focus()
        page.wait_for_function(SHOWN, arg=link.element_handle())
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="Link copied").wait_for()
        assert page.evaluate(READ) == page.url == f"{portal.address}releases/{link.get_attribute('href')}"
        assert barriers(page) == []
        page.wait_for_function("() => document.querySelector('body > [role=status]').innerText === ''")


@pytest.mark.parametrize("clipboard", [REFUSED, MISSING], ids=["refused", "missing"])
def test_where_nothing_can_be_copied_the_link_still_leads_to_its_place(demo: Portal, clipboard: str) -> None:
    with demo.window(PHONE) as window:
        page = window.new_page()
        thrown: list[object] = []
        page.on("pageerror", lambda error: thrown.append(error))  # noqa: PLW0108 - playwright marks what it calls
        page.add_init_script(clipboard)
        page.goto(f"{demo.address}roadmap/offline-charting/")
        page.locator("#evidence > .headerlink").click()
        assert page.url.endswith("#evidence")
        page.wait_for_timeout(100)
        assert told(page) == ""
        assert thrown == []
