"""Lines of plain text take a short way through the parser, and come out as by the long one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from twofold.source.markdown import parse, parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

LINES = [
    "Plain text", "a line with *stress*, `code` and a [link](x.md)", "é", "Term", ": what it means", "~ likewise",
    "---", "===", "| a | b |", "|---|---|", "- one", "1. first", "> quoted", "> > more", "    indented", "\tcode",
    "  two blanks", "```", "!!! note", "??? note", "    inside", '=== "Tab"', "[^1]: A note", "[x]: y.md", "{: .left }",
    "<div>", "www.example.org", "a\\", "Ends. ", "# Heading", "Text {: #id }", "https://example.org", "a@b.org", "",
    "", "", "",
]  # fmt: skip


def long_way() -> MarkdownIt:
    made: MarkdownIt = parser.__wrapped__()
    made.disable("sentence")
    made.core.ruler.at("inline", every_paragraph)
    return made


def every_paragraph(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            state.env["paragraph"] = token
            token.children = token.children if token.children is not None else []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


LONG = long_way()


def by_the_long_way(text: str) -> tuple[list[Token], dict[str, Any]]:
    environment = {**parse("")[1]}
    return LONG.parse(text, environment), environment


@settings(max_examples=400)
@given(st.lists(st.sampled_from(LINES), max_size=9))
def test_a_text_is_read_the_same_on_the_short_way(lines: list[str]) -> None:
    text = "\n".join(lines)
    short, long = parse(text), by_the_long_way(text)
    assert short[0] == long[0]
    assert short[1]["unresolved"] == long[1]["unresolved"]


def test_a_line_of_plain_text_takes_the_short_way() -> None:
    tried: list[int] = []

    def counting(_: StateBlock, start: int, *others: object) -> bool:
        assert others
        tried.append(start)
        return False

    made: MarkdownIt = parser.__wrapped__()
    made.block.ruler.after("sentence", "counting", counting)
    made.parse("One.\n\nTwo.\n\n- three", parse("")[1])
    assert tried == [4]
