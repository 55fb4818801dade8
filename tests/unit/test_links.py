"""Links are found at their place, and those that lead nowhere are reported."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_markdown_limits import TEXTS
from twofold.prose import links
from twofold.prose.links import Kind, Lead, Link, Target, check_links, extract, lead


def resolve(url: str) -> Target | None:
    return Target(href=url) if url.startswith(("../", "ok")) else None


def problems(text: str) -> list[tuple[str, int, int, int]]:
    found = check_links(text, at=lambda line: ("content/a.md", line + 10), resolve=resolve)
    return [(d.code, d.span.line, d.span.column, d.span.length) for d in found]


def messages(text: str) -> list[str]:
    return [d.message for d in check_links(text, at=lambda line: ("content/a.md", line), resolve=resolve)]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("../roadmap/faster-login.md", Lead.FILE),
        ("faster-login.yml#for-users", Lead.FILE),
        ("a%20b.md", Lead.FILE),
        ("#x", Lead.ANCHOR),
        ("https://a.org", Lead.WEB),
        ("HTTP://a.org", Lead.WEB),
        ("mailto:a@b.org", Lead.WEB),
        ("javascript:alert(1)", Lead.REFUSED),
        ("JavaScript:alert(1)", Lead.REFUSED),
        ("java\tscript:alert(1)", Lead.REFUSED),
        ("\x01javascript:alert(1)", Lead.REFUSED),
        ("javascript%3Aalert(1)", Lead.REFUSED),
        ("data:text/html,x", Lead.REFUSED),
        ("file:///etc/passwd", Lead.REFUSED),
        ("c:/x", Lead.REFUSED),
        ("/x", Lead.REFUSED),
        ("//h.org", Lead.REFUSED),
        ("\\\\h.org", Lead.REFUSED),
        ("/\t/h.org", Lead.REFUSED),
        ("?x", Lead.REFUSED),
        ("", Lead.REFUSED),
        ("https:", Lead.REFUSED),
        ("https:a.org", Lead.REFUSED),
    ],
)
def test_an_address_tells_where_it_leads(url: str, expected: Lead) -> None:
    assert lead(url) == expected


def test_every_link_and_image_but_those_to_the_web_is_found_at_its_place() -> None:
    text = (
        "A [b](../c.md) and\n  ![d](e.png 'T') `[no](x)` \\[no](x)\n\n> - q [f][g]\n\n"
        '| [h](1) | [h](2) |\n|---|---|\n| [h](1) | x |\n\n[g]: ../g.md\n\n!!! note "T [i](j)"\n    k <https://l.org>\n\n'
        "[m][n] [^o] [p]\n\nwww.q.org\n"
    )
    assert extract(text) == [
        Link(url="../c.md", kind=Kind.LINK, line=1, column=3, length=12),
        Link(url="e.png", kind=Kind.IMAGE, line=2, column=3, length=15),
        Link(url="../g.md", kind=Kind.LINK, line=4, column=7, length=6),
        Link(url="1", kind=Kind.LINK, line=6, column=3, length=6),
        Link(url="2", kind=Kind.LINK, line=6, column=12, length=6),
        Link(url="1", kind=Kind.LINK, line=8, column=3, length=6),
        Link(url="j", kind=Kind.LINK, line=12, column=13, length=6),
        Link(url="[m][n]", kind=Kind.UNRESOLVED, line=15, column=1, length=6),
        Link(url="[^o]", kind=Kind.UNRESOLVED, line=15, column=8, length=4),
    ]


def test_good_links_are_no_problem() -> None:
    text = (
        "# Some *heading*\n\n[a](../x.md#y) [b](ok.yml) [c](#some-heading) [d](https://e.org) "
        "<mailto:f@g.org> [h]\n\n"
        "![i](../j.png) [k][l] [^m] [n](#o) - [ ] p\n\nq\n{: #o }\n\n[l]: ok.md\n[^m]: r"
    )
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb [c](d.md)", [("TF209", 12, 3, 9)]),
        ("a `x`\nb [c](d.md)", [("TF209", 12, 3, 9)]),
        ("[c](javascript:x)", [("TF209", 11, 1, 17)]),
        ("<javascript:x>", [("TF209", 11, 1, 14)]),
        ("[c](/x)", [("TF209", 11, 1, 7)]),
        ("[c]()", [("TF209", 11, 1, 5)]),
        ("# A\n\n[c](#b)", [("TF209", 13, 1, 7)]),
        ("[a][b]", [("TF209", 11, 1, 6)]),
        ("a[^b]", [("TF209", 11, 2, 4)]),
        ("![a](https://h.org/x.png)", [("TF607", 11, 1, 25)]),
        ("![a](//h.org/x.png) `b`", [("TF607", 11, 1, 19)]),
        ("![a](data:image/png;base64,AA)", [("TF209", 11, 1, 30)]),
        ("- a\n  > [c](d.md)", [("TF209", 12, 5, 9)]),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_at_its_place(
    text: str, expected: list[tuple[str, int, int, int]]
) -> None:
    assert problems(text) == expected


def test_the_reason_is_given() -> None:
    assert messages("[a](b.md) [c](/d) [e](file:x) [f]() [g][h] [^i] [j](#k)") == [
        "The link “b.md” leads to no file of the content folder",
        "The link “/d” begins at the root; write it as seen from this file",
        "The link “file:x” is of a kind that is not taken",
        "The link “” is empty",
        "The link [g][h] is a reference that this text does not define",
        "The link [^i] is a footnote that this text does not define",
        "The link “#k” names no heading of this text",
    ]


SIMPLE = st.lists(
    st.sampled_from(
        [
            *(
                "[a](b)",
                "![a](b)",
                "[a b](../c.md#d)",
                "[ ]",
                "[x]",
                "[a]",
                "(",
                ")",
                "[",
                "]",
                " ",
                "\n",
                "a",
                "!",
                "*",
                "_",
            ),
            *(
                "    ",
                "\n    ",
                "{.a}",
                "{",
                "}",
                "- ",
                "> ",
                "# ",
                "http://a.b/",
                "www.a.b",
                "a@b.c",
                "---",
                "\n\n",
                "1. ",
                "  ",
                "::",
                "]:",
                "!!! note\n",
                "    ",
            ),
            *("```", "\n```\n", "\n```json\n", "\n ```\n", "\n~~~\n", "`", "\n<div>\n", "\r", "<"),
            *('=== "', '"', "'", "\u00a0", "\x0b", "\u2028", "{: .a }", "[a](b 'c')", "[a](<b>)", "(c)"),
        ]
    ),
    max_size=14,
).map("".join)


@given(SIMPLE)
def test_links_found_without_the_parser_are_those_of_the_parser(text: str) -> None:
    simple = links._simple(text)
    if simple is not None:
        parsed = [link for link in links._links(text)[0] if lead(link.url) is not Lead.WEB]
        assert [link for link in simple if lead(link.url) is not Lead.WEB] == parsed


@given(TEXTS)
def test_every_place_lies_within_its_text(text: str) -> None:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for link in extract(text):
        assert 1 <= link.line <= len(rows)
        assert 1 <= link.column <= len(rows[link.line - 1]) + 1


def test_a_text_of_plain_links_is_checked_without_the_parser() -> None:
    script = (
        "import sys\nsys.path[:0] = sys.argv[1:]\nfrom twofold.prose.links import check_links\n"
        "list(check_links('A [b](c.md)\\n- [ ] d\\n\\n```json\\n[1 < 2]\\n```\\n', at=lambda n: ('a', n), resolve=lambda u: None))\n"
        "print('markdown_it' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *sys.path], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
