"""What a run asked of the disk and of the environment, and a digest of all that it was told.

A run is a function of these answers, of the day, and of Twofold's own code. So if the same questions, asked
again, get the same answers, it would ask the very same ones and come to the very same end: there is no need
to guess beforehand what it is going to look at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, Final, NamedTuple

from twofold.cache.store import SIZE
from twofold.source import files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.diagnostics import Diagnostic
    from twofold.source.files import Found, Text

_ABSENT: Final = b"-"


class _Seen(NamedTuple):
    """What was found on the disk. Mutable: it fills."""

    walks: dict[tuple[Path, str], tuple[list[Found], list[Diagnostic]]]
    contents: dict[str, bytes | OSError]
    """Of the texts, by their location."""


class Trace:
    """The disk as a `twofold.source.tree.Tree` that notes what it is asked for. Mutable: it fills."""

    def __init__(self, environ: Mapping[str, str], *, after: Trace | None = None) -> None:
        """Begin without a question. `environ` are the variables that the configuration may name.

        What the trace `after` which this one comes has just found is not looked for once more: which files
        there are, and what is in the texts.
        """
        self.seen: _Seen = after.seen if after is not None else _Seen({}, {})
        self.questions: list[tuple[str, str]] = []
        self.environ: Mapping[str, str] = _Environment(self, environ)
        self._variables = environ
        self._answers = blake2b(digest_size=SIZE)
        self._found: dict[str, Found] = {}

    @property
    def answers(self) -> bytes:
        """The digest of all answers so far."""
        return self._answers.digest()

    def is_answered_alike(self, questions: Iterable[tuple[str, str]], answers: bytes) -> bool:
        """Ask another run's questions, and tell whether the answers are the same."""
        for kind, subject in questions:
            match kind:
                case "variable":
                    self.variable(subject)
                case "data":
                    self.data(Path(subject))
                case "folder":
                    self.is_folder(Path(subject))
                case "link":
                    self.resolved(Path(subject))
                case "walk":
                    content, _, shown = subject.rpartition("\0")
                    self.walk(Path(content), shown=shown)
                case "text":
                    file = self._found.get(subject)
                    if file is None:
                        return False
                    self._raw(file)
                case "whole":
                    self.whole(Path(subject))
                case _:
                    return False
        return self.answers == answers

    def variable(self, name: str) -> str | None:
        """Give a variable of the environment. Only the digest is kept of its value, which may be a secret."""
        value = self._variables.get(name)
        self._note("variable", name, None if value is None else value.encode("utf-8", "surrogateescape"))
        return value

    def data(self, file: Path) -> bytes | None:
        """See `Tree`."""
        data = file.read_bytes() if file.is_file() else None
        self._note("data", str(file), data)
        return data

    def digest(self, file: Path) -> str | None:
        """See `Tree`."""
        data = self.data(file)
        return None if data is None else blake2b(data, digest_size=SIZE).hexdigest()

    def is_folder(self, folder: Path) -> bool:
        """See `Tree`."""
        there = folder.is_dir()
        self._note("folder", str(folder), b"" if there else None)
        return there

    def resolved(self, path: Path) -> Path:
        """See `Tree`."""
        real = path.resolve()
        self._note("link", str(path), os.fsencode(real))
        return real

    def walk(self, content: Path, *, shown: str) -> tuple[list[Found], list[Diagnostic]]:
        """See `Tree`."""
        walk = self.seen.walks.get((content, shown))
        if walk is None:
            walk = self.seen.walks[content, shown] = files.walk(content, shown=shown)
        found, problems = list(walk[0]), list(walk[1])
        names = [(file.path, file.location) for file in found]
        said = [(one.code, one.order, one.hint) for one in problems]
        self._note("walk", f"{content}\0{shown}", repr((names, said)).encode())
        self._found = {file.path: file for file in found}
        return found, problems

    def read(self, file: Found, *, shown: str) -> Text | Diagnostic:
        """See `Tree`."""
        path = f"{shown}/{file.path}"
        raw = self._raw(file)
        return files.unreadable(raw, path=path) if isinstance(raw, OSError) else files.decode(raw, path=path)

    def rest(self, content: Path) -> None:
        """Ask for those files as well that were found in the content folder and not looked at."""
        asked = {subject for kind, subject in self.questions if kind == "text"}
        looked_at = {subject for kind, subject in self.questions if kind == "data"}
        for path in self._found:
            if path not in asked and str(content / path) not in looked_at:
                self.data(content / path)

    def whole(self, folder: Path) -> None:
        """Ask for everything in a folder. One that holds links or other oddities is never the same twice."""
        total = blake2b(digest_size=SIZE)
        for entry in entries(str(folder)):
            total.update(entry if entry is not None else token_bytes(SIZE))
        self._note("whole", str(folder), total.digest())

    def _raw(self, file: Found) -> bytes | OSError:
        raw = self.seen.contents.get(file.location)
        if raw is None:
            try:
                raw = files.contents(file.location)
            except OSError as error:
                raw = error
            self.seen.contents[file.location] = raw
        self._note("text", file.path, repr(raw).encode() if isinstance(raw, OSError) else raw)
        return raw

    def _note(self, kind: str, subject: str, answer: bytes | None) -> None:
        self.questions.append((kind, subject))
        if answer is None:
            self._answers.update(_ABSENT)
        else:
            self._answers.update(b"%d:" % len(answer))
            self._answers.update(answer)


def entries(folder: str) -> Iterator[bytes | None]:
    """What is in a folder and below it, in one order: each entry's path, then its bytes.

    None stands for what is neither a folder nor a regular file, or cannot be read.
    """
    for entry in listing(folder):
        if entry is None or entry.location is None:
            yield None if entry is None else b"/" + os.fsencode(entry.path) + b"\0"
            continue
        try:
            data = whole(entry.location)
        except OSError:
            yield None
        else:
            # Apart, since putting them together would copy every byte.
            yield b"%s\0%d:" % (os.fsencode(entry.path), len(data))
            yield data


def whole(location: str) -> bytes:
    """Everything in a file, however large.

    Raises:
        OSError: where it cannot be read.
    """
    with open(location, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of files
        return file.read()


class Entry(NamedTuple):
    """A folder or a file."""

    path: str
    """From the folder that was asked for."""

    location: str | None
    """Where to read it; None for a folder."""


def listing(folder: str, *, is_portal: bool = False) -> Iterator[Entry | None]:
    """Every folder and file below a folder, in one order; None for what is neither, or cannot be looked at.

    In a portal, hidden names at the top are passed over: they are the owner's.
    """
    folders = [("", folder)]
    while folders:
        prefix, place = folders.pop()
        try:
            with os.scandir(place) as scanned:
                found = sorted(scanned, key=lambda entry: entry.name)
        except OSError:
            yield None
            continue
        for entry in found:
            if is_portal and not prefix and entry.name.startswith("."):
                continue
            path = prefix + entry.name
            try:
                is_folder, is_file = (
                    entry.is_dir(follow_symlinks=False),
                    entry.is_file(follow_symlinks=False),
                )
            except OSError:
                is_folder = is_file = False
            if is_folder:
                folders.append((f"{path}/", entry.path))
            yield Entry(path, None if is_folder else entry.path) if is_folder or is_file else None


class _Environment(Mapping[str, str]):
    """The variables, each of them noted when it is looked at."""

    def __init__(self, trace: Trace, variables: Mapping[str, str]) -> None:
        self._trace = trace
        self._variables = variables

    def __getitem__(self, name: str) -> str:
        value = self._trace.variable(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def __len__(self) -> int:
        return len(self._variables)
