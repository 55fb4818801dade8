"""Many pages out of one: Material's shell, rendered once for pages that differ in their contents alone.

What stands around a page depends on few things: the folder that it is in, the page that it belongs to, and
which parts it has. So for all pages that have these in common one sample is rendered, with marks for what is
each page's own, and every page is that sample with its own in the place of the marks.

It rests on the templates using nothing else of a page. Those of Material and ours do not; where an owner has
templates of Material's kind, or plug-ins or hooks that may change a page, all pages are rendered one by one.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import write_file

from twofold.engine.pages import PortalPage, portal_page
from twofold.engine.shell import SEARCH
from twofold.render.page import Heading, Page
from twofold.render.resources import overrides_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

OURS = frozenset({SEARCH, "twofold"})

Key = tuple[object, ...]
Shape = tuple["Shape", ...]
"""How deep the entries of a table of contents are nested: for each entry those below it."""


def possible(config: MkDocsConfig) -> bool:
    """Whether nothing but Material's templates and ours decides what stands around a page."""
    if config.hooks or not OURS.issuperset(config.plugins):
        return False
    custom = config.theme.custom_dir
    if not custom or Path(custom).resolve() == overrides_folder().resolve():
        return True
    folder = Path(custom)
    templates = (path for path in folder.rglob("*") if path.suffix in {".html", ".xml"})
    return all(path.is_relative_to(folder / "twofold") for path in templates)


class Shells:
    """Renders pages as MkDocs does, each shell once. Mutable: it keeps what it has rendered."""

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        env: jinja2.Environment,
        *,
        completed: Callable[[str], str],
    ) -> None:
        """Take what MkDocs renders with; `completed` is the last thing done to a page."""
        self._config = config
        self._nav = nav
        self._env = env
        self._completed = completed
        self._places: dict[str, tuple[Any, bool]] = {}
        self._shells: dict[Key, Shell | None] = {}
        self._entries: dict[Shape, list[str]] = {}

    def take(self, pages: Iterable[PortalPage]) -> None:
        """Render what stands around these pages: it can then be put around each in any process."""
        pages = list(pages)
        # No page can say what the mark is: it is made of them all.
        mark = f"tf{_digest(page.made.title for page in pages)}"
        for page in pages:
            self._places[page.made.address] = page.parent, page.is_index
            key = _key(page)
            if key not in self._shells:
                sample = self._sample(page, mark)
                self._shells[key] = Shell.of(sample, self._rendered(sample), mark=mark, entry=self._entry)

    def html(self, page: PortalPage) -> str:
        """A page that was taken, as MkDocs would render it."""
        page.show()
        shell = self._shells.get(_key(page)) if _plain(page) else None
        html = self._rendered(page) if shell is None else shell.around(page)
        # One at a time: the texts of thousands are long.
        page.content = None
        return html

    def write(self, page: PortalPage) -> None:
        """Write a page that was taken to its place."""
        write_file(self.html(page).encode(errors="xmlcharrefreplace"), page.file.abs_dest_path)

    def again(self, made: Page) -> str | None:
        """A page with other contents than before; None where there is no shell for it."""
        if made.address not in self._places:
            return None
        parent, is_index = self._places[made.address]
        page = portal_page(made, self._config, hub=is_index)
        page.parent = parent
        page.show()
        shell = self._shells.get(_key(page)) if _plain(page) else None
        return None if shell is None else shell.around(page)

    def _sample(self, page: PortalPage, mark: str) -> PortalPage:
        """A page with all that `page` has, all of it marks."""
        made = page.made
        headings = tuple(Heading(id=f"{mark}-id{n}", title=f"{mark}-heading{n}", level=2) for n in range(2))
        sample = Page(
            address=f"{_folder(made.address)}{mark}",
            title=f"{mark}-title",
            html=f'<h1 id="{mark}-anchor">{mark}-content</h1>',
            headings=headings if made.headings else (),
            description=f"{mark}-description" if made.description else None,
            source=f"{mark}-source" if made.source else None,
            hide=made.hide,
        )
        found = portal_page(sample, self._config, hub=page.is_index)
        found.parent = page.parent
        found.show()
        return found

    def _rendered(self, page: PortalPage) -> str:
        """Render a page as MkDocs does."""
        page.active = True
        try:
            context: Any = get_context(self._nav, (), self._config, page)
            return self._completed(self._env.get_template("main.html").render(context))
        finally:
            page.active = False

    def _entry(self, link: AnchorLink) -> str:
        """Render an entry of a table of contents: as often as there are shapes."""
        words: list[str] = []
        shape = _shape(link, words)
        if shape not in self._entries:
            template = self._env.get_template("partials/toc-item.html")
            html = template.render(toc_item=_marked(shape, count()))
            self._entries[shape] = re.split(r"\0(\d+)\0", html)
        pieces = self._entries[shape]
        return "".join(words[int(piece)] if n % 2 else piece for n, piece in enumerate(pieces))


class Shell:
    """What stands around the pages of one kind."""

    def __init__(self, pieces: list[str], between: str, entry: Callable[[AnchorLink], str]) -> None:
        """Take its text in pieces, every second of which names what comes there."""
        self._pieces = pieces
        self._between = between
        self._entry = entry

    @classmethod
    def of(
        cls, sample: PortalPage, html: str, *, mark: str, entry: Callable[[AnchorLink], str]
    ) -> Shell | None:
        """Take a rendered sample apart; None where it has marks in places that nobody knows."""
        names = {
            f"{mark}-title": "title",
            f"{mark}-anchor": "anchor",
            f"{mark}-description": "description",
            sample.made.html: "content",
            sample.canonical_url or mark: "canonical",
            sample.edit_url or mark: "edit",
        }
        between = ""
        if listed := _listed(sample):
            first, last = map(entry, listed)
            start, end = html.find(first), html.find(last)
            if 0 <= start < end:
                between = html[start + len(first) : end]
                names[f"{first}{between}{last}"] = "toc"
        longest = sorted(names, key=len, reverse=True)
        pieces = re.split(f"({'|'.join(map(re.escape, longest))})", html)
        if any(mark in piece for piece in pieces[::2]) or mark in pieces:
            return None
        return cls([names[piece] if n % 2 else piece for n, piece in enumerate(pieces)], between, entry)

    def around(self, page: PortalPage) -> str:
        """A page in this shell."""
        values = {
            "title": str(page.title),
            "anchor": page.toc.items[0].id,
            "description": str(page.meta.get("description", "")),
            "content": page.content or "",
            "canonical": page.canonical_url or "",
            "edit": page.edit_url or "",
            "toc": self._between.join(map(self._entry, _listed(page))),
        }
        return "".join(values[piece] if n % 2 else piece for n, piece in enumerate(self._pieces))


def _key(page: PortalPage) -> Key:
    """What the shell of a page depends on."""
    made = page.made
    parts = bool(made.headings), bool(made.description), bool(page.edit_url), bool(page.canonical_url)
    return id(page.parent), _folder(made.address), page.is_index, made.hide, parts


def _plain(page: PortalPage) -> bool:
    """Whether a page begins with its title, and templates that take out tags leave its words as they are."""
    made = page.made
    begins = bool(page.toc.items) and page.toc.items[0].level == 1
    return begins and all(
        text == " ".join(text.split()) for text in (made.title, *(h.title for h in made.headings))
    )


def _listed(page: PortalPage) -> list[AnchorLink]:
    return page.toc.items[0].children


def _folder(address: str) -> str:
    folder, slash, _ = address.rpartition("/")
    return f"{folder}{slash}"


def _shape(link: AnchorLink, words: list[str]) -> Shape:
    """The shape of an entry; its words, and those of the entries below it, are added to `words`."""
    words += (str(link.id), str(link.title))
    return tuple(_shape(child, words) for child in link.children)


def _marked(shape: Shape, numbers: Iterator[int]) -> AnchorLink:
    """An entry of that shape, with the numbers of its words in their places."""
    id, title = (Markup(f"\0{next(numbers)}\0") for _ in range(2))  # noqa: S704 - a number
    link = AnchorLink(title, id, 2)
    link.children = [_marked(child, numbers) for child in shape]
    return link


def _digest(texts: Iterable[str]) -> str:
    found = blake2b(digest_size=12)
    for text in texts:
        found.update(text.encode())
    return found.hexdigest()
