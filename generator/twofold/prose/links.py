"""Links and images in a text: where they stand, and whether they lead anywhere.

`check` looks at every text of a plan, so a text without a link costs a few searches, one whose links are all
of the plain inline kind a regular expression, and only the rest the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from twofold.diagnostics import Rule, Severity, Span
from twofold.prose.images import REMOTE_IMAGE, is_remote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

    from twofold.diagnostics import Diagnostic

BROKEN_LINK = Rule(
    code="TF209",
    slug="broken-link",
    severity=Severity.ERROR,
    message="The link {shown} {reason}",
    page="""\
A link or an image in a text leads nowhere, or to where no link may lead.

A link goes to another file of the content folder, written as seen from the file in which it stands; to a
heading of the same text; to a web address (`http:`, `https:`) or a mail address (`mailto:`). Nothing else is
taken: no `javascript:`, `data:` or `file:`, and no path that begins with `/`, since a portal may stand in a
folder of its host.

Each narrative is read for itself, because another reader gets another page. So a heading, a reference
(`[text][name]`) or a footnote (`[^name]`) that is defined in another narrative is a broken link in this one.

Wrong, in `content/releases/2026.3.md`:

    [Faster login](/roadmap/faster-login) and [offline charting](offline-charting.md)

Right:

    [Faster login](../roadmap/faster-login.md) and [offline charting](../roadmap/offline-charting.md)

A link to a record's source file leads to that record's page in the portal.
""",
)

_NEEDS_PARSER = re.compile(r"[\\<&|~\t\r\0]|\]\[|\[\^|\]:|\)\{| {4}[^\n]*\[")
_CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
_FENCE = re.compile(r"^```[a-z]* *\n(?:(?![^\n]*```)[^\n\r]*+\n)*+``` *$", re.MULTILINE)
"""A block of code in its plainest form: at the margin, and without what may be another fence in it."""
_SIMPLE = re.compile(r"(?<!\S)(!?)\[([^\[\]\n]*)\]\(([^\s()<>\"'\[\]]+)\)|(?<!\S)\[[ xX]\](?= )")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")


class Kind(StrEnum):
    """What stands in a text."""

    LINK = "link"
    IMAGE = "image"
    UNRESOLVED = "unresolved"
    """A full reference or a footnote without a definition."""


class Lead(StrEnum):
    """Where an address leads."""

    WEB = "web"
    ANCHOR = "anchor"
    FILE = "file"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or image, and where it stands in its text."""

    url: str
    """The address as written, without escapes; of an unresolved reference its source."""
    kind: Kind
    line: int
    """Line of the text, from 1."""
    column: int
    """Column in characters, from 1."""
    length: int
    """Characters of that line that it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link to a file leads in the portal."""

    href: str
    """A relative address."""


def lead(url: str) -> Lead:
    """Where an address leads, from the address alone; browsers skip control characters, and so does this."""
    bare = _UNSEEN.sub("", unquote(url)).replace("\\", "/")
    scheme = _SCHEME.match(bare)
    if scheme is not None:
        safe = url.lower().startswith(("http://", "https://", "mailto:"))
        return Lead.WEB if safe and len(url) > len(scheme[0]) + 2 else Lead.REFUSED
    if bare.startswith("#"):
        return Lead.ANCHOR
    return Lead.REFUSED if not bare or bare.startswith(("/", "?")) else Lead.FILE


def extract(text: str) -> list[Link]:
    """The links, images and unresolved references of a text within Markdown's limits, in order.

    Those that lead to the web are left out.
    """
    if not may_link(text):
        return []
    simple = _simple(text)
    links = simple if simple is not None else _links(text)[0]
    return [link for link in links if link.kind is Kind.UNRESOLVED or lead(link.url) is not Lead.WEB]


def may_link(text: str) -> bool:
    """Whether a text, or a part of it, may have something for `check_links`: quick."""
    return "](" in text or "][" in text or "[^" in text or "]:" in text or "<" in text


def check_links(
    text: str,
    *,
    at: Callable[[int], tuple[str, int]],
    resolve: Callable[[str], Target | None],
) -> Iterator[Diagnostic]:
    """Report links that lead nowhere (TF209) and images of other hosts (TF607).

    `at` maps a line of the text (from 1) to path and line of the file. `resolve` is asked for addresses of
    files, as written; None is broken.
    """
    if not may_link(text):
        return
    simple = _simple(text)
    links, anchors = (simple, frozenset[str]()) if simple is not None else _links(text)
    for link in links:
        reason = _reason(link, anchors, resolve)
        remote = link.kind is Kind.IMAGE and is_remote(link.url)
        if reason is None and not remote:
            continue
        path, line = at(link.line)
        span = Span(path=path, line=line, column=link.column, length=link.length)
        if remote:
            yield REMOTE_IMAGE.at(span, url=link.url)
        else:
            shown = link.url if link.kind is Kind.UNRESOLVED else f"“{link.url}”"
            yield BROKEN_LINK.at(span, shown=shown, reason=reason)


def _reason(link: Link, anchors: frozenset[str], resolve: Callable[[str], Target | None]) -> str | None:
    if link.kind is Kind.UNRESOLVED:
        what = "footnote" if link.url.startswith("[^") else "reference"
        return f"is a {what} that this text does not define"
    match lead(link.url):
        case Lead.WEB:
            return None
        case Lead.ANCHOR:
            return None if unquote(link.url[1:]) in anchors else "names no heading of this text"
        case Lead.FILE:
            return None if resolve(link.url) is not None else "leads to no file of the content folder"
        case Lead.REFUSED:
            if not link.url:
                return "is empty"
            rooted = link.url.startswith(("/", "\\"))
            if rooted:
                return "begins at the root; write it as seen from this file"
            return "is of a kind that is not taken"


# Several rules ask for the same text.
@lru_cache(maxsize=1024)
def _simple(text: str) -> tuple[Link, ...] | None:
    """The links of a text in which `[` occurs in plain inline links and task boxes only; None for others."""
    if "```" in text:
        # What stands in it is no link, and a fence at the margin ends whatever it might stand in.
        text = _FENCE.sub(_blanked, text)
        if "```" in text:
            return None
    if _NEEDS_PARSER.search(text) is not None:
        return None
    if "`" in text:
        # Code that begins and ends on one line is no link, whatever is in it.
        text = _CODE.sub(lambda code: "x" * len(code[0]), text)
        if "`" in text:
            return None
    found = list(_SIMPLE.finditer(text))
    if len(found) != text.count("[") or len(found) != text.count("]"):
        return None
    links: list[Link] = []
    for match in found:
        if match[3] is None:
            continue
        if match[3][0] == "#":
            return None
        start = text.rfind("\n", 0, match.start()) + 1
        links.append(
            Link(
                url=match[3],
                kind=Kind.IMAGE if match[1] else Kind.LINK,
                line=text.count("\n", 0, match.start()) + 1,
                column=match.start() - start + 1,
                length=match.end() - match.start(),
            )
        )
    return tuple(links)


def _blanked(block: re.Match[str]) -> str:
    """Letters in place of a block of code, as many and on as many lines."""
    return "\n".join("x" * len(line) for line in block[0].split("\n"))


@lru_cache(maxsize=256)
def _links(text: str) -> tuple[list[Link], frozenset[str]]:
    """Links by the parser, and the anchors that links in this text may name."""
    from twofold.prose.anchors import headings  # noqa: PLC0415 - the parser is loaded when it is needed
    from twofold.source.markdown import limits, parse  # noqa: PLC0415 - see above

    if limits(text) is not None:
        return [], frozenset()
    tokens, environment = parse(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    places = _Places(lines)
    links: list[Link] = []
    unresolved: dict[int, list[tuple[int, str]]] = {}
    for paragraph, offset, source in environment["unresolved"]:
        unresolved.setdefault(id(paragraph), []).append((offset, source))
    anchors = {heading.id for _, heading in headings(tokens)}
    for token in tokens:
        if token.attrs.get("id"):
            anchors.add(str(token.attrs["id"]))
        if token.type != "inline":
            continue
        places.enter(token)
        for child in token.children or ():
            if child.attrs.get("id"):
                anchors.add(str(child.attrs["id"]))
            if child.type in {"link_open", "image"}:
                kind, name = (Kind.LINK, "href") if child.type == "link_open" else (Kind.IMAGE, "src")
                begin, end = child.meta.get("pos", 0), child.meta.get("end", 0)
                links.append(places.link(str(child.attrs.get(name, "")), kind, begin, end))
        for offset, source in unresolved.get(id(token), ()):
            links.append(places.link(source, Kind.UNRESOLVED, offset, offset + len(source)))
    links.sort(key=lambda link: (link.line, link.column))
    return links, frozenset(anchors)


class _Places:
    """From offsets in a paragraph to lines and columns: the parser keeps the lines, not the columns."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.first = 0
        self.content = ""
        self.reached: dict[int, int] = {}
        """Of each line, how far the table's cells before have come."""
        self.columns: dict[int, int] = {}

    def enter(self, token: Token) -> None:
        """Begin with a paragraph (or cell, heading, title)."""
        self.first = (token.map or [0])[0]
        self.content = token.content
        self.columns = {}
        first_line = token.content.split("\n", 1)[0]
        self.columns[0] = self._find(first_line, self.first, advance=True)

    def link(self, url: str, kind: Kind, begin: int, end: int) -> Link:
        """The link at an offset of the paragraph."""
        row = self.content.count("\n", 0, begin)
        start = self.content.rfind("\n", 0, begin) + 1
        stop = self.content.find("\n", begin)
        piece = self.content[start : stop if stop >= 0 else len(self.content)]
        if row not in self.columns:
            self.columns[row] = self._find(piece.strip(), self.first + row, advance=False)
            self.columns[row] -= len(piece) - len(piece.lstrip())
        length = max(1, min(end, stop if stop >= 0 else len(self.content)) - begin)
        column = max(0, self.columns[row] + begin - start)
        return Link(url=url, kind=kind, line=self.first + row + 1, column=column + 1, length=length)

    def _find(self, piece: str, line: int, *, advance: bool) -> int:
        if line >= len(self.lines):
            return 0
        at = self.lines[line].find(piece, self.reached.get(line, 0))
        if at < 0:
            return 0
        if advance:
            self.reached[line] = at + len(piece)
        return at
