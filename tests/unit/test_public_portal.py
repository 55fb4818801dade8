from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.support.published import (
    finding,
    item,
    metric,
    note,
    objective,
    page,
    persona,
    plan,
    release,
    told,
)
from twofold.audience.published import PublishedLink, PublishedQuote
from twofold.model import Kind, Status
from twofold.model.period import parse
from twofold.render import public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.audience.published import AudiencePlan
    from twofold.render.page import Page, Site

TODAY = date(2026, 11, 23)
HOSTILE = '</h1><script>alert("x")</script>&amp;<img src=x onerror=alert(1)>'


def render(plan: AudiencePlan, *, downloads: tuple[str, ...] = ()) -> Site:
    return public.render(plan, downloads=downloads, read=lambda path: path.encode(), themes=(), today=TODAY)


def pages(site: Site) -> dict[str, Page]:
    return {page.address: page for page in site.pages}


def hrefs(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


FULL = plan(
    release("r1", title="First", narratives=(told("Intro."),), notes=(note("n", item="a"),)),
    release("r2", "2027-01-31"),
    item("a", release="r1", objectives=("o",), answers=("f",), superseded_by=("b",), action="Tap."),
    item("b", Status.IN_PROGRESS, release="r2", links=(PublishedLink(title="Film", url="https://a.example/"),)),
    item("c", Status.PLANNED),
    objective("o", period=parse("2027")),
    persona("nurse", role="On the ward", narratives=(told("You.", source="personas/nurse.md"),)),
    persona("bare"),
    finding("f", quotes=(PublishedQuote(text="At last.", attribution="Nurse"),)),
    finding("g"),
    metric("m", (date(2026, 1, 31), 2), (date(2026, 3, 31), 1)),
    pages=(page("about.md", "# About\n\nSee [a](roadmap/a.md)."),),
    safe_harbour="Plans change & so on.",
)  # fmt: skip


def test_every_link_leads_to_a_page_and_to_a_place_in_it() -> None:
    site = render(FULL)
    found = pages(site)
    for address, one in found.items():
        for href in hrefs(one.html):
            if href.startswith("https:"):
                continue
            path, _, fragment = href.partition("#")
            parts = address.split("/") if address else []
            for step in path.split("/"):
                if step == "..":
                    parts.pop()
                elif step not in {"", "."}:
                    parts.append(step)
            target = found["/".join(parts)]
            assert not fragment or fragment in target.anchors, (address, href)


def test_no_id_stands_twice_in_a_page() -> None:
    for one in render(FULL).pages:
        ids = re.findall(r' id="([^"]+)"', one.html)
        assert sorted(ids) == sorted(set(ids)), one.address


def test_no_heading_and_no_list_is_empty() -> None:
    for one in render(FULL).pages:
        assert not re.search(r"<(h\d|ul|ol|dl|table|section|p|li)\b[^>]*>\s*</\1>", one.html), one.address
        # A heading is followed by what it is over, or by a lower one.
        levels = re.findall(r"<h(\d)|(<(?:p|ul|dl|table|figure|svg|aside))", one.html)
        for (level, _), (below, something) in pairwise(levels):
            assert not level or something or below > level, one.address


def test_headings_step_down_one_level_at_a_time() -> None:
    for one in render(FULL).pages:
        levels = [int(level) for level in re.findall(r"<h(\d)", one.html)]
        assert levels[0] == 1
        assert all(below - level <= 1 for level, below in pairwise(levels)), one.address


def test_the_caveat_stands_on_every_page_where_there_is_one() -> None:
    site = render(FULL)
    assert all("Plans change &amp; so on." in one.html for one in site.pages)
    assert all("tf-caveat" not in one.html for one in render(replace(FULL, safe_harbour="")).pages)


def test_pages_without_content_are_not_made_nor_listed() -> None:
    site = render(plan(item("a", Status.IN_PROGRESS)))
    assert list(pages(site)) == ["", "roadmap", "roadmap/a"]
    assert [entry.title for entry in site.navigation] == ["Home", "Where we are going"]


def test_a_persona_with_nothing_but_a_name_is_listed_without_a_link() -> None:
    found = pages(render(FULL))
    assert "personas/bare" not in found
    assert '<span class="tf-card__title">Bare</span>' in found["personas"].html


def test_what_is_released_stands_under_its_release_and_what_is_not_under_the_roadmap() -> None:
    found = pages(render(FULL))
    assert found["roadmap/a"].belongs_to == "releases/r1"
    assert found["roadmap/b"].belongs_to is None
    assert found["releases/r2"].belongs_to == "roadmap"


def test_an_index_takes_the_place_of_the_home_page() -> None:
    site = render(plan(item("a"), pages=(page("index.md", "Welcome."),)))
    assert "Welcome." in pages(site)[""].html
    assert [one.address for one in site.pages].count("") == 1


def test_users_find_what_is_less_urgent_below_the_rest() -> None:
    site = render(replace(FULL, audience="user", labels=("user",)))
    assert [entry.title for entry in site.navigation] == [
        "Home", "What’s new", "Coming next", "You said, we did", "More",
    ]  # fmt: skip
    assert [entry.title for entry in site.navigation[-1].children] == [
        "What we aim for", "Does it help?", "Who it is for", "about.md",
    ]  # fmt: skip


def test_added_audiences_have_neutral_names() -> None:
    site = render(replace(FULL, audience="partner", labels=("partner",)))
    assert [entry.title for entry in site.navigation][:3] == ["Home", "Releases", "Roadmap"]


def test_texts_of_records_are_escaped_wherever_they_stand() -> None:
    site = render(
        plan(
            release("r", version=HOSTILE, title=HOSTILE, notes=(
                note("n", HOSTILE, availability=HOSTILE, action=HOSTILE),)),
            item("a", title=HOSTILE, narratives=(told(HOSTILE),), action=HOSTILE, availability=HOSTILE,
                 release="r", answers=("f",), objectives=("o",)),
            item("b", Status.IN_PROGRESS, title=HOSTILE, narratives=(told(HOSTILE),)),
            objective("o", title=HOSTILE, narratives=(told(HOSTILE),)),
            persona("p", name=HOSTILE, role=HOSTILE, additions={"goal": HOSTILE, "jobs": (HOSTILE,)}),
            finding("f", title=HOSTILE, quotes=(PublishedQuote(text=HOSTILE, attribution=HOSTILE),)),
            metric("m", (TODAY, 1), (date(2026, 1, 1), 2), title=HOSTILE, unit=HOSTILE),
            title=HOSTILE, description=HOSTILE, safe_harbour=HOSTILE,
        )
    )  # fmt: skip
    for one in site.pages:
        tags = Tags()
        tags.feed(one.html)
        assert not tags.names & {"script", "img"}, one.address


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.names.add(tag)


def test_the_description_of_a_page_is_its_first_paragraph_without_markup() -> None:
    site = render(plan(item("a", narratives=(told("**Tap** the [badge](b.md) & go.\n\nMore."),))))
    assert pages(site)["roadmap/a"].description == "Tap the badge & go."


def test_links_in_prose_lead_only_to_what_the_audience_sees() -> None:
    talks = "../feedback/talks.yml"
    text = f"[a](a.md) [gone](hidden.md) [f]({talks}#f) [all]({talks}) [no]({talks}#x)"
    one = item("b", narratives=(told(text, source="roadmap/b.md"),))
    html = pages(render(plan(item("a"), one, finding("f"))))["roadmap/b"].html
    assert '<a href="../../roadmap/a/">a</a> gone <a href="../../feedback/#f">f</a>' in html
    assert '</a> <a href="../../feedback/">all</a> no</p>' in html


def test_fragments_lead_to_headings_that_are_shown() -> None:
    target = item(
        "a",
        narratives=(
            told("### What it costs\n\nMuch.", label="customer", source="roadmap/a.md"),
            told("### How to begin\n\nTap.", label="user", source="roadmap/a.md"),
        ),
    )
    text = "[1](a.md#what-it-costs) [2](a.md#for-users) [3](a.md#internal) [4](a.md#secret-heading)"
    one = item("b", narratives=(told(text, source="roadmap/b.md"),))
    both = pages(render(plan(target, one)))
    assert hrefs(both["roadmap/b"].html)[:4] == [
        "../../roadmap/a/#customer-what-it-costs",
        "../../roadmap/a/#for-users",
        "../../roadmap/a/",
        "../../roadmap/a/",
    ]
    assert {"customer-what-it-costs", "for-users"} <= both["roadmap/a"].anchors
    alone = pages(render(plan(replace(target, narratives=target.narratives[:1]), one)))
    assert hrefs(alone["roadmap/b"].html)[:2] == [
        "../../roadmap/a/#customer-what-it-costs",
        "../../roadmap/a/",
    ]


def test_only_pictures_that_a_page_shows_and_downloads_that_it_links_to_reach_the_site() -> None:
    text = "![A](../img/a.png) [kept back](../img/b.png) [guide](../files/guide.pdf) ![No](../img/none.png)"
    one = item("a", narratives=(told(text, source="roadmap/a.md"),))
    assets = frozenset({"img/a.png", "img/b.png", "img/c.png", "files/guide.pdf", "files/other.pdf"})
    site = render(plan(one, assets=assets), downloads=("files/*.pdf",))
    assert site.files == {"img/a.png": b"img/a.png", "files/guide.pdf": b"files/guide.pdf"}
    html = pages(site)["roadmap/a"].html
    assert 'src="../../img/a.png"' in html
    assert 'href="../../files/guide.pdf"' in html
    assert "b.png" not in html


def test_earlier_ids_redirect_where_the_settings_show_them() -> None:
    aliases = {(Kind.ITEM, "old"): "a", (Kind.FINDING, "older"): "f"}
    assert render(plan(item("a"), finding("f"), aliases=aliases)).redirects == {"roadmap/old": "roadmap/a"}


def test_the_same_plan_gives_the_same_site() -> None:
    assert render(FULL) == render(FULL)
    other = replace(
        FULL,
        items=turned(FULL.items),
        releases=turned(FULL.releases),
        findings=turned(FULL.findings),
        personas=turned(FULL.personas),
        sources=turned(FULL.sources),
    )
    assert render(other) == render(FULL)


def turned(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    return dict(reversed(list(mapping.items())))
