"""Guarded YAML: core rules, places, limits, and nothing but a refusal for whatever else there is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.events import AliasEvent, DocumentStartEvent

from twofold.source import yaml, yaml_data
from twofold.source.limits import MAX_DEPTH
from twofold.source.yaml import Plain, Refusal, plain_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORE: dict[str, list[Any]] = {
    "null": [None, "", "~", "null", "Null", "NULL"],
    "true": [True, "true", "True", "TRUE"],
    "false": [False, "false", "False", "FALSE"],
}
TEXTS = [
    "no",
    "No",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "nUll",
    "tRUE",
    "12:30",
    "1_000",
    "0b11",
    "2026-11-23",
    "1.2.3",
]
TEXTS += ["1e", "+", ".", "+.nan", "0xZZ", "0o9", "--1", "1,5", "\u0661", "½", "- a"[2:], "e3", ".e3"]
NUMBERS: list[tuple[str, float]] = [
    ("0", 0),
    ("007", 7),
    ("-12", -12),
    ("+12", 12),
    ("0o17", 15),
    ("0x1F", 31),
    ("1.10", 1.1),
    (".5", 0.5),
    ("5.", 5.0),
    ("1e3", 1000.0),
    ("-1.5E-2", -0.015),
    (".inf", math.inf),
    ("-.INF", -math.inf),
    ("+.Inf", math.inf),
]


def data(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """By the quick reader; the slow one must agree."""
    node = yaml.read(text, path="a.yml")
    quick = yaml_data.load(text, path="a.yml")
    assert _exact(quick) == _exact(node.data if node is not None else None)
    return quick


def refusal(text: str, *, first_line: int = 1) -> tuple[str, int, int]:
    with pytest.raises(Refusal) as slow:
        yaml.read(text, path="a.yml", first_line=first_line)
    with pytest.raises(Refusal) as quick:
        yaml_data.load(text, path="a.yml", first_line=first_line)
    assert quick.value.diagnostic == slow.value.diagnostic
    found = slow.value.diagnostic
    return found.code, found.span.line, found.span.column


def _exact(value: object) -> object:
    """With the type of every scalar, which `Plain` would hide, and the order of every key."""
    if isinstance(value, dict):
        return [(key, _exact(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [_exact(inner) for inner in value]
    return type(value), value


@pytest.mark.parametrize(
    ("text", "value"), [(text, value[0]) for value in CORE.values() for text in value[1:]]
)
def test_nulls_and_booleans_are_those_of_the_core_rules(text: str, value: object) -> None:
    assert plain_values(data(f"[{text or 'null'}]")) == [value]
    assert plain_values(data(f"a: {text}")) == {"a": value}


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_core_rules_do_not_name_is_text(text: str) -> None:
    found = data(f"a: {text}")["a"]
    assert (type(found), found) == (str, text)


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_knows_its_text_and_its_value(text: str, value: float) -> None:
    found = data(f"a: {text}")["a"]
    assert (type(found), found) == (Plain, text)
    assert (type(found.value), found.value) == (type(value), value)


def test_not_a_number_is_a_number() -> None:
    assert math.isnan(data("a: .nan")["a"].value)


@pytest.mark.parametrize("text", ["'1.10'", '"true"', "'~'", "''"])
def test_what_is_quoted_is_text(text: str) -> None:
    assert type(data(f"a: {text}")["a"]) is str


def test_a_number_too_long_to_read_says_so_instead_of_taking_for_ever() -> None:
    number = data(f"a: {'9' * 5000}")["a"]
    with pytest.raises(OverflowError, match="5,000 characters"):
        assert number.value
    assert plain_values(data(f"a: {'9' * 5000}")) == {"a": "9" * 5000}


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "--- # nothing\n...\n"])
def test_an_empty_document_holds_nothing(text: str) -> None:
    assert data(text) is None


def test_every_value_knows_where_it_stands() -> None:
    root = yaml.read("a: 1\nlist:\n  - x\n  - {deep: 'ü', \"key two\": [1, 22]}\n", path="a.yml")
    assert root is not None
    places = {
        location: (node.start.line, node.start.column, node.end.line, node.end.column)
        for location, node in every_node(root)
        if node.children is None
    }
    assert places == {
        ("a",): (0, 3, 0, 4),
        ("list", 0): (2, 4, 2, 5),
        ("list", 1, "deep"): (3, 11, 3, 14),
        ("list", 1, "key two", 0): (3, 28, 3, 29),
        ("list", 1, "key two", 1): (3, 31, 3, 33),
    }


def test_a_key_knows_where_it_stands() -> None:
    root = yaml.read("a: 1\nb:\n  c: {d: 2}\n", path="a.yml")
    assert root is not None
    mark = root.key_mark(("b", "c", "d"))
    assert mark is not None
    assert (mark.line, mark.column) == (2, 6)
    assert root.key_mark(("b", "x")) is None
    assert root.key_mark(()) is None


def test_a_place_that_is_not_there_is_the_nearest_above_it() -> None:
    root = yaml.read("a: {b: 1}\n", path="a.yml")
    assert root is not None
    assert root.find(("a", "b", "c", 3)).data == "1"
    assert root.find(("a", 7)).data == {"b": "1"}


def test_columns_count_characters_and_lines_count_from_the_file() -> None:
    assert refusal("ä: '漢字' x", first_line=5) == ("TF002", 5, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c", ("TF002", 1, 5)),
        ("a: [1", ("TF002", 2, 1)),
        ("- 1\n---\n- 2\n", ("TF002", 2, 1)),
        ("? [a]\n: 1\n", ("TF002", 1, 3)),
        ("a\u2029: 1", ("TF002", 1, 2)),
        ("a\ud800: 1", ("TF002", 1, 2)),
        ("a: 1\nb: 2\na: 3\n", ("TF003", 3, 1)),
        ("a: 1\n'a': 3\n", ("TF003", 2, 1)),
        ("1: x\n'1': y\n", ("TF003", 2, 1)),
        ("a: &x 1\n", ("TF004", 1, 4)),
        ("a: &x\n  b: 1\n", ("TF004", 1, 4)),
        ("- *x\n", ("TF004", 1, 3)),
        ("*x : 1\n", ("TF004", 1, 1)),
        ("a: !!str 1\n", ("TF004", 1, 4)),
        ("!x a: 1\n", ("TF004", 1, 1)),
        ("a: !x [1]\n", ("TF004", 1, 4)),
        ("%TAG ! tag:x,2026:\n---\na: 1\n", ("TF004", 1, 1)),
        ("[" * (MAX_DEPTH + 1), ("TF008", 1, MAX_DEPTH + 1)),
        ("- " * (MAX_DEPTH + 1), ("TF008", 1, 2 * MAX_DEPTH + 1)),
    ],
)
def test_what_is_refused_is_refused_by_name_at_its_place(text: str, expected: tuple[str, int, int]) -> None:
    assert refusal(text) == expected


def test_the_deepest_allowed_document_is_read() -> None:
    assert data("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None


def test_a_million_brackets_are_refused_without_being_read() -> None:
    assert refusal("[" * 1_000_000) == ("TF008", 1, MAX_DEPTH + 1)


def test_the_owners_configuration_may_have_anchors_and_tags() -> None:
    node = yaml.read("a: &x !ENV [HOME, none]\nb: *x\n", path="mkdocs.yml", trusted=True)
    assert node is not None
    assert node.find(("a",)).tag == "!ENV"
    assert node.data == {"a": ["HOME", "none"], "b": ["HOME", "none"]}


PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\n",
        "\n  ",
        '"',
        "'",
        "#",
        "&a ",
        "*a",
        "!t ",
        "|\n",
        ">-\n",
        "~",
        "1",
        "1.5",
        "true",
        "? ",
        ": ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "<<: ",
        "\t",
        "\\x41",
        "\u2028",
        "ü",
        "漢",
        "\x00",
        "\x85",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
@example("\ud800")
@example("a: \ufeff")
def test_any_text_is_read_or_refused_and_both_readers_agree(text: str) -> None:
    def slow(text: str) -> object:
        node = yaml.read(text, path="a.yml")
        return node.data if node is not None else None

    def quick(text: str) -> object:
        return yaml_data.load(text, path="a.yml")

    assert _outcome(quick, text) == _outcome(slow, text)


def _outcome(reader: Callable[[str], object], text: str) -> object:
    try:
        return _exact(reader(text))
    except Refusal as refused:
        return refused.diagnostic


# Without the line separators that are refused.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.dates()
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(TREES, st.booleans() | st.none(), st.integers(20, 200))
def test_what_pyyaml_writes_has_the_structure_that_pyyaml_reads(
    tree: object, flow: Literal[True, False] | None, width: int
) -> None:
    # Without aliases: two equal trees are written twice.
    class Dumper(pyyaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            del data
            return True

    text = pyyaml.dump(tree, Dumper=Dumper, default_flow_style=flow, width=width, allow_unicode=True)
    assert _shape(data(text)) == _shape(pyyaml.load(text, Loader=pyyaml.CSafeLoader))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_pyyamls_safe_reader_takes_has_the_same_structure_here(text: str) -> None:
    try:
        events = list(pyyaml.parse(text, Loader=pyyaml.CSafeLoader))
        theirs = pyyaml.load(text, Loader=pyyaml.CSafeLoader)
    except (pyyaml.YAMLError, ValueError, TypeError):
        return
    for event in events:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            return
        if isinstance(event, DocumentStartEvent) and event.tags:
            return
    try:
        ours = data(text)
    except AssertionError:
        raise
    except Refusal as refused:
        # What is stricter here, on purpose: duplicate keys, keys that are collections, odd line ends, `<<`.
        codes = {refused.diagnostic.code}
        ours = theirs
    else:
        codes = set()
    assert codes <= {"TF002", "TF003"}
    if "<<" not in text:
        assert _shape(ours) == _shape(theirs)


def _shape(value: object) -> object:
    """The structure alone: scalars are all the same, and so are keys, which YAML 1.1 reads as it likes."""
    if isinstance(value, dict):
        return ["mapping", *map(_shape, value.values())]
    if isinstance(value, list):
        return ["list", *map(_shape, value)]
    return "scalar"


def every_node(
    node: yaml.Node, location: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], yaml.Node]]:
    """Every node with its path, parents first."""
    yield location, node
    if isinstance(node.children, dict):
        for key, child in node.children.items():
            yield from every_node(child, (*location, key))
    elif node.children is not None:
        for index, child in enumerate(node.children):
            yield from every_node(child, (*location, index))
