"""Parts that stand the same in many pages are printed once, and read as if each page had printed its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from twofold.plan.addresses import Ref
from twofold.render.environment import environment
from twofold.render.renderer import Renderer, Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from twofold.render.links import Leads

PAGE = '{% from "part.html" import part %}<h1 id="_title">{{ view.title }}</h1>{{ once(part, view.ref, view.more) }}'
PART = '{% macro part(ref, more) %}<a href="{{ href(ref) }}">{{ ref.title }}</a>{{ more }}{{ print() }}{% endmacro %}'
LAMP = Ref(title="Lamp & cord", address="roadmap/lamp")


@dataclass(frozen=True, kw_only=True)
class View:
    ref: Ref
    more: tuple[int, ...] = ()
    title: str = "A page"
    template: str = "page.html"


class NoLinks:
    def find(self, link: str, *, source: str) -> Leads | None:
        del link, source
        return None


@pytest.fixture
def printed(tmp_path: Path) -> tuple[Renderer, list[str]]:
    folder = tmp_path / "twofold"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE)
    (folder / "part.html").write_text(PART)
    templates = environment([tmp_path])
    prints: list[str] = []

    def noted() -> str:
        prints.append("once")
        return ""

    templates.globals["print"] = noted
    return Renderer(templates, NoLinks(), lambda *_: None), prints


def page(renderer: Renderer, address: str, view: View) -> str:
    return renderer.page(Sheet(address=address, view=lambda: view)).html.partition("</h1>")[2]


def test_a_part_is_printed_once_for_all_pages_of_a_depth(printed: tuple[Renderer, list[str]]) -> None:
    renderer, prints = printed
    first, second = (page(renderer, address, View(ref=LAMP)) for address in ("people/nurse", "roadmap/door"))
    assert first == second == '<a href="../../roadmap/lamp/">Lamp &amp; cord</a>()'
    assert len(prints) == 1


def test_links_lead_from_where_the_page_is(printed: tuple[Renderer, list[str]]) -> None:
    renderer, _ = printed
    shown = [page(renderer, address, View(ref=LAMP)) for address in ("", "people", "people/nurse")]
    assert [text.partition("roadmap")[0] for text in shown] == [
        '<a href="',
        '<a href="../',
        '<a href="../../',
    ]


def test_what_else_a_part_is_given_tells_it_apart(printed: tuple[Renderer, list[str]]) -> None:
    renderer, _ = printed
    assert page(renderer, "a", View(ref=LAMP, more=(1,))) != page(renderer, "a", View(ref=LAMP, more=(2,)))


def test_a_new_value_never_reads_as_one_that_is_gone(printed: tuple[Renderer, list[str]]) -> None:
    renderer, _ = printed
    for number in range(50):
        # Each may get the place in memory that the last one had.
        assert f"Lamp {number}<" in page(
            renderer, "a", View(ref=Ref(title=f"Lamp {number}", address="roadmap/lamp"))
        )
