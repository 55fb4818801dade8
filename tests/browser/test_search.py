"""Search, and pages without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import SEARCHABLE, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

DESK: Final = View(width=1600, scheme="light")
PHONE: Final = View(width=390, scheme="light")
SETTLED: Final = "some => Boolean(document.querySelector('.md-search-result__item')) === some"


@pytest.mark.parametrize("view", [DESK, PHONE], ids=str)
def test_search_finds_items_by_their_titles(demo: Portal, view: View) -> None:
    items = [path for path in sorted(demo.site.glob("roadmap/*/index.html")) if b"<h1" in path.read_bytes()]
    assert len(items) > 20
    with demo.window(view) as window:
        page = window.new_page()
        page.goto(demo.address)
        titles = {}
        for path in items[:: 3 if view is DESK else 9]:
            address = f"roadmap/{path.parent.name}/"
            page.goto(demo.address + address)
            # Material takes words between quotation marks for a phrase to be found as it stands.
            titles[address] = page.locator("article h1").inner_text().removesuffix("¶").replace('"', "")
        page.goto(demo.address)
        found = {address: hits(page, title)[0] for address, title in titles.items()}
    assert found == {address: address for address in titles}


@pytest.mark.parametrize("folder", ["personas", "releases"])
def test_the_page_of_a_record_comes_before_the_pages_that_list_it(
    public: Callable[[str], Portal], demo: Portal, folder: str
) -> None:
    for portal in (demo, public("user")):
        records = sorted(path.parent for path in portal.site.glob(f"{folder}/*/index.html"))[::3]
        assert records
        with portal.window(DESK) as window:
            page = window.new_page()
            for record in records:
                address = f"{folder}/{record.name}/"
                page.goto(portal.address + address)
                title = page.locator("article h1").inner_text()
                assert hits(page, title.partition(":")[0])[0] == address


def hits(page: Page, words: str) -> list[str]:
    """The pages that are found for some words, the best first."""
    page.wait_for_function(SEARCHABLE)
    if not page.locator(".md-search__input").evaluate("field => field === document.activeElement"):
        page.keyboard.press("/")
    # Emptied first: the results of the last words would do for those of the next.
    for query in ("", words):
        page.locator(".md-search__input").fill(query)
        page.keyboard.press("End")  # Material listens to keys.
        page.wait_for_function(SETTLED, arg=bool(query))
    found: list[str] = page.locator(".md-search-result__item a").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname.slice(1))"
    )
    return found


def test_enter_leads_to_what_was_found(demo: Portal) -> None:
    with demo.window(PHONE) as window:
        page = window.new_page()
        page.goto(f"{demo.address}personas/")
        page.wait_for_function(SEARCHABLE)
        page.locator(".md-header__button[for=__search]").click()
        assert hits(page, "charting without a network")[0] == "roadmap/offline-charting/"
        page.keyboard.press("Enter")
        page.wait_for_url(f"{demo.address}roadmap/offline-charting/**")
        assert page.locator("article h1").inner_text().startswith("Charting without a network")


def test_without_scripts_the_navigation_works_on_a_desk(demo: Portal) -> None:
    with demo.window(View(width=1600, scheme="light", scripts=False)) as window:
        page = window.new_page()
        page.goto(demo.address)
        page.locator("nav.md-nav--primary a.md-nav__link", has_text="Roadmap").first.click()
        page.wait_for_url(f"{demo.address}roadmap/")
        page.locator("article a[href*=offline-charting]").first.click()
        page.wait_for_url(f"{demo.address}roadmap/offline-charting/")
        page.locator(".md-path a", has_text="Home").click()
        page.wait_for_url(demo.address)


def test_without_scripts_the_navigation_works_on_a_phone(demo: Portal) -> None:
    with demo.window(View(width=390, scheme="light", scripts=False)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}releases/")
        page.locator(".md-header__button[for=__drawer]").click()
        metrics = page.locator("nav.md-nav--primary a.md-nav__link", has_text="Metrics").first
        metrics.wait_for(state="visible")
        metrics.click()
        page.wait_for_url(f"{demo.address}metrics/")


def test_without_scripts_nothing_offers_what_only_a_script_can_do(demo: Portal) -> None:
    with demo.window(View(width=1600, scheme="light", scripts=False)) as window:
        page = window.new_page()
        page.goto(demo.address)
        for selector in (".md-search__input", "label[for=__search]", "label[for^=__palette]"):
            assert not any(each.is_visible() for each in page.locator(selector).all())
