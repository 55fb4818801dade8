"""HTML in a text that would be left out: said aloud, so that nothing goes missing in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twofold.diagnostics import Rule, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    from twofold.diagnostics import Diagnostic

UNSAFE_HTML = Rule(
    code="TF604",
    slug="unsafe-html",
    severity=Severity.ERROR,
    message="{what} is not taken from a text and would be left out",
    page="""
A text holds HTML that no portal prints: a script, a frame, a form, an event handler, a style, or any
element beyond the plain ones of text (`kbd`, `abbr`, `mark`, `sub`, `sup`, `br`, `details`, lists,
tables and the like, without attributes). Texts come from whoever may open a pull request, so they are
cleaned by a list of what may pass. What does not pass would be missing in the page; that is why it is
an error here.

A placeholder such as `<name>` reads as HTML too, on every site that shows Markdown. Set it as code.

Wrong:

    Call <script>alert(1)</script> with the <name> of the ward.

Right:

    Call `alert` with the `<name>` of the ward.
""",
)

_SUSPECT = re.compile(r"<(?!https?:|mailto:)/?[A-Za-z]|\{[^{}\n]*?\b(?:on[a-z]+|style)[ \t]*=")
_TAG = re.compile(r"""<(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_HANDLER = re.compile(r"\bon[a-z]+[ \t]*=|\bstyle[ \t]*=", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?(?P<listed>[^{}\n]*)\}")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def check_html(text: str, *, at: Callable[[int], tuple[str, int]]) -> Iterator[Diagnostic]:
    """Report typed HTML that would be left out (TF604).

    `at` maps a line of the text (from 1) to path and line of the file. The parser is loaded only for a text
    with a sign of HTML or of an attribute that is not taken.
    """
    if not may_be_unsafe(text) or _SUSPECT.search(text) is None:
        return
    from twofold.source.markdown import parse  # noqa: PLC0415 - the parser is loaded when it is needed

    lines = text.split("\n")
    tokens, _ = parse(text)
    for first, last, source, what in _found(tokens, lines):
        line, column = _place(lines, source, first, last)
        path, number = at(line + 1)
        span = Span(path=path, line=number, column=column + 1, length=max(1, len(source.partition("\n")[0])))
        hint = "set it as code, `` `...` ``, if it is to be read" if what.startswith("`<") else "take it out"
        yield UNSAFE_HTML.at(span, hint=hint, what=what)


def may_be_unsafe(text: str) -> bool:
    """Whether a text, or a part of it, may have something for `check_html`: quick."""
    return "<" in text or ("{" in text and "=" in text)


def _found(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """First and last line (from 0), source, and name of what is not taken."""
    first, last = 0, 0
    for token in tokens:
        if token.map is not None:
            first, last = token.map[0], token.map[1]
        if token.type == "html_block":
            yield from ((first, last, source, what) for source, what in _tags(token.content))
        elif token.type == "inline":
            for child in token.children or ():
                if child.type == "html_inline":
                    yield from ((first, last, source, what) for source, what in _tags(child.content))
            # An attribute list is used up by the parser; the block's source tells what was in it.
            for listed in _ATTRIBUTES.finditer(_CODE.sub("", "\n".join(lines[first:last]))):
                if _HANDLER.search(listed["listed"]):
                    yield first, last, listed[0], "an attribute list with a script or a style"


def _tags(source: str) -> Iterator[tuple[str, str]]:
    from twofold.prose.sanitise import TYPED  # noqa: PLC0415 - with it comes the sanitiser

    for tag in _TAG.finditer(source):
        if tag["name"].lower() not in TYPED:
            yield tag[0], f"`<{tag['name'].lower()}>`"
        elif _HANDLER.search(tag["rest"]):
            yield tag[0], f"an event handler or a style on `<{tag['name'].lower()}>`"


def _place(lines: Sequence[str], source: str, first: int, last: int) -> tuple[int, int]:
    """Line and column, from 0, of a piece of source within a block, else of the block."""
    head = source.partition("\n")[0]
    for number in range(first, min(last, len(lines))):
        column = lines[number].find(head)
        if column >= 0:
            return number, column
    return first, 0
