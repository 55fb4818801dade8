"""`twofold diff` in real repositories."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from tests.support.edits import edit as edited
from tests.support.edits import made_up
from tests.support.trees import tree
from twofold import emit
from twofold.emit.diff_markdown import MARKER, MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = json.loads((Path(emit.__path__[0]) / "diff.schema.json").read_text(encoding="utf-8"))
CONFIG = "site_name: Plan\ndocs_dir: content\nplugins:\n  - twofold:\n      product: Wardline\n"
OFFLINE = "content/roadmap/offline.md"
FILES = {
    "mkdocs.yml": CONFIG,
    OFFLINE: "---\ntitle: Offline\nstatus: in-progress\nowners: [Dana]\npublish: [customer]\n---\n\n"
    "Known to us as Nightjar.\n\n## For customers\n\nWards go on charting.\n",
    "content/roadmap/sync.md": "---\ntitle: Sync\nstatus: idea\n---\n",
}


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, files: Mapping[str, str]) -> None:
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    folder.mkdir()
    commit(folder, FILES)
    return folder


def run(folder: Path, *arguments: str, config: str | None = None) -> subprocess.CompletedProcess[str]:
    where = () if config is None else ("-f", config)
    command = [sys.executable, "-m", "twofold", "diff", *where, "--today", "2026-11-23", *arguments]
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


def data(folder: Path, *arguments: str, config: str | None = None) -> Any:  # noqa: ANN401 - what JSON holds
    done = run(folder, *arguments, "--format", "json", config=config)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    Draft7Validator(SCHEMA).validate(found)
    return found


def edit(folder: Path, old: str, new: str, name: str = OFFLINE) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_not_committed_is_compared_and_nothing_is_touched(plan: Path) -> None:
    edit(plan, "Wards go on charting.", "Every ward goes on charting.")
    before = {path: path.stat().st_mtime_ns for path in plan.rglob("*")}
    found = data(plan, "HEAD")
    [seen] = found["exposure"]["customer"]["changed"]
    assert seen["fields"] == [
        {
            "name": "text for customer",
            "before": "Wards go on charting.",
            "after": "Every ward goes on charting.",
        }
    ]
    assert [(one["kind"], one["id"], one["change"]) for one in found["changes"]] == [
        ("item", "offline", "changed")
    ]
    assert {path: path.stat().st_mtime_ns for path in plan.rglob("*")} == before


def test_two_revisions_are_read_with_their_own_settings(plan: Path) -> None:
    commit(plan, {"mkdocs.yml": CONFIG + "      audiences: {customer: {statuses: [released]}}\n"})
    edit(plan, "Offline", "Not of either revision")
    found = data(plan, "HEAD~1", "HEAD")
    assert [one["id"] for one in found["exposure"]["customer"]["no_longer_visible"]] == ["offline"]
    assert found["promises"] == [
        {"audience": "customer", "id": "offline", "title": "Offline", "what": "withdrawn"}
    ]
    assert [one["kind"] for one in found["changes"]] == ["settings"]


def test_a_revision_against_itself_is_no_change(plan: Path) -> None:
    assert run(plan, "HEAD", "HEAD").stdout == "Nothing changed in the plan\n"
    assert run(plan, "HEAD").stdout == "Nothing changed in the plan\n"


def test_a_portal_in_a_subfolder_is_found_from_there_and_from_the_top(tmp_path: Path) -> None:
    commit(tmp_path, {f"docs/plan/{name}": text for name, text in FILES.items()})
    edit(tmp_path, "Offline", "Off the net", f"docs/plan/{OFFLINE}")
    here, there = data(tmp_path / "docs/plan", "HEAD"), data(tmp_path, "HEAD", config="docs/plan/mkdocs.yml")
    assert here == there
    assert [one["id"] for one in here["changes"]] == ["offline"]


def test_the_content_may_lie_beside_the_project(tmp_path: Path) -> None:
    moved = {name.replace("content/", "plan/"): text for name, text in FILES.items() if name != "mkdocs.yml"}
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>\n'
    commit(
        tmp_path,
        {
            **moved,
            "site/mkdocs.yml": CONFIG.replace("docs_dir: content", "docs_dir: ../plan"),
            "plan/roadmap/offline.md": FILES[OFFLINE] + "\n![A ward](ward.svg)\n",
            "plan/roadmap/ward.svg": svg,
        },
    )
    write(tmp_path, {"plan/roadmap/ward.svg": svg.replace("h1", "h2")})
    [one] = data(tmp_path / "site", "HEAD")["exposure"]["customer"]["changed"]
    assert one["id"] == "../plan/roadmap/ward.svg"


def test_a_working_tree_beside_the_repository_has_its_own_changes(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(plan, "worktree", "add", "--quiet", "-b", "branch", str(other))
    edit(other, "status: idea", "status: declined\nreason: Too dear", "content/roadmap/sync.md")
    assert [one["id"] for one in data(other, "main")["changes"]] == ["sync"]
    assert data(plan, "branch")["changes"] == []


def test_a_bare_repository_compares_two_revisions(plan: Path, tmp_path: Path) -> None:
    commit(plan, {OFFLINE: FILES[OFFLINE].replace("Offline", "Off the net")})
    bare = tmp_path / "plan.git"
    git(plan, "clone", "--quiet", "--bare", str(plan), str(bare))
    assert [one["id"] for one in data(bare, "HEAD~1", "HEAD")["changes"]] == ["offline"]
    refused = run(bare, "HEAD~1")
    assert refused.returncode == 2
    assert "has no working tree; name both revisions" in " ".join(refused.stderr.split())


def test_a_shallow_clone_says_what_to_fetch(plan: Path, tmp_path: Path) -> None:
    commit(plan, {OFFLINE: FILES[OFFLINE].replace("Offline", "Off the net")})
    shallow = tmp_path / "shallow"
    git(plan, "clone", "--quiet", "--depth=1", f"file://{plan}", str(shallow))
    refused = run(shallow, "HEAD~1")
    assert refused.returncode == 2
    said = " ".join(refused.stderr.split())
    assert "this clone is shallow and has no revision 'HEAD~1'" in said
    assert "fetch-depth: 0" in said


def test_an_unknown_revision_and_an_option_in_its_place_are_refused(plan: Path) -> None:
    assert "git knows no revision 'nonsense'" in run(plan, "nonsense").stderr
    assert run(plan, "--", "--output=leak").returncode == 2
    assert not (plan / "leak").exists()


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    refused = run(tmp_path, "HEAD")
    assert refused.returncode == 2
    assert "not a git repository" in refused.stderr


def test_where_there_was_no_portal_everything_is_new(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "young"
    folder.mkdir()
    commit(folder, {"README.md": "Nothing yet.\n"})
    shutil.copytree(plan / "content", folder / "content")
    write(folder, {"mkdocs.yml": CONFIG})
    found = data(folder, "HEAD")
    assert {one["change"] for one in found["changes"] if one["kind"] == "item"} == {"added"}
    assert [one["id"] for one in found["exposure"]["customer"]["newly_visible"]] == ["offline"]


def test_errors_that_were_there_before_are_told_apart(plan: Path) -> None:
    commit(plan, {"content/roadmap/broken.md": "---\ntitle: Broken\nstatus: perhaps\n---\n"})
    edit(plan, "status: idea", "status: ideal", "content/roadmap/sync.md")
    found = data(plan, "HEAD")
    assert [one["path"] for one in found["diagnostics"]["new"] if one["severity"] == "error"] == [
        "content/roadmap/sync.md"
    ]
    assert found["unread"] == {
        "base": ["roadmap/broken.md"],
        "head": ["roadmap/broken.md", "roadmap/sync.md"],
    }


def test_a_base_whose_settings_cannot_be_read_is_said(plan: Path) -> None:
    commit(plan, {"mkdocs.yml": CONFIG + "      customer_wight: 0.4\n"})
    write(plan, {"mkdocs.yml": CONFIG})
    found = data(plan, "HEAD")
    assert found["unread"]["base"] == ["mkdocs.yml"]
    assert [one["code"] for one in found["diagnostics"]["solved"]] == ["TF101"]


def test_it_fails_on_what_it_is_asked_to_fail_on(plan: Path) -> None:
    edit(plan, "[customer]", "[]")
    assert run(plan, "HEAD").returncode == 0
    exposed = run(plan, "HEAD", "--fail-on", "exposure")
    assert (exposed.returncode, exposed.stderr) == (1, "customer would read something else\n")
    assert run(plan, "HEAD", "--fail-on", "exposure:user").returncode == 0
    promised = run(plan, "HEAD", "--fail-on", "promise")
    assert (promised.returncode, promised.stderr) == (
        1,
        "Promise taken back: Offline, withdrawn (customer)\n",
    )
    assert run(plan, "HEAD", "--fail-on", "exposure:nobody").returncode == 2


def test_for_one_audience_nothing_is_said_that_it_may_not_read(plan: Path) -> None:
    edit(plan, "Nightjar", "Nightingale")
    edit(plan, "owners: [Dana]", "owners: [Kim]")
    edit(plan, "title: Offline", "title: Off the net")
    edit(plan, "status: idea", "status: planned\nhorizon: now", "content/roadmap/sync.md")
    for form in ("text", "markdown", "json"):
        said = run(plan, "HEAD", "--audience", "customer", "--format", form).stdout
        assert "Off the net" in said
        assert not re.search("Night|Dana|Kim|Sync|sync|planned", said)
        assert "Off the net" not in run(plan, "HEAD", "--audience", "user", "--format", form).stdout


EVIL = (
    "</details><script>alert(1)</script> @everyone #12 GH-7 ![x](https://evil.example/p.png) "
    "[a](javascript:x) `code` | cell www.evil.example <!-- hidden"
)


def test_content_is_text_in_a_comment_and_nothing_else(plan: Path) -> None:
    edit(plan, "title: Offline", f"title: {json.dumps(EVIL)}")
    edit(plan, "Wards go on", f"{EVIL}\n\nWards go on")
    comment = run(plan, "HEAD", "--format", "markdown").stdout
    assert comment.startswith(MARKER + "\n")
    assert not re.search(r"<script|<!-- h|@everyone|#12|GH-7|https://\w|www\.\w", comment)
    assert not re.search(r"(?<!\\)!?\[[ax]\]\(", re.sub(r"<p>.*?</p>", "", comment))
    assert set(re.findall(r"</?([a-z]+)", comment)) <= {"details", "summary", "p", "b", "br", "ins", "del"}
    # What is folded is opened and closed in the same list.
    assert comment.count("<details>") == comment.count("</details>")


def test_nothing_that_steers_a_terminal_passes(plan: Path) -> None:
    edit(plan, "title: Offline", 'title: "Off\\e[31mline \\u202Etxt.exe\\u202C"')
    for form in ("text", "markdown", "json"):
        said = run(plan, "HEAD", "--format", form).stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
        assert "line" in said


def test_a_comment_that_would_be_too_long_is_cut_and_says_so(plan: Path) -> None:
    text = "A new sentence that says something about the wards. " * 40
    items = {
        f"content/roadmap/added-{number:03}.md": f"---\ntitle: Item {number}\nstatus: in-progress\n"
        f"publish: [customer]\n---\n\n## For customers\n\n{text}\n"
        for number in range(120)
    }
    write(plan, items)
    comment = run(plan, "HEAD", "--format", "markdown").stdout
    assert len(comment) <= MOST
    assert re.search(r"_… and \d+ more; `twofold diff` prints all\._", comment)
    assert "Left out: New diagnostics" in comment
    assert comment.count("<details>") == comment.count("</details>")


def test_a_picture_that_is_drawn_anew_is_exposure(plan: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h{}"/></svg>\n'
    shown = FILES[OFFLINE] + "\n![A ward](ward.svg)\n"
    commit(plan, {OFFLINE: shown, "content/roadmap/ward.svg": svg.format(1)})
    write(plan, {"content/roadmap/ward.svg": svg.format(2)})
    [one] = data(plan, "HEAD")["exposure"]["customer"]["changed"]
    assert (one["kind"], one["id"]) == ("site", "content/roadmap/ward.svg")


def test_what_is_listed_changes_the_built_site_and_what_changes_it_is_listed(tmp_path: Path) -> None:
    """Random edits, real builds: two that the customers' site shows, two that it does not."""
    seen = {True: 0, False: 0}
    for seed in range(40):
        chance = Random(seed)
        before = made_up(seed % 3, items=4)
        after = edited(before, chance, chance.randint(1, 3))
        folder = tmp_path / str(seed)
        folder.mkdir()
        commit(folder, {**before, ".gitignore": "/site/\n.twofold/\n"})
        for name in before.keys() - after.keys():
            (folder / name).unlink()
        write(folder, after)
        if run(folder, "HEAD").returncode or not build(folder):
            continue  # An edit can break the plan; there is no site then.
        listed = bool(any(data(folder, "HEAD")["exposure"]["customer"].values()))
        if seen[listed] == 2:
            continue
        now = tree(folder / "site")
        git(folder, "stash", "--quiet", "--include-untracked")
        assert build(folder)
        assert (tree(folder / "site") != now) == listed, seed
        seen[listed] += 1
        if set(seen.values()) == {2}:
            return
    raise AssertionError(seen)


def build(folder: Path) -> bool:
    command = [sys.executable, "-m", "twofold", "build", "--audience", "customer", "--today", "2026-11-23"]
    return not subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode
