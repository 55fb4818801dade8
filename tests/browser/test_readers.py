"""What is open, what strains the layout, and the public portals, for readers of every kind."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import (
    PAPER,
    PROBES,
    SEARCHABLE,
    SETTLED,
    STILL,
    WITH_SCRIPTS,
    WITHOUT_SCRIPTS,
    Sitting,
    View,
    barriers,
    left_out,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visits import Portal, Visit

    Visited = Callable[[Portal, Sitting], dict[str, Visit]]

pytestmark = pytest.mark.browser

SCHEMES: Final = ("light", "dark")
STRAINED: Final = Sitting((View(width=1600), View(width=1024), View(width=390), PAPER))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_against_an_open_search(demo: Portal, scheme: str) -> None:
    for width in (390, 1600):
        with demo.window(View(width=width, scheme=scheme)) as window:
            page = window.new_page()
            page.goto(demo.address)
            page.keyboard.press("/")
            page.keyboard.type("charting")
            page.locator(".md-search-result__item a").first.wait_for()
            page.wait_for_timeout(500)  # Material fades colours in.
            assert barriers(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_against_an_open_drawer(demo: Portal, scheme: str) -> None:
    with demo.window(View(width=390, scheme=scheme)) as window:
        page = window.new_page()
        page.goto(demo.address)
        page.locator(".md-header__button[for=__drawer]").click()
        page.locator("nav.md-nav--primary a.md-nav__link[href='metrics/']").wait_for(state="visible")
        page.wait_for_timeout(500)  # It slides in.
        assert barriers(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_against_all_that_prose_may_hold(strained: Portal, scheme: str) -> None:
    with strained.window(View(width=390, scheme=scheme)) as window:
        page = window.new_page()
        page.goto(f"{strained.address}everything/")
        page.wait_for_function(SEARCHABLE)
        assert barriers(page) == []


@pytest.mark.parametrize("sitting", [STRAINED, WITHOUT_SCRIPTS], ids=str)
def test_long_words_and_other_scripts_and_all_of_markdown_find_their_place(
    strained: Portal, visited: Visited, sitting: Sitting
) -> None:
    assert _all_flaws(visited(strained, sitting)) == {}


@pytest.mark.parametrize("address", ["", "roadmap/", "roadmap/turned/", "personas/turned/", "releases/9/"])
def test_texts_from_right_to_left_long_words_and_missing_pictures_find_their_place(
    strained_public: Portal, address: str
) -> None:
    with strained_public.window(View(width=390)) as window:
        page = window.new_page()
        page.route("**/*.png", lambda route: route.abort())
        page.goto(strained_public.address + address)
        page.add_style_tag(content=STILL)
        for width in (390, 1024):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(SETTLED)
            assert {claim: flaws for claim, flaws in page.evaluate(PROBES).items() if flaws} == {}


def test_a_text_begins_where_its_script_does(strained_public: Portal) -> None:
    with strained_public.window(View(width=1024)) as window:
        page = window.new_page()
        page.route("**/*.png", lambda route: route.abort())
        page.goto(f"{strained_public.address}roadmap/turned/")
        side = """text => {
          const range = document.createRange()
          range.selectNodeContents(text)
          const [line] = range.getClientRects(), room = text.parentElement.getBoundingClientRect()
          return line.left - room.left > room.right - line.right ? "right" : "left"
        }"""
        assert page.locator("article .tf-prose > p").first.evaluate(side) == "right"
        assert page.locator("article li", has_text="ثانياً").evaluate(side) == "right"
        assert page.locator(".md-typeset .tf-badges").evaluate(side) == "left"
        # What turns a list is no end of the text of an attribute.
        assert page.locator("[onclick]").count() == 0
        assert "onclick" in (
            page.locator("article a[title]", has_text="Kranken").get_attribute("title") or ""
        )
        # The words that stand for a picture take its place.
        picture = page.locator("article img").bounding_box()
        assert picture is not None
        assert picture["width"] > 100


@pytest.mark.parametrize("audience", ["customer", "user"])
def test_public_portals_are_fit_for_all_readers_too(
    public: Callable[[str], Portal], visited: Visited, audience: str
) -> None:
    portal = public(audience)
    found = [visited(portal, sitting) for sitting in (WITH_SCRIPTS, WITHOUT_SCRIPTS)]
    assert [_all_flaws(seen) for seen in found] == [{}, {}]
    assert left_out(*found) == {}


def _all_flaws(seen: dict[str, Visit]) -> dict[str, list[str]]:
    found = {
        kind: [*visit.console, *visit.foreign, *visit.barriers, *chain.from_iterable(visit.layout.values())]
        for kind, visit in seen.items()
    }
    return {kind: flaws for kind, flaws in found.items() if flaws}
