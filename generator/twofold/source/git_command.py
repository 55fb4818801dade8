"""Git, run as a command: fixed arguments, no shell, and none of the repository's own programs."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TIMEOUT = 60
"""Seconds that one question to git may take."""

_ELSEWHERE = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git sets for hooks: it speaks of the repository that called, which need not be the plan's."""

_OURS = {
    # Reading writes no index, and fetches nothing that a partial clone left out.
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


class GitError(Exception):
    """Git cannot say what it was asked; the message says why, and what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Git in one folder."""

    folder: Path
    environ: Mapping[str, str]

    def __call__(self, *arguments: str, otherwise: str | None = None, asked: bytes = b"") -> bytes:
        """What git prints; `asked` is what it reads.

        Raises:
            GitError: when it fails, with the message `otherwise`, or with git's own.
        """
        command = ["git", "--no-pager", "-c", "core.fsmonitor=false", *arguments]
        own = {name: value for name, value in self.environ.items() if name not in _ELSEWHERE}
        try:
            # A file holds what is asked: a pipe would be fed in pieces of 512 bytes.
            with TemporaryFile() as questions:
                questions.write(asked)
                questions.seek(0)
                done = subprocess.run(  # noqa: S603 - fixed argv, no shell
                    command,
                    cwd=self.folder,
                    env={**own, **_OURS},
                    stdin=questions,
                    capture_output=True,
                    timeout=TIMEOUT,
                    check=False,
                )
        except FileNotFoundError:
            raise GitError("git is not installed, so nobody can say what changed") from None
        except subprocess.TimeoutExpired:
            raise GitError(f"git did not answer within {TIMEOUT} seconds") from None
        except (OSError, ValueError) as error:
            raise GitError(f"git could not be asked: {error}") from None
        if b"dubious ownership" in done.stderr:
            allow = f"git config --global --add safe.directory {self.folder}"
            raise GitError(f"git refuses a repository that another user owns; allow it with `{allow}`")
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            own_words = said[0].removeprefix("fatal: ") if said else f"git {arguments[0]} failed"
            raise GitError(own_words if otherwise is None else otherwise)
        return done.stdout


def text(raw: bytes) -> str:
    """A path or a name that git printed, whatever bytes are in it."""
    return raw.decode("utf-8", "surrogateescape")
