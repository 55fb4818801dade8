"""Git revisions as trees of files: read from git's objects, without a checkout and without touching anything.

What git stores is what is read: no filter, no hook, no fetch.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twofold.diagnostics import Span
from twofold.source.files import OUTSIDE_CONTENT, UNREADABLE_FILE, Found, collisions, decode
from twofold.source.git_command import Git, GitError, text
from twofold.source.limits import MAX_BYTES, TOO_LARGE_OR_DEEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twofold.diagnostics import Diagnostic
    from twofold.source.files import Text

_LINK: Final = "120000"
_FILES: Final = frozenset({"100644", "100755", _LINK})
_MOST_LINKS: Final = 8
"""How many links may lead to each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a revision."""

    mode: str
    blob: str
    """The object's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A git repository, with or without a working tree."""

    top: Path
    """What its paths are relative to: the top of the working tree, or the bare repository's own folder."""

    bare: bool
    environ: Mapping[str, str]
    """For git."""

    @property
    def git(self) -> Git:
        """Git at its top."""
        return Git(folder=self.top, environ=self.environ)


def find(folder: Path, *, environ: Mapping[str, str]) -> Repository:
    """The repository that a folder lies in.

    Raises:
        GitError: when there is none, or no git.
    """
    git = Git(folder=folder, environ=environ)
    bare = text(git("rev-parse", "--is-inside-work-tree")) != "true\n"
    if bare and text(git("rev-parse", "--is-bare-repository")) != "true\n":
        message = f"{folder} lies inside the .git folder; go to the working tree"
        raise GitError(message)
    top = git("rev-parse", "--absolute-git-dir" if bare else "--show-toplevel")
    # Without the line end, and with any other sign that the path has.
    return Repository(top=Path(text(top)[:-1]), bare=bare, environ=environ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The files of one commit, as a `twofold.source.tree.Tree`."""

    repository: Repository
    commit: str
    """Its full name."""

    entries: Mapping[str, Entry]
    """By path from the repository's top."""

    _texts: Mapping[str, Text] = field(default_factory=dict, repr=False)
    """What has been read elsewhere, by object."""
    _data: dict[str, bytes] = field(default_factory=dict, repr=False)
    """What was read, by object."""
    _sizes: dict[str, int] = field(default_factory=dict, repr=False)
    """In bytes, by object, of those that have been asked for."""

    def data(self, file: Path) -> bytes | None:
        """See `Tree`."""
        entry = self._followed(self._path(file))
        return None if entry is None else self._read([entry])[entry.blob]

    def is_folder(self, folder: Path) -> bool:
        """See `Tree`."""
        path = self._path(folder)
        return not path or any(name.startswith(f"{path}/") for name in self.entries)

    def resolved(self, path: Path) -> Path:
        """See `Tree`."""
        # Links above the repository are those of the disk, which named its top without any.
        return path.resolve()

    def walk(self, content: Path, *, shown: str) -> tuple[list[Found], list[Diagnostic]]:
        """See `Tree`."""
        root = self._path(content)
        prefix = f"{root}/" if root else ""
        found: list[Found] = []
        problems: list[Diagnostic] = []
        for name, entry in self.entries.items():
            path = name.removeprefix(prefix)
            hidden = path.startswith(".") or "/." in path
            if not name.startswith(prefix) or hidden or entry.mode not in _FILES:
                continue
            if entry.mode == _LINK:
                target = self._target(name)
                problem = self._link_problem(target, prefix, Span(path=f"{shown}/{path}"))
                if problem is not None:
                    problems.append(problem)
                    continue
            found.append(Found(path=path, location=name))
        found.sort(key=lambda file: file.path)
        problems.extend(collisions(found, shown))
        # All at once: a process for each would take longer than everything else.
        followed = (self._followed(file.location) for file in found if _is_text(file.path))
        wanted = [entry for entry in followed if entry is not None and entry.blob not in self._texts]
        sizes = self._measured(wanted)
        self._read(entry for entry in wanted if sizes[entry.blob] <= MAX_BYTES)
        return found, problems

    def read(self, file: Found, *, shown: str) -> Text | Diagnostic:
        """See `Tree`."""
        path = f"{shown}/{file.path}"
        entry = self._followed(file.location)
        if entry is None:
            return UNREADABLE_FILE.at(Span(path=path), reason="this link leads to nothing that can be read")
        known = self._texts.get(entry.blob)
        if known is not None and known.path == path:
            return known
        if self._measured([entry])[entry.blob] > MAX_BYTES:
            return TOO_LARGE_OR_DEEP.at(Span(path=path), what=f"larger than {MAX_BYTES // 1024 // 1024} MiB")
        return decode(self._read([entry])[entry.blob], path=path)

    def digest(self, file: Path) -> str | None:
        """See `Tree`."""
        entry = self._followed(self._path(file))
        return None if entry is None else entry.blob

    def _path(self, file: Path) -> str:
        """A path from the repository's top; one that leads out of it names nothing."""
        path = os.path.relpath(file, self.repository.top).replace(os.sep, "/")
        return "" if path == "." else path

    def _followed(self, name: str) -> Entry | None:
        """A file, through links."""
        for _ in range(_MOST_LINKS):
            entry = self.entries.get(name)
            if entry is None or entry.mode not in _FILES:
                return None
            if entry.mode != _LINK:
                return entry
            name = self._target(name)
        return None

    def _target(self, name: str) -> str:
        """Where a link leads, as a path from the repository's top."""
        entry = self.entries[name]
        target = text(self._read([entry])[entry.blob])
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))

    def _link_problem(self, target: str, prefix: str, span: Span) -> Diagnostic | None:
        if target.startswith(("/", "../")) or not f"{target}/".startswith(prefix):
            what = "this link leads out of the content folder"
            return OUTSIDE_CONTENT.at(span, what=what, hint="put the file itself here")
        if any(name.startswith(f"{target}/") for name in self.entries):
            what = "a linked folder is not followed"
            return OUTSIDE_CONTENT.at(span, what=what, hint="put the folder itself here")
        if self._followed(target) is None:
            return UNREADABLE_FILE.at(span, reason="this link leads to nothing that can be read")
        return None

    def _measured(self, entries: Iterable[Entry]) -> Mapping[str, int]:
        # Not with the list of all files: git opens each for it, and most are known.
        missing = [one.blob for one in entries if one.blob not in self._sizes]
        if missing:
            asked = "".join(f"{blob}\n" for blob in missing).encode()
            given = text(self.repository.git("cat-file", "--batch-check=%(objectsize)", asked=asked))
            for blob, size in zip(missing, given.splitlines(), strict=True):
                # An object that is not there has none, and is told when it is read.
                self._sizes[blob] = int(size) if size.isdigit() else 0
        return self._sizes

    def _read(self, entries: Iterable[Entry]) -> Mapping[str, bytes]:
        missing = [one.blob for one in entries if one.blob not in self._data]
        if missing:
            asked = "".join(f"{blob}\n" for blob in missing).encode()
            given = self.repository.git("cat-file", "--batch", asked=asked)
            at = 0
            for blob in missing:
                end = given.index(b"\n", at)
                head = given[at:end].split()
                if len(head) != 3:
                    message = f"git has no object {blob}; the clone may be a partial one"
                    raise GitError(message)
                size = int(head[2])
                self._data[blob] = given[end + 1 : end + 1 + size]
                at = end + size + 2
        return self._data


def revision(repository: Repository, name: str, *, kept: Mapping[str, Text] | None = None) -> Revision:
    """The revision of a name: a branch, a tag, a commit.

    `kept` are texts that have been read elsewhere, by object.

    Raises:
        GitError: when git does not know it.
    """
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    try:
        commit = text(repository.git(*arguments)).strip()
    except GitError as error:
        raise GitError(_unknown(repository, name)) from error
    listed = repository.git("ls-tree", "-r", "-z", "--full-tree", commit)
    entries: dict[str, Entry] = {}
    for row in text(listed).split("\0")[:-1]:
        head, _, path = row.partition("\t")
        mode, _, blob = head.split()
        entries[path] = Entry(mode=mode, blob=blob)
    return Revision(
        repository=repository, commit=commit, entries=entries, _texts={} if kept is None else kept
    )


def _unknown(repository: Repository, name: str) -> str:
    shallow = text(repository.git("rev-parse", "--is-shallow-repository")) == "true\n"
    if not shallow:
        return f"git knows no revision {name[:80]!r}"
    branch = name.removeprefix("origin/")
    return (
        f"this clone is shallow and has no revision {name[:80]!r}; "
        f"fetch it first: git fetch --depth=1 origin {branch[:80]} (in CI: fetch-depth: 0)"
    )


def _is_text(path: str) -> bool:
    return path.endswith((".md", ".yml", ".yaml"))
