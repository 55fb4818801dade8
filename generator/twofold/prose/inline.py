"""The tokens of a paragraph to HTML: emphasis, links, images, notes and what is typed as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from twofold.prose.anchors import plain
from twofold.prose.images import is_remote
from twofold.prose.links import Lead, lead
from twofold.prose.raw import RawTags
from twofold.prose.sanitise import AUTHOR_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from twofold.prose.links import Target

    Resolver = Callable[[str], Target | None]

MAX_EMPHASIS = 32
"""Emphasis within emphasis; what is deeper is written without it."""

_EMPHASIS = {"em": "em", "strong": "strong", "s": "del"}
_IMAGE_ATTRIBUTES = ("title", "width", "height", "align")


class InlineWriter:
    """Writes paragraphs of one text."""

    def __init__(self, *, prefix: str, resolve: Resolver, ids: set[str]) -> None:
        self.prefix = prefix
        self.resolve = resolve
        self.ids = ids
        """Ids that are taken, with the prefix."""
        self.raw = RawTags()
        self._bare = False
        """Whether links, images, ids and notes are left out."""
        self._link_ends: list[str] = []
        self._emphasis = 0
        self._writers: dict[str, Callable[[Token], str]] = {
            "text": lambda token: escape(token.content, quote=False),
            "softbreak": lambda _: "\n",
            "hardbreak": lambda _: "<br>\n",
            "html_inline": lambda token: self.raw.inline(token.content),
            "code_inline": self._code,
            "link_open": self._link_open,
            "link_close": lambda _: self._link_ends.pop(),
            "image": self._image,
            "footnote_ref": self._note,
            "footnote_anchor": self.note_back,
        }

    def write(self, tokens: Sequence[Token]) -> str:
        """One paragraph, with what is typed as HTML closed at its end."""
        outer = self.raw.enter()
        links, self._link_ends = self._link_ends, []
        emphasis, self._emphasis = self._emphasis, 0
        parts: list[str] = []
        for token in tokens:
            writer = self._writers.get(token.type, self._mark)
            part = writer(token)
            # After a `<script>` nothing is shown up to its end; links are still paired.
            if not self.raw.swallowing:
                parts.append(part)
        parts.append(self.raw.leave(outer))
        self._link_ends, self._emphasis = links, emphasis
        return "".join(parts)

    def write_bare(self, tokens: Sequence[Token]) -> str:
        """One paragraph without links, images, ids and notes: a card is itself a link."""
        self._bare = True
        try:
            return self.write(tokens)
        finally:
            self._bare = False

    def attributes(self, token: Token, *, ids: bool = True) -> str:
        """Write what an attribute list gave: allowed classes, and an id that no other element has."""
        if not token.attrs:
            return ""
        classes = [name for name in str(token.attrs.get("class", "")).split() if name in AUTHOR_CLASSES]
        written = f' class="{" ".join(classes)}"' if classes else ""
        name = token.attrs.get("id")
        if ids and name and not self._bare and self.prefix + str(name) not in self.ids:
            self.ids.add(self.prefix + str(name))
            written += f' id="{escape(self.prefix + str(name))}"'
        return written

    def note_id(self, token: Token, kind: str) -> str:
        """The id of a footnote (`fn`) or of a reference to it (`fnref`)."""
        number, again = int(token.meta["id"]) + 1, int(token.meta.get("subId", 0))
        return escape(f"{self.prefix}{kind}-{number}" + (f"-{again + 1}" if again > 0 else ""))

    def note_back(self, token: Token) -> str:
        """Write the way back from a footnote."""
        label = f"Jump back to footnote {int(token.meta['id']) + 1} in the text"
        target = self.note_id(token, "fnref")
        return f'\u00a0<a class="footnote-backref" href="#{target}" title="{label}">\u21a9\ufe0e</a>'

    def _note(self, token: Token) -> str:
        if self._bare:
            return ""
        number = int(token.meta["id"]) + 1
        target = escape(f"{self.prefix}fn-{number}")
        link = f'<a class="footnote-ref" href="#{target}">{number}</a>'
        return f'<sup id="{self.note_id(token, "fnref")}">{link}</sup>'

    def _code(self, token: Token) -> str:
        return f"<code{self.attributes(token)}>{escape(token.content, quote=False)}</code>"

    def _mark(self, token: Token) -> str:
        """Emphasis and strikethrough; of an unknown token the text."""
        tag = _EMPHASIS.get(token.tag)
        if tag is None:
            return escape(token.content, quote=False)
        if token.nesting > 0:
            self._emphasis += 1
            return f"<{tag}>" if self._emphasis <= MAX_EMPHASIS else ""
        self._emphasis -= 1
        return f"</{tag}>" if self._emphasis < MAX_EMPHASIS else ""

    def _link_open(self, token: Token) -> str:
        """Begin a link; of one that leads nowhere only its text is left."""
        href = None if self._bare else self._href(str(token.attrs.get("href", "")))
        self._link_ends.append("</a>" if href is not None else "")
        if href is None:
            return ""
        title = token.attrs.get("title")
        shown = f' title="{escape(str(title))}"' if title else ""
        return f'<a href="{escape(href)}"{shown}{self.attributes(token)}>'

    def _href(self, url: str) -> str | None:
        match lead(url):
            case Lead.WEB:
                return url
            case Lead.ANCHOR:
                return f"#{self.prefix}{url[1:]}"
            case Lead.FILE:
                target = self.resolve(url)
                return target.href if target is not None else None
            case Lead.REFUSED:
                return None

    def _image(self, token: Token) -> str:
        """Show an image of the content folder; make one of another host a link, unless it stands in one."""
        url = str(token.attrs.get("src", ""))
        text = plain(token.children or ())
        if is_remote(url):
            address = f"https:{url}" if url.startswith("//") else url
            shown = escape(text or address, quote=False)
            plainly = self._bare or any(self._link_ends) or lead(address) is not Lead.WEB
            return shown if plainly else f'<a href="{escape(address)}">{shown}</a>'
        target = self.resolve(url) if not self._bare and lead(url) is Lead.FILE else None
        if target is None:
            return escape(text, quote=False)
        given = ((name, token.attrs.get(name)) for name in _IMAGE_ATTRIBUTES)
        extra = "".join(f' {name}="{escape(str(value))}"' for name, value in given if value)
        source = f'src="{escape(target.href)}" alt="{escape(text)}" loading="lazy"'
        return f"<img {source}{extra}{self.attributes(token)}>"
