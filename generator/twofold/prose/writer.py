"""The tokens of a text to HTML, in Material's markup. What is written here still passes the sanitiser."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from twofold.prose.anchors import Heading, headings
from twofold.prose.highlight import MAX_COLOURED_IN_ALL, highlighted
from twofold.prose.inline import InlineWriter
from twofold.prose.sanitise import CALLOUTS
from twofold.prose.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from twofold.prose.inline import Resolver

ALERTS = {"NOTE": "note", "TIP": "tip", "IMPORTANT": "info", "WARNING": "warning", "CAUTION": "danger"}
"""GitHub's alerts in Material's kinds."""

_CELLS = frozenset({"th", "td"})
_LINED = frozenset({"ul", "ol", "dl", "blockquote"})
_PLAIN = _LINED | {"dt", "dd", "li", "thead", "tbody", "tr"}


class Writer:
    """Writes one text, and knows its headings."""

    def __init__(
        self,
        tokens: Sequence[Token],
        *,
        prefix: str,
        resolve: Resolver,
        shift: int,
        view: Callable[[str, int], str],
    ) -> None:
        """`view` writes a fence named `twofold`, given its content and the level of headings there."""
        self.tokens = tokens
        self.view = view
        self.headings: dict[int, Heading] = dict(headings(tokens, prefix=prefix, shift=shift))
        """By the index of the opening token."""
        self.paragraphs = InlineWriter(
            prefix=prefix, resolve=resolve, ids={heading.id for heading in self.headings.values()}
        )
        self.raw = self.paragraphs.raw
        self.tabs = Tabs(tokens, prefix)
        self._outer: list[int] = []
        self._ends: list[str] = []
        self._skipped = -1
        self._below = 2
        self._colourable = MAX_COLOURED_IN_ALL

    def write(self) -> str:
        """Write the whole text."""
        out: list[str] = []
        for index, token in enumerate(self.tokens):
            if index == self._skipped:
                continue
            if token.type == "inline":
                out.append(self.paragraphs.write(token.children or ()))
            elif token.hidden:
                # A tight item's paragraph has no element; what follows in the item begins a line.
                out.append("\n" if token.nesting < 0 and self.tokens[index + 1].nesting > 0 else "")
            else:
                out.append(self._block(index, token))
        out.append(self.raw.close(0))
        return "".join(out)

    def _block(self, index: int, token: Token) -> str:
        match token.type:
            case "paragraph_open":
                return f"<p{self.paragraphs.attributes(token)}>"
            case "paragraph_close":
                return "</p>\n"
            case "fence" | "code_block":
                return self._code(token)
            case "html_block":
                return self.raw.block(token.content)
            case "hr":
                return "<hr>\n"
            case "heading_open" | "heading_close":
                return self._heading(index, token)
            case "footnote_anchor":
                return self.paragraphs.note_back(token)
        if token.nesting < 0:
            return self.raw.leave(self._outer.pop()) + self._ends.pop()
        begin, end = self._container(index, token)
        self._outer.append(self.raw.enter())
        self._ends.append(end)
        return begin

    def _code(self, token: Token) -> str:
        info = token.info.strip()
        if info == "twofold":
            return self.view(token.content, self._below)
        self._colourable -= len(token.content)
        return highlighted(token.content, info, coloured=self._colourable >= 0)

    def _heading(self, index: int, token: Token) -> str:
        heading = self.headings[index if token.nesting > 0 else index - 2]
        name = escape(heading.id)
        if token.nesting > 0:
            self._below = min(6, heading.level + 1)
            return f'<h{heading.level} id="{name}"{self.paragraphs.attributes(token, ids=False)}>'
        anchor = f'<a class="headerlink" href="#{name}" title="Permanent link">\u00b6</a>'
        return f"{anchor}</h{heading.level}>\n"

    def _container(self, index: int, token: Token) -> tuple[str, str]:
        """How a block begins and ends."""
        given = self.paragraphs.attributes(token)
        match token.type:
            case "container_open":
                return self._callout(index, token)
            case "alert_open":
                return f'<div class="admonition {ALERTS[token.info]}">\n', "</div>\n"
            case "alert_title_open":
                return '<p class="admonition-title">', "</p>\n"
            case "table_open":
                begin = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
                return f"{begin}<table{given}>\n", "</table></div></div>\n"
            case "footnote_block_open":
                return '<div class="footnote">\n<hr>\n<ol>\n', "</ol>\n</div>\n"
            case "footnote_open":
                return f'<li id="{self.paragraphs.note_id(token, "fn")}">', "</li>\n"
        tag = token.tag
        if tag in _CELLS:
            style = token.attrs.get("style")
            return (f'<{tag} style="{escape(str(style))}">' if style else f"<{tag}>"), f"</{tag}>"
        if tag not in _PLAIN:
            return "", ""
        if tag in {"ul", "ol", "li"}:
            return _list_part(token, given), f"</{tag}>\n"
        return f"<{tag}{given}>" + ("\n" if tag in _LINED else ""), f"</{tag}>\n"

    def _callout(self, index: int, token: Token) -> tuple[str, str]:
        """An admonition, details, or a tab; the token after it is its title."""
        self._skipped = index + 1
        if token.markup == "===":
            begin = self.tabs.open(index, self.paragraphs.write)
            close = index + 1
            while not (
                self.tokens[close].type == "container_close" and self.tokens[close].level == token.level
            ):
                close += 1
            return begin, self.tabs.ends[close]
        kinds, given = token.meta["kinds"], token.meta["title"]
        kind = next((name for name in kinds if name in CALLOUTS), "note")
        classes = " ".join((kind, *(name for name in kinds if name in {"inline", "end"})))
        title = self.tokens[index + 1].children or ()
        shown = self.paragraphs.write(title) if given else escape(kinds[0].capitalize(), quote=False)
        if token.markup.startswith("?"):
            opened = ' open=""' if token.markup.endswith("+") else ""
            return f'<details class="{classes}"{opened}>\n<summary>{shown}</summary>\n', "</details>\n"
        # `!!! note ""` asks for a box without a title.
        heading = "" if given == "" else f'<p class="admonition-title">{shown}</p>\n'
        return f'<div class="admonition {classes}">\n{heading}', "</div>\n"


def _list_part(token: Token, given: str) -> str:
    """Begin a list or an item, of tasks or of others."""
    if token.tag == "li":
        if "checked" not in token.meta:
            return f"<li{given}>"
        state = ' checked="" aria-label="done"' if token.meta["checked"] else ' aria-label="to do"'
        box = f'<input type="checkbox" disabled=""{state}><span class="task-list-indicator"></span>'
        return f'<li class="task-list-item"><label class="task-list-control">{box}</label> '
    if token.tag == "ul":
        tasks = "contains-task-list" in str(token.attrs.get("class", ""))
        return '<ul class="task-list">\n' if tasks else f"<ul{given}>\n"
    start = token.attrs.get("start")
    return f'<ol start="{int(start)}"{given}>\n' if start is not None else f"<ol{given}>\n"
