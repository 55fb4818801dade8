"""Severities by path, and comments beside the line. What they suppress: tests/golden/TF010 and TF701."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofold import cli
from twofold.diagnostics import Rule, Severity, Span, Suppression
from twofold.diagnostics.severities import in_force
from twofold.diagnostics.suppression import divide
from twofold.source.comments import comments

if TYPE_CHECKING:
    from pathlib import Path

RULE = Rule(code="TF404", slug="thin-evidence", severity=Severity.WARNING, message="x", page="")
PATH = "content/feedback/2026/a.yml"
SETTINGS = "site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold:\n      rules: RULES\n"


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, Severity.WARNING),
        ({"TF404": {"content/feedback/*": Severity.INFO}}, Severity.INFO),
        ({"TF404": {"content/roadmap/*": None}}, Severity.WARNING),
        # What is exact wins over a glob, of codes as of paths; of globs the last one.
        ({"TF404": {PATH: Severity.ERROR, "*": None}}, Severity.ERROR),
        ({"TF404": {"*": None, "*.yml": Severity.INFO}}, Severity.INFO),
        ({"TF404": {"content/roadmap/*": None}, "TF4*": Severity.INFO}, Severity.INFO),
        ({"TF4*": None, "TF40[45]": {"*/feedback/*": Severity.ERROR}}, Severity.ERROR),
        ({"TF404": Severity.ERROR, "TF4*": {"*": None}}, Severity.ERROR),
        ({"TF405": None}, Severity.WARNING),
    ],
)
def test_a_severity_may_depend_on_the_path(choices: dict[str, object], expected: Severity | None) -> None:
    assert in_force(RULE.at(Span(path=PATH)), choices) is expected  # type: ignore[arg-type] # a table of them


def project(folder: Path, rules: str, *, voice: str = "") -> None:
    (folder / "mkdocs.yml").write_text(SETTINGS.replace("RULES", rules), encoding="utf-8")
    (folder / "content" / "feedback").mkdir(parents=True)
    (folder / "content" / "personas").mkdir()
    (folder / "content" / "personas" / "nurse.yml").write_text("name: Nurse\nside: user\n", encoding="utf-8")
    thin = "{persona: nurse, mentions: 1, asked: 3, importance: 4}"
    text = f"findings:\n  - id: a\n    summary: A\n    voices:\n      - {thin}{voice}\n"
    (folder / "content" / "feedback" / "a.yml").write_text(text, encoding="utf-8")


def test_settings_give_a_rule_another_severity_in_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, "{'TF40[23]': off, TF404: {'content/feedback/*': error}}")
    assert cli.run(["check", "-f", str(tmp_path / "mkdocs.yml")]) == 1
    assert "Found 1 error in 1 file.\n" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["/content/*", "./content/*", "../x", r"content\\feedback"])
def test_a_path_that_could_match_nothing_is_refused(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, f"{{TF404: {{'{path}': off}}}}")
    assert cli.run(["check", "-f", str(tmp_path / "mkdocs.yml")]) == 2
    assert "is not a path from the folder of mkdocs.yml" in capsys.readouterr().err


def test_what_is_suppressed_is_not_counted_and_is_listed_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(
        tmp_path,
        "{'TF40[23]': off, TF404: error}",
        voice="  # twofold: ignore[TF404]: pilot \u202e ward only",
    )
    config = ["-f", str(tmp_path / "mkdocs.yml")]
    assert cli.run(["check", *config]) == 0
    assert capsys.readouterr().out == "All good: 1 persona, 1 finding checked (1 suppressed).\n"
    for form, reason in (("json", r"pilot \u202e ward only"), ("sarif", r"pilot \\u202e ward only")):
        assert cli.run(["check", "--format", form, *config]) == 0
        out = capsys.readouterr().out
        assert reason in out
        assert out.isascii()


def test_one_comment_speaks_of_all_of_its_code_on_its_lines_and_of_nothing_else() -> None:
    place = Span(path="a.yml", line=9)
    one = Suppression(path="a.yml", lines=frozenset({3}), codes=(("TF404", place),), reason="r")
    here = [RULE.at(Span(path="a.yml", line=3, column=column)) for column in (1, 9)]
    there = [RULE.at(Span(path="a.yml", line=4)), RULE.at(Span(path="b.yml", line=3))]
    divided = divide([*here, *there], [one])
    assert [hidden.diagnostic for hidden in divided.suppressed] == here
    assert divided.kept == tuple(there)
    assert divided.unused == ()
    assert divide(there, [one]).unused == (("TF404", place),)
    second = replace(one, codes=(("TF404", Span(path="a.yml", line=3)),))
    assert divide([*here, *there], [one, second]).unused == second.codes


def test_a_comment_above_all_fields_speaks_of_the_file_as_well() -> None:
    said = "twofold: ignore[TF603] the word is the product's name"
    for path, text, covers in (
        ("a.yml", f"# {said}\ntitle: A\n", {1, 2}),
        ("a.yml", f"title: A\n# {said}\nstatus: idea\n", {3}),
        ("a.md", f"---\n# {said}\ntitle: A\n---\n", {1, 3}),
        ("a.md", f"---\ntitle: A\n# {said}\n---\nText\n", {4}),
        ("a.md", f"<!-- {said} -->\n\n# Title\n", {1, 3}),
        ("a.md", f"# Title\n\n<!-- {said} -->\n", {3}),
    ):
        (found,) = comments(text, path=path)
        assert (found.text, set(found.covers)) == (said, covers), text


LINE = "  # twofold: ignore[TF404] x\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yml", "a:\n" + LINE * 30_000),
        ("a.yml", "".join(f"k{number}: v{LINE}" for number in range(20_000))),
        ("a.yml", "".join(f'k{number}: "# twofold: x"\n' for number in range(20_000))),
        ("a.yml", "a: [" + '"twofold: x", ' * 50_000 + "]" + LINE),
        ("a.yml", "[" * 200_000 + LINE),
        ("a.md", "<!-- twofold: ignore[TF209] x -->\n" * 19_000),
        ("a.md", "<!-- twofold: " * 70_000),
        ("a.md", "<!--" + " " * 1_000_000 + "twofold: x -->"),
        ("a.md", "`<!-- twofold: x -->` " * 40_000),
        ("a.md", "---\n" + LINE * 15_000 + "---\n" + "<!-- twofold: x -->\n" * 15_000),
    ],
    ids=range(10),
)
def test_a_file_full_of_comments_is_read_in_time(path: str, text: str) -> None:
    begun = time.process_time()
    comments(text[:1_048_576], path=path)
    assert time.process_time() - begun < 5


@given(
    st.lists(
        st.sampled_from(
            [
                "# twofold: ignore[TF404] x",
                "<!-- twofold: ignore[TF1] x -->",
                "---",
                "\n",
                "a: ",
                "|",
                "`",
                "  ",
                "'",
                '"',
                "- ",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["a.md", "a.yml"]),
)
def test_a_comment_is_where_it_says(text: str, path: str) -> None:
    lines = text.split("\n")
    for found in comments(text, path=path):
        assert lines[found.line - 1][found.column - 1 :].startswith(found.text)
        assert found.text.startswith("twofold:")
        assert all(1 <= line <= len(lines) for line in found.covers)
