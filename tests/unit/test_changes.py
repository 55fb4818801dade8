"""What changed since a revision, and `check` of that alone."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from twofold import cli
from twofold.source.changes import since
from twofold.source.git_command import GitError

if TYPE_CHECKING:
    from pathlib import Path

ENVIRON = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], env=ENVIRON, check=True, capture_output=True)


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def commit(folder: Path, **files: str) -> None:
    for path, text in files.items():
        write(folder, path, text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x", "--allow-empty")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-qb", "main")
    commit(folder, kept="1\n", edited="1\n2\n3\n4\n", gone="1\n", moved="1\n2\n3\n")
    return folder


def test_changed_lines_are_those_that_are_new_or_other(repository: Path) -> None:
    commit(repository, edited="1\nzwei\n3\n4\n5\n", added="1\n2\n")
    write(repository, "edited", "1\nzwei\n4\n5\n")
    (repository / "gone").unlink()
    (repository / "moved").rename(repository / 'to a \n"füssy"\tplace')
    write(repository, "ignored/x", "1\n")
    write(repository, ".gitignore", "ignored/\n")
    assert since("HEAD~1", folder=repository, environ=ENVIRON).lines == {
        # Where line 3 was taken out, the line above counts.
        "edited": frozenset({2, 4}),
        "added": frozenset({1, 2}),
        'to a \n"füssy"\tplace': None,
        ".gitignore": None,
    }


def test_what_the_base_went_on_to_change_is_not_counted(repository: Path) -> None:
    git(repository, "switch", "-qc", "branch")
    commit(repository, edited="1\n2\n3\n4\n5\n")
    git(repository, "switch", "-q", "main")
    commit(repository, kept="other\n")
    git(repository, "switch", "-q", "branch")
    assert since("main", folder=repository, environ=ENVIRON).lines == {"edited": frozenset({5})}


def test_the_owners_git_settings_change_nothing(repository: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\n", encoding="utf-8")
    program.chmod(0o755)
    for name, value in {
        "diff.external": str(program),
        "diff.mnemonicPrefix": "true",
        "diff.interHunkContext": "10",
        "diff.x.textconv": str(program),
        "core.fsmonitor": str(program),
        "color.ui": "always",
    }.items():
        git(repository, "config", name, value)
    write(repository, ".git/info/attributes", "* diff=x\n")
    write(repository, "edited", "eins\n2\n3\nvier\n")
    hooked = {
        **ENVIRON,
        "GIT_DIR": "/nowhere",
        "GIT_INDEX_FILE": "/nowhere/index",
        "GIT_EXTERNAL_DIFF": str(program),
    }
    assert since("main", folder=repository, environ=hooked).lines == {"edited": frozenset({1, 4})}
    assert not (tmp_path / "ran").exists()


def test_a_worktree_and_a_subfolder_are_as_good_as_the_top(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    write(tmp_path / "tree", "portal/content/new", "1\n")
    found = since("main", folder=tmp_path / "tree" / "portal", environ=ENVIRON)
    assert found.lines == {"portal/content/new": None}


def test_a_file_that_became_a_link_is_changed_as_a_whole(repository: Path) -> None:
    (repository / "edited").unlink()
    (repository / "edited").symlink_to("kept")
    assert since("main", folder=repository, environ=ENVIRON).lines == {"edited": None}


@pytest.mark.parametrize("base", ["nothing", "", "-x", "--output=x", "main..main", "main:kept", "\0", "a\nb"])
def test_an_unknown_revision_is_a_sentence(base: str, repository: Path) -> None:
    with pytest.raises(GitError, match=r"no revision|could not be asked"):
        since(base, folder=repository, environ=ENVIRON)


def test_outside_a_repository_and_without_git_is_a_sentence(tmp_path: Path, repository: Path) -> None:
    with pytest.raises(GitError, match="is in no git repository"):
        since("main", folder=tmp_path, environ=ENVIRON)
    with pytest.raises(GitError, match="git is not installed"):
        since("main", folder=repository, environ={**ENVIRON, "PATH": "/nonexistent"})


def test_a_shallow_clone_is_told_from_a_wrong_name(repository: Path, tmp_path: Path) -> None:
    git(repository, "switch", "-qc", "branch")
    commit(repository, edited="5\n")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(clone))
    with pytest.raises(
        GitError, match=r"no revision 'origin/main' here; this clone is shallow.*fetch-depth: 0"
    ):
        since("origin/main", folder=clone, environ=ENVIRON)
    git(clone, "fetch", "-q", "--depth=1", "origin", "main")
    with pytest.raises(GitError, match="no common history; this clone is shallow"):
        since("FETCH_HEAD", folder=clone, environ=ENVIRON)


@pytest.fixture
def portal(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal in a subfolder: one item that was wrong before, one that the branch made wrong."""
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GITHUB_BASE_REF", raising=False)
    folder = repository / "portal"
    write(folder, "mkdocs.yml", "site_name: Ward\ndocs_dir: content\nplugins: [twofold]\n")
    write(folder, "content/roadmap/old.yml", "title: Old\nstatus: wrong\n")
    write(folder, "content/roadmap/new.yml", "title: New\nstatus: idea\n")
    commit(repository)
    git(repository, "switch", "-qc", "branch")
    write(folder, "content/roadmap/new.yml", "title: New\nstatus: wrong\n")
    monkeypatch.chdir(folder)
    return folder


def test_check_tells_of_changed_files_alone(portal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--changed-since", "main"]) == 1
    out, _ = capsys.readouterr()
    assert "content/roadmap/new.yml:2:9: error[TF104]" in out
    assert "old.yml" not in out
    assert out.endswith("Found 1 error in 1 file. 1 more in files that did not change.\n")
    (portal / "content/roadmap/new.yml").write_text("title: New\nstatus: idea\n", encoding="utf-8")
    assert cli.run(["check", "--changed-since", "main"]) == 0
    out, _ = capsys.readouterr()
    assert out == "Found nothing in changed files; 1 in files that did not change.\n"


def test_check_says_in_one_line_why_it_cannot_tell_what_changed(
    portal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert portal.is_dir()
    assert cli.run(["check", "--changed-since", "\x1b[2J"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("Error: Invalid value for --changed-since: there is no revision '\\x1b[2J' here\n")


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit"])
def test_forges_are_given_paths_from_the_top_of_the_repository(
    form: str, portal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert portal.is_dir()
    assert cli.run(["check", "--format", form]) == 1
    assert "portal/content/roadmap/new.yml" in capsys.readouterr().out


def test_in_a_pull_request_on_github_changed_lines_come_first(
    portal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(portal, "update-ref", "refs/remotes/origin/main", "main")
    (portal / "content/roadmap/new.yml").rename(portal / "content/roadmap/young.yml")
    orders = []
    for target in ("main", "nothing"):
        monkeypatch.setenv("GITHUB_BASE_REF", target)
        assert cli.run(["check", "--format", "github"]) == 1
        out, _ = capsys.readouterr()
        orders.append([line.partition("file=")[2].partition(",")[0][-9:] for line in out.splitlines()[:2]])
    assert orders == [["young.yml", "p/old.yml"], ["p/old.yml", "young.yml"]]
