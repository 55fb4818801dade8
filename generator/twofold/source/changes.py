"""Which lines of the working tree changed since a revision, as git tells.

Git is asked by a fixed command line, without a shell; none of the repository's own programs (external diffs,
text converters, file monitors) is run.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT = 60
"""Seconds that one question to git may take."""

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for hooks: it speaks of the repository that called, which need not be the plan's."""

_FILE = b"diff --git "
_HUNK = re.compile(rb"@@ -[0-9,]+ \+(?P<first>[0-9]+)(?:,(?P<count>[0-9]+))? @@")


class ChangesError(Exception):
    """Git cannot say what changed; the message says why, and what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since a revision."""

    lines: Mapping[str, frozenset[int] | None]
    """Changed files, by their POSIX path from the top of the repository, to the lines, from 1, that are new
    or other than they were; None for a file that is new as a whole. Files that are gone are not here."""

    def touches(self, path: str, line: int) -> bool:
        """Whether a line of a file changed."""
        lines = self.lines.get(path, frozenset())
        return lines is None or line in lines


def top(folder: Path) -> Path | None:
    """The top of the repository or worktree that a folder lies in; None outside of one."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def since(base: str, *, folder: Path, environ: Mapping[str, str]) -> Changes:
    """What changed in the repository of a folder since its line left the revision `base`.

    Files that git does not know yet and does not ignore count as new. Where `base` has gone on since, its own
    changes are not counted.

    Raises:
        ChangesError: outside a repository, with an unknown revision, or where the history is too short.
    """
    git = _Git(folder, environ)
    root = git(
        "rev-parse", "--show-toplevel", otherwise=f"{folder} is in no git repository with a working tree"
    )
    git = _Git(Path(_text(root).rstrip("\n")), environ)
    is_shallow = (
        _text(git("rev-parse", "--is-shallow-repository", otherwise="git is too old")).strip() == "true"
    )
    cut = (
        "; this clone is shallow: fetch the history (in GitHub Actions `fetch-depth: 0`, "
        "in GitLab CI `GIT_DEPTH: 0`, by hand `git fetch --unshallow`)"
        if is_shallow
        else ""
    )
    unknown = f"there is no revision {base[:200]!r} here{cut}"
    if not base or base.startswith("-"):
        raise ChangesError(unknown)
    commit = _text(git("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}", otherwise=unknown)).strip()
    unrelated = f"{base[:200]!r} and the present revision have no common history{cut}"
    fork = _text(git("merge-base", commit, "HEAD", otherwise=unrelated)).strip()
    return Changes(lines={**_changed(git, fork), **_untracked(git)})


def _changed(git: _Git, fork: str) -> dict[str, frozenset[int] | None]:
    # Both lists are in the same order: names from the one, since the other quotes them, lines from the other.
    own = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-relative", "--ignore-submodules")
    choice = (*own, "--diff-filter=d", fork, "--")
    failed = "git could not compare the revisions"
    names = git("diff", "--name-only", "-z", *choice, otherwise=failed).split(b"\0")[:-1]
    patch = git("diff", "--no-color", "-U0", "--inter-hunk-context=0", *choice, otherwise=failed)
    found: list[set[int]] = []
    for line in patch.split(b"\n"):
        if line.startswith(_FILE):
            found.append(set())
        elif (hunk := _HUNK.match(line)) is not None:
            first, count = int(hunk["first"]), int(hunk["count"] or 1)
            # Where lines only went, the one above counts: what is missing is missing there.
            found[-1].update(range(first, first + count) if count else (max(first, 1),))
    if len(found) != len(names):
        # A file that became a link, or a merge that is not done, has more than one entry.
        return dict.fromkeys(map(_text, names))
    return {_text(name): frozenset(lines) for name, lines in zip(names, found, strict=True)}


def _untracked(git: _Git) -> dict[str, None]:
    listed = git("ls-files", "--others", "--exclude-standard", "-z", otherwise="git could not list the files")
    return {_text(name): None for name in listed.split(b"\0")[:-1]}


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


class _Git:
    """Git in one folder."""

    __slots__ = ("environ", "folder")

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder = folder
        own = {name: value for name, value in environ.items() if name not in _ELSEWHERE}
        self.environ = {**own, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}

    def __call__(self, *arguments: str, otherwise: str) -> bytes:
        command = ["git", "-c", "core.fsmonitor=false", *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - fixed argv, no shell
                command, cwd=self.folder, env=self.environ, capture_output=True, timeout=TIMEOUT, check=False
            )
        except FileNotFoundError:
            raise ChangesError("git is not installed, so nobody can say what changed") from None
        except subprocess.TimeoutExpired:
            raise ChangesError(f"git did not answer within {TIMEOUT} seconds") from None
        except (OSError, ValueError) as error:
            raise ChangesError(f"git could not be asked: {error}") from None
        if b"dubious ownership" in done.stderr:
            own = f"git config --global --add safe.directory {self.folder}"
            raise ChangesError(f"git refuses a repository that another user owns; allow it with `{own}`")
        if done.returncode:
            raise ChangesError(otherwise)
        return done.stdout
