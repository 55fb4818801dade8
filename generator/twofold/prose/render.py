"""A text as safe HTML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING

from twofold.prose.anchors import Heading
from twofold.prose.highlight import highlighted
from twofold.prose.inline import InlineWriter
from twofold.prose.links import Target
from twofold.prose.sanitise import sanitise
from twofold.prose.writer import Writer
from twofold.source.markdown import limits, paragraph, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

__all__ = ["Heading", "Prose", "Target", "render"]


_TAG = re.compile(r"<[^>]*>")
_FAR = re.compile(
    "[<{\x00-\x09\x0b-\x1f\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]"
)
"""What reaches beyond a paragraph, or what a parser minds: other space, control codes, halves of signs."""

_MARKUP = re.compile(r"[&*>\[\]\\_`~@]")
_ADDRESSES = ("http", "www.", "mailto:")
_BRACKETS = 50
"""With more of them, what the parser may spend on a text is not what it may spend on each paragraph."""

_BLANK_LINES = re.compile(r"\n\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A rendered text."""

    html: str
    """Sanitised; all ids begin with the prefix."""
    headings: tuple[Heading, ...] = ()
    card: str = ""
    """The first paragraph as sanitised inline HTML, without links, images and notes, as a card needs it."""
    plain: str = ""
    """The first paragraph's text, without markup and not escaped."""
    removed: tuple[str, ...] = ()
    """Typed HTML that was left out, as typed, at most 80 characters each."""


def render(
    text: str,
    *,
    prefix: str,
    links: Callable[[str], Target | None],
    top: int = 1,
    embed: Callable[[str, int], str] | None = None,
    card: bool = True,
) -> Prose:
    """Render one narrative or page.

    `prefix` begins every id, so that several texts stand in one page. `links` is asked for addresses of
    files, as written; None leaves only the link's text. `top` is the level that no heading may stand above:
    all are lowered alike. `embed` makes the trusted HTML of a fence named `twofold`, given its content and
    the level that headings have there; without it the fence is code. `card` says whether the first paragraph
    is wanted by itself, too. A text beyond the limits, which `check` has refused already, is shown as it is
    typed.
    """
    if not text.strip():
        return Prose(html="")
    if limits(text) is not None:
        return Prose(html=f"<pre>{escape(text, quote=False)}</pre>")
    if _of_paragraphs(text):
        paragraphs = _BLANK_LINES.split(text.strip("\n"))
        inline = InlineWriter(prefix=prefix, resolve=links, ids=set())
        html = "".join([_paragraph(one, inline, prefix=prefix) for one in paragraphs])
        shown = _shown(paragraphs[0], inline, prefix=prefix) if card else ""
        return Prose(html=html, card=shown, plain=_without_markup(shown))
    tokens, _ = parse(text)
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=top)
    views: dict[str, str] = {}
    view = partial(_placeholder, text, embed, views) if embed is not None else _code
    writer = Writer(tokens, prefix=prefix, resolve=links, shift=max(0, top - highest), view=view)
    html = sanitise(writer.write(), prefix=prefix)
    removed = tuple(writer.raw.removed)
    # Views are Twofold's own and trusted, so they come in after the sanitiser.
    for placeholder, view_html in views.items():
        html = html.replace(placeholder, view_html, 1)
    first = _first_paragraph(tokens) if card else []
    shown = sanitise(writer.paragraphs.write_bare(first), prefix=prefix).strip() if first else ""
    return Prose(
        html=html,
        headings=tuple(writer.headings.values()),
        card=shown,
        plain=_without_markup(shown),
        removed=removed,
    )


def _of_paragraphs(text: str) -> bool:
    """Whether a text is nothing but paragraphs, as most narratives are: each can be written for itself."""
    return (
        _FAR.search(text) is None
        and all(line[0].isalpha() and line[-1] != " " for line in text.split("\n") if line)
        and text.count("[") <= _BRACKETS
    )


def _paragraph(text: str, writer: InlineWriter, *, prefix: str) -> str:
    if _is_plain(text):
        # As the parser and the sanitiser leave it.
        return f"<p>{text}</p>\n"
    return sanitise(f"<p>{writer.write(paragraph(text))}</p>\n", prefix=prefix)


def _shown(text: str, writer: InlineWriter, *, prefix: str) -> str:
    """A paragraph for a card."""
    return text if _is_plain(text) else sanitise(writer.write_bare(paragraph(text)), prefix=prefix).strip()


def _is_plain(text: str) -> bool:
    return _MARKUP.search(text) is None and not any(begin in text for begin in _ADDRESSES)


def _without_markup(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _first_paragraph(tokens: list[Token]) -> list[Token]:
    openings = (i for i, token in enumerate(tokens) if token.type == "paragraph_open" and not token.level)
    return next((tokens[i + 1].children or [] for i in openings), [])


def _code(content: str, _: int) -> str:
    return highlighted(content, info="")


def _placeholder(
    text: str, embed: Callable[[str, int], str], views: dict[str, str], content: str, level: int
) -> str:
    """What stands for a view until after the sanitiser; no text can hold the digest of itself."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    placeholder = f"<div>twofold-view-{digest}-{len(views)}-</div>"
    views[placeholder] = embed(content, level)
    return placeholder
