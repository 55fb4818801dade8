"""Every kind of page, on a phone, a tablet and a desk, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.catalogue import kinds
from tests.browser.visits import WITH_SCRIPTS, WITHOUT_SCRIPTS, View, left_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visits import Portal, Sitting, Visit

    Visited = Callable[[Portal, Sitting], dict[str, Visit]]

pytestmark = pytest.mark.browser


@pytest.fixture(params=[WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=str)
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


def test_without_scripts_nothing_is_left_out(demo: Portal, visited: Visited) -> None:
    assert left_out(visited(demo, WITH_SCRIPTS), visited(demo, WITHOUT_SCRIPTS)) == {}


def test_axe_finds_nothing_against_wcag_2_2_aa(demo: Portal, visited: Visited) -> None:
    seen = visited(demo, WITH_SCRIPTS)
    assert {kind: visit.barriers for kind, visit in seen.items() if visit.barriers} == {}


def _flaws(seen: dict[str, Visit], claim: str) -> dict[str, list[str]]:
    return {kind: visit.layout[claim] for kind, visit in seen.items() if visit.layout[claim]}
