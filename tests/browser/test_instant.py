"""Where Material loads pages in place (`navigation.instant`), our scripts come along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import Portal, View
from tests.support.demo import build
from tests.support.scored import VECTOR, write_project
from tests.support.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

DESK: Final = View(width=1600, scheme="light")
PLAN: Final = VECTOR | {
    f"roadmap/item-{place}.yml": (
        f"title: Item {place}\nstatus: planned\nhorizon: {horizon}\nevidence: [f2]\neffort: {place}\n"
    )
    for place, horizon in enumerate(("now", "next", "later", "now", "next", "later", "now"), 1)
}


def test_scripts_run_on_pages_that_are_loaded_in_place(browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site-internal"
    with serving(site) as address:
        # Material does so for the pages of its own sitemap only, so the address has to be the real one.
        write_project(tmp_path, PLAN)
        with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as settings:
            settings.write(
                f"site_url: {address}\ntheme: {{name: material, features: [navigation.instant]}}\n"
            )
        build(tmp_path, "--audience", "internal")
        with Portal(site, address, browser).window(DESK, permissions=["clipboard-write"]) as window:
            page = window.new_page()
            page.goto(f"{address}balance/")
            page.evaluate("() => { window.sameDocument = true }")
            views = page.get_by_label("Other views")
            views.get_by_role("link", name="Scores").click()
            page.get_by_role("button", name="Priority").click()
            views.get_by_role("link", name="Balance").click()
            page.get_by_role("slider", name="Customer weight").press("End")
            assert page.locator(".tf-what-if output").inner_text() == "1"
            page.get_by_label("Navigation").get_by_role("link", name="Roadmap").first.click()
            page.get_by_label("Horizon").select_option("now")
            status = page.locator(".tf-filters [role=status]")
            assert status.inner_text() == "3 of 8 items"
            page.get_by_label("Horizon").select_option("later")
            page.locator("[data-has]:visible a").first.click()
            page.get_by_label("Previous and next").get_by_role("link").first.click()
            page.wait_for_url("**/roadmap/item-*/")
            page.locator("h2 > .headerlink").first.click()
            page.get_by_role("status").filter(has_text="Link copied").wait_for()
            for _ in range(3):
                page.go_back()
            page.wait_for_url("**/roadmap/?horizon=later")
            page.get_by_text("2 of 8 items").wait_for()
            assert page.evaluate("() => window.sameDocument") is True
