"""What the search of a portal finds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.support.handmade import (
    MKDOCS,
    item,
    make,
    read,
    search_index,
    site,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_search_has_sections_with_their_anchors_and_boosts(root: Path) -> None:
    make(root, site())
    index = search_index(root)
    assert [entry["location"] for entry in index if entry["location"].startswith("roadmap/")] == [
        "roadmap/",
        "roadmap/item-1/",
        "roadmap/item-1/#why",
        "roadmap/item-1/#who",
        "roadmap/item-2/",
        "roadmap/item-2/#why",
        "roadmap/item-2/#who",
    ]
    assert [entry["boost"] for entry in index if "boost" in entry] == [2.0]
    assert next(entry for entry in index if entry["location"] == "roadmap/item-1/#why") == {
        "location": "roadmap/item-1/#why",
        "title": "Why &amp; how",
        "text": "<p>The network drops.</p>",
    }


def test_a_page_that_is_not_searchable_is_not_in_the_index(root: Path) -> None:
    make(root, site("internal", item(3, searchable=False)))
    assert not [entry for entry in search_index(root) if "item-3" in entry["location"]]
    assert "Item 3" in read(root, "roadmap/item-3/index.html")


def test_search_is_on_unless_it_is_switched_off(root: Path) -> None:
    make(root, site(), config=MKDOCS.replace("  - search\n", ""))
    assert search_index(root)
    make(root, site(), config=MKDOCS.replace("  - search\n", "  - search: {enabled: false}\n"))
    assert not (root / "site-internal/search").exists()


def test_each_portal_has_a_search_index_of_its_own(root: Path) -> None:
    make(root, site("internal", item(7)), site("customer"))
    assert [e for e in search_index(root, "internal") if "item-7" in e["location"]]
    assert not [e for e in search_index(root, "customer") if "item-7" in e["location"]]


def test_search_finds_words_beside_punctuation(root: Path) -> None:
    make(root, site())
    separator = json.loads(read(root, "search/search_index.json"))["config"]["separator"]
    assert re.split(separator, "(offline) charting, 1.10. Really?") == [
        "",
        "offline",
        "charting",
        "1.10",
        "Really",
        "",
    ]
