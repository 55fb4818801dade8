"""Diagnostics in the formats of CI systems."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from tests.support import schemas
from twofold import cli
from twofold.checks.catalogue import RULES
from twofold.diagnostics import Diagnostic, Report, Rule, Severity, Span, Suppressed
from twofold.emit import github, gitlab, junit, sarif
from twofold.emit.identity import identities
from twofold.source.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE_QUALITY = {
    # https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": r"^TF\d{3}$"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!/|\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}

TYPO, STRAY, THIN, LINK = (RULES[code] for code in ("TF104", "TF006", "TF404", "TF209"))
NOTE = Rule(code="TF006", slug="stray-file", severity=Severity.INFO, message="{what}", page="A page. " * 20)
EVIL = "a\r\n::error file=x::forged ##[error]forged %0A::set-output name=x::y ]]> <b> \x1b[2J \u202e \ud800 \ufffe"
EVIL_PATH = 'content/a,line=9::warning::b\n::error::c##[group]d%0Ae:\x1b\u202e<&>".md'


def told(rule: Rule, message: str, span: Span, hint: str | None = None) -> Diagnostic:
    return Diagnostic(rule=rule, severity=rule.severity, span=span, message=message, hint=hint)


def hostile() -> Report:
    place = Span(path=EVIL_PATH, line=2, column=3, length=4)
    plain = Span(path="content/roadmap/übung b.md", line=1, column=1)
    return Report.of(
        [
            told(TYPO, EVIL, place, hint=EVIL),
            told(STRAY, EVIL, plain),
            told(NOTE, "see [the log](0) of {0}", plain),
            told(TYPO, "nothing odd", Span(path="content/a.md")),
        ],
        texts={EVIL_PATH: "---\nab😀cd\n"},
        severities={},
        suppressed=[Suppressed(diagnostic=told(THIN, EVIL, place), reason=EVIL)],
    )


def same(path: str) -> str:
    return path


def rendered(report: Report) -> dict[str, str]:
    return {
        "github": "".join(github.render(report, place=same)),
        "gitlab": gitlab.render(report, place=same, content="content"),
        "sarif": sarif.render(report, place=same, content="content"),
        "junit": junit.render(report, place=same, fail_on=Severity.ERROR),
    }


REPORTS = {"hostile": hostile(), "clean": Report()}


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_valid_by_its_published_schema(name: str) -> None:
    log = json.loads(rendered(REPORTS[name])["sarif"])
    assert schemas.flaws(log, "sarif-2.1.0-rtm.4.json") == []


@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_valid_by_its_published_schema(name: str) -> None:
    schema = xmlschema.XMLSchema(schemas.text("junit-10.xsd"))
    assert list(schema.iter_errors(rendered(REPORTS[name])["junit"])) == []


@pytest.mark.parametrize("name", REPORTS)
def test_code_quality_has_what_gitlab_asks_for(name: str) -> None:
    jsonschema.validate(json.loads(rendered(REPORTS[name])["gitlab"]), CODE_QUALITY)


def test_the_schemas_refuse_what_is_wrong() -> None:
    assert schemas.flaws({"version": "2.1.0", "runs": [{}]}, "sarif-2.1.0-rtm.4.json") != []
    schema = xmlschema.XMLSchema(schemas.text("junit-10.xsd"))
    assert not schema.is_valid("<testsuites><testsuite/></testsuites>")


def texts_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield from texts_in(key)
                yield from texts_in(inner)
        case list():
            for inner in value:
                yield from texts_in(inner)


def test_nothing_that_steers_a_terminal_or_turns_text_round_passes_through() -> None:
    for form, written in rendered(hostile()).items():
        assert [sign for sign in written if not sign.isprintable() and sign != "\n"] == [], form
        if form == "junit":
            root = ET.fromstring(written)  # noqa: S314 - our own output
            found = [text for one in root.iter() for text in (*one.attrib.values(), (one.text or "").strip())]
        elif form == "github":
            found = []
        else:
            found = list(texts_in(json.loads(written)))
        pages = {page for rule in RULES.values() for page in (rule.page.strip(),)}
        assert [text for text in found if text not in pages and not text.isprintable()] == [], form


def runner(output: str) -> list[tuple[str, dict[str, str], str]]:
    """What GitHub's runner reads from a step's output: both forms of command, as its source has them."""
    found = []
    for line in output.splitlines():
        begun = line.lstrip()
        if begun.startswith("::") and (end := begun.find("::", 2)) >= 0:
            name, _, properties = begun[2:end].partition(" ")
            pairs = dict(pair.split("=", 1) for pair in properties.split(",") if "=" in pair)
            for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                pairs = {key: value.replace(code, sign) for key, value in pairs.items()}
            message = begun[end + 2 :].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
            found.append((name, pairs, message))
        elif "##[" in line:
            found.append(("##[", {}, line))
    return found


def test_content_cannot_forge_a_command() -> None:
    output = rendered(hostile())["github"]
    assert "##[" not in output
    commands = runner(output)
    assert [name for name, _, _ in commands] == ["error", "error", "warning", "notice"]
    assert {key for _, properties, _ in commands for key in properties} <= {
        "file",
        "line",
        "endLine",
        "col",
        "endColumn",
        "title",
    }
    first, *_ = commands
    assert first[1]["title"] == "TF104 invalid-value"
    assert first[2].startswith(r"content/a,line=9: :warning: :b\n: :error: :c## [group]d%0Ae:\x1b\u202e<&>")
    # What a message holds is text again after the runner has read it: a decoded line cannot begin a command.
    assert all("::" not in message and "##[" not in message for _, _, message in commands)


def test_in_a_step_on_github_no_printed_text_forges_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: W\ndocs_dir: content\nplugins: [twofold]\n", encoding="utf-8"
    )
    (tmp_path / "content" / "roadmap").mkdir(parents=True)
    wrong = "title: A\nstatus: '##[error]forged'\n"
    (tmp_path / "content" / "roadmap" / "::error::forged.yml").write_text(wrong, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "content" / "roadmap")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for command in ("check", "build"):
        assert cli.run([command, "-f", "../../mkdocs.yml"]) == 1
        printed = "".join(capsys.readouterr())
        assert ": :error::forged.yml:2:9" in printed
        assert runner(printed) == []


@given(message=st.text(), path=st.text(min_size=1), hint=st.none() | st.text())
def test_whatever_the_content_one_diagnostic_is_one_command(
    message: str, path: str, hint: str | None
) -> None:
    report = Report.of([told(TYPO, message, Span(path=path), hint)], texts={}, severities={})
    output = "".join(github.render(report, place=same))
    assert output.count("\n") == 1
    ((name, properties, _),) = runner(output)
    assert name == "error"
    assert "##[" not in output
    if "file" in properties and path.isprintable():
        assert properties["file"] == path


def test_github_gets_ten_of_a_severity_what_changed_first_and_the_number_of_the_rest() -> None:
    path = "content/a.md"
    found = [told(TYPO, f"number {line}", Span(path=path, line=line)) for line in range(1, 24)]
    found += [told(STRAY, "a warning", Span(path="content/b.md", line=line)) for line in range(1, 12)]
    report = Report.of(found, texts={}, severities={})
    changes = Changes(lines={path: frozenset({22, 15})})
    output = "".join(github.render(report, place=same, changes=changes))
    errors = [message for name, _, message in runner(output) if name == "error"]
    assert errors == [f"number {line}" for line in (15, 22, 1, 2, 3, 4, 5, 6, 7, 8)]
    assert [line for line in output.splitlines() if not line.startswith("::")] == [
        "13 more errors without an annotation.",
        "1 more warning without an annotation.",
    ]


def test_sarif_counts_columns_in_utf_16_and_stays_within_the_line() -> None:
    def region(column: int, length: int) -> dict[str, int]:
        report = Report.of(
            [told(TYPO, "x", Span(path="a.md", line=2, column=column, length=length))],
            texts={"a.md": "---\nab😀漢cd\n"},
            severities={},
        )
        log = json.loads(sarif.render(report, place=same, content="content"))
        assert log["runs"][0]["columnKind"] == "utf16CodeUnits"
        found: dict[str, int] = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
        return found

    assert region(1, 2) == {"startLine": 2, "startColumn": 1, "endColumn": 3}
    assert region(3, 1) == {"startLine": 2, "startColumn": 3, "endColumn": 5}
    assert region(4, 2) == {"startLine": 2, "startColumn": 5, "endColumn": 7}
    assert region(5, 99) == {"startLine": 2, "startColumn": 6, "endColumn": 8}
    assert region(50, 1) == {"startLine": 2, "startColumn": 8, "endColumn": 8}


def test_sarif_has_relative_addresses_help_for_every_rule_and_what_is_suppressed() -> None:
    (run,) = json.loads(rendered(hostile())["sarif"])["runs"]
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    }
    assert "content/roadmap/%C3%BCbung%20b.md" in uris
    assert all(re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) for uri in uris)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["help"]["markdown"] and rule["fullDescription"]["text"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    hidden = [result for result in run["results"] if "suppressions" in result]
    assert [(result["ruleId"], result["suppressions"][0]["kind"]) for result in hidden] == [
        ("TF404", "inSource")
    ]
    # `[the log](0)` would be a link to somewhere in the log.
    assert "see [the log] (0) of {0}" in {result["message"]["text"] for result in run["results"]}


def test_junit_fails_what_is_as_grave_as_asked_and_skips_what_is_suppressed() -> None:
    def results(fail_on: Severity) -> list[str]:
        root = ET.parse(io.StringIO(junit.render(hostile(), place=same, fail_on=fail_on))).getroot()  # noqa: S314 - our own output
        assert root.attrib["failures"] == str(len(root.findall(".//failure")))
        return sorted(case[0].tag for case in root.iter("testcase"))

    assert results(Severity.ERROR) == ["failure", "failure", "skipped", "system-out", "system-out"]
    assert results(Severity.WARNING) == ["failure", "failure", "failure", "skipped", "system-out"]


SUMMARY = """\
theme: offline
findings:
  - id: drops
    summary: It drops
    voices:
      - {persona: nurse, mentions: 1, asked: 3, importance: 4}
      - {persona: cio, mentions: 1, asked: 3, importance: 4}
  - id: slow
    summary: It is slow
    voices:
      - persona: nurse
        mentions: 1
        asked: 3
    tags: [a, b]
"""
PAGE = "---\ntitle: Offline\nstatus: idea\n---\n\n## For users\n\nSee [a](a.md) and [b](b.md).\n\n## Internal\n\n[a](a.md)\n"


def found_in(path: str, text: str, *words: str) -> list[Diagnostic]:
    """A diagnostic at each occurrence of some words."""
    return [
        told(
            LINK,
            "x",
            Span(
                path=path,
                line=text.count("\n", 0, match.start()) + 1,
                column=match.start() - text.rfind("\n", 0, match.start()),
                length=len(match[0]),
            ),
        )
        for word in words
        for match in re.finditer(re.escape(word), text)
    ]


def known(path: str, text: str, *words: str) -> list[str]:
    found = identities(found_in(path, text, *words), {path: text}, content="content")
    assert len(set(found)) == len(found)
    return [f"{digest}-{number}" for digest, number in found]


def test_an_identity_survives_moved_lines_other_entries_and_another_folder() -> None:
    words = ("asked: 3", "It is slow", "b]", "theme")
    before = known("content/feedback/a.yml", SUMMARY, *words)
    moved = SUMMARY.replace(
        "findings:\n", "# a remark\n\nfindings:\n  - {id: new, summary: New, voices: []}\n"
    )
    moved = moved.replace("[a, b]", "[0, a, b]").replace(
        "  - id: slow\n", "  -\n    tags_: 1\n    id: slow\n"
    )
    assert known("content/feedback/2026/q4/a.yml", moved, *words) == before
    assert set(known("content/feedback/b.yml", SUMMARY, *words)).isdisjoint(before)
    assert len({identity.rpartition("-")[0] for identity in before}) == len(before)


def test_an_identity_in_prose_goes_by_section_and_words() -> None:
    before = known("content/roadmap/a.md", PAGE, "[a](a.md)", "[b](b.md)")
    moved = PAGE.replace("---\n\n##", "owners: [Ada]\n---\n\nFirst.\n\n##").replace("See [a]", "Now see\n[a]")
    assert known("content/roadmap/a.md", moved, "[a](a.md)", "[b](b.md)") == before
    assert len({identity.rpartition("-")[0] for identity in before}) == 3


@given(st.text(max_size=300), st.integers(1, 30), st.integers(1, 60), st.sampled_from(["md", "yml", "txt"]))
def test_every_place_of_every_text_has_an_identity(text: str, line: int, column: int, suffix: str) -> None:
    path = f"content/roadmap/a.{suffix}"
    span = Span(path=path, line=line, column=column)
    found = identities([told(LINK, "x", span)] * 2, {path: text}, content="content")
    assert [number for _, number in found] == [1, 2]
