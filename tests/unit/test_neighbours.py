"""Previous and next: in the order of the page that lists the records, and nothing at the ends."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.plans import write_plan
from tests.support.published import item, metric, objective, persona, plan, release, told
from twofold import pipeline
from twofold.model import Horizon, Status
from twofold.plan.addresses import Ref
from twofold.views.public.neighbours import Neighbours, in_turn, neighbours
from twofold.views.public.shelf import shelf

if TYPE_CHECKING:
    from twofold.audience.published import AudiencePlan
    from twofold.render.page import Site

TODAY: Final = date(2026, 11, 23)
LISTS: Final = {"roadmap": 60, "releases": 3, "objectives": 3, "personas": 3, "metrics": 3}
"""The pages that list records, and how many there are at least."""


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("plan")
    write_plan(folder, seed=4, items=60, findings=40, personas=8)
    return pipeline.portal(pipeline.load(folder / "mkdocs.yml", environ={}, today=TODAY), "internal")


@pytest.mark.parametrize("hub", LISTS)
def test_records_follow_one_another_as_their_list_names_them(internal: Site, hub: str) -> None:
    pages = {page.address: page.html for page in internal.pages}
    links = dict.fromkeys(re.findall(r'href="\.\./([^"#]+)/"', pages[hub]))
    listed = [address for address in links if address in pages and address.startswith(f"{hub}/")]
    assert len(listed) >= LISTS[hub]
    ends = zip([None, *listed], [*listed[1:], None], strict=False)
    assert [foot(pages[address]) for address in listed] == list(ends)


def test_a_record_that_is_alone_has_no_neighbours_and_its_page_nothing_at_the_foot() -> None:
    assert in_turn([ref("a")]) == {}


def test_what_a_list_names_twice_is_gone_through_once() -> None:
    found = in_turn([ref("a"), ref("b"), ref("a")])
    assert found == {
        "a": Neighbours(previous=None, next=ref("b")),
        "b": Neighbours(previous=ref("a"), next=None),
    }


def test_what_is_released_and_what_is_to_come_are_lists_of_their_own() -> None:
    found = order(
        plan(
            release("old", "2026-03-10"),
            release("new", "2026-09-29"),
            release("next", "2026-12-01"),
            release("later", "2027-03-01"),
            item("first", release="old"),
            item("last", release="new"),
            item("soon", Status.PLANNED, horizon=Horizon.NEXT),
            item("begun", Status.IN_PROGRESS),
        )
    )
    assert found == {
        "releases/new": "releases/old",
        "releases/next": "releases/later",
        "roadmap/last": "roadmap/first",
        "roadmap/begun": "roadmap/soon",
    }


def test_records_without_a_page_are_passed_over() -> None:
    says = {"narratives": (told("It is."),)}
    found = order(
        plan(
            objective("a", **says),
            objective("b"),
            objective("c", **says),
            persona("d", **says),
            persona("e"),
            persona("f", **says),
            metric("g"),
        )
    )
    assert found == {"objectives/a": "objectives/c", "personas/d": "personas/f"}


def order(published: AudiencePlan) -> dict[str, str]:
    """Each page that has a next one, with that."""
    found = neighbours(shelf(published, today=TODAY))
    return {address: one.next.address for address, one in found.items() if one.next}


def ref(name: str) -> Ref:
    return Ref(title=name, address=name)


def foot(html: str) -> tuple[str | None, str | None]:
    """The addresses of the pages before and after, as the foot of a page leads to them."""
    found = dict(re.findall(r'rel="(prev|next)" href="\.\./\.\./([^"]+)/"', html))
    return found.get("prev"), found.get("next")
