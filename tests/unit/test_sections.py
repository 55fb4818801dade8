"""Bodies are split by block structure; what only looks like a section is an error."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofold.source import sections
from twofold.source.headings import Titles, by_structure
from twofold.source.sections import Sections, split

LABELS = {"For customers": "customer", "For users": "user", "Internal": "internal"}


def parts(body: str, first_line: int = 1) -> tuple[Sections, list[tuple[str, int, int]]]:
    made, found = split(body, path="content/roadmap/a.md", first_line=first_line, labels=LABELS)
    return made, [(d.code, d.span.line, d.span.column) for d in found]


def test_sections_go_to_their_labels_and_join_in_order() -> None:
    made, found = parts(
        "Why.\n\n## For customers\n\nA\n\n## Internal\nsecret\n## For customers ##\n\nB\nC\n", 10
    )
    assert found == []
    assert made.description == "Why."
    assert dict(made.texts) == {"customer": "A\n\nB\nC", "internal": "secret"}
    assert [made.line("customer", n) for n in (1, 3, 4)] == [14, 20, 21]
    assert made.line("internal", 1) == 17
    assert made.line(None, 1) == 10


def test_another_title_stays_internal_with_its_heading_and_warns() -> None:
    made, found = split("## For user\n\nA\n\n## Internal\nB", path="a.md", first_line=3, labels=LABELS)
    assert made.description == "## For user\n\nA"
    assert dict(made.texts) == {"internal": "B"}
    assert [(d.code, d.span.line, d.hint) for d in found] == [("TF107", 3, "Did you mean “## For users”?")]


def test_deeper_headings_and_paragraph_words_belong_to_their_section() -> None:
    made, found = parts("## For users\nInternal\n\n### Detail\n\nfor customers\n\n#### More\n\n#tag")
    assert found == []
    assert dict(made.texts) == {"user": "Internal\n\n### Detail\n\nfor customers\n\n#### More\n\n#tag"}


def test_an_underlined_heading_of_another_title_is_an_unmapped_section() -> None:
    made, found = parts("## For users\nA\n\nOther\nthing\n---\nB")
    assert found == [("TF107", 4, 1)]
    assert dict(made.texts) == {"user": "A"}
    assert made.description == "Other\nthing\n---\nB"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("##Internal", 1),
        ("## internal", 1),
        ("## INTERNAL", 1),
        ("## Internal:", 1),
        ("## **Internal**", 1),
        ("# Internal", 1),
        ("### Internal", 1),
        ("####### Internal", 1),
        ("## \u200bInternal", 1),
        ("##\u00a0Internal", 1),
        ("## Internal\u00a0", 1),
        ("\u200b## Internal", 1),
        ("\ufeff## Internal", 1),
        ("\uff03\uff03 Internal", 1),
        ("## \uff29nternal", 1),
        ("## Internal&nbsp;", 1),
        ("    ## Internal", 5),
        ("\t## Internal", 2),
        ("- ## Internal", 1),
        ("1. ## Internal", 1),
        ("**Internal**", 1),
        ("__Internal__:", 1),
    ],
)
def test_a_near_miss_is_an_error_at_its_place(line: str, column: int) -> None:
    made, found = parts(f"## For customers\n\nA\n\n{line}\n\nsecret", 7)
    assert found == [("TF109", 11, column)]
    assert "internal" not in made.texts


@pytest.mark.parametrize("underline", ["---", "===", "  -", "======  "])
def test_an_underlined_section_is_an_error(underline: str) -> None:
    assert parts(f"## For users\nA\n\nInternal\n{underline}\nsecret")[1] == [("TF109", 4, 1)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```", ""),
        ("```yaml", "```"),
        ("~~~", "~~~"),
        ("   ````", ""),
        ("<!--", ""),
        ("<!-- a", "-->"),
        ("<script>", "</script>"),
        ("<details>", "</details>"),
        ("<div", ">"),
        ("<?", "?>"),
    ],
)
def test_a_section_that_a_fence_a_comment_or_html_swallows_is_an_error(before: str, after: str) -> None:
    body = f"## For users\nA\n\n{before}\n## Internal\nsecret\n{after}\n"
    assert parts(body) == (parts(body)[0], [("TF109", 5, 1)])
    assert set(parts(body)[0].texts) == {"user"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("- a\n  ## Internal", (2, 3)),
        ("- a\n\n  ### Internal", (3, 3)),
        ("!!! note\n    ## Internal", (2, 5)),
        ('=== "Tab"\n\n    ## Internal', (3, 5)),
        ("[^1]: a\n    ## Internal", (2, 5)),
        ("term\n:   a\n\n    ## Internal", (4, 5)),
        ("> a quote\n##Internal", (2, 1)),
        ("- an item\n##Internal", (2, 1)),
        ("text\n     ## Internal", (2, 6)),
    ],
)
def test_a_section_that_a_container_swallows_is_an_error(body: str, place: tuple[int, int]) -> None:
    assert parts(body)[1] == [("TF109", *place)]


@pytest.mark.parametrize(
    "body",
    [
        "> ## Internal",
        "- > ## Internal",
        "        ## Internal",
        "```\n    ## Internal\n```",
        "```sh\n# Internal\n```",
        "`## Internal`",
        "Write ## Internal here",
        "| ## Internal |\n|---|\n| b |",
        "a **Internal** word",
        "- **Internal** first",
        "Internal\n\n---\n",
        "For customers:\n\n- a",
    ],
)
def test_examples_and_plain_words_are_left_alone(body: str) -> None:
    assert parts(body)[1] == []


@pytest.mark.parametrize(
    "heading", ["   ## Internal", "##\tInternal", "##   Internal  ##  ", "## Internal #"]
)
def test_headings_as_commonmark_takes_them_are_sections(heading: str) -> None:
    made, found = parts(f"A\n{heading}\nB")
    assert found == []
    assert dict(made.texts) == {"internal": "B"}


def test_line_ends_of_any_system_count_as_one() -> None:
    made, found = parts("A\r\n\r\n## Internal\r\nB\r\n##Internal\rC")
    assert found == [("TF109", 5, 1)]
    assert dict(made.texts) == {"internal": "B\n##Internal\nC"}


def test_a_body_beyond_the_limits_stays_internal() -> None:
    made, found = parts("## For users\n```\n" + "> " * 40 + "\n", 4)
    assert found == [("TF008", 6, 65)]
    assert dict(made.texts) == {}


PIECES = st.sampled_from(
    [
        *(
            "## For customers\n",
            "## For users\n",
            "## Internal\n",
            "## Other\n",
            "##Internal\n",
            "# Internal\n",
        ),
        *(
            "### For users\n",
            "## internal\n",
            "Internal\n",
            "**Internal**\n",
            "## \n",
            "##\n",
            "##\tInternal\n",
        ),
        *(
            "text\n",
            "\n",
            "- item\n",
            "  ",
            " ",
            "    ",
            "\t",
            "> ",
            "1. ",
            "---\n",
            "===\n",
            "-\n",
            "```\n",
            "~~~\n",
        ),
        *(
            "<!--\n",
            "-->\n",
            "<div>\n",
            "<b>",
            "| a |\n",
            "|---|\n",
            "[a]: b\n",
            '"t\n',
            "[^1]: ",
            ": ",
            "!!! note\n",
        ),
        *(
            '=== "A"\n',
            "\u200b",
            "\u00a0",
            "\ufeff",
            "\x0b",
            "\x0c",
            "\x1c",
            "\u2028",
            "\x85",
            "#",
            "\\",
            "\r",
            "\0",
            "]",
        ),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_both_ways_of_splitting_agree(body: str) -> None:
    """Wherever the lines alone are asked, the parser says the same."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    lines = body.split("\n")
    titles = Titles.of(tuple(LABELS))
    quick = sections._line_by_line(lines, titles)
    if quick is not None:
        heads, found = by_structure(body, lines, titles, path="a.md", first_line=1)
        assert (quick, []) == (heads, found)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_line_of_a_text_is_found_again_in_the_file(body: str) -> None:
    made, _ = parts(body, 9)
    rows = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for label, text in [(None, made.description), *made.texts.items()]:
        for number, line in enumerate(text.split("\n") if text else [], start=1):
            if line.strip():
                assert rows[made.line(label, number) - 9] == line


def test_a_plain_body_is_split_without_the_parser() -> None:
    script = (
        "import sys\nsys.path[:0] = sys.argv[1:]\nfrom twofold.source.sections import split\n"
        "split('A **b**\\n\\n- [x](y.md)\\n\\n## Internal\\nB', path='a', first_line=1, "
        "labels={'Internal': 'internal'})\n"
        "print('markdown_it' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *sys.path], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
