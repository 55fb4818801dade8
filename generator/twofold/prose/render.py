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
from twofold.prose.links import Target
from twofold.prose.sanitise import sanitise
from twofold.prose.writer import Writer
from twofold.source.markdown import limits, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

__all__ = ["Heading", "Prose", "Target", "render"]


_TAG = re.compile(r"<[^>]*>")
_BEYOND_PLAIN = re.compile(
    r"[&*<>\[\]\\^_`~{}@|\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]|[^\S\n ]"  # what markup, or a parser, minds
    r"|^(?![^\W\d_]|$)| $"  # a line that does not begin with a letter, or ends with a blank
    r"|https?://|www\.|mailto:",
    re.MULTILINE,
)
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
    if not _BEYOND_PLAIN.search(text):
        return _of_paragraphs(_BLANK_LINES.split(text.strip("\n")))
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
        plain=" ".join(unescape(_TAG.sub("", shown)).split()),
        removed=removed,
    )


def _of_paragraphs(paragraphs: list[str]) -> Prose:
    """Paragraphs of nothing but text, as most narratives have: what the parser and the sanitiser make of them."""
    html = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return Prose(html=html, card=paragraphs[0], plain=" ".join(paragraphs[0].split()))


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
