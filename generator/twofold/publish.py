"""Publication: build beside, then swap in.

A portal is made in a staging folder under `.twofold/` and takes its place in one step, so that
a reader (or a web server) never meets half a site, and a build that fails or is killed leaves
the old one whole. Nothing here knows how a portal is made.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from twofold import exchange
from twofold.cache import built
from twofold.cache.store import WORKSHOP, keep_out
from twofold.model.fields import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

MARKER = "assets/twofold.json"
"""Every portal has this file, and it names the audience; a folder without it is not ours to replace.

A file of the portal itself, not a list kept in the workshop: it survives a clone, a CI cache and a
moved folder, and it cannot say "ours" of a folder that somebody has filled with something else since.
"""


class RefusedError(Exception):
    """A publication that does not take place; the sentence is for people. Exit status 1."""


def mark(folder: Path, audience: str) -> None:
    """Mark `folder` as a portal for `audience`."""
    marker = folder / MARKER
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text(json.dumps({"audience": audience}) + "\n", encoding="utf-8")


def marked(folder: Path) -> str | None:
    """The audience that the portal in `folder` is for; None where there is no portal of ours."""
    try:
        found = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    audience = found.get("audience") if isinstance(found, dict) else None
    return audience if isinstance(audience, str) else None


def portal_folder(root: Path, audience: str) -> Path:
    """Where an audience's portal stands: `site-internal/`, and `site/<audience>/` for all others."""
    return root / "site-internal" if audience == INTERNAL else root / "site" / audience


def chosen_folder(root: Path, audience: str, asked: Path) -> Path:
    """Where a portal goes when MkDocs was asked for the folder `asked` (`site_dir`, `--site-dir`).

    MkDocs' default, `site/`, stands for the audience's own folder. Raises `RefusedError` where one portal
    would come to stand in, above or in place of another.
    """
    own = portal_folder(root, audience)
    site, internal = root / "site", root / "site-internal"
    asked = Path(os.path.normpath(root / asked))
    if asked in {site, own}:
        return own
    if asked.is_relative_to(site) or asked == internal or asked.is_relative_to(internal):
        place = _shown(asked, root)
        message = f"{place}/ is not the folder of the {audience} portal, which is {_shown(own, root)}/"
        raise RefusedError(message)
    if root.is_relative_to(asked) or asked.is_relative_to(root / WORKSHOP):
        message = f"{asked} holds the project itself; choose a folder for the portal alone"
        raise RefusedError(message)
    near = [*asked.parents, *(sorted(asked.iterdir()) if asked.is_dir() else ())]
    if other := next((folder for folder in near if marked(folder) is not None), None):
        message = f"{_shown(asked, root)}/ would share its place with the portal in {_shown(other, root)}/"
        raise RefusedError(message)
    return asked


def require_replaceable(target: Path, audience: str) -> None:
    """Raise `RefusedError` unless `target` is absent, empty, or this audience's portal, made by Twofold."""
    if target.is_symlink():
        message = f"{target} is a symbolic link, and Twofold replaces whole folders. Remove it first"
        raise RefusedError(message)
    if not target.exists():
        return
    if not target.is_dir():
        message = f"{target} is a file where the portal's folder should stand. Move it away first"
        raise RefusedError(message)
    found = marked(target)
    if found is None and any(target.iterdir()):
        message = (
            f"{target} is not empty and was not made by Twofold, which deletes nothing there. Move it away"
        )
        raise RefusedError(message)
    if found not in {None, audience}:
        # Whoever serves this folder expects the readers it had: an internal portal must not slip in.
        message = f"{target} holds the {found} portal; the {audience} portal does not take its place"
        raise RefusedError(message)


@contextmanager
def staging(root: Path, *, patience: float = 10.0) -> Iterator[Path]:
    """Hold the project's lock, and give an empty private folder that is gone afterwards.

    Waits `patience` seconds for another build, then raises `RefusedError`. What killed builds have left
    is cleared first: whoever holds the lock is alone here.
    """
    place = workshop(root)
    with lock(place / "lock", patience):
        exchange.finish(place / "swap.json", within=place / "staging")
        shutil.rmtree(place / "staging", ignore_errors=True)
        (place / "staging").mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=place / "staging"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def swap(
    pairs: Sequence[tuple[Path, Path]], *, root: Path, seen: Callable[[Path, str | None], None] | None = None
) -> None:
    """Put each staged folder in the place of its target; all of them, or none.

    `seen` hears of each target what digest (`cache.built.digest`) its new site has.
    Call it inside `staging`, with folders that `mark` has marked. Afterwards a staged path holds the old
    site, if there was one.
    Hidden files at the top of the old site (`.git` of a worktree, `.htaccess`) are the owner's and stay,
    as they do with MkDocs.
    """
    for staged, target in pairs:
        require_replaceable(target, marked(staged) or "")
    moves = []
    try:
        for staged, target in pairs:
            _settle(staged)
            if seen is not None:
                # Here, where nobody else publishes: what stands there later may be of another build.
                seen(target, built.digest(staged))
            _carry_hidden(target, staged)
            moves.append((_on_device_of(target, staged), target))
        exchange.all_of(moves, journal=workshop(root) / "swap.json")
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno == errno.EBUSY:
            reason = "it is a mount point; mount the folder above it instead"
        place = error.filename2 or error.filename
        message = f"cannot replace {place}: {reason}. The old site is still in place"
        raise RefusedError(message) from error
    finally:
        for (staged, _), (moved, _) in zip(pairs, moves, strict=False):
            if moved != staged:
                shutil.rmtree(moved, ignore_errors=True)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def workshop(root: Path) -> Path:
    """Give the folder for temporary files of a project; it is made if it is not there."""
    place = root / WORKSHOP
    for folder in (place, place / "staging"):
        # Clearing leftovers deletes: never through a link to somewhere else.
        if folder.is_symlink():
            message = f"{folder} is a symbolic link; remove it, Twofold keeps temporary files there"
            raise RefusedError(message)
        folder.mkdir(exist_ok=True)
    keep_out(place)
    return place


@contextmanager
def lock(path: Path, patience: float) -> Iterator[None]:
    """Hold `path` locked; raises `RefusedError` where another process holds it for `patience` seconds.

    The lock is the kernel's, so that a dead holder does not keep it.
    """
    with path.open("a+b") as file:
        deadline = time.monotonic() + patience
        while not _try_lock(file):
            if time.monotonic() >= deadline:
                message = f"another build is running here (it holds {path}). Try again when it is done"
                raise RefusedError(message)
            time.sleep(0.05)
        yield  # Closing the file lets go of the lock.


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
            return False
        # A file system without locks (some network mounts): build all the same, as on such a platform.
    return True


def _settle(folder: Path) -> None:
    """Give every file 0644 and every folder 0755, whatever the umask and the theme's own files had."""
    folder.chmod(0o755)
    folders = [os.fspath(folder)]
    while folders:
        for entry in os.scandir(folders.pop()):
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder:
                folders.append(entry.path)
            mode = 0o755 if is_folder else 0o644
            if not entry.is_symlink() and stat.S_IMODE(entry.stat().st_mode) != mode:
                os.chmod(entry.path, mode)  # noqa: PTH101 - thousands of files


def _carry_hidden(old: Path, new: Path) -> None:
    if not old.is_dir():
        return
    for entry in sorted(old.iterdir()):
        copy = new / entry.name
        if not entry.name.startswith(".") or copy.exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, copy, symlinks=True)
        else:
            shutil.copy2(entry, copy, follow_symlinks=False)


def _on_device_of(target: Path, staged: Path) -> Path:
    """Bring `staged` to the file system of `target`, since only there a rename is one step."""
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
        # As the portals in it: whatever the umask, a web server gets in.
        target.parent.chmod(0o755)
    if target.parent.stat().st_dev == staged.stat().st_dev:
        return staged
    prefix = f".twofold-{target.name}-"
    for leftover in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    near = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    shutil.copytree(staged, near, dirs_exist_ok=True, symlinks=True)
    return near
