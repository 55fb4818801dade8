"""Diagnostics as text and as JSON."""

from __future__ import annotations

import json as stdlib_json
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofold.diagnostics import Report, Rule, Severity, Span
from twofold.emit import json, text

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

ROOT = PurePosixPath("/home/ward")
TYPO = Rule(code="TF104", slug="invalid-value", severity=Severity.ERROR, message="{what}", page="")
STRAY = Rule(code="TF006", slug="stray-file", severity=Severity.WARNING, message="{what}", page="")
NOTE = Rule(code="TF900", slug="a-note", severity=Severity.INFO, message="{what}", page="")
PATH = "content/roadmap/offline.md"
SOURCE = (
    "---\n"
    "title: Offline\n"
    "status: in progress\n"
    "\tteam:\tNight\tshift\n"
    "owners: [漢字漢字, wrong]\n"
    f"evidence: [{', '.join(f'finding-{n}' for n in range(30))}]\n"
    "evil: \x1b[31mred \u202e reversed \u200b\n"
    "cafe\u0301: wrong\n"
)


def spot(line: int, column: int, length: int = 1, path: str = PATH) -> Span:
    return Span(path=path, line=line, column=column, length=length)


REPORT = Report.of(
    [
        TYPO.at(spot(3, 9, 11), what="`status` cannot be `in progress`", hint="did you mean `in-progress`?"),
        TYPO.at(spot(4, 8, 5), what="after tabs"),
        TYPO.at(spot(5, 16, 5), what="after wide characters"),
        TYPO.at(spot(6, 12, 9), what="near the beginning of a long line"),
        TYPO.at(spot(6, 210, 10), what="in the middle of a long line"),
        TYPO.at(spot(6, 12, 400), what="a whole long line"),
        TYPO.at(spot(7, 7, 3), what="a text \x1b[2J with \u2066signs\u2069\n", hint="take \x07 out"),
        TYPO.at(spot(8, 8, 5), what="after an accent"),
        TYPO.at(spot(2, 15), what="behind the end"),
        TYPO.at(spot(99, 1), what="behind the last line"),
        STRAY.at(spot(1, 1, path="content/notes.txt"), what="no portal will have this file"),
        NOTE.at(spot(1, 1, path="content/\x1b]0;x\x07.md"), what="a name that steers terminals"),
    ],
    texts={PATH: SOURCE},
    severities={},
)


def shown(*, colour: bool = False, folder: str = "/home/ward") -> str:
    return "".join(text.render(REPORT, root=ROOT, folder=PurePosixPath(folder), colour=colour))


def test_text_shows_the_line_and_marks_the_place(snapshot: SnapshotAssertion) -> None:
    assert shown() == snapshot


def test_colour_is_added_and_nothing_else(snapshot: SnapshotAssertion) -> None:
    import click

    assert shown(colour=True) == snapshot
    assert click.unstyle(shown(colour=True)) == shown()


def test_json_holds_every_diagnostic(snapshot: SnapshotAssertion) -> None:
    assert json.render(REPORT) == snapshot


def test_json_without_diagnostics_is_complete_as_well() -> None:
    assert stdlib_json.loads(json.render(Report())) == {
        "version": 1,
        "diagnostics": [],
        "summary": {"errors": 0, "warnings": 0, "infos": 0, "files": 0},
    }


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/ward", PATH),
        ("/home", f"ward/{PATH}"),
        ("/", f"home/ward/{PATH}"),
        ("/home/ward/content", "roadmap/offline.md"),
        ("/home/ward/overrides", f"../{PATH}"),
        ("/home/wardrobe", f"/home/ward/{PATH}"),
        ("/elsewhere", f"/home/ward/{PATH}"),
    ],
)
def test_a_path_is_one_that_the_terminal_can_open(folder: str, expected: str) -> None:
    assert text.reach(PATH, root=ROOT, folder=PurePosixPath(folder)) == expected


def _summary(*severities: Severity, files: int = 1) -> str:
    rules = {Severity.ERROR: TYPO, Severity.WARNING: STRAY, Severity.INFO: NOTE}
    found = [
        rules[one].at(spot(n + 1, 1, path=f"{n % files}.md"), what="x") for n, one in enumerate(severities)
    ]
    return text.summary(
        Report.of(found, texts={}, severities={}), checked={"item": 40, "persona": 1, "page": 0}, colour=False
    )


def test_the_summary_counts_what_was_found() -> None:
    error, warning, info = Severity
    assert _summary(error) == "Found 1 error in 1 file."
    assert _summary(error, error, error, warning, files=2) == "Found 3 errors and 1 warning in 2 files."
    assert _summary(error, warning, info, info) == "Found 1 error, 1 warning and 2 infos in 1 file."


def test_the_summary_of_a_clean_plan_says_how_much_was_checked() -> None:
    assert _summary() == "All good: 40 items, 1 persona checked."
    assert text.summary(Report(), checked={}, colour=False) == "All good: there is nothing to check yet."


def columns(line: str) -> int:
    wide = {"W", "F"}
    return sum(
        0
        if unicodedata.category(sign) in {"Mn", "Me"}
        else 2
        if unicodedata.east_asian_width(sign) in wide
        else 1
        for sign in line
    )


LETTERS = st.characters(codec="utf-8", exclude_characters="\n\r") | st.sampled_from(
    "漢\t\u202e\x1b\u0301\uff57"
)


@given(
    line=st.text(LETTERS, min_size=1, max_size=300),
    column=st.integers(1, 320),
    length=st.integers(1, 320),
)
def test_any_line_is_shown_in_a_window_with_its_place_marked(line: str, column: int, length: int) -> None:
    found = TYPO.at(spot(1, column, length), what=line)
    report = Report.of([found], texts={PATH: line}, severities={})
    block = "".join(text.render(report, root=ROOT, folder=ROOT, colour=False))
    assert [sign for sign in block if not sign.isprintable() and sign != "\n"] == []
    _, _, quoted, marks, *_ = block.split("\n")
    assert columns(quoted) <= len(" 1 | ") + text.WIDTH + 2
    assert columns(marks) <= len(" 1 | ") + text.WIDTH + 2
    assert marks.endswith("^")


@given(before=st.text(LETTERS, max_size=200), after=st.text(LETTERS, max_size=200))
def test_the_mark_stands_under_the_place(before: str, after: str) -> None:
    # A sign that nothing else in the line can be taken for.
    before, after = before.replace("@", "a"), after.replace("@", "a")
    line = f"{before}@@@{after}"
    report = Report.of([TYPO.at(spot(1, len(before) + 1, 3), what="x")], texts={PATH: line}, severities={})
    block = "".join(text.render(report, root=ROOT, folder=ROOT, colour=False))
    _, _, quoted, marks, *_ = block.split("\n")
    assert columns(quoted.partition("@@@")[0]) == marks.index("^")
    assert marks.endswith("| " + " " * (marks.index("^") - len("   | ")) + "^^^")


@given(st.text())
def test_plain_text_cannot_steer_a_terminal_and_keeps_what_can_be_seen(sentence: str) -> None:
    found = text.plain(sentence)
    assert found.isprintable()
    if sentence.isprintable():
        assert found == sentence


def test_a_line_of_a_million_characters_is_quoted_at_once() -> None:
    line = "x" * 1_000_000
    report = Report.of(
        [TYPO.at(spot(1, n, 500_000), what=str(n)) for n in range(1, 900_000, 1000)],
        texts={PATH: line},
        severities={},
    )
    blocks = list(text.render(report, root=ROOT, folder=ROOT, colour=False))
    assert len(blocks) == 900
    assert max(map(len, blocks)) < 500


def test_json_is_ascii_whatever_the_content() -> None:
    found = TYPO.at(spot(1, 1, path="ü\x1b.md"), what="\x1b\x7f\x9b\u202e漢\udcff", hint="\x07")
    written = json.render(Report.of([found], texts={}, severities={}))
    assert [sign for sign in written if not " " <= sign <= "~" and sign != "\n"] == []
    assert stdlib_json.loads(written)["diagnostics"][0]["message"] == "\x1b\x7f\x9b\u202e漢\udcff"
