"""Block rules beyond CommonMark: what Material's Markdown has and GitHub does not.

Admonitions (`!!! note "Title"`), details (`???`, `???+`) and content tabs (`=== "Title"`) are one rule:
a marker line, and below it everything that is indented by four columns. Attribute lists (`{: .class #id }`)
end a paragraph on a line of their own, end a heading, or follow an image, a link or a piece of code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

INDENT = 4
"""Columns by which the content of an admonition, of details or of a tab is indented."""

_CALLOUT = re.compile(
    r"""(?P<marker>!!!|\?\?\?\+?)[ \t]+
        (?P<kind>[A-Za-z][\w-]*(?:[ \t]+[A-Za-z][\w-]*)*)
        (?:[ \t]+"(?P<title>[^"]*)")?[ \t]*$""",
    re.VERBOSE,
)
_TAB = re.compile(r'===(?P<flags>[!+]*)[ \t]+"(?P<title>[^"]*)"[ \t]*$')

_ATTRIBUTE = r"""(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:"[^"{}\n]*"|[\w%-]+))"""
_ATTRIBUTE_LIST = rf"\{{:?[ \t]*({_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*)[ \t]*\}}"
_INLINE_LIST = re.compile(_ATTRIBUTE_LIST)
_OWN_LINE = re.compile(rf"(?:\A|\n)[ \t]*{_ATTRIBUTE_LIST}[ \t]*\Z")
_LINE_END = re.compile(rf"[ \t]+{_ATTRIBUTE_LIST}[ \t]*\Z")
_ONE = re.compile(_ATTRIBUTE)

ATTRIBUTES = frozenset({"width", "height", "align", "title"})
"""Names that an attribute list may set beside classes and the id."""


def container_plugin(parser: MarkdownIt) -> None:
    """Add admonitions, details and tabs to the parser."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "container", _container, ends)


def attributes_plugin(parser: MarkdownIt) -> None:
    """Add attribute lists to the parser."""
    parser.inline.ruler.push("attributes", _inline_attributes)
    parser.core.ruler.before("inline", "attributes", _block_attributes)


def _container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[begin : begin + 3] not in {"!!!", "???", "==="} or state.is_code_block(start_line):
        return False
    head = state.src[begin : state.eMarks[start_line]]
    match = _TAB.match(head) or _CALLOUT.match(head)
    if match is None:
        return False
    if silent:
        return True
    indent = state.sCount[start_line] + INDENT
    next_line = start_line + 1
    last = start_line
    while next_line < end_line:
        if not state.isEmpty(next_line):
            if state.sCount[next_line] < indent:
                break
            last = next_line
        next_line += 1
    next_line = last + 1
    opening = state.push("container_open", "div", 1)
    opening.map = [start_line, next_line]
    opening.markup = match["marker"] if match.re is _CALLOUT else "==="
    kinds = match["kind"].lower().split() if match.re is _CALLOUT else []
    opening.meta = {"kinds": kinds, "title": match["title"], "flags": match.groupdict().get("flags") or ""}
    # The title's line is its own inline token, so that links in titles are found like any other.
    title = state.push("inline", "", 0)
    title.map = [start_line, start_line + 1]
    title.content = (match["title"] or "").strip()
    title.children = []
    title.meta = {"title": True}
    before = (state.parentType, state.lineMax, state.blkIndent, state.tight)
    state.parentType, state.lineMax, state.blkIndent = "container", next_line, indent
    state.md.block.tokenize(state, start_line + 1, next_line)
    state.parentType, state.lineMax, state.blkIndent, state.tight = before
    state.push("container_close", "div", -1)
    state.line = next_line
    return True


def _inline_attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Apply a list to the image, link or code before it."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    token = state.tokens[-1]
    if token.type not in {"image", "code_inline", "link_close"}:
        return False
    match = _INLINE_LIST.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if token.type == "link_close":
        token = next(t for t in reversed(state.tokens) if t.type == "link_open" and t.level == token.level)
    _apply(token, match[1])
    state.pos = match.end()
    return True


def _block_attributes(state: StateCore) -> None:
    """Apply lists to the paragraph or heading that they end; one that stands alone to the block above it."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline" or not token.content.endswith("}") or not index:
            continue
        opening = state.tokens[index - 1]
        match = (_LINE_END if opening.type == "heading_open" else _OWN_LINE).search(token.content)
        if match is None or opening.type not in {"heading_open", "paragraph_open"}:
            continue
        target = opening if match.start() else _block_above(state.tokens, index - 1)
        if target is not None:
            _apply(target, match[1])
            token.content = token.content[: match.start()]


def _block_above(tokens: list[Token], index: int) -> Token | None:
    """The opening token of the block that ends just before `index`."""
    if not index or tokens[index - 1].nesting > 0:
        return None
    level = tokens[index - 1].level
    return next((t for t in reversed(tokens[:index]) if t.level == level and t.nesting >= 0), None)


def _apply(token: Token, listed: str) -> None:
    for attribute in _ONE.findall(listed):
        if attribute[0] == ".":
            token.attrJoin("class", attribute[1:])
        elif attribute[0] == "#":
            token.attrSet("id", attribute[1:])
        else:
            name, _, value = attribute.partition("=")
            if name in ATTRIBUTES:
                token.attrSet(name, value.strip('"'))
