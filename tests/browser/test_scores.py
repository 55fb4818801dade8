"""Tables of scores: whole without a script, sortable with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import View

if TYPE_CHECKING:
    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

DESK: Final = View(width=1600, scheme="light")
USERS: Final = "rows => rows.map(row => Number(row.cells[3].dataset.order))"
RANKS: Final = "rows => rows.map(row => Number(row.cells[0].dataset.order))"


def test_scores_are_sorted_by_the_head_that_is_pressed_and_back_again(demo: Portal) -> None:
    with demo.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{demo.address}scores/")
        rows = page.locator("table[data-sortable] tbody tr")
        ranks = rows.evaluate_all(RANKS)
        assert ranks == list(range(1, len(ranks) + 1))
        page.get_by_role("columnheader", name="Users").first.get_by_role("button").press("Enter")
        users = rows.evaluate_all(USERS)
        assert users == sorted(users, reverse=True)
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
        page.get_by_role("button", name="Rank", exact=True).click()
        assert rows.evaluate_all(RANKS) == ranks


def test_a_page_without_scripts_has_every_score_and_no_button(demo: Portal) -> None:
    html = (demo.site / "scores/index.html").read_text(encoding="utf-8")
    assert "tf-sort" not in html
    assert html.count('class="tf-tie') > 15
