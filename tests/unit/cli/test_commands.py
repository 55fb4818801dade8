"""The command line: exit statuses, help, and what is imported for which command."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.commands import item, run
from twofold import __version__, cli, pipeline
from twofold.checks.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parents[3]


def test_a_clean_plan_is_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item(project)
    assert run(capsys, "check") == (0, "All good: 1 item checked.\n", "")


def test_an_error_is_1_and_is_shown_on_standard_output(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item(project, "title: Offline\nstatus: in progress\n")
    status, out, err = run(capsys, "check")
    assert (status, err) == (1, "")
    assert out == (
        "content/roadmap/offline.yml:2:9: error[TF104] invalid-value: "
        "`status` cannot be the text `in progress`\n"
        "   |\n"
        " 2 | status: in progress\n"
        "   |         ^^^^^^^^^^^\n"
        "   = help: did you mean `in-progress`?\n"
        "\n"
        "Found 1 error in 1 file.\n"
    )


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("info", 1)])
def test_a_warning_fails_only_where_it_is_asked_to(
    fail_on: str, status: int, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content" / "stray.txt").touch()
    assert run(capsys, "check", "--fail-on", fail_on)[0] == status
    assert run(capsys, "check")[0] == 0


def test_json_is_one_object_with_posix_paths(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item(project, "title: Offline\nstatus: in progress\n")
    status, out, _ = run(capsys, "check", "--format", "json", "-f", str(project / "mkdocs.yml"))
    assert status == 1
    assert json.loads(out) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "TF104",
                "slug": "invalid-value",
                "severity": "error",
                "message": "`status` cannot be the text `in progress`",
                "path": "content/roadmap/offline.yml",
                "line": 2,
                "column": 9,
                "hint": "did you mean `in-progress`?",
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "infos": 0, "files": 1},
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check", "--wrong"],
        ["check", "extra"],
        ["check", "--format", "xml"],
        ["check", "--fail-on", "never"],
        ["check", "--today", "tomorrow"],
        ["check", "--today", "2026-02-30"],
        ["check", "--today", "20261130"],
        ["check", "--today", "2026-W48-1"],
        ["check", "--config", "nowhere.yml"],
        ["check", "--config", "content"],
        ["explain"],
        ["explain", "TF999"],
        ["build", "--audience", "nobody"],
        ["build", "--config", "nowhere.yml"],
        [],
    ],
    ids=" ".join,
)
def test_usage_and_configuration_are_2_and_told_on_standard_error(
    arguments: Sequence[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item(project)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err


def test_an_unknown_setting_is_2_with_the_nearest_name_and_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mkdocs.yml").write_text(
        "site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold:\n      custmer_weight: 1\n",
        encoding="utf-8",
    )
    status, out, err = run(capsys, "check")
    assert (status, out) == (2, "")
    assert err == (
        "mkdocs.yml:5:7: error[TF101] unknown-field: a setting has no field `custmer_weight`\n"
        "   |\n"
        " 5 |       custmer_weight: 1\n"
        "   |       ^^^^^^^^^^^^^^\n"
        "   = help: did you mean `customer_weight`?\n"
        "\n"
        "Error: mkdocs.yml has 1 wrong setting.\n"
    )


def test_a_fault_of_twofold_is_3_without_a_traceback(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError("a \x1b[31mfault\u202e")

    monkeypatch.setattr(pipeline, "load", fail)
    status, out, err = run(capsys, "check")
    assert (status, out) == (3, "")
    assert "LookupError: a \\x1b[31mfault\\u202e" in err
    assert "Traceback" not in err
    assert __version__ in err
    assert project.exists()


@pytest.mark.parametrize("arguments", [["check", "--debug"], ["--debug", "check"]], ids=" ".join)
def test_a_fault_of_twofold_is_a_traceback_with_debug(
    arguments: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(pipeline, "load", fail)
    with pytest.raises(LookupError):
        cli.run(arguments)
    assert project.exists()


def test_an_interruption_is_130_and_no_traceback(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "load", interrupt)
    status, out, err = run(capsys, "check")
    assert (status, out, err.strip()) == (130, "", "Interrupted.")
    assert project.exists()


def test_a_reader_that_has_gone_is_no_traceback(project: Path) -> None:
    item(project, "".join(f"k{number}: 1\n" for number in range(900)))
    command = f"'{sys.executable}' -m twofold check | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=project,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("content/roadmap/offline.yml:1:1: error[")


def test_a_full_disk_is_a_sentence(project: Path) -> None:
    item(project)
    if not Path("/dev/full").exists():
        return
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m twofold check > /dev/full"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_help_of_a_command_has_examples_that_it_understands(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.exists()
    status, out, _ = run(capsys, name, "--help")
    assert status == 0
    examples = re.findall(
        rf"^ +(?:\w+=\S+ )?twofold ({name}.*)$", out.partition("Examples:")[2], flags=re.MULTILINE
    )
    assert examples
    group = cli.group
    for example in examples:
        arguments = shlex.split(re.split(r" {2,}| >| &&", example)[0])
        command = group.get_command(None, name)  # type: ignore[arg-type] # it asks nothing of it
        assert command is not None
        command.make_context(name, arguments[1:])
    for option in ("--config", "--today", "--debug"):
        assert option in out


def test_the_help_lists_every_command_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    listed = dict(
        re.findall(
            r"^  ([a-z]+)  +(.+)$", out.partition("Commands:")[2].partition("Examples:")[0], re.MULTILINE
        )
    )
    assert tuple(listed) == cli.COMMANDS
    assert all(sentence.endswith(".") for sentence in listed.values())


def test_every_module_of_a_command_is_listed() -> None:
    folder = Path(cli.__file__).parent
    helpers = {"__init__", "authored", "judged", "options", "output"}
    assert {path.stem for path in folder.glob("*.py")} - helpers == set(cli.COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"twofold {__version__}\n", "")


@pytest.mark.parametrize("code", ["TF104", "tf104", "Tf104", "invalid-value", "Invalid-Value"])
def test_a_rule_is_explained_by_code_or_name(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "explain", code)
    assert (status, err) == (0, "")
    assert out.startswith("TF104 invalid-value (error)\n\n")
    assert RULES["TF104"].page.strip() in out


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_be_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "explain", code)[0] == 0


@pytest.mark.parametrize(
    ("code", "meant"), [("TF14", "TF104"), ("invalid-valeu", "invalid-value"), ("tf1O4", "TF104")]
)
def test_an_unknown_code_names_the_nearest(code: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "explain", code)
    assert status == 2
    assert f"did you mean {meant}?" in err


def test_colour_is_for_terminals_only(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    item(project, "title: Offline\nstatus: in progress\n")
    assert "\x1b" not in run(capsys, "check")[1]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[31m" in run(capsys, "check")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(capsys, "check")[1]


def test_a_refused_build_shows_the_errors_and_makes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item(project, "title: Offline\nstatus: in progress\n")
    status, out, err = run(capsys, "build")
    assert (status, out) == (1, "")
    assert "content/roadmap/offline.yml:2:9: error[TF104]" in err
    assert not (project / "site-internal").exists()
    assert not (project / ".twofold").exists()


def test_an_audience_that_there_is_not_names_those_that_there_are(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item(project)
    status, out, err = run(capsys, "build", "--audience", "zebra")
    assert (status, out) == (2, "")
    assert "there is no audience 'zebra'; there are internal, customer, user" in err
    assert "did you mean 'customer'?" in run(capsys, "build", "--audience", "costumer")[2]
