"""Where a page belongs, and how an old address leads to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import (
    HOSTILE,
    MKDOCS,
    Audience,
    everything,
    item,
    make,
    read,
    site,
)
from twofold import publish

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_outside_the_navigation_shows_where_it_belongs(root: Path) -> None:
    make(root, site())
    text = read(root, "roadmap/item-1/index.html")
    path = re.search(r'<nav class="md-path".*?</nav>', text, re.DOTALL)
    assert path is not None
    assert re.findall(r'href="([^"]+)"', path[0]) == ["../..", "../"]
    active = re.findall(r'<li class="md-nav__item md-nav__item--active">\s*<a href="([^"]+)"', text)
    assert active == ["../"]
    assert "item-2" not in text


def test_a_hub_is_active_on_its_own_pages_only(root: Path) -> None:
    make(root, site())
    assert "md-nav__item--active" not in read(root, "how-we-plan/index.html")


def test_the_users_nav_names_hubs_and_pages_by_their_paths(root: Path) -> None:
    nav = """\
nav:
  - Start: index.md
  - "Plans & R&D":
    - roadmap/index.md
    - Our way: how-we-plan.md
  - Web: https://example.org/
"""
    assert make(root, site(), config=MKDOCS + nav) == []
    text = read(root, "how-we-plan/index.html")
    links = re.findall(
        r'<a href="([^"]+)" class="md-nav__link[^"]*">\s*<span class="md-ellipsis">\s*(.*?)\s*</span>', text
    )
    assert links == [
        ("..", "Start"),
        ("../roadmap/", "Plans &amp; R&amp;D"),
        ("./", "Our way"),
        ("https://example.org/", "Web"),
    ]


def test_a_nav_entry_that_is_no_page_is_reported_with_the_nearest_name(root: Path) -> None:
    heard = make(root, site(), config=MKDOCS + "nav:\n  - roadmap/index.md\n  - how-we-pan.md\n")
    assert len(heard) == 1
    assert "how-we-pan.md" in heard[0]
    assert "did you mean 'how-we-plan.md'" in heard[0]


def test_a_public_portal_tells_nothing_of_nav_entries_it_does_not_have(root: Path) -> None:
    nav = "nav:\n  - roadmap/index.md\n  - Merger talks:\n    - The merger: merger.md\n"
    assert make(root, site("customer"), config=MKDOCS + nav) == []
    with_entry = everything(root / "site/customer")
    assert not [name for name, (_, data) in with_entry.items() if b"erger" in data]
    make(root, site("customer"), config=MKDOCS + "nav:\n  - roadmap/index.md\n")
    assert everything(root / "site/customer") == with_entry


def test_an_audiences_own_nav_and_address_win(root: Path) -> None:
    own = {
        "customer": Audience(
            nav=[{"Ways": "how-we-plan.md"}], site_url="https://c.example", description='"So"'
        )
    }
    make(root, site("customer"), audiences=own)
    text = read(root, "how-we-plan/index.html", "customer")
    assert '<link rel="canonical" href="https://c.example/how-we-plan/">' in text
    assert 'content="&#34;So&#34;"' in text
    assert "Ways" in text


def test_an_old_address_leads_to_the_new_one_without_a_script(root: Path) -> None:
    make(
        root, site("customer", item(3, title=HOSTILE), redirects={"roadmap/old": "roadmap/item-3", "a/b": ""})
    )
    text = read(root, "roadmap/old/index.html", "customer")
    assert '<meta http-equiv="refresh" content="0; url=../item-3/">' in text
    assert '<link rel="canonical" href="https://plan.example/roadmap/item-3/">' in text
    assert "<script" not in text
    assert "url=../../" in read(root, "a/b/index.html", "customer")
    assert "roadmap/old" not in read(root, "sitemap.xml", "customer")
    assert "roadmap/old" not in read(root, "search/search_index.json", "customer")


def test_a_redirect_does_not_take_a_pages_place(root: Path) -> None:
    with pytest.raises(publish.RefusedError, match="that of a page"):
        make(root, site(redirects={"roadmap": "how-we-plan"}))
