"""What Material's search is given to find: the sections of pages, which the pages bring along."""

from __future__ import annotations

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
    plugins: Any = config.plugins
    search = plugins.get(SEARCH)
    if search is None or not search.config.enabled:
        return
    for page in pages:
        if page.made.searchable:
            for section in page.made.sections:
                search.search_index.create_entry_for_section(Found(section), (), page.url, page)


def forget(config: MkDocsConfig) -> None:
    """Let go of the index once it is written: it has the texts of all pages."""
    plugins: Any = config.plugins
    search = plugins.get(SEARCH)
    # What `--dirty` builds on later is kept.
    if search is not None and search.config.enabled and not search.is_dirty:
        search.search_index.entries.clear()
