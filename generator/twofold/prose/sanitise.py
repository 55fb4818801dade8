"""The last gate before HTML reaches a page: an allow-list, whatever the renderer did.

What is allowed is what the renderer makes, in Material's words, and a few inline elements that people type.
Scripts, styles, frames, forms, event handlers and addresses other than web, mail and relative ones are not in
it, nor is the class `mermaid`, for which Material would load a script from another host.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import cache
from html import escape

import nh3

TYPED_BLOCKS = frozenset(
    {"details", "hr", "li", "ol", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
"""Blocks that may be typed as HTML in a text; none of their attributes but `open` is taken."""

TYPED = TYPED_BLOCKS | {
    "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "strong", "sub", "sup", "u", "var", "wbr",
}  # fmt: skip
"""Elements that may be typed as HTML in a text. No links and images: those are checked as Markdown."""

TAGS = TYPED | {
    "a", "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "img", "input",
    "label", "li", "ol", "p", "pre", "span", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
"""Elements that may stand in a page's text."""

CALLOUTS = frozenset(
    {
        "abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote",
        "success", "tip", "warning",
    }
)  # fmt: skip
"""Material's kinds of admonition."""

AUTHOR_CLASSES = frozenset(
    {"annotate", "center", "end", "inline", "left", "md-button", "md-button--primary", "right"}
)
"""Classes that an attribute list in a text may give."""

_ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "div": {"data-tabs"},
    "img": {"align", "alt", "height", "loading", "src", "title", "width"},
    "input": {"aria-label", "checked", "disabled", "name", "type"},
    "label": {"for"},
    "ol": {"start"},
    "span": {"data-linenos"},
    "td": {"style"},
    "th": {"style"},
}
_CLASSES = AUTHOR_CLASSES | CALLOUTS | {
        "admonition", "admonition-title", "filename", "footnote", "footnote-backref", "footnote-ref",
        "headerlink", "highlight", "hll", "linenos", "md-typeset__scrollwrap", "md-typeset__table",
        "tabbed-alternate", "tabbed-block", "tabbed-content", "tabbed-labels", "tabbed-set",
        "task-list", "task-list-control", "task-list-indicator", "task-list-item", "twofold-broken",
    }  # fmt: skip
_STYLES = frozenset({"text-align:left", "text-align:center", "text-align:right"})
_PATTERNS = {
    "data-tabs": re.compile(r"\d{1,4}:\d{1,4}\Z"),
    "data-linenos": re.compile(r"[\d ]{1,8}\Z"),
    "width": re.compile(r"\d{1,4}%?\Z"),
    "height": re.compile(r"\d{1,4}%?\Z"),
    "align": re.compile(r"(?:left|right|center|middle|top)\Z"),
    "loading": re.compile(r"lazy\Z"),
    "start": re.compile(r"\d{1,9}\Z"),
    "type": re.compile(r"(?:checkbox|radio)\Z"),
}
_TOKEN_CLASS = re.compile(r"[a-z][a-z0-9]{0,2}\Z")
"""Pygments' classes: `k`, `nf`, `s1`. None of them means anything to Material's scripts."""

_ADDRESS = re.compile(
    r"(?:https?://|mailto:)|(?![A-Za-z][A-Za-z0-9+.-]*:)(?![/\\]{2})[^\x00-\x20]", re.IGNORECASE
)
_ROUNDS = 8
"""Enough for any text seen; what still changes then is shown as text."""

_PREFIX: ContextVar[str] = ContextVar("prefix")


def sanitise(html: str, *, prefix: str) -> str:
    """HTML with nothing in it but what is allowed; ids must begin with `prefix`. Idempotent."""
    token = _PREFIX.set(prefix)
    try:
        # Taking away a tag can change how a browser reads what is left, so the gate is passed until it
        # changes nothing; what the renderer writes passes it once.
        for _ in range(_ROUNDS):
            clean = _cleaner().clean(html)
            if clean == html:
                return clean
            html = clean
        return escape(html)
    finally:
        _PREFIX.reset(token)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags={
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "template",
            "noscript",
            "textarea",
            "title",
        },
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "class":
            return " ".join(part for part in value.split() if _class_allowed(tag, part)) or None
        case "id" | "for" | "name":
            return value if value.startswith(_PREFIX.get()) and not _has_space(value) else None
        case "href" | "src":
            return value if _ADDRESS.match(value) or value.startswith("#") else None
        case "style":
            style = value.replace(" ", "").rstrip(";")
            return style if style in _STYLES else None
        case _:
            pattern = _PATTERNS.get(name)
            return value if pattern is None or pattern.match(value) else None


def _class_allowed(tag: str, name: str) -> bool:
    return name in _CLASSES or (tag == "span" and _TOKEN_CLASS.match(name) is not None)


def _has_space(value: str) -> bool:
    return any(sign.isspace() for sign in value)
