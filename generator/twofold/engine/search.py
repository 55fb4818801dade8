"""What Material's search is given to find: the sections of pages, which the pages bring along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twofold.engine.shell import SEARCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

    from twofold.engine.pages import PortalPage
    from twofold.render.page import Section


class Found:
    """A section in the shape that Material's index takes."""

    def __init__(self, section: Section) -> None:
        """Take a section."""
        self.id = section.id
        self.title = [section.title] if section.title else []
        self.text = [section.text]


def fill(config: MkDocsConfig, pages: Iterable[PortalPage]) -> None:
    """Put all pages into the index of Material's search, where that is on.

    Material itself parses each page again for it, which takes longer than making the page.
    """
    if (search := _search(config)) is not None:
        for page in pages:
            _add(search.search_index, page)


def write(config: MkDocsConfig, pages: Iterable[PortalPage]) -> None:
    """Write the index with all pages in it as Material does, in place of what it has written without them.

    A page at a time: the index of a large portal is the longest of its files, and Material has all of it in
    memory three times. For portals in which no other plug-in has a part.
    """
    if (search := _search(config)) is None:
        return
    index = search.search_index
    others, index.entries = index.entries, []
    head = index.generate_search_index(None).removesuffix("]}")
    with (Path(config.site_dir) / "search" / "search_index.json").open("w", encoding="utf-8") as file:
        file.write(head)
        between = ""
        for page in (*pages, None):
            if page is not None:
                _add(index, page)
            else:
                index.entries = others
            if index.entries:
                file.write(between + json.dumps(index.entries, separators=(",", ":"), default=str)[1:-1])
                between, index.entries = ",", []
        file.write("]}")


def _search(config: MkDocsConfig) -> Any:  # noqa: ANN401 - Material's, which says nothing of its types
    plugins: Any = config.plugins
    search = plugins.get(SEARCH)
    return search if search is not None and search.config.enabled else None


def _add(index: Any, page: PortalPage) -> None:  # noqa: ANN401 - see above
    if page.made.searchable:
        for section in page.made.sections:
            index.create_entry_for_section(Found(section), (), page.url, page)
