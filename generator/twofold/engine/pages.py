"""Finished pages as MkDocs sees them: virtual files whose pages bring their own HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from twofold.render.page import Heading, Page

H1_ID = re.compile(r"<h1\b[^>]*\bid=\"([^\"<>]+)\"")

NO_DATE = "1980-01-01"
"""Stands where MkDocs puts the day of the build: the same content gives the same bytes tomorrow."""


class PortalPage(MkDocsPage):
    """A page that Twofold has already rendered."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        """Give `file` its page; `made` is what it will show."""
        self.made = made
        # Material prints titles as they are, so they are escaped here, once.
        super().__init__(escape(made.title), file, config)
        self.update_date = NO_DATE
        self.meta = _meta(made)

    @property
    def is_top_level(self) -> bool:
        """Whether nothing stands above the page; true of the home page wherever the navigation has it."""
        return self.made.address == "" or self.parent is None

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown to read."""
        del config
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the finished content."""
        del config, files
        self.show()

    def show(self) -> None:
        """Take the finished content."""
        self.content = self.made.html
        self.toc = TableOfContents(_toc(self.made, self.content))
        self.present_anchor_ids = set(self.made.anchors)


def portal_page(page: Page, config: MkDocsConfig, *, hub: bool) -> PortalPage:
    """Make a page with its virtual file, outside the navigation until `nav` names it.

    A hub, under which other pages stand, is `<address>/index.md`, any other page `<address>.md`: then
    Material takes hubs, and only hubs, as the index pages of their sections.
    """
    name = f"{page.address}/index.md".lstrip("/") if hub else f"{page.address}.md"
    file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    # Set, not derived: MkDocs would send `a/README.md` to `a/`.
    file.dest_uri = f"{page.address}/index.html".lstrip("/")
    file.edit_uri = quote(page.source) if page.source else None
    return PortalPage(page, file, config)


def hubs(addresses: Collection[str]) -> set[str]:
    """Those of the addresses under which others stand; the home page is always one."""
    above = {""}
    for address in addresses:
        while "/" in address:
            address = address.rpartition("/")[0]  # noqa: PLW2901 - climbs towards the root
            if address in above:
                break
            above.add(address)
    return above.intersection(addresses)


def _meta(page: Page) -> dict[str, object]:
    meta: dict[str, object] = {}
    if page.description:
        meta["description"] = escape(page.description)
    if page.hide:
        meta["hide"] = sorted(page.hide)
    # The index has the page already, see `twofold.engine.search`.
    meta["search"] = {"exclude": True, "boost": page.boost} if page.boost != 1.0 else {"exclude": True}
    return meta


def _toc(page: Page, html: str) -> list[AnchorLink]:
    top = _tree(page.headings)
    title = H1_ID.search(html)
    if title is None:
        return top
    # Material shows what is under a first-level entry, and leads "skip to content" to the entry itself.
    first = AnchorLink(escape(page.title), title[1], 1)
    first.children = top
    return [first]


def _tree(headings: Sequence[Heading]) -> list[AnchorLink]:
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.title), Markup.escape(heading.id), heading.level)
        while open_links and open_links[-1].level >= heading.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return top
