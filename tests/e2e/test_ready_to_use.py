"""What people copy into their repositories: the action, the workflows, the hook. Their commands are run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from tests.support import schemas
from twofold import __version__
from twofold.authoring import init
from twofold.cli.check import FORMATS
from twofold.emit.diff_markdown import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[2]
WORKFLOWS: Final = ROOT / "docs" / "how-to" / "workflows"
GITHUB: Final = ("check.yml", "comment.yml", "publish.yml", "preview.yml")
ACTION: Final = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@cache
def read(name: str) -> Any:  # noqa: ANN401 - whatever YAML holds
    return yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in read(name)["jobs"].values():
        yield from job["steps"]


def git(folder: Path, *arguments: str) -> str:
    own = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    command = ["git", "-C", str(folder), *own, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Runner:
    """A CI machine, as far as these files need one."""

    def __init__(self, folder: Path) -> None:
        self.repository = folder / "repository"
        self.temp = folder / "temp"
        programs = folder / "programs"
        self.temp.mkdir()
        programs.mkdir()
        # No index is asked: what they would install is what is tested.
        installed = f'for word; do :; done; grep -qx "twofold=={__version__}" "$word"'
        self.program(programs / "twofold", f'exec "{sys.executable}" -m twofold "$@"')
        self.program(programs / "python", f'exec "{sys.executable}" "$@"')
        self.program(programs / "pip", installed)
        self.program(programs / "apt-get", ":")
        self.programs = programs
        self.environ = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT / "generator"),
            "SOURCE_DATE_EPOCH": "1795392000",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_BASE_REF": "main",
        }

    def program(self, path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, script: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """As GitHub runs `shell: bash`."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.repository,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def outputs(self) -> dict[str, str]:
        """What steps have told since the last call."""
        file = self.temp / "output"
        written = file.read_text(encoding="utf-8") if file.exists() else ""
        file.unlink(missing_ok=True)
        return dict(line.split("=", 1) for line in written.splitlines())


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new portal on `main`, and a branch that changes what customers read."""
    folder = tmp_path_factory.mktemp("ready") / "repository"
    init.begin(folder, "healthcare", today=date(2026, 11, 23), environ={})
    git(folder, "init", "-qb", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "begun")
    git(folder, "update-ref", "refs/remotes/origin/main", "main")
    git(folder, "switch", "-qc", "branch")
    item = folder / "content" / "roadmap" / "recall-by-risk.md"
    text = re.sub(r"(?m)^title: .*", "title: Another title", item.read_text(encoding="utf-8"))
    item.write_text(text, encoding="utf-8")
    git(folder, "commit", "-qam", "changed")
    return folder


@pytest.fixture
def runner(tmp_path: Path, repository: Path) -> Runner:
    shutil.copytree(repository, tmp_path / "repository", symlinks=True)
    return Runner(tmp_path)


@pytest.mark.parametrize("name", GITHUB)
def test_a_workflow_is_valid_by_the_published_schema(name: str) -> None:
    # YAML 1.1 reads `on` as true.
    text = (WORKFLOWS / name).read_text(encoding="utf-8").replace("\non:", '\n"on":')
    assert schemas.flaws(yaml.safe_load(text), "github-workflows.json") == []


def test_the_action_and_the_gitlab_file_are_valid_by_their_published_schemas() -> None:
    assert schemas.flaws(ACTION, "github-actions.json") == []
    assert schemas.flaws(read("gitlab-ci.yml"), "gitlab-ci.json") == []


@pytest.mark.parametrize("name", [*GITHUB, "action.yml"])
def test_what_others_made_is_pinned_and_no_script_takes_in_a_text(name: str) -> None:
    path = ROOT / name if name == "action.yml" else WORKFLOWS / name
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [
        one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", "".join(one))
    ] == []
    every = ACTION["runs"]["steps"] if name == "action.yml" else steps(name)
    assert [step["run"] for step in every if "${{" in step.get("run", "")] == []


def test_what_may_write_runs_nothing_of_the_pull_request() -> None:
    for name in GITHUB:
        workflow = read(name)
        jobs = workflow["jobs"].values()
        rights = {right for part in (workflow, *jobs) for right in part.get("permissions", {}).items()}
        writes = any(level == "write" for _, level in rights)
        # YAML 1.1 reads `on` as true.
        if "pull_request" in (workflow.get("on") or workflow[True]):
            assert not writes, name
            assert "pull_request_target" not in str(workflow)
        elif name == "comment.yml":
            assert not any("checkout" in step.get("uses", "") for step in steps(name))


def test_nothing_publishes_the_internal_portal() -> None:
    for path in WORKFLOWS.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if "site-internal" in line and not line.lstrip().startswith("#")] == []
    (pages,) = (step for step in steps("publish.yml") if "upload-pages-artifact" in step.get("uses", ""))
    assert pages["with"]["path"] == "site/${{ env.AUDIENCE }}"


def test_a_new_portal_has_the_documented_ci_files(tmp_path: Path) -> None:
    init.begin(tmp_path, "retail", today=date(2026, 11, 23), environ={})
    ours = (WORKFLOWS / "check.yml").read_text(encoding="utf-8")
    assert (tmp_path / ".github/workflows/roadmap.yml").read_text(encoding="utf-8") == ours
    # Nobody who begins a portal has decided to publish it.
    ours = (WORKFLOWS / "gitlab-ci.yml").read_text(encoding="utf-8").partition("\npages:")[0]
    assert (tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8") == ours


@pytest.mark.parametrize("name", ["check.yml", "publish.yml", "preview.yml"])
def test_the_steps_of_a_workflow_run(name: str, runner: Runner) -> None:
    values = {"${{ github.base_ref }}": "main"}
    for step in steps(name):
        if "run" in step:
            environ = {**read(name).get("env", {}), **step.get("env", {})}
            for expression, value in values.items():
                environ = {key: text.replace(expression, value) for key, text in environ.items()}
            done = runner.run(step["run"], **environ)
            assert done.returncode == 0, done.stdout + done.stderr
    built = {
        path.parent.relative_to(runner.repository).as_posix()
        for path in runner.repository.glob("site*/**/roadmap.json")
    }
    if name == "check.yml":
        assert built == {"site-internal", "site/customer", "site/user"}
        comment = (runner.temp / "twofold" / "comment.md").read_text(encoding="utf-8")
        assert comment.startswith(f"{MARKER}\n")
        assert "Another title" in comment
        assert (runner.temp / "summary").read_text(encoding="utf-8") == comment
    else:
        assert built == ({"site/customer"} if name == "publish.yml" else {"site/customer", "site/user"})


def test_the_scripts_of_the_gitlab_file_run(runner: Runner) -> None:
    file = read("gitlab-ci.yml")
    base = git(runner.repository, "rev-parse", "main").strip()
    for job in ("portals", "changes", "pages"):
        environ = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, **file[job].get("variables", {})}
        script = "\n".join([*file["default"]["before_script"], *file[job]["script"]])
        done = runner.run(script, **environ)
        assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((runner.repository / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []
    assert "<testsuites" in (runner.repository / "twofold.xml").read_text(encoding="utf-8")
    assert "Another title" in (runner.repository / "changes.md").read_text(encoding="utf-8")
    assert (runner.repository / "public" / "index.html").is_file()
    assert not (runner.repository / "site" / "customer").exists()


GH = r"""
printf '%s\n' "$*" >> "$CALLS"
for word; do case "$word" in
    */pulls) echo "$NUMBER" ;;
    */comments) case "$*" in *--jq*) [ -z "$KNOWN" ] || echo "$KNOWN" ;; esac ;;
    body=@*) cp "${word#body=@}" "$CALLS.body" ;;
esac; done
"""


@pytest.mark.parametrize(
    ("number", "known", "call"),
    [
        ("7", "", "api --silent --method POST repos/o/r/issues/7/comments"),
        ("7", "42", "api --silent --method PATCH repos/o/r/issues/comments/42"),
        ("", "", ""),
    ],
)
def test_the_comment_is_posted_once_and_then_renewed(
    number: str, known: str, call: str, runner: Runner
) -> None:
    (script,) = (step["run"] for step in steps("comment.yml") if "run" in step)
    calls = runner.temp / "calls"
    runner.program(runner.programs / "gh", GH)
    (runner.temp / "twofold").mkdir()
    comment = runner.temp / "twofold" / "comment.md"
    comment.write_text(f"{MARKER}\nText\n", encoding="utf-8")
    asked = {
        "REPOSITORY": "o/r",
        "HEAD": "fork:branch",
        "HEAD_SHA": "abc",
        "CALLS": str(calls),
        "NUMBER": number,
        "KNOWN": known,
    }
    done = runner.run(script, **asked)
    assert done.returncode == 0, done.stderr
    *_, last = calls.read_text(encoding="utf-8").splitlines()
    assert last.startswith(call)
    assert (runner.temp / "calls.body").exists() is bool(call)


@pytest.mark.parametrize(
    "text", ["Buy this\n", f"{MARKER}\n" + "x" * 300_000, f" {MARKER}\n"], ids=["other", "long", "late"]
)
def test_what_a_fork_left_in_the_comments_place_is_not_posted(text: str, runner: Runner) -> None:
    (script,) = (step["run"] for step in steps("comment.yml") if "run" in step)
    runner.program(runner.programs / "gh", GH)
    (runner.temp / "twofold").mkdir()
    (runner.temp / "twofold" / "comment.md").write_text(text, encoding="utf-8")
    done = runner.run(
        script, REPOSITORY="o/r", HEAD="fork:branch", HEAD_SHA="abc", CALLS=str(runner.temp / "calls")
    )
    assert done.returncode == 1
    assert not (runner.temp / "calls").exists()


def test_the_actions_inputs_and_outputs_are_those_promised() -> None:
    assert set(ACTION["inputs"]) == {
        "config",
        "audience",
        "command",
        "base-ref",
        "format",
        "fail-on",
        "comment",
        "python-version",
    }
    assert set(ACTION["outputs"]) == {"errors", "warnings", "diff-path", "sarif-path", "site-dir"}
    assert all(form in ACTION["inputs"]["format"]["description"] for form in FORMATS)


def act(runner: Runner, inputs: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """Run the action with some inputs; gives its outputs and its exit status."""
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()} | dict(inputs)
    told: dict[str, dict[str, str]] = {}

    def filled(text: str) -> str:
        text = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], text)
        return re.sub(
            r"\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}",
            lambda match: told.get(match[1], {}).get(match[2], ""),
            text,
        )

    status = 0
    for step in ACTION["runs"]["steps"]:
        wanted = re.match(r"contains\(inputs\.command, '(\w+)'\)", step.get("if", ""))
        if "run" not in step or (wanted and wanted[1] not in given["command"]):
            continue
        done = runner.run(step["run"], **{name: filled(text) for name, text in step.get("env", {}).items()})
        told[step.get("id", "")] = runner.outputs()
        status = done.returncode
        if status:
            break
    return {name: filled(one["value"]) for name, one in ACTION["outputs"].items()}, status


def test_the_action_checks_builds_and_compares(runner: Runner) -> None:
    outputs, status = act(runner, {"command": "check build diff", "audience": "customer"})
    assert status == 0
    assert outputs == {
        "errors": "0",
        "warnings": "0",
        "diff-path": str(runner.temp / "twofold" / "comment.md"),
        "sarif-path": str(runner.temp / "twofold" / "twofold.sarif"),
        "site-dir": "./site/customer",
    }
    assert Path(outputs["diff-path"]).read_text(encoding="utf-8").startswith(MARKER)
    assert not (runner.repository / "site-internal").exists()
    log = json.loads(Path(outputs["sarif-path"]).read_text(encoding="utf-8"))
    assert schemas.flaws(log, "sarif-2.1.0-rtm.4.json") == []


def test_the_action_fails_last_and_with_what_it_found(runner: Runner) -> None:
    (runner.repository / "content" / "roadmap" / "wrong.yml").write_text(
        "title: Wrong\nstatus: wrong\n", encoding="utf-8"
    )
    (runner.repository / "content" / "stray.txt").touch()
    outputs, status = act(runner, {"command": "diff build check", "base-ref": "main"})
    assert status == 1
    assert (outputs["errors"], outputs["warnings"], outputs["site-dir"]) == ("1", "1", "")
    assert Path(outputs["diff-path"]).is_file()


@pytest.mark.parametrize(
    "inputs",
    [
        {"command": "check", "fail-on": "error warning", "format": "text"},
        {"command": "diff", "fail-on": "exposure:customer promise"},
    ],
    ids=["check", "diff"],
)
def test_the_action_fails_on_what_it_is_asked_to(inputs: dict[str, str], runner: Runner) -> None:
    (runner.repository / "content" / "stray.txt").touch()
    assert act(runner, inputs)[1] == 1
    assert act(runner, {**inputs, "fail-on": "error"})[1] == 0


def test_the_actions_internal_portal_is_no_folder_to_publish(runner: Runner) -> None:
    outputs, status = act(runner, {"command": "build", "audience": "internal"})
    assert (status, outputs["site-dir"]) == (0, "")
    assert (runner.repository / "site-internal" / "index.html").is_file()


def test_a_wrong_configuration_is_2_and_inputs_are_no_code(runner: Runner) -> None:
    assert act(runner, {"config": "nowhere.yml"})[1] == 2
    assert act(runner, {"command": "diff", "base-ref": '"; touch forged; "$(touch forged)'})[1] == 2
    assert act(runner, {"command": "diff", "base-ref": "--format=json"})[1] == 2
    assert not (runner.repository / "forged").exists()


def test_the_hook_checks_the_whole_plan(runner: Runner) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    assert runner.run(hook["entry"]).returncode == 0
    (runner.repository / "content" / "roadmap" / "wrong.yml").write_text("title: Wrong\n", encoding="utf-8")
    done = runner.run(hook["entry"])
    assert (done.returncode, "TF102" in done.stdout) == (1, True)
