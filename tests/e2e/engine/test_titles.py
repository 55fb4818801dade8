"""A title with markup is dead wherever it comes."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import (
    HOSTILE,
    MKDOCS,
    Audience,
    item,
    make,
    read,
    search_index,
    site,
)
from twofold.render.page import Entry, Heading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def hostile(root: Path) -> Path:
    page = item(
        3,
        title=HOSTILE,
        description=HOSTILE,
        html=f'<h1 id="x">{escape(HOSTILE)}</h1><h2 id="y">{escape(HOSTILE)}</h2>',
        headings=(Heading(id="y", title=HOSTILE, level=2),),
    )
    entries = (
        Entry(title=HOSTILE, address=""),
        Entry(title=HOSTILE, children=(Entry(title=HOSTILE, address="roadmap/item-3"),)),
        Entry(title="How", address="how-we-plan"),
    )
    files = {"feed.xml": b"<feed/>"}
    make(
        root,
        site(
            "internal",
            page,
            title=HOSTILE,
            navigation=entries,
            files=files,
            redirects={"old": "roadmap/item-3"},
        ),
    )
    return root


def test_a_title_with_markup_is_dead_on_every_page(hostile: Path) -> None:
    pages = sorted((hostile / "site-internal").rglob("*.html"))
    assert len(pages) == 8
    for page in pages:
        text = page.read_text()
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page


def test_a_title_with_markup_reads_as_typed(hostile: Path) -> None:
    text = read(hostile, "roadmap/item-3/index.html")
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    assert title is not None
    assert "&lt;/title&gt;" in title[1]
    # Neither escaped twice.
    assert "&amp;lt;" not in text


def test_an_owners_own_template_does_not_wake_a_title(root: Path) -> None:
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text('{% extends "base.html" %}')
    config = MKDOCS.replace("name: material", "name: material\n  custom_dir: theme")
    make(root, site("internal", item(3, title=HOSTILE)), config=config)
    text = read(root, "roadmap/item-3/index.html")
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'content="noindex, nofollow"' in text
    assert 'class="tf-internal"' in text


def test_a_title_with_markup_is_dead_in_the_search_index(hostile: Path) -> None:
    for entry in search_index(hostile):
        assert "<" not in entry["title"], entry


def test_what_others_show_of_a_public_page_names_its_address_only_where_that_is_known(root: Path) -> None:
    described = item(3, description='Charts, "offline"')
    customer = site("customer", described)
    address = "https://wardline.example/roadmap/"
    where = {"customer": Audience(site_url=address)}
    make(root, customer, config=MKDOCS.replace("site_url: https://plan.example/\n", ""))
    here = read(root, "roadmap/item-3/index.html", "customer")
    assert 'property="og:url"' not in here
    make(root, customer, audiences=where)
    there = read(root, "roadmap/item-3/index.html", "customer")
    assert f'<meta property="og:url" content="{address}roadmap/item-3/">' in there
    for html in (here, there):
        assert '<meta name="twitter:card" content="summary">' in html
        assert '<meta property="og:title" content="Item 3">' in html
        assert '<meta property="og:description" content="Charts, &#34;offline&#34;">' in html
