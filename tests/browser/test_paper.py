"""Paper is white, whatever the screen was, and what belongs together stays on one sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import STILL, View

if TYPE_CHECKING:
    from tests.browser.visits import Portal

pytestmark = pytest.mark.browser

COLOURS: Final = """() => [...document.querySelectorAll(".md-content *")].map(each => {
  const style = getComputedStyle(each)
  return [style.color, style.backgroundColor, style.borderTopColor, style.fill].join(" ")
})"""


def test_what_is_printed_from_the_dark_scheme_has_the_colours_of_the_light_one(demo: Portal) -> None:
    printed = {scheme: _printed(demo, scheme) for scheme in ("light", "dark")}
    assert printed["dark"] == printed["light"]


def test_a_persona_fits_on_one_sheet(demo: Portal) -> None:
    pages = sorted((demo.site / "personas").glob("*/index.html"), key=lambda path: path.stat().st_size)
    with demo.window(View(width=1600)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}personas/{pages[-1].parent.name}/")
        for paper in ("A4", "Letter"):
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1, paper


def test_what_is_printed_says_that_it_is_internal_and_has_no_navigation(demo: Portal) -> None:
    with demo.window(View(width=718)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}releases/2026.3/")
        page.emulate_media(media="print")
        assert page.get_by_text("Not for customers and users.").is_visible()
        assert page.locator("nav:visible").count() == 0


def _printed(demo: Portal, scheme: str) -> list[str]:
    with demo.window(View(width=718, scheme=scheme)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}balance/")
        page.locator(".tf-what-if.tf-control--ready").wait_for()
        page.add_style_tag(content=STILL)
        page.emulate_media(media="print")
        found: list[str] = page.evaluate(COLOURS)
        return found
