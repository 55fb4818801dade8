"""The customer weight, tried out on Balance: its figures are those that `twofold score` would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import View, barriers
from tests.support.demo import CHECKOUT, TODAY
from twofold import pipeline
from twofold.scoring.ranking import rank
from twofold.views import figures

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.visits import Portal
    from twofold.plan import Plan

pytestmark = pytest.mark.browser

DESK: Final = View(width=1600, scheme="light")
PHONE: Final = View(width=390, scheme="dark")
ROWS: Final = """() => [...document.querySelectorAll("[data-what-if] tr")].map(row => [
  row.cells[0].firstChild.textContent.trim(), row.cells[1].textContent, row.cells[4].textContent, row.cells[5].textContent,
])"""
EDGES: Final = (
    *(0.5, 1.5, 2.5, 12.5, 0.25, 0.75, 0.05, 0.04, 0.95, 1.05, 99.96, 100.5, 101.5, 12345.5, 1234567.0),
    *(0.125, 1.125, 1.375, 10.25, 9.996, 0.09999, 0.001, 0.00099, 0.0005, 0.00005, 0.0, 0.1 + 0.2),
)
"""Where Python and JavaScript do not round alike by themselves."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    loaded = pipeline.load(CHECKOUT / "mkdocs.yml", environ={}, today=date.fromisoformat(TODAY))
    return loaded.plan


def expected(plan: Plan, weight: float) -> list[list[str]]:
    settings = plan.settings.model_copy(update={"customer_weight": weight})
    return [
        [
            f"{one.rank}",
            plan.items[one.id].title,
            figures.score(one.value.score),
            figures.priority(one.priority.score) if one.priority else "",
        ]
        for one in rank(replace(plan, settings=settings)).ranked
    ]


def slide(page: Page, keys: str) -> None:
    for key in keys.split():
        page.get_by_role("slider", name="Customer weight").press(key)


def test_each_weight_gives_the_ranks_and_figures_of_the_scores(demo: Portal, plan: Plan) -> None:
    with demo.window(DESK) as window:
        page = window.new_page()
        page.goto(f"{demo.address}balance/")
        slide(page, "Home")
        for step in range(21):
            weight = step / 20
            assert page.locator(".tf-what-if output").inner_text() == f"{weight:g}"
            assert page.evaluate(ROWS) == expected(plan, weight), weight
            slide(page, "ArrowRight")


def test_keys_move_it_a_reader_hears_of_it_and_the_weight_in_force_comes_back(demo: Portal) -> None:
    with demo.window(PHONE) as window:
        page = window.new_page()
        page.goto(f"{demo.address}balance/")
        before, line = page.evaluate(ROWS), page.locator(".tf-contour").first.get_attribute("rx")
        back = page.get_by_role("button", name="Back to 0.5")
        assert back.is_disabled()
        slide(page, "End")
        assert page.get_by_role("slider").get_attribute("aria-valuetext") == "1"
        assert " items move." in page.locator(".tf-what-if [role=status]").inner_text()
        assert page.locator(".tf-move").count() > 3
        assert page.evaluate(ROWS) != before
        assert page.locator(".tf-contour").first.get_attribute("rx") != line
        assert barriers(page) == []
        back.press("Enter")
        assert page.evaluate(ROWS) == before
        assert page.evaluate("() => document.activeElement.id") == "customer-weight"
        assert "weight in force" in page.locator(".tf-what-if [role=status]").inner_text()


def test_digits_are_rounded_as_in_the_pages(demo: Portal) -> None:
    # Whatever the weight, the value of these rows is the number itself, and so is the priority.
    rows = "".join(
        f'<tr data-reckon="{place} {one!r} {one!r} 0.0 1.0 1.0"><td>{place + 1}</td><th></th><td></td><td></td>'
        "<td></td><td></td><td></td></tr>"
        for place, one in enumerate(EDGES)
    )
    with demo.window(DESK) as window:
        page = window.new_page()
        html = (demo.site / "balance/index.html").read_text(encoding="utf-8")
        start = html.index("<tbody data-what-if>") + len("<tbody data-what-if>")
        whole = html[:start] + rows + html[html.index("</tbody>", start) :]
        page.route("**/balance/", lambda route: route.fulfill(body=whole, content_type="text/html"))
        page.goto(f"{demo.address}balance/")
        found = [row[2:] for row in page.evaluate(ROWS)]
    ranked = sorted(EDGES, reverse=True)
    assert found == [[figures.score(one), figures.priority(one)] for one in ranked]


def test_without_scripts_the_page_has_every_rank_and_no_slider(demo: Portal, plan: Plan) -> None:
    with demo.window(View(width=390, scripts=False)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}balance/")
        assert not page.locator(".tf-what-if").is_visible()
        shown = page.locator("[data-what-if] th").all_inner_texts()
    assert shown == [title for _, title, _, _ in expected(plan, plan.settings.customer_weight)]
