"""Hostile texts are refused before they are parsed, or cost little."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofold.prose.render import render
from twofold.source.limits import MAX_BYTES, MAX_DEPTH, TOO_LARGE_OR_DEEP
from twofold.source.markdown import parse
from twofold.source.markdown_limits import Excess, in_full, limits

MEBIBYTE = 1024 * 1024
SECONDS = 6.0
"""Of the processor. Generous: a busy machine takes thrice the second and a half of the dearest text alone."""


def filled(unit: str, size: int = MEBIBYTE) -> str:
    return (unit * (size // len(unit) + 1))[:size]


HOSTILE = {
    "open brackets": "[" * 30_000,
    "open images": "![" * 10_000,
    "spaced brackets": "[a " * 10_000,
    "stars": filled("*"),
    "stars at the limit": "*a" * 19_000,
    "mixed emphasis": "*_" * 19_000,
    "rule of three": "***a** b* " * 6_000,
    "underscores": "_a " * 39_000,
    "backticks of growing length": " ".join("`" * n for n in range(1, 270)),
    "tags": filled("<"),
    "open tags": '<a b="' * 6_000 + '"',
    "open comments": "<!--" * 39_000,
    "ampersands": filled("&"),
    "links in links": "[" * 32 + "a" + "](b)" * 32,
    "many nested images": ("![" * 31 + "a" + "](b)" * 31 + " ") * 900,
    "open destinations": "[a](b" * 19_000,
    "open titles": "[a](b '" * 19_000,
    "definitions": "".join(f"[{n}]: http://x/{n}\n" for n in range(19_000)),
    "one long definition, much used": "[a]: http://x/" + "y" * 1_900 + "\n\n" + "[a] " * 19_000,
    "footnotes": "".join(f"[^{n}] " for n in range(9_000)) + "".join(f"\n\n[^{n}]: x" for n in range(9_000)),
    "footnotes in footnotes": "".join(f"[^{n}]: x [^{n + 1}]\n\n" for n in range(9_000)) + "[^1]",
    "a wide table": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b|\n" * 200,
    "a table at the limit": "|a" * 99 + "|\n" + "|-" * 99 + "|\n" + "|b|\n" * 190,
    "pipes": "|" * 100_000,
    "quotes": "> " * 100_000,
    "quotes over many lines": ("> " * 31 + "a\n") * 16_000,
    "lazy lines in deep quotes": "> " * 32 + "a\n" + "b\n" * 19_000,
    "lists in one line": "- " * 100_000 + "a",
    "a stair of lists": "\n".join("  " * n + "- a" for n in range(300)),
    "a stair of definitions": "\n".join("  " * n + "a\n" + "  " * n + ": b" for n in range(300)),
    "a stair of admonitions": "\n".join("    " * n + "!!! note" for n in range(300)),
    "footnotes in one line": "[^a]: " * 5_000,
    "lists at the limit": ("- " * 32 + "a\n") * 1_200,
    "addresses": filled("http://a.b/c "),
    "at signs": filled("@"),
    "bold HTML, never closed": "".join(f'<b title="{n}">\n\n' for n in range(6_000)),
    "open details": "<details>\n\n" * 9_000,
    "brackets as JSON": "```json\n" + "[" * 15_000 + "\n```",
    "quotation marks as Python": "```python\n" + '"' * 19_000,
    "carriage returns": filled("\r"),
    "plain words": filled("Plain words about charting in the ward. " * 10 + "\n\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_its_place_or_renders_soon(name: str) -> None:
    text = HOSTILE[name]
    begin = time.process_time()
    excess = limits(text)
    assert time.process_time() - begin < 1.0
    if excess is not None:
        rows = text.replace("\r", "\n").split("\n")
        assert 1 <= excess.line <= len(rows)
        assert 1 <= excess.column <= len(rows[excess.line - 1]) + 1
        return
    render(text, prefix="p-", links=lambda _: None)
    assert time.process_time() - begin < SECONDS


def test_all_hostile_texts_together_stay_below_300_megabytes() -> None:
    script = (
        "import sys\n"
        "sys.path[:0] = sys.argv[1:]\n"
        "from tests.support.memory import peak\n"
        "from tests.unit.test_markdown_limits import HOSTILE\n"
        "from twofold.prose.render import render\n"
        "for text in HOSTILE.values(): render(text, prefix='p-', links=lambda _: None)\n"
        "print(peak())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *sys.path], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 300 * 1024


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a\n\n" + "> " * 33 + "b", 3, 65),
        ("a\n\n  " + "- " * 33 + "b", 3, 67),
        ("x\n" + "[" * 33, 2, 33),
        ("x\n" * 20_000, 20_001, 1),
        ("a " * MAX_BYTES, 1, 1),
        ("|" * 102 + "\n" + "|-" * 102, 2, 1),
    ],
)
def test_what_is_too_deep_or_large_is_named_with_line_and_column(text: str, line: int, column: int) -> None:
    excess = limits(text)
    assert excess is not None
    assert (excess.line, excess.column) == (line, column)
    diagnostic = excess.at("content/a.md", first_line=5)
    assert (diagnostic.code, diagnostic.rule) == ("TF008", TOO_LARGE_OR_DEEP)
    assert (diagnostic.span.line, diagnostic.span.column) == (line + 4, column)
    assert diagnostic.message == excess.what


@pytest.mark.parametrize(
    "text",
    [
        "",
        "> " * MAX_DEPTH + "a",
        "[" * 32 + "a" + "]" * 32,
        "* * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * *",
        "- [ ] task\n" * 2_000,
        "- [a](b.md)\n" * 2_000,
        "\n".join(f"- level {n}\n  - below\n    1. and below" for n in range(500)),
        "a" * MAX_BYTES,
        "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 3_000,
    ],
)
def test_what_people_write_is_within_the_limits(text: str) -> None:
    assert limits(text) is None


def test_the_size_is_counted_in_bytes() -> None:
    assert limits("ä" * (MAX_BYTES // 2)) is None
    assert isinstance(limits("ä" * (MAX_BYTES // 2 + 1)), Excess)


PIECES = st.sampled_from(
    [
        *"*_`~[]()<>!|&\\#-+=:@^{}\"' \n\t\r\0a1",
        *(
            "- ",
            "> ",
            "    ",
            "```",
            "~~~",
            "1. ",
            "\n\n",
            "](",
            "[^a]",
            "[^a]: ",
            "[a]: b\n",
            "|-|",
            "!!! note\n",
        ),
        *(
            '=== "a"\n',
            "??? tip\n",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<details>",
            "{: .a #b }",
            "http://a.b/",
            "&amp;",
        ),
        *(
            ": x",
            "a@b.c",
            "www.a.b",
            "## ",
            "---\n",
            "\u200b",
            "\u00a0",
            "ä",
            "\ud7ff",
            "[ ] ",
            "> [!NOTE]\n",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@given(TEXTS)
def test_any_text_is_judged_and_parsed_without_an_exception(text: str) -> None:
    if limits(text) is None:
        parse(text)


@given(
    st.lists(
        st.sampled_from(["> ", "- ", "1. ", "  ", "   ", "    ", "\t", ": ", "a", "\n", "[^a]: "]),
        max_size=120,
    )
)
def test_the_depth_that_the_parser_reaches_is_never_above_what_the_limits_counted(pieces: list[str]) -> None:
    text = "".join(pieces)
    if limits(text) is None:
        tokens, _ = parse(text)
        containers = {"blockquote", "ul", "ol", "dl"}
        depth = deepest = 0
        for token in tokens:
            depth += token.nesting * (token.tag in containers)
            deepest = max(deepest, depth)
        assert deepest <= MAX_DEPTH


@given(
    TEXTS
    | st.lists(st.sampled_from(["|a", "|-", "\n", "b\n", "> ", "1. ", "*" * 40]), max_size=300).map("".join)
)
def test_the_quick_look_lets_nothing_pass_that_the_full_one_refuses(text: str) -> None:
    if limits(text) is None:
        assert in_full(text) is None


def test_few_pipes_do_not_hide_many_cells() -> None:
    assert limits("|a" * 49 + "\n" + "|-" * 49 + "\n" + "b\n" * 850) is not None


def test_looking_at_the_limits_does_not_load_the_parser() -> None:
    script = (
        "import sys\nsys.path[:0] = sys.argv[1:]\nfrom twofold.source.markdown import limits\n"
        "limits('- a\\n' * 50)\nprint('markdown_it' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *sys.path], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


MARKERS = st.sampled_from(
    [">", "- ", "> ", "1. ", "* ", "  ", "    ", ": ", "!!! a", "[^a]: ", "[", "|", "a", "\n", "\n\n"]
)


@given(st.lists(MARKERS, max_size=400).map("".join))
def test_the_quick_look_spares_only_what_the_full_one_would_let_pass(text: str) -> None:
    assert limits(text) == in_full(text)
