"""Which lines of the working tree changed since a revision, as git tells.

None of the repository's own programs (external diffs, text converters, file monitors) is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.source.git_command import Git, GitError, text

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = b"diff --git "
_HUNK = re.compile(rb"@@ -[0-9,]+ \+(?P<first>[0-9]+)(?:,(?P<count>[0-9]+))? @@")


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
        GitError: outside a repository, with an unknown revision, or where the history is too short.
    """
    git = Git(folder=folder, environ=environ)
    root = git(
        "rev-parse", "--show-toplevel", otherwise=f"{folder} is in no git repository with a working tree"
    )
    git = Git(folder=Path(text(root).rstrip("\n")), environ=environ)
    is_shallow = (
        text(git("rev-parse", "--is-shallow-repository", otherwise="git is too old")).strip() == "true"
    )
    cut = (
        "; this clone is shallow: fetch the history (in GitHub Actions `fetch-depth: 0`, "
        "in GitLab CI `GIT_DEPTH: 0`, by hand `git fetch --unshallow`)"
        if is_shallow
        else ""
    )
    unknown = f"there is no revision {base[:200]!r} here{cut}"
    if not base or base.startswith("-"):
        raise GitError(unknown)
    commit = text(git("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}", otherwise=unknown)).strip()
    unrelated = f"{base[:200]!r} and the present revision have no common history{cut}"
    fork = text(git("merge-base", commit, "HEAD", otherwise=unrelated)).strip()
    return Changes(lines={**_changed(git, fork), **_untracked(git)})


def _changed(git: Git, fork: str) -> dict[str, frozenset[int] | None]:
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
        return dict.fromkeys(map(text, names))
    return {text(name): frozenset(lines) for name, lines in zip(names, found, strict=True)}


def _untracked(git: Git) -> dict[str, None]:
    listed = git("ls-files", "--others", "--exclude-standard", "-z", otherwise="git could not list the files")
    return {text(name): None for name in listed.split(b"\0")[:-1]}
