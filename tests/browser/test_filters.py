"""The roadmap, narrowed down: kept in the address, and whole without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import View, barriers

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

DESK: Final = View(width=1600, scheme="light")
PHONE: Final = View(width=390, scheme="dark")
HAS: Final = "all => all.map(each => each.dataset.has)"


def told(page: Page) -> str:
    return page.locator(".tf-filters [role=status]").inner_text()


def left(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-has]:visible").evaluate_all(HAS)
    return found


def test_what_is_chosen_stands_in_the_address_and_back_leads_to_where_one_came_from(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{demo.address}personas/")
        page.goto(f"{demo.address}roadmap/")
        everything = left(page)
        assert told(page) == f"{len(everything)} items"
        assert page.get_by_role("button", name="Clear filters").count() == 0
        page.get_by_label("Side").select_option("Users")
        page.get_by_label("Horizon").select_option("Next")
        assert page.url.endswith("roadmap/?side=user&horizon=next")
        both = left(page)
        assert both == [one for one in everything if "horizon=next" in one and "side=user" in one]
        assert told(page) == f"{len(both)} of {len(everything)} items"
        assert page.locator(".tf-column:has(#next) [data-count]").inner_text().startswith(f"{len(both)} of ")
        shared = window.new_page()
        shared.goto(page.url)
        assert left(shared) == both
        assert shared.get_by_label("Side").input_value() == "user"
        page.locator("[data-has]:visible a").first.click()
        page.wait_for_url(f"{demo.address}roadmap/*/")
        page.go_back()
        assert left(page) == both
        assert page.get_by_label("Horizon").input_value() == "next"
        page.go_back()
        assert page.url == f"{demo.address}personas/"
        page.go_forward()
        assert left(page) == both
        page.get_by_role("button", name="Clear filters").press("Enter")
        assert left(page) == everything
        assert page.url.endswith("roadmap/")
        assert page.evaluate("() => document.activeElement.id") == "filter-horizon"


def test_keys_choose_and_a_result_without_items_says_so(demo: Portal) -> None:
    with demo.window(PHONE) as window:
        page = window.new_page()
        page.goto(f"{demo.address}roadmap/?horizon=later&tag=law")
        assert left(page) == []
        assert told(page).startswith("None of ")
        assert not page.get_by_role("heading", name="In progress").is_visible()
        assert barriers(page) == []
        page.get_by_label("Horizon").focus()
        page.keyboard.press("Home")
        assert page.url.endswith("roadmap/?tag=law")
        assert all("tag=law" in one for one in left(page))
        assert left(page)
        assert barriers(page) == []


def test_what_the_page_does_not_know_narrows_nothing_down(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{demo.address}roadmap/?objective=%22%3E%3Cscript%3E&side=user&q=x")
        assert left(page) == [one for one in left(page) if "side=user" in one] != []
        page.get_by_label("Side").select_option("All")
        assert "q=x" in page.url


def test_an_audience_narrows_its_own_roadmap_down(public: Callable[[str], Portal]) -> None:
    portal = public("customer")
    with portal.window(PHONE) as window:
        page = window.new_page()
        page.goto(f"{portal.address}roadmap/")
        assert page.locator(".tf-filters label").all_inner_texts() == ["Horizon", "Objective"]
        page.get_by_label("Horizon").select_option("Later")
        assert {one.partition("&")[0] for one in left(page)} == {"horizon=later"}
        assert page.locator("[data-group] h2:visible").all_inner_texts() == ["Later¶"]
        contents = page.locator(".md-sidebar--secondary li:not([hidden]) > a").all_text_contents()
        assert [one.strip() for one in contents] == ["Later"]


def test_without_scripts_every_item_stands_in_its_list(demo: Portal) -> None:
    with demo.window(View(width=390, scripts=False)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}roadmap/?horizon=later")
        assert not page.locator(".tf-filters").is_visible()
        assert page.locator("[data-has]:visible").count() == page.locator("[data-has]").count() > 30
