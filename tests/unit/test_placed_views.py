"""Views that a hand-written page places: projected for whoever reads the page, and read as strictly as a record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.support.scored import VECTOR, write_project
from twofold import pipeline

if TYPE_CHECKING:
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
    "metrics/all.yml": (
        "- {id: seen, title: Metric seen, side: user, direction: up, publish: [customer],\n"
        "   baseline: {date: 2026-01-01, value: 1}}\n"
        "- {id: kept, title: Metric kept, side: user, direction: up}\n"
    ),
    "roadmap/now.yml": f"title: Item now\nstatus: in-progress\nhorizon: now\nobjectives: [seen]\n{PUBLISHED}",
    "roadmap/next.yml": f"title: Item next\nstatus: planned\nhorizon: next\ntags: [law]\n{PUBLISHED}",
    "roadmap/done.yml": f"title: Item done\nstatus: released\nrelease: '1'\n{PUBLISHED}",
    "roadmap/kept.yml": "title: Item kept\nstatus: planned\nhorizon: now\nobjectives: [seen]\npersonas: [nurse]\n",
}

NAMES = (
    *("Item now", "Item next", "Item done", "Item kept", "Offline charting", "Cio", "Nurse", "Doctor", "Cfo"),
    *(f"{kind} {which}" for kind in ("Objective", "Release", "Metric") for which in ("seen", "kept")),
)


def loaded(folder: Path, *blocks: str, publish: str = "[customer]", settings: str = "{}") -> Loaded:
    fences = "\n\n".join(f"```twofold\n{block}\n```" for block in blocks)
    page = f"---\npublish: {publish}\n---\n# Page\n\nAbove.\n\n{fences}\n\nBelow.\n"
    write_project(folder, RECORDS | {"page.md": page}, settings)
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
        ("view: personas", {"Cio", "Nurse", "Doctor", "Cfo"}, {"Cio"}),
    ],
)
def test_each_reader_gets_what_it_reads_of_a_view(
    block: str, team: set[str], customers: set[str], tmp_path: Path
) -> None:
    found = loaded(tmp_path, block)
    assert said(found) == []
    for audience, expected in (("internal", team), ("customer", customers)):
        html = shown(found, audience)
        placed = html.partition("Above.")[2]
        # A card names its item's objective as well.
        names = [name for name in NAMES if "objectives" in block or not name.startswith("Objective")]
        assert {name for name in names if name in placed} == expected
        assert ("Nothing to show here" in placed) == (not expected)
        assert "Below." in placed
        assert "view:" not in html


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
