"""Narratives become safe HTML in Material's markup, with ids of their own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.unit.test_markdown_limits import TEXTS
from twofold.prose.render import Heading, Prose, Target, render


def found(url: str) -> Target | None:
    return None if "missing" in url else Target(href=url.replace(".md", "/"))


def rendered(text: str, top: int = 1) -> Prose:
    return render(text, prefix="user-", links=found, top=top)


def html(text: str) -> str:
    return rendered(text).html.strip()


def test_lists_follow_a_paragraph_and_nest_at_two_spaces_as_on_github() -> None:
    assert html("A\n- b\n  - c\n") == "<p>A</p>\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"


def test_braces_appear_as_typed() -> None:
    assert html("{{ 7*7 }} and {% raw %}") == "<p>{{ 7*7 }} and {% raw %}</p>"


def test_bare_addresses_are_links_and_file_names_are_not() -> None:
    assert html("README.md, www.a.org and (https://a.org/x_(y)/__init__.py).") == (
        '<p>README.md, <a href="http://www.a.org">www.a.org</a> and '
        '(<a href="https://a.org/x_(y)/__init__.py">https://a.org/x_(y)/__init__.py</a>).</p>'
    )


def test_headings_have_prefixed_ids_as_on_github_and_permalinks() -> None:
    prose = rendered("### Off *line*, now!\n### Off line, now\n#### X {#y}\n[a](#off-line-now-1) [b](#y)")
    assert prose.headings == (
        Heading(level=3, id="user-off-line-now", title="Off line, now!"),
        Heading(level=3, id="user-off-line-now-1", title="Off line, now"),
        Heading(level=4, id="user-y", title="X"),
    )
    assert (
        '<h4 id="user-y">X<a class="headerlink" href="#user-y" title="Permanent link">¶</a></h4>'
        in prose.html
    )
    assert '<a href="#user-off-line-now-1">a</a> <a href="#user-y">b</a>' in prose.html


def test_headings_are_lowered_alike_so_that_none_stands_above_the_top() -> None:
    assert [h.level for h in rendered("# A\n## B\n###### C", top=3).headings] == [3, 4, 6]
    assert [h.level for h in rendered("### A", top=3).headings] == [3]


def test_two_narratives_in_one_page_share_no_id() -> None:
    text = '# A\n\n[^1] [^1]\n\n=== "T"\n    x\n\np\n{: #q }\n\n[^1]: n'
    ids = [
        name
        for prefix in ("user-", "customer-")
        for name in re.findall(r'\bid="([^"]*)"', render(text, prefix=prefix, links=found).html)
    ]
    assert len(ids) == len(set(ids)) == 12


def test_footnotes_lead_there_and_back() -> None:
    assert html("A[^n].\n\n[^n]: *B*") == (
        '<p>A<sup id="user-fnref-1"><a class="footnote-ref" href="#user-fn-1">1</a></sup>.</p>\n'
        '<div class="footnote">\n<hr>\n<ol>\n<li id="user-fn-1"><p><em>B</em>&nbsp;'
        '<a class="footnote-backref" href="#user-fnref-1" '
        'title="Jump back to footnote 1 in the text">↩︎</a></p>\n'
        "</li>\n</ol>\n</div>"
    )


def test_tasks_have_materials_markup_and_a_name_for_screen_readers() -> None:
    assert html("- [x] a\n- [ ] b").count('<li class="task-list-item"><label class="task-list-control">') == 2
    assert 'checked="" aria-label="done"><span class="task-list-indicator"></span></label> a' in html(
        "- [x] a"
    )
    assert html("- [ ] b").startswith('<ul class="task-list">')


def test_tables_scroll_and_align() -> None:
    assert html("| a | b |\n|---|--:|\n| 1 | 2 |") == (
        '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>\n'
        '<thead><tr><th>a</th><th style="text-align:right">b</th></tr>\n</thead>\n'
        '<tbody><tr><td>1</td><td style="text-align:right">2</td></tr>\n</tbody>\n</table></div></div>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '!!! warning "Mind *it*"\n    A',
            (
                '<div class="admonition warning">\n<p class="admonition-title">Mind <em>it</em></p>\n'
                "<p>A</p>\n</div>"
            ),
        ),
        (
            "!!! tip\n    A",
            '<div class="admonition tip">\n<p class="admonition-title">Tip</p>\n<p>A</p>\n</div>',
        ),
        ('!!! note ""\n    A', '<div class="admonition note">\n<p>A</p>\n</div>'),
        ("??? bug\n    A", '<details class="bug">\n<summary>Bug</summary>\n<p>A</p>\n</details>'),
        ("???+ bug\n    A", '<details class="bug" open="">\n<summary>Bug</summary>\n<p>A</p>\n</details>'),
        (
            "> [!CAUTION]\n> A",
            '<div class="admonition danger">\n<p class="admonition-title">Caution</p>\n<p>A</p>\n</div>',
        ),
        (
            "!!! mermaid\n    A",
            '<div class="admonition note">\n<p class="admonition-title">Mermaid</p>\n<p>A</p>\n</div>',
        ),
    ],
)
def test_admonitions_details_and_alerts_have_materials_markup(text: str, expected: str) -> None:
    assert html(text) == expected


def test_tabs_work_by_radio_buttons() -> None:
    assert html('=== "A"\n\n    x\n\n=== "B"\n\n    y\n\n===! "C"\n\n    z') == (
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">'
        '<input checked="" id="user-tabbed-1-1" name="user-tabbed-1" type="radio">'
        '<input id="user-tabbed-1-2" name="user-tabbed-1" type="radio">'
        '<div class="tabbed-labels"><label for="user-tabbed-1-1">A</label>'
        '<label for="user-tabbed-1-2">B</label></div>\n<div class="tabbed-content">\n'
        '<div class="tabbed-block">\n<p>x</p>\n</div>\n'
        '<div class="tabbed-block">\n<p>y</p>\n</div>\n</div>\n</div>\n'
        '<div class="tabbed-set tabbed-alternate" data-tabs="2:1">'
        '<input checked="" id="user-tabbed-2-1" name="user-tabbed-2" type="radio">'
        '<div class="tabbed-labels"><label for="user-tabbed-2-1">C</label></div>\n'
        '<div class="tabbed-content">\n'
        '<div class="tabbed-block">\n<p>z</p>\n</div>\n</div>\n</div>'
    )


def test_code_is_coloured_titled_numbered_and_marked() -> None:
    assert html('```python title="a.py" linenums="9" hl_lines="2"\nx = 1\ny\n```') == (
        '<div class="highlight"><span class="filename">a.py</span><pre><span></span><code>'
        '<span class="linenos" data-linenos=" 9 "></span><span class="n">x</span> <span class="o">=</span> '
        '<span class="mi">1</span>\n<span class="linenos" data-linenos="10 "></span>'
        '<span class="hll"><span class="n">y</span></span>\n</code></pre></div>'
    )


@pytest.mark.parametrize("info", ["", "mermaid", "no-such-language", '{.x #y onclick="z"}', 'title="'])
def test_code_of_no_known_language_is_plain(info: str) -> None:
    assert (
        html(f"```{info}\n<b>\n```")
        == '<div class="highlight"><pre><span></span><code>&lt;b&gt;\n</code></pre></div>'
    )


def test_a_view_is_placed_after_the_sanitiser_and_cannot_be_forged() -> None:
    text = "a\n\n```twofold\nkind: board\n```\n"
    embedded = render(text, prefix="p-", links=found, embed=lambda source, _: f"<svg>{source}</svg>")
    assert embedded.html == "<p>a</p>\n<svg>kind: board\n</svg>"
    assert "<pre>" in rendered(text).html


def test_definition_lists_and_attribute_lists_are_read() -> None:
    assert html("Term\n:   Text") == "<dl>\n<dt>Term</dt>\n<dd>Text</dd>\n</dl>"
    assert html("[Go](a.md){: .md-button onclick=x }") == '<p><a href="a/" class="md-button">Go</a></p>'
    assert html("[Go](a.md){ .md-button .mermaid }") == '<p><a href="a/" class="md-button">Go</a></p>'
    assert html("A\n{: .center #b }") == '<p class="center" id="user-b">A</p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](x.md 'T')", '<p><a href="x/" title="T">a</a></p>'),
        ("[a *b*](missing.md)", "<p>a <em>b</em></p>"),
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ("[a](/x)", "<p>a</p>"),
        ("<mailto:a@b.org>", '<p><a href="mailto:a@b.org">mailto:a@b.org</a></p>'),
        ("![a](x.png)", '<p><img src="x.png" alt="a" loading="lazy"></p>'),
        ("![a](x.png){ width=30 }", '<p><img src="x.png" alt="a" loading="lazy" width="30"></p>'),
        ("![a *b*](missing.png)", "<p>a b</p>"),
        ("![a](http://h.org/x.png)", '<p><a href="http://h.org/x.png">a</a></p>'),
        ("![](//h.org/x.png)", '<p><a href="https://h.org/x.png">https://h.org/x.png</a></p>'),
        ("[![a](http://h.org/x.png)](http://h.org)", '<p><a href="http://h.org">a</a></p>'),
        ("![a](data:image/png;base64,AA)", "<p>a</p>"),
    ],
)
def test_links_and_images_lead_where_they_may(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<kbd>A</kbd> <abbr title='x&quot;y'>B</abbr><br>c",
            '<p><kbd>A</kbd> <abbr title="x&quot;y">B</abbr><br>c</p>',
        ),
        ("a <b onclick=x>b", "<p>a <b>b</b></p>"),
        ("a </b> c", "<p>a  c</p>"),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("a <script>b *c*</script> d", "<p>a  d</p>"),
        ("<style>\n\nx\n\n</style>\n\nb", "<p>b</p>"),
        (
            "<details>\n<summary>A</summary>\n\n*b*\n\n</details>",
            "<details>\n<summary>A</summary>\n<p><em>b</em></p>\n</details>",
        ),
        ("<div class='mermaid'>a &amp; b</div>", "a &amp; b"),
    ],
)
def test_typed_html_is_reduced_and_balanced(text: str, expected: str) -> None:
    assert re.sub(r"\n+", "\n", html(text)) == expected


def test_what_was_left_out_is_returned() -> None:
    assert rendered("<!-- x -->\n\na <script>b</script><i>c</i> <iframe src='x'>").removed == (
        "<script>",
        "<iframe src='x'>",
    )


def test_an_open_element_does_not_reach_beyond_its_place() -> None:
    assert (
        html("- <details>\n\n  a\n\nb") == "<ul>\n<li><details>\n<p>a</p>\n</details></li>\n</ul>\n<p>b</p>"
    )


def test_the_first_paragraph_is_the_card() -> None:
    prose = rendered("### H\n\nA [*b*](c.md) & <b>d</b>[^1] ![e](f.png) `<g>`\n\nB\n\n[^1]: n")
    assert prose.card == "A <em>b</em> &amp; <b>d</b> e <code>&lt;g&gt;</code>"
    assert prose.plain == "A b & d e <g>"


@pytest.mark.parametrize("text", ["", " \n", "[a]: b", "- a"])
def test_a_text_without_a_paragraph_has_an_empty_card(text: str) -> None:
    assert (rendered(text).card, rendered(text).plain) == ("", "")


def test_a_text_beyond_the_limits_is_shown_as_typed() -> None:
    assert html("<b>\n\n" + "> " * 40).startswith("<pre>&lt;b&gt;")


TAG = re.compile(r"</?([a-z0-9]+)((?: [a-z-]+=\"[^\"<>]*\")*)>")
FORBIDDEN = re.compile(
    r"\son\w+=|javascript:|data:|mermaid|<script|<style|<iframe|<form|target=", re.IGNORECASE
)


@given(TEXTS)
def test_any_text_gives_balanced_html_of_allowed_tags_with_prefixed_ids(text: str) -> None:
    made = rendered(text).html
    rest = TAG.sub("", made)
    assert "<" not in rest
    assert ">" not in rest
    stack: list[str] = []
    for match in TAG.finditer(made):
        attributes = match[2]
        assert FORBIDDEN.search(f"<{match[1]}{attributes}") is None
        for name in re.findall(r' (?:id|for|name)="([^"]*)"', attributes):
            assert name.startswith("user-")
        if match[1] in {"br", "hr", "img", "input", "wbr"}:
            continue
        if match[0][1] == "/":
            assert stack.pop() == match[1]
        else:
            stack.append(match[1])
    assert stack == []
    ids = re.findall(r' id="([^"]*)"', made)
    assert len(ids) == len(set(ids))


@given(TEXTS)
def test_rendering_is_the_same_every_time(text: str) -> None:
    assert rendered(text) == rendered(text)
