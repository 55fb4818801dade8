"""Paper is white, whatever the screen was."""

from __future__ import annotations

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


def _printed(demo: Portal, scheme: str) -> list[str]:
    with demo.window(View(width=718, scheme=scheme)) as window:
        page = window.new_page()
        page.goto(f"{demo.address}balance/")
        page.locator(".tf-what-if.tf-control--ready").wait_for()
        page.add_style_tag(content=STILL)
        page.emulate_media(media="print")
        found: list[str] = page.evaluate(COLOURS)
        return found
