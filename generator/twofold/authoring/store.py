"""Files that are changed: one writer at a time, never half a file, and nobody's work lost.

What is to be replaced is compared with what was read, right before the new text takes its place: an editor
does not ask for our lock.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from twofold.cache.store import WORKSHOP, keep_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

PATIENCE = 120.0
"""Seconds to wait for another writer."""

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class StoreError(Exception):
    """Nothing was written; the sentence is for people."""


class ChangedError(StoreError):
    """Somebody else has changed the file since it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A file's new bytes, and what it must hold until they take its place."""

    path: Path
    old: bytes | None
    """None for a file that must not be there yet."""
    new: bytes


@contextmanager
def writing(root: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only writer of a project. The lock is the kernel's, so that a dead holder does not keep it.

    Raises:
        StoreError: where another process writes for longer than `patience` seconds.
    """
    place = root / WORKSHOP
    if place.is_symlink():
        raise StoreError(f"{place} is a symbolic link; remove it, Twofold keeps temporary files there")
    try:
        place.mkdir(exist_ok=True)
        keep_out(place)
        file = (place / "writing.lock").open("a+b")
    except OSError as error:
        raise StoreError(f"{place} cannot be used: {(error.strerror or str(error)).lower()}") from None
    with file:
        deadline = time.monotonic() + patience
        while not _try_lock(file):
            if time.monotonic() >= deadline:
                raise StoreError("another command is writing here; try again when it is done")
            time.sleep(0.02)
        yield  # Closing the file lets go of the lock.


def read(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        StoreError: where they cannot be read.
    """
    try:
        handle = os.open(path, _OPEN_FLAGS)
        with os.fdopen(handle, "rb") as file:
            return file.read()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None


def replace(replacements: Sequence[Replacement]) -> None:
    """Put all new texts in place, or none.

    Each is complete on disk before the first takes its place. Modes are kept.

    Raises:
        ChangedError: where a file is no longer what it was.
        StoreError: where the system refuses.
    """
    drafts: list[tuple[Path, Replacement]] = []
    done: list[Replacement] = []
    try:
        # One by one, so that those that were made are cleared when the next fails.
        for one in replacements:
            drafts.append((_draft(one), one))  # noqa: PERF401 - as above
        for draft, one in drafts:
            _require_unchanged(one)
            _swap(draft, one)
            done.append(one)
        for folder in {one.path.parent for one in replacements}:
            _settle(folder)
    except (OSError, StoreError) as error:
        for one in reversed(done):
            _take_back(one)
        if isinstance(error, StoreError):
            raise
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{error.filename or 'the file'} cannot be written: {reason}") from None
    finally:
        for draft, _ in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _draft(one: Replacement) -> Path:
    """The new bytes in a hidden file of the same folder, flushed to the disk."""
    one.path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".twofold-", suffix=".draft", dir=one.path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(one.new)
            file.flush()
            _keep_mode(file.fileno(), one)
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _keep_mode(handle: int, one: Replacement) -> None:
    if not hasattr(os, "fchmod"):
        return
    if one.old is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    status = one.path.stat()
    with suppress(PermissionError):
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _require_unchanged(one: Replacement) -> None:
    if one.path.is_symlink():
        raise ChangedError(f"{one.path} has become a symbolic link")
    if one.old is None:
        if one.path.exists():
            raise ChangedError(f"{one.path} is there already, and Twofold overwrites nothing")
        return
    try:
        present = read(one.path)
    except StoreError:
        raise ChangedError(f"{one.path} has gone since it was read") from None
    if present != one.old:
        raise ChangedError(f"{one.path} was changed by somebody else at the same time")


def _swap(draft: Path, one: Replacement) -> None:
    if one.old is not None or not hasattr(os, "link"):
        draft.replace(one.path)
        return
    try:
        # Unlike a rename, a link never takes the place of a file that has come in between.
        os.link(draft, one.path)
    except FileExistsError:
        raise ChangedError(f"{one.path} is there already, and Twofold overwrites nothing") from None
    except OSError:
        # A file system without links.
        draft.rename(one.path)


def _take_back(one: Replacement) -> None:
    """Undo a replacement, unless somebody has written there since."""
    with suppress(OSError, StoreError):
        if read(one.path) != one.new:
            return
        if one.old is None:
            one.path.unlink()
        else:
            draft = _draft(Replacement(path=one.path, old=one.new, new=one.old))
            draft.replace(one.path)


def _settle(folder: Path) -> None:
    """Make the new names last; not every system lets a folder be flushed."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        # A file system without locks: the comparison before each rename still notices other writers.
        return error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
    return True
