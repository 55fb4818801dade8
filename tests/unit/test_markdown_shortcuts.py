"""Lines of plain text take a short way through the parser, and come out as by the long one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twofold.prose.render import Prose, Target, render
from twofold.source.markdown import parse, parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

rendering = import_module("twofold.prose.render")

LINES = [
    "Plain text", "a line with *stress*, `code` and a [link](x.md)", "é", "Term", ": what it means", "~ likewise",
    "---", "===", "| a | b |", "|---|---|", "- one", "1. first", "> quoted", "> > more", "    indented", "\tcode",
    "  two blanks", "```", "!!! note", "??? note", "    inside", '=== "Tab"', "[^1]: A note", "[x]: y.md", "{: .left }",
    "<div>", "www.example.org", "a\\", "Ends. ", "# Heading", "Text {: #id }", "https://example.org", "a@b.org", "",
    "", "", "", "Text, and more.", "Line two of it", "It's \"so\"; isn't it?", "*a*", "b ~~c~~ **d", "e**", "f `g", "h` i",
    "Go [there](x.md) or [there](y.md)", "a [^1] b [x] c [d][x]", "![e](x.png)", "R&D &amp; &copy; > 1", "T",
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


def rendered(text: str) -> Prose:
    return render(text, prefix="p-", links=lambda link: Target(href=f"../{link}") if "x" in link else None)


def in_full(text: str) -> Prose:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "_of_paragraphs", lambda _: False)
        return rendered(text)


SIGNS = st.one_of(
    st.sampled_from(
        "ab Z\n\n.,:;!?-–—'\"’“()/%+=#$0é中ß²½ \t\u00a0\u3000\u2028\x0b\x1c\ufeff\u200b\u0301&*<>[]\\^_`~{}@|"
    ),
    st.characters(exclude_categories=["Cs"]),
)


@settings(max_examples=400)
@given(st.one_of(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join), st.text(SIGNS, max_size=40)))
@example("a\n\n\nb\nc. \"d\" 'e'\n")
def test_paragraphs_are_written_the_same_one_by_one(text: str) -> None:
    assert rendered(text) == in_full(text)


def test_paragraphs_of_text_alone_do_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("parse", "paragraph", "sanitise"):
        monkeypatch.setattr(rendering, name, None)
    made = rendered("Half a sentence, “quoted”:\nand on.\n\nMore?\n")
    assert made.html == "<p>Half a sentence, “quoted”:\nand on.</p>\n<p>More?</p>\n"
    assert (made.card, made.plain) == (
        "Half a sentence, “quoted”:\nand on.",
        "Half a sentence, “quoted”: and on.",
    )


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
