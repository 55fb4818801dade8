"""The rooms of the internal portal: all there, linked, and right with nothing, one and many."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from posixpath import normpath
from typing import TYPE_CHECKING

import pytest

from tests.plans import write_plan
from twofold import pipeline
from twofold.plan import addresses
from twofold.scoring.balance import balance
from twofold.views.health import health_view
from twofold.views.home import home_view
from twofold.views.timeline import timeline_view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twofold.pipeline import Loaded
    from twofold.render.page import Site

TODAY = date(2026, 11, 23)
HUBS = (*sorted(addresses.HUBS), addresses.VOICES, addresses.SUMMARIES, addresses.HOME)
SETTINGS = "site_name: Plan\ndocs_dir: content\ntheme: {name: material}\nplugins: [twofold]\n"

ONE = {
    "personas/nurse.md": "---\nname: Nurse\nside: user\ninfluence: 3\ninterest: 5\naliases: [sister]\n---\n",
    "feedback/talks.yml": """
title: Talks
collected: 2024-01-31
asked: 10
findings:
  - id: slow
    aliases: [sluggish]
    summary: It is slow.
    theme: speed
    voices: [{persona: nurse, mentions: 4, importance: 4}]
  - {id: dark, summary: It is dark.}
""",
    "objectives/quick.md": "---\ntitle: Quick\nside: user\nmetrics: [seconds]\n---\n",
    "objectives/quicker.md": "---\ntitle: Alone\nside: user\nparent: quick\n---\n",
    "roadmap/cache.md": """---
title: Cache
status: in-progress
objectives: [quick]
evidence: [slow]
target: 2026-Q3
release: "1.1"
depends_on: [disk]
metrics: [seconds]
---
""",
    "roadmap/disk.md": "---\ntitle: Disk\nstatus: planned\nhorizon: next\ntarget: 2027-Q1\neffort: 3\n---\n",
    "roadmap/lamp.md": "---\ntitle: Lamp\nstatus: declined\nreason: Not ours.\nevidence: [slow]\n---\n",
    "releases/1.1.md": """---
version: "1.1"
date: 2026-12-01
notes: [{id: swift, change: fixed, customer: "Search is **quick**.", ends: 2027-01-31}]
---
""",
    "metrics/all.yml": """
- id: seconds
  title: Seconds
  side: user
  direction: down
  baseline: {date: 2026-01-01, value: 40}
  target: {date: 2027-01-01, value: 10}
  observations: [{date: 2026-07-02, value: 35, n: 3}]
""",
}


def loaded(root: Path, files: Mapping[str, str]) -> Loaded:
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(SETTINGS)
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return pipeline.load(root / "mkdocs.yml", environ={}, today=TODAY)


def pages(site: Site) -> dict[str, str]:
    return {page.address: page.html for page in site.pages}


@pytest.fixture
def one(tmp_path: Path) -> Loaded:
    return loaded(tmp_path, ONE)


def test_an_empty_plan_has_every_room_and_each_says_that_it_is_empty(tmp_path: Path) -> None:
    html = pages(pipeline.portal(loaded(tmp_path, {}), "internal"))
    assert sorted(html) == sorted(HUBS)
    # What is always there to be said is said.
    telling = set(html) - {addresses.HEALTH, addresses.METHODOLOGY}
    assert {address for address in telling if "tf-empty" not in html[address]} == set()
    assert "All good" in html[addresses.HEALTH]


def test_every_link_leads_to_a_page_and_a_place_in_it(one: Loaded) -> None:
    site = pipeline.portal(one, "internal")
    anchors = {page.address: page.anchors for page in site.pages}
    broken = []
    for page in site.pages:
        for href in re.findall(r'href="([^":]+)"', page.html):
            path, _, fragment = unescape(href).partition("#")
            target = normpath(f"{page.address}/{path}").strip("/").removeprefix(".") if path else page.address
            if target not in anchors or (fragment and fragment not in anchors[target]):
                broken.append((page.address, href))
    assert broken == []


def test_no_id_stands_twice_in_a_page(one: Loaded) -> None:
    for address, html in pages(pipeline.portal(one, "internal")).items():
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids)), address


def test_every_page_has_one_title_that_search_and_skip_links_find(one: Loaded) -> None:
    for address, html in pages(pipeline.portal(one, "internal")).items():
        assert len(re.findall(r'<h1 id="_title">', html)) == 1, address


def test_the_navigation_names_every_hub_and_no_record(one: Loaded) -> None:
    site = pipeline.portal(one, "internal")
    entries = [entry for top in site.navigation for entry in (top, *top.children)]
    assert sorted(entry.address or "" for entry in entries) == sorted(HUBS)


def test_earlier_ids_still_arrive(one: Loaded) -> None:
    site = pipeline.portal(one, "internal")
    assert site.redirects["personas/sister"] == "personas/nurse"
    assert site.redirects["feedback/personas/sister"] == "feedback/personas/nurse"
    assert {"slow", "sluggish"} <= next(p.anchors for p in site.pages if p.address == "feedback/themes/speed")


def test_a_column_in_which_nobody_says_anything_is_left_out(one: Loaded) -> None:
    html = pages(pipeline.portal(one, "internal"))["feedback/themes/speed"]
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == ["Voice", "Mentioned by", "Importance"]
    assert "4 of 10" in html


def test_the_timeline_says_what_is_overdue_and_what_comes_too_late(one: Loaded) -> None:
    view = timeline_view(one.plan, today=TODAY)
    cards = {card.ref.title: card.remark for group in view.groups for card in group.cards}
    assert cards["Cache"] == "overdue; waits for Disk (due later)"
    assert (view.has_late, [group.title for group in view.groups]) == (True, ["Q3 2026", "Q1 2027"])


def test_health_says_what_is_old_late_and_not_covered(one: Loaded) -> None:
    view = health_view(one.plan, one.report, today=TODAY)
    found = {one.id: [line.ref.title for line in one.lines] for one in (*view.freshness, *view.coverage)}
    assert found == {
        "feedback-age": ["Talks"],
        "reviews": [],
        "overdue": ["Cache"],
        "without-evidence": ["Disk"],
        "unanswered": ["It is dark."],
        "not-heard": [],
        "not-estimated": ["1 open item"],
    }
    assert view.freshness[0].lines[0].badge is not None


def test_a_diagnostic_leads_to_the_page_of_what_it_is_about(one: Loaded) -> None:
    view = health_view(one.plan, one.report, today=TODAY)
    problems = {
        (rule.code, problem.ref.title if problem.ref else "")
        for severity in view.severities
        for rule in severity.rules
        for problem in rule.problems
    }
    assert {("TF402", "It is dark."), ("TF301", "Cache")} <= problems


def test_home_shows_what_needs_a_look(one: Loaded) -> None:
    view = home_view(one.plan, one.report, balance(one.plan, today=TODAY), today=TODAY)
    assert [ref.title for ref in view.attention][:3] == [
        "1 overdue item",
        "1 metric behind",
        "1 unanswered finding",
    ]


def test_children_stand_under_the_objective_that_they_are_part_of(one: Loaded) -> None:
    html = pages(pipeline.portal(one, "internal"))["objectives"]
    assert html.index("Quick</a>") < html.index("tf-row--depth-1") < html.index("Alone</a>")


def test_a_release_note_is_prose_and_says_when_a_thing_ends(one: Loaded) -> None:
    html = pages(pipeline.portal(one, "internal"))["releases/1.1"]
    assert "<strong>quick</strong>" in html
    assert "Ends: 31 January 2027" in html
    assert 'id="note-swift"' in html


def test_what_records_say_is_text_and_never_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><b>"
    files = {
        "personas/a.md": f"---\nname: '{evil}'\nside: both\ninfluence: 5\ninterest: 5\ngoal: '{evil}'\n---\n",
        "roadmap/a.md": f"---\ntitle: '{evil}'\nstatus: planned\nhorizon: now\npersonas: [a]\n---\n",
        "metrics/a.yml": f"[{{id: a, title: '{evil}', side: user, direction: up, unit: '{evil}', "
        "observations: [{date: 2026-01-01, value: 1}]}]",
    }
    html = pages(pipeline.portal(loaded(tmp_path, files), "internal"))
    assert all("<script" not in text and "<b>" not in text for text in html.values())


@pytest.mark.parametrize(("items", "named"), [(100, 100), (101, 100)])
def test_of_many_items_a_persona_has_the_soonest_and_the_way_to_all(
    tmp_path: Path, items: int, named: int
) -> None:
    head = "status: planned\nhorizon: now\npersonas: [nurse]\n"
    files = {
        f"roadmap/item-{n}.md": f"---\ntitle: Item {n}\n{head}target: {2027 + n}\n---\n" for n in range(items)
    }
    site = pipeline.portal(
        loaded(tmp_path, {"personas/nurse.md": ONE["personas/nurse.md"], **files}), "internal"
    )
    html = pages(site)["personas/nurse"]
    assert re.findall(r"/roadmap/item-(\d+)/", html) == [str(n) for n in range(named)]
    way = '<p><a href="../../roadmap/?persona=nurse">All of theirs on the roadmap</a></p>'
    assert (way in html, "the 100 soonest of 101" in html) == ((items > named,) * 2)
    # Where it leads, each of them says that it is theirs.
    assert pages(site)["roadmap"].count("persona=nurse") == items


def test_a_large_plan_has_every_page_once_and_none_without_end(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=1, items=200, findings=120, personas=24)
    plan = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=TODAY)
    site = pipeline.portal(plan, "internal")
    assert len({page.address for page in site.pages}) == len(site.pages)
    assert max(len(page.html) for page in site.pages) < 600_000


def test_the_same_plan_gives_the_same_pages(one: Loaded) -> None:
    assert pipeline.portal(one, "internal") == pipeline.portal(one, "internal")
