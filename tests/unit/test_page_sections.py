"""What search finds in a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser  # type: ignore[import-untyped]

from twofold.render.page import Section
from twofold.render.sections import sections

MARK = '<a class="headerlink" href="#a" title="Permanent link">¶</a>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", [(None, "", "")]),
        ("<p>Only a text</p>", [(None, "", "<p>Only a text</p>")]),
        (
            f'<div class="x"><h1 id="t">Title {MARK}</h1><p>One &amp; two</p><h2 id="a">A &lt;b&gt; {MARK}</h2>text</div>',
            [(None, "Title", "<p>One &amp; two</p>"), ("a", "A &lt;b&gt;", "text")],
        ),
        ('<h2 id="a">A</h2>x', [(None, "", ""), ("a", "A", "x")]),
        ("<h2>no id</h2><p>x</p>", [(None, "", "no id <p>x</p>")]),
        ('<p title="a > b">x <em>y</em>z<br>w</p>', [(None, "", "<p>x yz w</p>")]),
        ("<table><tr><td>one</td><td>two</td></tr></table>", [(None, "", "one two")]),
        ("<ul class='x'><li><p></p></li><li>a</li></ul>", [(None, "", "<ul><li>a</li></ul>")]),
        ("<pre><code>a\n  b</code></pre>", [(None, "", "<pre><code>a\n  b</code></pre>")]),
        ("<p>it&#39;s &#34;so&#34;</p>", [(None, "", '<p>it\'s "so"</p>')]),
        (
            '<p>a</p><div data-search-exclude><div>b</div><h2 id="c">c</h2></div><p>d</p>',
            [(None, "", "<p>a</p><p>d</p>")],
        ),
        (
            "<p>the attribute data-search-exclude</p>",
            [(None, "", "<p>the attribute data-search-exclude</p>")],
        ),
        ('<details class="x" data-search-exclude><p>never closed', [(None, "", "")]),
        ("<script>if (a < b) {}</script><p>a</p>", [(None, "", "<p>a</p>")]),
    ],
)
def test_a_heading_with_an_anchor_begins_a_section(
    html: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert sections(html) == tuple(Section(id=id, title=title, text=text) for id, title, text in expected)


WORDS = st.text(alphabet="abc &<>\"'", min_size=1, max_size=12)


@st.composite
def pages(draw: st.DrawFn) -> str:
    parts = []
    for number in range(draw(st.integers(1, 6))):
        word = draw(WORDS).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        shape = draw(
            st.sampled_from(
                [
                    "<p>{}</p>", "<ul><li>{}</li></ul>", '<div class="{n}"><p><em>{}</em></p></div>',
                    '<h2 id="h{n}">{}</h2>', '<h3 id="h{n}">{}</h3><p>{}</p>', "<pre>{}\n {}</pre>",
                    "<figure data-search-exclude>{}</figure>", "<table><tr><td>{}</td></tr></table>",
                ]
            )
        )  # fmt: skip
        parts.append(shape.replace("{}", word).replace("{n}", str(number)))
    return '<h1 id="title">Title</h1>' + "".join(parts)


@given(pages())
def test_material_finds_the_same_words_under_the_same_headings(html: str) -> None:
    parser: Any = Parser()
    parser.feed(html)
    parser.close()
    theirs = [(section.id, "".join(section.title), "".join(section.text)) for section in parser.data]
    ours = [(section.id, section.title, section.text) for section in sections(html)]

    def words(found: list[tuple[str | None, str, str]]) -> list[tuple[str | None, str, str]]:
        bare = re.compile(r"<[^>]*>|\s")
        return [(id, bare.sub("", title), bare.sub("", text)) for id, title, text in found]

    assert words(ours) == words(theirs)
