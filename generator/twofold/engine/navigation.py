"""The navigation: the user's `nav:` over pages that have no files, and where all other pages belong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Navigation

    from twofold.engine.pages import PortalPage
    from twofold.render.page import Entry


class Names:
    """Every name by which a `nav:` may call a page, and the page's file."""

    def __init__(self, pages: Iterable[PortalPage], others: Iterable[str]) -> None:
        """Take all pages; `others` are paths of files that a navigation may link to."""
        self.files: dict[str, File] = {}
        self.others = frozenset(others)
        by_source: dict[str, File] = {}
        for page in pages:
            file, address = page.file, page.made.address
            for name in (file.src_uri, address, f"{address}.md", f"{address}/index.md".lstrip("/")):
                self.files[name] = file
            if page.made.source:
                by_source.setdefault(page.made.source, file)
        for source, file in by_source.items():
            self.files.setdefault(source, file)

    def find(self, name: str) -> File | None:
        """Give the file of the page called `name`."""
        return self.files.get(name.removeprefix("./").strip("/"))

    def hint(self, name: str) -> str:
        """Say which page may have been meant."""
        known = sorted({file.src_uri for file in self.files.values()})
        near = get_close_matches(name, known, n=1)
        return f"; did you mean '{near[0]}'?" if near else ""


def from_entries(entries: Sequence[Entry], names: Names) -> list[Any]:
    """Give the site's own navigation in the shape of `nav:`."""
    nav: list[Any] = []
    for entry in entries:
        file = names.find(entry.address) if entry.address is not None else None
        if entry.children:
            inner = from_entries(entry.children, names)
            nav.append({entry.title: [file.src_uri, *inner] if file else inner})
        elif file:
            nav.append({entry.title: file.src_uri})
    return nav


def resolved(nav: Sequence[Any], names: Names) -> tuple[list[Any], list[str]]:
    """Give `nav` with every page under the name that MkDocs knows, and the names that are no pages.

    Titles are set on the pages and escaped. An entry that is no page goes, and a section that becomes empty
    with it: in a public portal it is most likely a page that this audience does not read.
    """
    missing: list[str] = []
    kept = [entry for item in nav for entry in _item(item, names, missing)]
    return kept, missing


def named(nav: Sequence[Any]) -> Iterator[str]:
    """Give what a resolved `nav` names: pages, and addresses elsewhere."""
    for entry in nav:
        match entry:
            case dict():
                for value in entry.values():
                    yield from named(value if isinstance(value, list) else [value])
            case _:
                yield str(entry)


def settle(nav: Navigation, portal: Iterable[PortalPage]) -> None:
    """Tell every page outside the navigation where it belongs, and the navigation where home is.

    A page belongs to the nearest page above its address. With that as its parent, MkDocs marks the hub as
    active and Material prints the path to it, at no cost for other pages.
    """
    pages = {page.made.address: page for page in portal}
    listed = {page.url for page in nav.pages}
    nav.homepage = nav.homepage or pages.get("")
    for address, page in pages.items():
        if page.url in listed:
            continue
        above = f"{page.made.belongs_to}/" if page.made.belongs_to else address
        while above:
            above = above.rpartition("/")[0]
            if above and above in pages and above != address:
                # MkDocs means a section; any item with a title and a URL will do.
                page.parent = pages[above]  # type: ignore[assignment]
                break


def _item(item: object, names: Names, missing: list[str]) -> list[Any]:
    match item:
        case str():
            return _leaf(None, item, names, missing)
        case dict():
            entries = (_titled(str(title), value, names, missing) for title, value in item.items())
            return [entry for found in entries for entry in found]
        case _:
            return []


def _titled(title: str, value: object, names: Names, missing: list[str]) -> list[Any]:
    if isinstance(value, str):
        return _leaf(title, value, names, missing)
    inner, lost = resolved(value if isinstance(value, list | tuple) else [value], names)
    missing.extend(lost)
    return [{escape(title): inner}] if inner else []


def _leaf(title: str | None, target: str, names: Names, missing: list[str]) -> list[Any]:
    file = names.find(target)
    if file is not None and file.page is not None:
        if title is not None:
            file.page.title = escape(title)
        return [file.src_uri]
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target in names.others:
        return [{escape(title or target): str(escape(target))}]
    missing.append(target)
    return []


def warnings(missing: Iterable[str], names: Names) -> Mapping[str, str]:
    """Give a sentence for each name in `nav:` that is no page."""
    return {name: f"nav names '{name}', no page of this portal{names.hint(name)}" for name in missing}
