"""Views that a hand-written page places: projected for whoever reads the page, and read as strictly as a record."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.support.scored import VECTOR, write_project
from twofold import pipeline
from twofold.prose.blocks import VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twofold.diagnostics import Diagnostic
    from twofold.pipeline import Loaded

PUBLISHED = "publish: [customer]\nsections: {customer: Told.}\n"
RECORDS = VECTOR | {
    "personas/cio.yml": f"name: Cio\nside: customer\npopulation: 40\n{PUBLISHED}",
    "objectives/seen.yml": f"title: Objective seen\nside: both\naliases: [once]\n{PUBLISHED}",
    "objectives/kept.yml": "title: Objective kept\nside: both\n",
    "releases/1.yml": f'version: "1"\ndate: 2026-10-01\ntitle: Release seen\n{PUBLISHED}',
    "releases/2.yml": 'version: "2"\ndate: 2027-02-01\ntitle: Release kept\n',
    "feedback/later.yml": (
        "findings:\n"
        "  - {id: seen, summary: Inner words, theme: handover, publish: [customer],\n"
        "     titles: {customer: Finding seen}, voices: [{persona: cfo, mentions: 2, asked: 9, importance: 4}]}\n"
        "  - {id: kept, summary: Finding kept, theme: offline, voices: [{persona: nurse}]}\n"
    ),
    "metrics/all.yml": (
        "- {id: seen, title: Metric seen, side: user, direction: up, publish: [customer],\n"
        "   baseline: {date: 2026-01-01, value: 1}}\n"
        "- {id: kept, title: Metric kept, side: user, direction: up}\n"
    ),
    "roadmap/now.yml": (
        f"title: Item now\nstatus: in-progress\nhorizon: now\nobjectives: [seen]\nevidence: [seen]\n{PUBLISHED}"
    ),
    "roadmap/next.yml": (
        "title: Item next\nstatus: planned\nhorizon: next\ntags: [law]\nrelease: '2'\ntarget: 2027-Q1\n"
        + PUBLISHED
    ),
    "roadmap/done.yml": f"title: Item done\nstatus: released\nrelease: '1'\n{PUBLISHED}",
    "roadmap/no.yml": "title: Item declined\nstatus: declined\nreason: Too far.\nevidence: [seen]\n",
    "roadmap/kept.yml": "title: Item kept\nstatus: planned\nhorizon: now\nobjectives: [seen]\npersonas: [nurse]\n",
}

NAMES = (
    "Inner words",
    *(
        "Item now",
        "Item next",
        "Item done",
        "Item kept",
        "Item declined",
        "Offline charting",
        "Cio",
        "Nurse",
        "Doctor",
        "Cfo",
    ),
    *(
        f"{kind} {which}"
        for kind in ("Objective", "Release", "Metric", "Finding")
        for which in ("seen", "kept")
    ),
)
SETTINGS = "{show: {customer: [finding.tags]}}"


def loaded(
    folder: Path,
    *blocks: str,
    publish: str = "[customer]",
    settings: str = "{}",
    also: Mapping[str, str] = MappingProxyType({}),
) -> Loaded:
    fences = "\n\n".join(f"```twofold\n{block}\n```" for block in blocks)
    page = f"---\npublish: {publish}\n---\n# Page\n\nAbove.\n\n{fences}\n\nBelow.\n"
    write_project(folder, RECORDS | {"page.md": page, **also}, settings)
    return pipeline.load(folder / "mkdocs.yml", environ={}, today=date(2026, 11, 23))


def shown(found: Loaded, audience: str) -> str:
    portal = pipeline.portal(found, audience)
    return next(page.html for page in portal.pages if page.address == "page")


def said(found: Loaded) -> list[Diagnostic]:
    return [one for one in found.report.diagnostics if one.span.path == "content/page.md"]


@pytest.mark.parametrize(
    ("block", "team", "customers"),
    [
        (
            "view: roadmap",
            {"Item now", "Item next", "Item kept", "Offline charting"},
            {"Item now", "Item next"},
        ),
        ("view: roadmap\nhorizon: now", {"Item now", "Item kept"}, {"Item now"}),
        ("view: roadmap\nhorizon: [now, next]\nobjective: seen", {"Item now", "Item kept"}, {"Item now"}),
        ("view: roadmap\nstatus: released", {"Item done"}, {"Item done"}),
        ("view: roadmap\nlimit: 1", {"Item now"}, {"Item now"}),
        ("view: roadmap\nobjective: kept", set(), set()),
        ("view: releases", {"Release seen", "Release kept"}, {"Release seen"}),
        ("view: objectives", {"Objective seen", "Objective kept"}, {"Objective seen"}),
        ("view: metrics", {"Metric seen", "Metric kept"}, {"Metric seen"}),
        ("view: releases\nrelease: '2'", {"Release kept"}, set()),
        ("view: objectives\nobjective: kept", {"Objective kept"}, set()),
        ("view: metrics\nmetric: [seen, kept]\nlimit: 2", {"Metric seen", "Metric kept"}, {"Metric seen"}),
        ("view: personas", {"Cio", "Nurse", "Doctor", "Cfo"}, {"Cio"}),
        ("view: roadmap\nrelease: '2'", {"Item next"}, set()),
        (
            "view: timeline",
            {"Item now", "Item next", "Item done", "Item kept", "Offline charting"},
            {"Item now", "Item next"},
        ),
        ("view: timeline\nobjective: seen\nlimit: 1", {"Item kept"}, {"Item now"}),
        (
            "view: feedback\nobjective: seen",
            {"Inner words", "Item declined", "Item now"},
            {"Finding seen", "Item now"},
        ),
        ("view: feedback\nobjective: seen\nlimit: 9\ntag: law", set(), set()),
    ],
)
def test_each_reader_gets_what_it_reads_of_a_view(
    block: str, team: set[str], customers: set[str], tmp_path: Path
) -> None:
    found = loaded(tmp_path, block, settings=SETTINGS)
    assert said(found) == []
    for audience, expected in (("internal", team), ("customer", customers)):
        html = shown(found, audience)
        placed = html.partition("Above.")[2]
        # A card names its item's objective as well, and its release.
        view = block.partition("\n")[0].removeprefix("view: ")
        aside = {"Objective": "objectives", "Release": "releases"}
        names = [name for name in NAMES if aside.get(name.split()[0], view) == view]
        assert {name for name in names if name in placed} == expected
        assert ("Nothing to show here" in placed) == (not expected)
        assert "Below." in placed
        assert block not in html


@pytest.mark.parametrize(
    ("block", "has", "lacks"),
    [
        ("view: scores", {"Offline charting"}, {"Item now"}),
        ("view: scores\nside: customer\nstatus: planned", {"Nothing to show"}, {"Offline charting"}),
        ("view: balance", {"Planned and in progress"}, {"Nothing to show"}),
        ("view: map", {"Offline charting", "The map as a table"}, {"Item next"}),
        ("view: needs", {"Handover", "Offline", "Nurse", "Doctor", "Cio", "Cfo"}, set()),
        ("view: needs\nside: customer\ntheme: handover", {"Handover", "Cio", "Cfo"}, {"Offline", "Nurse"}),
        ("view: needs\npersona: nurse\nlimit: 1", {"Offline", "Nurse"}, {"Handover", "Doctor"}),
        ("view: stakeholders\nside: user", {"Influence against", "Doctor"}, {"Nurse", "Cio"}),
        ("view: stakeholders\npersona: nurse", {"Nothing to show"}, {"Nurse"}),
        ("view: decisions", {"Item declined", "Too far."}, {"Item kept"}),
        ("view: decisions\nside: user", {"Nothing to show"}, {"Item declined"}),
        ("view: estimates\nhorizon: now", {"Item now", "Item kept"}, {"Item next", "Offline charting"}),
        ("view: personas\nside: customer", {"Cio", "Cfo"}, {"Nurse", "Doctor"}),
        ("view: metrics\nside: customer", {"Nothing to show"}, {"Metric seen"}),
        ("view: feedback\ntheme: offline\npersona: nurse", {"Finding kept"}, {"Inner words"}),
    ],
)
def test_the_team_places_what_no_other_audience_has(
    block: str, has: set[str], lacks: set[str], tmp_path: Path
) -> None:
    doctor = "name: Doctor\nside: user\ninfluence: 4\ninterest: 5\n"
    found = loaded(tmp_path, block, publish="[]", also={"personas/doctor.yml": doctor})
    assert said(found) == []
    placed = shown(found, "internal").partition("Above.")[2]
    assert {name for name in has | lacks if name in placed} == has


@pytest.mark.parametrize("view", sorted(name for name, one in VIEWS.items() if not one.is_public))
def test_what_only_the_team_has_is_told_at_the_block_and_leaves_no_trace(view: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, f"view: {view}", settings="{rules: {TF104: warning}}")
    (only,) = said(found)
    assert (only.code, only.span.line, only.span.column) == ("TF104", 9, 7)
    assert "customer would see nothing" in only.message
    without = loaded(tmp_path / "without")
    words = [shown(one, "customer").split() for one in (found, without)]
    assert words[0] == words[1]


def test_headings_of_placed_views_nest_below_the_page_s_own_and_no_id_comes_twice(tmp_path: Path) -> None:
    blocks = [f"view: {view}" for view in VIEWS] * 2
    under = [
        f"{'#' * (2 + index % 3)} view:1-timeline-title\n\n```twofold\n{block}\n```"
        for index, block in enumerate(blocks)
    ]
    write_project(tmp_path, RECORDS | {"page.md": "# Page\n\n" + "\n\n".join(under) + "\n"})
    found = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=date(2026, 11, 23))
    page = next(one for one in pipeline.portal(found, "internal").pages if one.address == "page")
    ids = re.findall(r' id="([^"]+)"', page.html)
    assert len(ids) == len(set(ids))
    assert sum(id.startswith("view:") for id in ids) >= 8, "title and description of two charts, twice"
    assert len(page.headings) == len(blocks), "only the page's own are in its table of contents"
    level, own, nested = 1, 1, 0
    for heading in re.finditer(r"<h([1-6])( id=)?", page.html):
        level = int(heading[1])
        own = level if heading[2] else own
        nested += heading[2] is None
        assert heading[2] or level == own + 1
    assert nested > 4


def test_links_in_a_placed_view_lead_from_the_page_that_places_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, "view: roadmap\nhorizon: next")
    assert 'href="../roadmap/next/"' in shown(found, "customer")


@pytest.mark.parametrize(
    ("block", "code", "line", "words"),
    [
        ("horizon: now", "TF102", 8, "needs `view`"),
        ("view: roadmapp", "TF104", 9, "roadmap"),
        ("view: roadmap\nhorizont: now", "TF101", 10, "horizont"),
        ("view: releases\nhorizon: now", "TF101", 10, "horizon"),
        ("view: roadmap\nrelease: 3", "TF205", 10, "3"),
        ("view: metrics\nmetric: sen", "TF206", 10, "sen"),
        ("view: timeline\nside: user", "TF104", 10, "internal"),
        ("view: timeline\npersona: cio", "TF104", 10, "item.personas"),
        ("view: feedback\npersona: nurse", "TF104", 10, "who said something"),
        ("view: feedback\ntheme: handover", "TF104", 10, "finding.theme"),
        ("view: objectives\nside: user", "TF104", 10, "objective.side"),
        ("view: metrics\nobjective: seen", "TF104", 10, "objective.metrics"),
        ("view: personas\nside: user", "TF104", 10, "persona.side"),
        ("view: roadmap\nhorizon: soon", "TF104", 10, "soon"),
        ("view: roadmap\nhorizon: {a: b}", "TF103", 10, "list of texts"),
        ("view: roadmap\nlimit: 0", "TF106", 10, "whole number"),
        ("view: roadmap\nobjective: sen", "TF204", 10, "sen"),
        ("view: roadmap\nobjective: once", "TF204", 10, "once"),
        ("view: roadmap\npersona: a: b", "TF002", 10, "YAML"),
        ("view: roadmap\nside: user", "TF104", 10, "internal"),
        ("view: roadmap\ntag: law", "TF104", 10, "item.tags"),
        ("- roadmap", "TF103", 8, "holds fields"),
        ("view: [roadmap]", "TF104", 9, "no view"),
        (f"view: roadmap\nlimit: {'9' * 5000}", "TF106", 10, "whole number"),
    ],
)
def test_what_a_block_may_not_say_is_told_at_its_place(
    block: str, code: str, line: int, words: str, tmp_path: Path
) -> None:
    (only,) = said(loaded(tmp_path, block))
    assert (only.code, only.span.line) == (code, line)
    assert words in only.message
    assert shown(loaded(tmp_path, block), "internal")


def test_what_show_adds_a_public_page_may_ask_for_and_an_internal_one_anything(tmp_path: Path) -> None:
    found = loaded(tmp_path / "public", "view: roadmap\ntag: law", settings="{show: {customer: [item.tags]}}")
    assert said(found) == []
    assert "Item next" in shown(found, "customer")
    found = loaded(tmp_path / "internal", "view: roadmap\nside: user\npersona: nurse", publish="[]")
    assert said(found) == []
    assert "Item kept" in shown(found, "internal")


@pytest.mark.parametrize(
    ("block", "code", "words"),
    [
        ("view: balance\nlimit: 3", "TF101", "limit"),
        ("view: needs\ntheme: handovr", "TF104", "no theme `handovr`"),
        ("view: scores\ntheme: handover", "TF101", "theme"),
    ],
)
def test_what_a_view_of_the_team_s_cannot_be_narrowed_by_is_told(
    block: str, code: str, words: str, tmp_path: Path
) -> None:
    (only,) = said(loaded(tmp_path, block, publish="[]"))
    assert (only.code, only.span.line) == (code, 10)
    assert words in only.message


def test_a_public_list_is_narrowed_down_by_what_show_adds(tmp_path: Path) -> None:
    shows = "objective.side, objective.metrics, metric.side, persona.side, finding.theme"
    for block, has, lacks in [
        ("view: objectives\nside: user", "Objective seen", "Nothing to show"),
        ("view: metrics\nside: user", "Metric seen", "Nothing to show"),
        ("view: metrics\nside: customer", "Nothing to show", "Metric seen"),
        ("view: metrics\nobjective: seen", "Nothing to show", "Metric seen"),
        ("view: personas\nside: customer", "Cio", "Nothing to show"),
        ("view: personas\nside: user", "Nothing to show", "Cio"),
        ("view: feedback\ntheme: handover", "Finding seen", "Nothing to show"),
        ("view: feedback\ntheme: offline", "Nothing to show", "Finding seen"),
    ]:
        found = loaded(tmp_path, block, settings=f"{{show: {{customer: [{shows}]}}}}")
        assert said(found) == []
        placed = shown(found, "customer").partition("Above.")[2]
        assert has in placed, block
        assert lacks not in placed, block


def test_only_pages_place_views_and_other_fences_stay_code(tmp_path: Path) -> None:
    files = RECORDS | {
        "roadmap/now.md": "---\ntitle: Item now\nstatus: in-progress\npublish: [customer]\n---\n"
        "## For customers\n\nTold.\n\n```twofold\nview: roadmap\n```\n"
    }
    del files["roadmap/now.yml"]
    write_project(tmp_path, files)
    portal = pipeline.portal(
        pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=date(2026, 11, 23)), "customer"
    )
    html = next(page.html for page in portal.pages if page.address == "roadmap/now")
    assert "view: roadmap" in html
