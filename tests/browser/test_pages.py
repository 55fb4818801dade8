"""Every kind of page, on a phone, a tablet and a desk, in light and dark."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.catalogue import kinds
from tests.browser.visits import SEARCHABLE, View, barriers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visits import Portal, Visit

    Visited = Callable[[Portal, View], dict[str, Visit]]

pytestmark = pytest.mark.browser

SCHEMES: Final = ("light", "dark")
# axe takes longest: colours do not depend on the width, nor do the parts of a page on the scheme.
WITH_AXE: Final = {(390, "light"), (1600, "light"), (1600, "dark")}
VIEWS: Final = [
    View(width=width, scheme=scheme, axe=(width, scheme) in WITH_AXE)
    for width in (390, 1024, 1600)
    for scheme in SCHEMES
]
PAPER: Final = View(width=718, scheme="light", media="print")
"""A4 with margins of a centimetre."""

WITHOUT_SCRIPTS: Final = View(width=390, scheme="light", scripts=False)
STRAINED: Final = [
    View(width=390, scheme="light"),
    View(width=1024, scheme="light"),
    View(width=1600, scheme="dark"),
    WITHOUT_SCRIPTS,
    PAPER,
]


@pytest.fixture(params=[*VIEWS, PAPER, WITHOUT_SCRIPTS], ids=str)
def seen(request: pytest.FixtureRequest, demo: Portal, visited: Visited) -> dict[str, Visit]:
    return visited(demo, request.param)


def test_every_page_of_the_navigation_is_visited(demo: Portal) -> None:
    with demo.window(View(width=1600, scheme="light")) as window:
        page = window.new_page()
        page.goto(demo.address)
        links = page.locator("nav.md-nav--primary a.md-nav__link[href]").evaluate_all(
            "links => links.map(link => link.href.split('#')[0])"
        )
    addresses = {link.removeprefix(demo.address) for link in links}
    assert len(addresses) > 5
    assert addresses <= set(kinds(demo.site).values())


def test_every_kind_of_record_is_visited(demo: Portal) -> None:
    folders = {
        "roadmap",
        "personas",
        "objectives",
        "releases",
        "metrics",
        "feedback/themes",
        "feedback/summaries",
    }
    assert {f"{folder}/*" for folder in folders} <= set(kinds(demo.site))


def test_nothing_is_logged_to_the_console(seen: dict[str, Visit]) -> None:
    assert {kind: visit.console for kind, visit in seen.items() if visit.console} == {}


def test_nothing_is_asked_of_another_host(seen: dict[str, Visit]) -> None:
    assert {kind: visit.foreign for kind, visit in seen.items() if visit.foreign} == {}


def test_no_page_scrolls_sideways(seen: dict[str, Visit]) -> None:
    assert _flaws(seen, "sideways") == {}


def test_no_text_is_cut_off(seen: dict[str, Visit]) -> None:
    assert _flaws(seen, "clipped") == {}


def test_no_text_covers_another(seen: dict[str, Visit]) -> None:
    assert _flaws(seen, "overlapping") == {}


def test_what_scrolls_can_be_scrolled_by_keys(seen: dict[str, Visit]) -> None:
    assert _flaws(seen, "unscrollable") == {}


def test_each_page_has_one_title_and_something_to_say(seen: dict[str, Visit]) -> None:
    assert _flaws(seen, "untitled") == {}
    assert _flaws(seen, "unwritten") == {}


@pytest.mark.parametrize("view", [view for view in VIEWS if view.axe], ids=str)
def test_axe_finds_nothing_against_wcag_2_2_aa(demo: Portal, visited: Visited, view: View) -> None:
    seen = visited(demo, view)
    assert {kind: visit.barriers for kind, visit in seen.items() if visit.barriers} == {}


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


@pytest.mark.parametrize("view", STRAINED, ids=str)
def test_long_words_and_other_scripts_and_all_of_markdown_find_their_place(
    strained: Portal, visited: Visited, view: View
) -> None:
    assert _all_flaws(visited(strained, view)) == {}


@pytest.mark.parametrize(
    ("audience", "view"),
    [
        ("customer", View(width=390, scheme="light", axe=True)),
        ("user", View(width=1600, scheme="dark", axe=True)),
    ],
    ids=str,
)
def test_public_portals_are_fit_for_all_readers_too(
    public: Callable[[str], Portal], visited: Visited, audience: str, view: View
) -> None:
    assert _all_flaws(visited(public(audience), view)) == {}


def _flaws(seen: dict[str, Visit], claim: str) -> dict[str, list[str]]:
    return {kind: visit.layout[claim] for kind, visit in seen.items() if visit.layout[claim]}


def _all_flaws(seen: dict[str, Visit]) -> dict[str, list[str]]:
    found = {
        kind: [*visit.console, *visit.foreign, *visit.barriers, *chain.from_iterable(visit.layout.values())]
        for kind, visit in seen.items()
    }
    return {kind: flaws for kind, flaws in found.items() if flaws}
