"""Tables: whole without a script, sortable with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

DESK: Final = View(width=1600, scheme="light")
USERS: Final = "rows => rows.map(row => Number(row.cells[3].dataset.order))"
RANKS: Final = "rows => rows.map(row => Number(row.cells[0].dataset.order))"


def test_scores_are_sorted_by_the_head_that_is_pressed_and_back_again(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{demo.address}scores/")
        rows = page.locator("table[data-sortable]").first.locator("tbody tr")
        ranks = rows.evaluate_all(RANKS)
        assert ranks == list(range(1, len(ranks) + 1))
        page.get_by_role("columnheader", name="Users").first.get_by_role("button").press("Enter")
        users = rows.evaluate_all(USERS)
        assert users == sorted(users, reverse=True)
        assert page.locator("th[aria-sort]").first.get_attribute("aria-sort") == "descending"
        page.get_by_role("button", name="Rank", exact=True).click()
        assert rows.evaluate_all(RANKS) == ranks


def test_a_persona_puts_themes_in_order_and_what_was_not_asked_comes_last(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{demo.address}needs/")
        head = page.get_by_role("columnheader", name="Ward nurse")
        column = head.evaluate("head => head.cellIndex")
        for direction in ("descending", "ascending"):
            head.get_by_role("button", name="Sort by Ward nurse").press("Enter")
            assert head.get_attribute("aria-sort") == direction
            orders = _orders(page.locator("table[data-sortable] tbody tr"), column)
            needs = [float(order) for order in orders if order]
            assert needs == sorted(needs, reverse=direction == "descending")
            assert orders == [*filter(None, orders), *([""] * orders.count(""))]


def test_customers_put_the_values_of_a_metric_in_order(public: Callable[[str], Portal]) -> None:
    portal = public("customer")
    pages = sorted((portal.site / "metrics").glob("*/index.html"), key=lambda path: path.stat().st_size)
    with portal.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{portal.address}metrics/{pages[-1].parent.name}/")
        rows = page.locator("table[data-sortable] tbody tr")
        for column, name in enumerate(("Day", "Value")):
            before = _orders(rows, column)
            page.get_by_role("button", name=name, exact=True).press("Enter")
            after = [float(order) for order in _orders(rows, column)]
            assert sorted(after) == sorted(map(float, before))
            assert after == sorted(after, reverse=name == "Value")
            assert len(set(after)) > 1


def _orders(rows: Locator, column: int) -> list[str]:
    found: list[str] = rows.evaluate_all(f"rows => rows.map(row => row.cells[{column}].dataset.order)")
    return found


def test_a_page_without_scripts_has_every_score_and_no_button(demo: Portal) -> None:
    html = (demo.site / "scores/index.html").read_text(encoding="utf-8")
    assert "tf-sort" not in html
    assert html.count('class="tf-tie') > 15
