"""What search finds in a page: its sections, each with its heading and its text."""

from __future__ import annotations

import re
from html import escape, unescape

from twofold.render.page import Section

_ATTRIBUTES = r"[^\"'>]*+(?:\"[^\"]*+\"[^\"'>]*+|'[^']*+'[^\"'>]*+)*+"
"""Within quotation marks an attribute's value may have a `>`."""

_EXCLUDED = " data-search-exclude"
_OPENING = re.compile(rf"<([a-z][a-z0-9]*+){_ATTRIBUTES}>")
_HEADING = re.compile(rf"<h([1-6])\b(?=[^>]*?\sid=\"([^\"]*+)\"){_ATTRIBUTES}>(.*?)</h\1>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_SILENT = re.compile(r"<(script|style|object)\b.*?</\1>", re.DOTALL)
_KEPT = ("p", "code", "pre", "li", "ol", "ul", "sub", "sup")
_INLINE = (
    "a", "abbr", "b", "bdi", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "time",
)  # fmt: skip
_SHOWN = {
    **{f"{end}{name}": "" for name in _INLINE for end in ("", "/")},
    **{f"{end}{name}": f"<{end}{name}>" for name in _KEPT for end in ("", "/")},
}
"""What is left of a tag, by its name; of all others a blank."""

_NAMED_TAG = re.compile(rf"<(/?[A-Za-z0-9]*+){_ATTRIBUTES}>")
_TAG = re.compile(rf"<{_ATTRIBUTES}>")
_EMPTY = re.compile(r"<(p|code|pre|li|ol|ul|sub|sup)> ?</\1>")
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_ENTITY = re.compile(r"&[^;\s]{1,31};")


def sections(html: str) -> tuple[Section, ...]:
    """The sections of a page's content: a heading with an id begins one.

    The first is the page's own, with its `<h1>` for a title, where it has one, and all that stands before
    the next heading. What is marked `data-search-exclude` is left out.
    """
    before, *rest = _HEADING.split(_without_excluded(html))
    # The pattern has three groups: level, id and heading, then comes what stands below.
    headed = list(zip(rest[0::4], rest[1::4], rest[2::4], rest[3::4], strict=True))
    title = ""
    if headed and headed[0][0] == "1":
        _, _, heading, text = headed.pop(0)
        title, before = _title(heading), f"{before} {text}"
    own = Section(id=None, title=title, text=_text(before))
    others = (
        Section(id=unescape(id), title=_title(inner), text=_text(text)) for _, id, inner, text in headed
    )
    return own, *others


def _without_excluded(html: str) -> str:
    place = html.find(_EXCLUDED)
    while place >= 0:
        tag = _OPENING.match(html, html.rfind("<", 0, place))
        if tag is not None and tag.end() > place:
            html = html[: tag.start()] + html[_end(html, tag[1], tag.end()) :]
            place = html.find(_EXCLUDED, tag.start())
        else:  # A text that says so.
            place = html.find(_EXCLUDED, place + 1)
    return html


def _end(html: str, name: str, start: int) -> int:
    """Where the element ends whose opening tag ends at `start`."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b{_ATTRIBUTES}>").finditer(html, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)


def _title(html: str) -> str:
    text = _TAG.sub("", _PERMALINK.sub("", html))
    return " ".join(_ENTITY.sub(_plain, text).split())


def _text(html: str) -> str:
    """The text, with those tags that Material's search shows: paragraphs, lists, code."""
    parts = _NAMED_TAG.split(_SILENT.sub("", html))
    parts[1::2] = [_SHOWN.get(name, " ") for name in parts[1::2]]
    html = "".join(parts)
    # Only in a block of code do blanks and line breaks count.
    pieces = _PRE.split(html) if "<pre>" in html else [html]
    html = " ".join(piece if index % 2 else " ".join(piece.split()) for index, piece in enumerate(pieces))
    left = 1
    while left:
        html, left = _EMPTY.subn("", html)
    return _ENTITY.sub(_plain, html).strip()


def _plain(entity: re.Match[str]) -> str:
    """A sign as it is, unless markup could be made of it."""
    return escape(unescape(entity[0]), quote=False)
