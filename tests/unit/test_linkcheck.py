"""The link checker of the tests finds what it is there for, and nothing in a site that is well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.linkcheck import flaws

if TYPE_CHECKING:
    from pathlib import Path

BASE: Final = "https://plan.example/portal/"
SITEMAP: Final = f"<urlset><loc>{BASE}</loc><loc>{BASE}a/</loc><loc>{BASE}a/b/</loc></urlset>"
WELL: Final = {
    "index.html": '<link rel="canonical" href="https://plan.example/portal/"><img src="p.png" srcset="p.png 2x">'
    '<a href="a/">a</a> <a href="https://elsewhere.example/x#y">away</a> <a href="mailto:a@b.example">mail</a>',
    "a/index.html": '<h1 id="top">A</h1><a href="b/#here">b</a> <a href="..">home</a> <a href="#top">up</a>'
    '<label for="x">x</label><input id="x"><link href="../s.css" rel="stylesheet">',
    "a/b/index.html": '<h2 id="here">B</h2><a href="../">a</a> <a href="../..">home</a>',
    "404.html": '<a href="/portal/a/">a</a>',
    "old/index.html": '<meta http-equiv="refresh" content="0; url=../a/"><a href="../a/">moved</a>',
    "p.png": "",
    "s.css": "a { background: url('p.png') } b { background: url(data:image/png;base64,AA) }",
    "search/search_index.json": json.dumps({"docs": [{"location": ""}, {"location": "a/"}, {"location": "a/b/#here"}]}),
    "sitemap.xml": SITEMAP,
    "feed.xml": f"<link>{BASE}a/b/#here</link>",
    "calendar.ics": f"URL:{BASE}a/\r\n b/\r\n",
}  # fmt: skip
FAULTS: Final = [
    ("a/index.html", '<a href="c/">', "a/index.html: <a href> leads nowhere: c/"),
    ("a/index.html", '<a href="b">', "a/index.html: <a href> leads nowhere: b"),
    ("a/index.html", '<a href="../../x/">', "a/index.html: <a href> leads nowhere: ../../x/"),
    ("a/index.html", '<a href="/a/">', "a/index.html: <a href> leads nowhere: /a/"),
    ("a/index.html", '<a href="javascript:x()">', "a/index.html: <a href> leads nowhere: javascript:x()"),
    ("a/index.html", '<a href="b/#there">', "a/index.html: <a href> names an anchor that is not there: b/#there"),
    ("a/index.html", '<a href="#there">', "a/index.html: <a href> names an anchor that is not there: #there"),
    ("a/index.html", '<a href="../p.png#x">', "a/index.html: <a href> names an anchor that is not there: ../p.png#x"),
    ("a/index.html", '<a href="../old/">', "a/index.html: <a href> leads to a redirect: ../old/"),
    ("a/index.html", f'<a href="{BASE}a/">', f"a/index.html: <a href> has the site's own host in it: {BASE}a/"),
    ("a/index.html", '<img src="q.png">', "a/index.html: <img src> leads nowhere: q.png"),
    ("a/index.html", '<img src="//h.example/q.png">', "a/index.html: <img src> names another host: //h.example/q.png"),
    ("a/index.html", '<script src="http://h.example/"></script>',
     "a/index.html: <script src> names another host: http://h.example/"),
    ("a/index.html", '<p id="top">', "a/index.html: the id 'top' stands 2 times"),
    ("a/index.html", '<p aria-labelledby="top no">', "a/index.html: aria-labelledby names the id 'no', which is not in the page"),
    ("404.html", '<a href="/a/">', "404.html: <a href> leads nowhere: /a/"),
    ("s.css", "c { background: url(//h.example/) }", "s.css: url(//h.example/) leads nowhere in the site"),
    ("feed.xml", f"<link>{BASE}z/</link>", f"feed.xml: {BASE}z/ leads nowhere"),
    ("feed.xml", f"<link>{BASE}a/#z</link>", f"feed.xml: the anchor of {BASE}a/#z is not there"),
    ("sitemap.xml", f"<loc>{BASE}old/</loc>", "sitemap: old/index.html is no page"),
    ("sitemap.xml", f"<loc>{BASE}a/</loc>", "sitemap: a/index.html stands 2 times"),
]  # fmt: skip


def write(folder: Path, **changes: str | None) -> Path:
    for name, text in {**WELL, **changes}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_site_that_is_well_has_no_flaws(tmp_path: Path) -> None:
    assert flaws(write(tmp_path), base=BASE) == []


@pytest.mark.parametrize(("name", "added", "flaw"), FAULTS)
def test_a_planted_fault_is_found_alone(tmp_path: Path, name: str, added: str, flaw: str) -> None:
    assert flaws(write(tmp_path, **{name: WELL[name] + added}), base=BASE) == [flaw]


def test_a_page_that_nothing_leads_to_is_found(tmp_path: Path) -> None:
    lonely = {"c/index.html": '<a href="..">home</a>', "sitemap.xml": f"{SITEMAP}<loc>{BASE}c/</loc>"}
    assert flaws(write(tmp_path, **lonely), base=BASE) == [
        "c/index.html: no way leads there from the home page"
    ]


def test_a_page_without_a_way_back_is_found(tmp_path: Path) -> None:
    stuck = {"a/b/index.html": '<h2 id="here">B</h2>'}
    assert flaws(write(tmp_path, **stuck), base=BASE) == [
        "a/b/index.html: no way leads back to a/index.html",
        "a/b/index.html: no way leads back to index.html",
    ]


def test_a_redirect_to_nowhere_is_found(tmp_path: Path) -> None:
    lost = {"old/index.html": '<meta http-equiv="refresh" content="0; url=../gone/">'}
    assert flaws(write(tmp_path, **lost), base=BASE) == [
        "old/index.html: redirects to ../gone/, which is no page"
    ]


def test_search_results_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    index = json.dumps(
        {"docs": [{"location": "a/"}, {"location": "a/"}, {"location": "z/"}, {"location": "a/#z"}]}
    )
    assert flaws(write(tmp_path, **{"search/search_index.json": index}), base=BASE) == [
        "search: a/ stands 2 times",
        "search: z/ leads nowhere",
        "search: the anchor of a/#z is not there",
    ]


def test_a_page_that_the_sitemap_lacks_is_found(tmp_path: Path) -> None:
    short = {"sitemap.xml": f"<loc>{BASE}</loc><loc>{BASE}a/</loc>"}
    assert flaws(write(tmp_path, **short), base=BASE) == ["sitemap: a/b/index.html is missing"]


def test_a_site_without_a_home_page_is_found(tmp_path: Path) -> None:
    assert flaws(write(tmp_path, **{"index.html": None}), base=BASE) == ["there is no home page"]
