"""Whether a built site holds together: links, anchors, ids, search, sitemap, redirects, ways in and back.

It reads the site's files as a visitor's browser would, and knows nothing of how they came about.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOME: Final = "index.html"
ERROR_PAGE: Final = "404.html"
ADDRESSES: Final = {"href", "src", "action", "poster", "data", "xlink:href"}
REFERENCES: Final = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"}
LEAVING: Final = {("a", "href")}
"""What may lead to another host: a reader follows it, nothing is loaded from there."""

THE_THEMES_OWN: Final = {"__toc"}
"""Material's table of contents has a label for a switch that only pages of the navigation have."""

STYLE_URL: Final = re.compile(r"url\(\s*['\"]?([^'\")]*)")
REFRESH: Final = re.compile(r"\d+;\s*url=(.*)", re.IGNORECASE)


@dataclass(slots=True)
class Document:
    """What matters of one HTML file."""

    ids: Counter[str] = field(default_factory=Counter)
    addresses: list[tuple[str, str, str]] = field(default_factory=list)
    """Element, attribute and value."""

    references: list[tuple[str, str]] = field(default_factory=list)
    """Attribute, and the id that it names."""

    redirect: str | None = None
    targets: set[str] = field(default_factory=set)
    """Files of the site that its links lead to."""


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path
    base: str
    """Where it is published, with a slash at its end; empty where that is not known."""

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, by its path."""
        return frozenset(
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()
        )

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every HTML file."""
        return {name: _parse(self.text(name)) for name in sorted(self.files) if name.endswith(".html")}

    @cached_property
    def pages(self) -> dict[str, Document]:
        """Those that are pages: neither the error page nor redirects."""
        return {
            name: document
            for name, document in self.documents.items()
            if name != ERROR_PAGE and document.redirect is None
        }

    def text(self, name: str) -> str:
        """One file's text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def resolve(self, address: str, *, source: str) -> tuple[str, str] | None:
        """The file and the anchor that `address` leads to from `source`; None where it leads nowhere."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        if self.base and address.startswith(self.base):
            path = unquote(urlsplit(address[len(self.base) :]).path)
            source = HOME
        elif parts.scheme or parts.netloc:
            return None
        elif path.startswith("/"):
            # The error page may be shown at any address, so it alone counts from the server's root.
            root = urlsplit(self.base).path or "/"
            if source != ERROR_PAGE or not path.startswith(root):
                return None
            path, source = path[len(root) :], HOME
        elif not path:
            return source, unquote(parts.fragment)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if path.endswith(("/", "/.", "/..")) or posixpath.basename(path) in ("", ".", ".."):
            file = posixpath.normpath(f"{file}/{HOME}")
        return (file, unquote(parts.fragment)) if file in self.files else None


def flaws(folder: Path, *, base: str = "") -> list[str]:
    """Everything that does not hold together in the site in `folder`, a sentence each; none if all is well.

    `base` is the site's own address, where it has one.
    """
    site = Site(folder, base)
    if HOME not in site.documents:
        return ["there is no home page"]
    return [
        *_links(site),
        *_ways(site),
        *_redirects(site),
        *_search(site),
        *_sitemap(site),
        *_styles(site),
        *_own_addresses(site),
    ]


def _links(site: Site) -> Iterator[str]:
    for name, document in site.documents.items():
        for id_, count in document.ids.items():
            if count > 1:
                yield f"{name}: the id '{id_}' stands {count} times"
        for attribute, id_ in document.references:
            if id_ not in document.ids and id_ not in THE_THEMES_OWN:
                yield f"{name}: {attribute} names the id '{id_}', which is not in the page"
        for element, attribute, address in document.addresses:
            yield from (f"{name}: {flaw}" for flaw in _link(site, name, element, attribute, address))


def _link(site: Site, name: str, element: str, attribute: str, address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme == "data" and element == "img":
        return
    if parts.scheme == "mailto" and (element, attribute) in LEAVING:
        return
    inside = bool(site.base) and address.startswith(site.base)
    if parts.netloc and not inside:
        if (element, attribute) not in LEAVING or parts.scheme not in ("http", "https"):
            yield f"<{element} {attribute}> names another host: {address}"
        return
    if inside and element != "link":
        yield f"<{element} {attribute}> has the site's own host in it: {address}"
    found = site.resolve(address, source=name)
    if found is None:
        yield f"<{element} {attribute}> leads nowhere: {address}"
        return
    file, anchor = found
    target = site.documents.get(file)
    if (element, attribute) == ("a", "href"):
        site.documents[name].targets.add(file)
        if target is not None and target.redirect is not None and site.documents[name].redirect is None:
            yield f"<a href> leads to a redirect: {address}"
    if anchor and (target is None or anchor not in target.ids):
        yield f"<{element} {attribute}> names an anchor that is not there: {address}"


def _ways(site: Site) -> Iterator[str]:
    """Every page can be reached from the home page, and leads back to it and to the page above it."""
    reached = {HOME}
    ahead = [HOME]
    while ahead:
        for target in site.documents[ahead.pop()].targets - reached:
            if target in site.documents:
                reached.add(target)
                ahead.append(target)
    for name, document in site.pages.items():
        if name not in reached:
            yield f"{name}: no way leads there from the home page"
        above = {HOME, f"{posixpath.dirname(posixpath.dirname(name))}/{HOME}".lstrip("/")}
        for back in sorted(above & site.pages.keys() - {name}):
            if back not in document.targets:
                yield f"{name}: no way leads back to {back}"


def _redirects(site: Site) -> Iterator[str]:
    for name, document in site.documents.items():
        if document.redirect is None:
            continue
        found = site.resolve(document.redirect, source=name)
        if found is None or found[0] not in site.pages:
            yield f"{name}: redirects to {document.redirect}, which is no page"


def _search(site: Site) -> Iterator[str]:
    if "search/search_index.json" not in site.files:
        return
    places = [entry["location"] for entry in json.loads(site.text("search/search_index.json"))["docs"]]
    for place, count in Counter(places).items():
        if count > 1:
            yield f"search: {place} stands {count} times"
        found = site.resolve(place or "./", source=HOME)
        if found is None or found[0] not in site.pages:
            yield f"search: {place} leads nowhere"
        elif found[1] and found[1] not in site.pages[found[0]].ids:
            yield f"search: the anchor of {place} is not there"


def _sitemap(site: Site) -> Iterator[str]:
    if not site.base or "sitemap.xml" not in site.files:
        return
    listed = Counter(
        found[0] if (found := site.resolve(address, source=HOME)) else address
        for address in re.findall(r"<loc>([^<]*)</loc>", site.text("sitemap.xml"))
    )
    for name in sorted(listed.keys() - site.pages.keys()):
        yield f"sitemap: {name} is no page"
    for name in sorted(site.pages.keys() - listed.keys()):
        yield f"sitemap: {name} is missing"
    yield from (f"sitemap: {name} stands {count} times" for name, count in listed.items() if count > 1)


def _styles(site: Site) -> Iterator[str]:
    for name in sorted(site.files):
        if name.endswith(".css"):
            for address in STYLE_URL.findall(site.text(name)):
                if not address.startswith(("data:", "#")) and site.resolve(address, source=name) is None:
                    yield f"{name}: url({address}) leads nowhere in the site"


def _own_addresses(site: Site) -> Iterator[str]:
    """The site's own addresses in feeds, calendars and data lead to what is there."""
    if not site.base:
        return
    own = re.compile(re.escape(site.base) + r"""[^\s"'<>\\,;)\]]*""")
    for name in sorted(site.files):
        if name == "sitemap.xml" or not name.endswith((".xml", ".ics", ".json")):
            continue
        # Lines of calendars are folded.
        for address in sorted(set(own.findall(re.sub(r"\r?\n[ \t]", "", site.text(name))))):
            found = site.resolve(address, source=HOME)
            if found is None:
                yield f"{name}: {address} leads nowhere"
            elif found[1] and (
                found[0] not in site.documents or found[1] not in site.documents[found[0]].ids
            ):
                yield f"{name}: the anchor of {address} is not there"


def _parse(html: str) -> Document:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.document


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.document.ids[given["id"]] += 1
        for name, value in given.items():
            if name in ADDRESSES and not (tag == "meta" or (name == "data" and tag != "object")):
                self.document.addresses.append((tag, name, value.strip()))
            elif name == "srcset":
                self.document.addresses += [(tag, name, part.split()[0]) for part in value.split(",")]
            elif name in REFERENCES:
                self.document.references += [(name, id_) for id_ in value.split()]
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            found = REFRESH.fullmatch(given.get("content", ""))
            self.document.redirect = found[1] if found else ""
