"""The last gate lets nothing through that is not on its list, and does the same twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_markdown_limits import TEXTS
from twofold.prose.render import Target, render
from twofold.prose.sanitise import TAGS, sanitise


def clean(html: str) -> str:
    return sanitise(html, prefix="p-")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>a</script>b", "b"),
        ("<style>a</style>b", "b"),
        ("<iframe src=x>a</iframe>b", "b"),
        ("<svg><script>a</script></svg>b", "b"),
        ("<math><mi>a</mi></math>b", "b"),
        ("<img src=x onerror=a>", '<img src="x">'),
        ("<a href='javascript:a'>b</a>", "<a>b</a>"),
        ("<a href=' java\nscript:a'>b</a>", "<a>b</a>"),
        ("<a href='&#106;avascript:a'>b</a>", "<a>b</a>"),
        ("<a href='data:text/html,a'>b</a>", "<a>b</a>"),
        ("<a href='//h.org'>b</a>", "<a>b</a>"),
        ("<a href='\\\\h.org'>b</a>", "<a>b</a>"),
        ("<a href='vbscript:x' target=_blank ping=x>b</a>", "<a>b</a>"),
        ("<div class='mermaid admonition note'>a</div>", '<div class="admonition note">a</div>'),
        ("<p style='background:url(//h)'>a</p>", "<p>a</p>"),
        ("<td style='text-align:center'>", ""),
        (
            "<table><tr><td style='text-align: center;'>a",
            '<table><tbody><tr><td style="text-align:center">a</td></tr></tbody></table>',
        ),
        ("<p id=x>a</p><p id=p-x>b</p>", '<p>a</p><p id="p-x">b</p>'),
        ("<!-- a -->b", "b"),
        ("<form><input type=text name=p-x><button>a</button></form>", '<input name="p-x">a'),
        ("<base href=//h><link rel=x><meta http-equiv=refresh>a", "a"),
        ("<span data-linenos='1 ' data-md-x=1>a</span>", '<span data-linenos="1 ">a</span>'),
    ],
)
def test_what_is_not_allowed_is_gone(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../a/#b">c</a>',
        '<a href="https://a.org" title="b">c</a>',
        '<a href="mailto:a@b.org">c</a>',
        '<a class="headerlink" href="#p-a" title="Permanent link">¶</a>',
        (
            '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">'
            '<input checked="" id="p-1" name="p-n" type="radio"></div>'
        ),
        '<label for="p-1">a</label>',
        '<details open=""><summary>a</summary>b</details>',
        '<span class="nf">a</span>',
        '<abbr title="a &quot;b&quot;">c</abbr>',
    ],
)
def test_materials_markup_passes_unchanged(html: str) -> None:
    assert clean(html) == html


HTML = st.lists(
    st.one_of(
        st.sampled_from(sorted(TAGS)).map(lambda tag: f"<{tag}>"),
        st.sampled_from(sorted(TAGS)).map(lambda tag: f"</{tag}>"),
        st.sampled_from(
            [
                *(
                    "a",
                    " ",
                    "&amp;",
                    "&lt;",
                    "<",
                    ">",
                    '"',
                    "&",
                    "\n",
                    "\u00a0",
                    "<!--",
                    "-->",
                    "<![CDATA[",
                    "]]>",
                ),
                *(
                    "<svg>",
                    "<math>",
                    "<mtext>",
                    "<style>",
                    "<noscript>",
                    "<template>",
                    "<select>",
                    "<textarea>",
                ),
                *(
                    "<p id=p-a>",
                    "<p id=b>",
                    "<a href='x'>",
                    "<a href='javascript:x'>",
                    "<div class='note mermaid'>",
                ),
                *("<img src=x onerror=y>", "<td style='text-align:left'>", "<title>", "<plaintext>", "<xmp>"),
            ]
        ),
    ),
    max_size=20,
).map("".join)


@given(HTML)
def test_sanitising_twice_is_sanitising_once(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@given(TEXTS)
def test_rendered_texts_pass_the_gate_unchanged(text: str) -> None:
    made = render(text, prefix="p-", links=lambda url: Target(href=url)).html
    assert clean(made) == made


def test_each_prefix_is_its_own() -> None:
    assert sanitise("<p id=a-x>", prefix="b-") == "<p></p>"
    assert sanitise("<p id=a-x>", prefix="a-") == '<p id="a-x"></p>'
