"""Reading YAML line by line gives what the parser gives, or gives up."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twofold.source import yaml_lines
from twofold.source.yaml import Plain, Refusal, read

WORDS = st.sampled_from(
    [
        "a",
        "Ward nurse",
        "1.10",
        "5",
        "-3",
        "true",
        "null",
        "~",
        "no",
        "2026-11-30",
        "2026-Q4",
        "it's",
        "50 %",
        "x: y",
        "x:y",
        "https://a.b/c",
        "a #b",
        "a#b",
        "#b",
        "-",
        "- a",
        "?",
        "? a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%",
        "@",
        "`",
        "é",
        "سارة",
        '"q"',
        "'q'",
        '"a: b"',
        "'it''s'",
        '"\\\\n"',
        "[]",
        "[a, b]",
        "[a,b , c]",
        "[a, [b]]",
        "[a: b]",
        "{a: b}",
        "{a: 1, b: no}",
        "{a: b, a: c}",
        "{a:b}",
        "{}",
        '{a: "x, y"}',
        '["x", y]',
        "[a",
        "a]",
        "",
        " ",
        ".5",
        "0x1F",
        "1e3",
        ".nan",
        "...",
        "---",
        "a, b",
        "(a)",
        "[1, .5]",
        "[- a]",
        "[it's]",
        "[a:b]",
        "{a: https://x.y/z, b: c:d}",
        "[https://x/]",
        "[a:/b c]",
        "a:",
        ":",
        "[a ]",
        "[ a]",
        "[a,]",
        "k: [a]",
    ]
)
KEYS = st.sampled_from(
    ["a", "b", "key", "a-b", "_x", "1a", "a b", "", '"a"', "é", "<<", "true", "- a", "? a"]
)
PIECES = st.one_of(
    st.builds("{}{}: {}".format, st.sampled_from(["", "  ", "    ", " "]), KEYS, WORDS),
    st.builds("{}{}:".format, st.sampled_from(["", "  ", "    "]), KEYS),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), WORDS),
    st.builds("{}- {}: {}".format, st.sampled_from(["", "  ", "    "]), KEYS, WORDS),
    st.builds("{}{}".format, st.sampled_from(["", "  ", "\t"]), WORDS),
)
LITERALS = st.builds(
    "{}{}: {}\n{}".format,
    st.sampled_from(["", "  ", "- "]),
    KEYS,
    st.sampled_from(["|", "|-", "|+", "|2", ">", "| "]),
    st.lists(
        st.builds(
            "{}{}".format,
            st.sampled_from(["  ", "    ", "   ", " ", ""]),
            st.sampled_from(["a", "", "# b", "a: b", "- c", " ", "d  "]),
        ),
        max_size=4,
    ).map("\n".join),
)
TEXTS = st.one_of(
    st.builds(
        "{}{}".format,
        st.lists(st.one_of(PIECES, LITERALS), max_size=8).map("\n".join),
        st.sampled_from(["", "\n", "\n\n"]),
    ),
    st.text(max_size=40),
)


def shown(data: object) -> str:
    """Data with its kinds of scalars told apart."""
    return json.dumps(_marked(data), ensure_ascii=False)


def _marked(data: object) -> object:
    match data:
        case Plain():
            return {"plain": str(data)}
        case dict():
            return [[key, _marked(value)] for key, value in data.items()]
        case list():
            return [_marked(value) for value in data]
        case _:
            return data


@settings(max_examples=2000)
@given(TEXTS)
@example("a: b\n  - c")
@example("a:\n- b\n- c\nd: e")
@example("a:\n  - b: c\n    d: e\n  - f")
@example("- a: b\n c: d")
@example("a: b\n\n  # no\nc: d")
@example("a: [x, 'y']")
def test_what_it_reads_the_parser_reads_alike(text: str) -> None:
    try:
        data = yaml_lines.read(text)
    except yaml_lines.OddError:
        return
    try:
        node = read(text, path="a.yml")
    except Refusal as refusal:
        raise AssertionError(refusal.diagnostic.message) from refusal
    assert shown(data) == shown(node.data if node is not None else None)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("title: Ward nurse\nweight: 2\nrole:", {"title": "Ward nurse", "weight": Plain("2"), "role": None}),
        (
            "a: [x, y z, 1.5]\nb: {c: d, e: 5}",
            {"a": ["x", "y z", Plain("1.5")], "b": {"c": "d", "e": Plain("5")}},
        ),
        ('a:\n  - x\n  - b: c\n    d: e\nf: "g: h"', {"a": ["x", {"b": "c", "d": "e"}], "f": "g: h"}),
        ("a: |\n  x: y\n\n    # z\nb: |-\n  c\n", {"a": "x: y\n\n  # z\n", "b": "c"}),
        ("a: ['x, y', \"z: 1\"]\nb: {c: 'd, e'}", {"a": ["x, y", "z: 1"], "b": {"c": "d, e"}}),
        ("# only a comment\n\n", None),
    ],
)
def test_plain_records_are_read_without_the_parser(text: str, data: object) -> None:
    assert yaml_lines.read(text) == data


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: &x b",
        "a: !b c",
        "a: |\n  b",
        "a: b\n c",
        "a: 1\na: 2",
        "\ta: b",
        "a: [b",
        "? a",
        "--- a",
    ],
)
def test_what_needs_the_parser_is_left_to_it(text: str) -> None:
    with pytest.raises(yaml_lines.OddError):
        yaml_lines.read(text)
