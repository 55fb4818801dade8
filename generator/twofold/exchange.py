"""Putting folders in the place of others: in one step each where the system can, with a journal for all.

The journal is written before the first step and names every folder by its inode. A process that dies
in between has decided already: all new sites are complete, so the next one finishes what it began.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_FDCWD = -100
RENAME_EXCHANGE = 2
UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
"""What a kernel or a file system answers that has no exchange."""


def all_of(moves: Sequence[tuple[Path, Path]], *, journal: Path) -> None:
    """Put each first folder in the place of the second, where afterwards the old one is found.

    Raises `OSError` after having put everything back.
    """
    entries = [{"new": str(new), "place": str(place), "inode": _inode(new)} for new, place in moves]
    draft = journal.with_suffix(".draft")
    draft.write_text(json.dumps(entries), encoding="utf-8")
    draft.replace(journal)
    done: list[tuple[Path, Path]] = []
    try:
        for new, place in moves:
            put(new, place)
            done.append((new, place))
    except OSError:
        for new, place in reversed(done):
            if new.exists():
                put(new, place)
            else:
                place.rename(new)
        raise
    finally:
        journal.unlink(missing_ok=True)


def finish(journal: Path, *, within: Path) -> None:
    """Complete what a killed process had begun, if there is anything left of it.

    Only folders `within` are moved, and only if they are the very ones that the journal names.
    """
    try:
        entries = json.loads(journal.read_text(encoding="utf-8"))
        moves = [(Path(entry["new"]), Path(entry["place"]), int(entry["inode"])) for entry in entries]
    except (OSError, ValueError, TypeError, KeyError):
        moves = []
    for new, place, inode in moves:
        if new.resolve().is_relative_to(within.resolve()) and new.is_dir() and _inode(new) == inode:
            put(new, place)
    journal.unlink(missing_ok=True)


def put(new: Path, place: Path) -> None:
    """Put `new` at `place`; what stood there stands at `new` afterwards."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)
    elif not exchanged(new, place):
        _by_two_renames(new, place)


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system has no such step."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    # A container's lower layer answers EXDEV for folders that it does not let move: see below.
    if code in UNABLE or code == errno.EXDEV:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def _by_two_renames(new: Path, place: Path) -> None:
    aside = new.with_name(new.name + ".old")
    try:
        place.rename(aside)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copytree(place, aside, symlinks=True)
        shutil.rmtree(place)
    try:
        new.rename(place)
    except OSError:
        shutil.move(aside, place)
        raise
    aside.rename(new)


def _inode(folder: Path) -> int:
    return folder.stat().st_ino
