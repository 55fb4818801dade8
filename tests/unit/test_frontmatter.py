"""Front matter is taken apart in one place, and a malformed fence is never page text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofold.diagnostics import Diagnostic
from twofold.source.frontmatter import Parts, split


def test_a_record_falls_into_fields_and_body_with_their_lines() -> None:
    assert split("---\na: 1\nb: 2\n---\n\nText\n", path="a.md", required=True) == Parts(
        front="a: 1\nb: 2\n", front_line=2, body="\nText\n", body_line=5
    )


def test_a_record_may_end_with_its_fence() -> None:
    assert split("---\na: 1\n---", path="a.md", required=True) == Parts(
        front="a: 1\n", front_line=2, body="", body_line=4
    )


def test_fields_may_be_missing_but_not_their_fences() -> None:
    assert split("---\n---\nText", path="a.md", required=True) == Parts(
        front="", front_line=2, body="Text", body_line=3
    )


def test_only_the_first_closing_fence_closes() -> None:
    parts = split("---\na: 1\n---\nOne\n\n---\n\nTwo\n", path="a.md", required=True)
    assert isinstance(parts, Parts)
    assert parts.body == "One\n\n---\n\nTwo\n"


def test_hyphens_inside_a_value_do_not_close() -> None:
    parts = split("---\na: |\n  ---\n  x\nb: --- \n---\n", path="a.md", required=True)
    assert isinstance(parts, Parts)
    assert parts.front == "a: |\n  ---\n  x\nb: --- \n"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("---\na: 1\n", 1, "never closed"),
        ("---", 1, "never closed"),
        ("---\n --- \n", 1, "never closed"),
        ("----\na: 1\n----\n", 1, "not `---`"),
        ("--- a: 1\n---\n", 1, "not `---`"),
        ("\n---\na: 1\n---\n", 2, "before"),
        (" \n\t\n---\na: 1\n---\n", 3, "before"),
        ("\ufeff---\na: 1\n---\n", 1, "not `---`"),
        (" ---\na: 1\n---\n", 1, "not `---`"),
        ("\u2014\na: 1\n", 1, "no front matter"),
        ("\u2013\u2013\u2013\na: 1\n---\n", 1, "not `---`"),
        ("", 1, "no front matter"),
        ("# Title\n\n---\na: 1\n---\n", 1, "no front matter"),
    ],
)
def test_a_record_with_a_malformed_fence_is_refused_at_its_line(text: str, line: int, part: str) -> None:
    found = split(text, path="a.md", required=True)
    assert isinstance(found, Diagnostic)
    assert (found.code, found.span.line) == ("TF005", line)
    assert part in found.message


@pytest.mark.parametrize(
    "text", ["# Title\n", "---\n\nA break first.\n", "", "----\n\nA longer break.\n", "\n\n# Title\n"]
)
def test_a_page_needs_no_front_matter(text: str) -> None:
    assert split(text, path="a.md", required=False) == Parts(front=None, front_line=1, body=text, body_line=1)


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\n", "\n---\ntitle: A\n---\n", " ---\npublish: [customer]\n---\n"]
)
def test_a_page_whose_fields_would_be_printed_is_refused(text: str) -> None:
    found = split(text, path="a.md", required=False)
    assert isinstance(found, Diagnostic)
    assert found.code == "TF005"


@given(
    st.lists(st.sampled_from(["---", "--- ", "----", "a: 1", "", "text", " ---", "\ufeff"]), max_size=8),
    st.booleans(),
)
def test_nothing_is_lost_and_nothing_is_read_twice(lines: list[str], required: bool) -> None:  # noqa: FBT001 - hypothesis'
    text = "\n".join(lines)
    parts = split(text, path="a.md", required=required)
    if isinstance(parts, Diagnostic):
        assert 1 <= parts.span.line <= max(1, len(lines))
    elif parts.front is None:
        assert (parts.body, parts.body_line) == (text, 1)
    else:
        front = parts.front.count("\n")
        assert text.split("\n")[1 : 1 + front] == parts.front.split("\n")[:-1]
        assert parts.body == "\n".join(text.split("\n")[parts.body_line - 1 :])
