"""Where a project's files come from: the disk, or a git revision (`twofold.source.git`)."""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING, Protocol

from twofold.diagnostics import Diagnostic
from twofold.source import files

if TYPE_CHECKING:
    from pathlib import Path

    from twofold.source.files import Found, Text


class Tree(Protocol):
    """The files of a project at one moment."""

    def data(self, file: Path) -> bytes | None:
        """A file's bytes; None where there is no such file.

        Raises:
            OSError: when it is there and cannot be read.
        """

    def digest(self, file: Path) -> str | None:
        """What is the same for the same bytes, in either kind of tree; None where there is no such file."""

    def is_folder(self, folder: Path) -> bool:
        """Whether a folder is there."""

    def resolved(self, path: Path) -> Path:
        """A path without links and detours."""

    def walk(self, content: Path, *, shown: str) -> tuple[list[Found], list[Diagnostic]]:
        """Every regular file below the content folder, as `twofold.source.files.walk` gives them."""

    def read(self, file: Found, *, shown: str) -> Text | Diagnostic:
        """The text of one of these files, or the diagnostic that says why there is none."""


class Disk:
    """The files as they are on disk."""

    def __init__(self, *, kept: dict[str, Text] | None = None) -> None:
        """Make one; `kept` takes what is read by its digest, for a revision that has most of it in common."""
        self._kept = kept

    def data(self, file: Path) -> bytes | None:
        """See `Tree`."""
        return file.read_bytes() if file.is_file() else None

    def digest(self, file: Path) -> str | None:
        """See `Tree`."""
        data = self.data(file)
        return None if data is None else _digest(data)

    def is_folder(self, folder: Path) -> bool:
        """See `Tree`."""
        return folder.is_dir()

    def resolved(self, path: Path) -> Path:
        """See `Tree`."""
        return path.resolve()

    def walk(self, content: Path, *, shown: str) -> tuple[list[Found], list[Diagnostic]]:
        """See `Tree`."""
        return files.walk(content, shown=shown)

    def read(self, file: Found, *, shown: str) -> Text | Diagnostic:
        """See `Tree`."""
        text = files.read(file, shown=shown)
        if self._kept is not None and not isinstance(text, Diagnostic):
            self._kept[_digest(text.text.encode())] = text
        return text


def _digest(data: bytes) -> str:
    """As git names its objects."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


DISK = Disk()
