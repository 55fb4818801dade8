"""The probes themselves: each finds what it is there for, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.test_keyboard import FOLLOW
from tests.browser.visits import PROBES, barriers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FAULTS: Final = {
    "sideways": "<div style='width: 3000px'>wide</div>",
    "clipped": "<p style='width: 60px; overflow: hidden; white-space: nowrap'>far too long for its box</p>",
    "overlapping": "<p style='margin: 0'>one text</p><p style='margin-top: -16px'>another text</p>",
    "unscrollable": "<div style='height: 20px; overflow: auto'>a<br>b<br>c</div>",
    "untitled": "<h1>A second title</h1>",
}
FINE: Final = """
<div style='overflow: auto; width: 60px' tabindex=0><p style='width: 600px'>to be scrolled</p></div>
<details><summary>Open</summary><p style='margin-top: -30px'>closed</p></details>
<p style='position: absolute; width: 1px; height: 1px; overflow: hidden'>for the ear only</p>
<p style='opacity: 0; margin-top: -20px'>not shown</p>
<p style='line-height: 1'>lines<br>close<br>together</p>
"""
PAGE: Final = (
    "<!doctype html><html lang=en><title>t</title><article><h1>A title</h1><p>Some text here.</p>{}</article>"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 800, "height": 600}) as window:
        yield window.new_page()


@pytest.mark.parametrize("claim", FAULTS)
def test_a_planted_fault_is_found_by_its_probe_alone(page: Page, claim: str) -> None:
    page.set_content(PAGE.format(FAULTS[claim]))
    found = page.evaluate(PROBES)
    assert [name for name, flaws in found.items() if flaws] == [claim]


def test_a_page_without_faults_passes(page: Page) -> None:
    page.set_content(PAGE.format(FINE))
    assert [flaws for flaws in page.evaluate(PROBES).values() if flaws] == []


def test_a_page_that_says_nothing_is_found(page: Page) -> None:
    page.set_content("<article><h1>A</h1></article>")
    assert page.evaluate(PROBES)["unwritten"]


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<a href=# style='outline: none'>a link</a>", "no ring"),
        ("<a href=# style='outline: 2px solid #eee'>a link</a>", "no ring"),
        ("<a href=# style='position: absolute; left: -900px'>a link</a>", "out of sight"),
        ("<a href=#>a link</a><a href=# onfocus='this.blur()'>a trap</a>", "not reached"),
        ("<label class=md-header__button for=a>open</label><input id=a type=checkbox style='display: none'>", "no key"),
        ("<div style='position: relative'><a href=#>a link</a><b style='position: absolute; inset: 0; z-index: 1'></b></div>",
         "out of sight"),
    ],
)  # fmt: skip
def test_a_lost_focus_is_found(page: Page, html: str, says: str) -> None:
    page.set_content(PAGE.format(html))
    page.evaluate(FOLLOW)
    for _ in range(4):
        page.keyboard.press("Tab")
        page.evaluate("followed.step('body')")
    [found] = page.evaluate("followed.end('body')")
    assert found.startswith(says)


def test_axe_looks_for_contrast_names_and_the_size_of_targets(page: Page) -> None:
    page.set_content(
        PAGE.format(
            "<p style='color: #bbb'>pale</p><img src='data:,'>"
            "<button style='width: 9px; height: 9px; padding: 0'>a</button><button style='width: 9px; height: 9px; padding: 0'>b</button>"
        )
    )
    assert {line.partition(":")[0] for line in barriers(page)} == {
        "color-contrast",
        "image-alt",
        "target-size",
    }
