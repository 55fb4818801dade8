"""What is open, what strains the layout, and the public portals, for readers of every kind."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.visits import (
    PAPER,
    SEARCHABLE,
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
