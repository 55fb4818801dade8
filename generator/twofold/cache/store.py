"""Values in `.twofold/cache/`: a file for each name, replaced in one step, and deletable at any time.

A file is a magic line, the digest of all that follows, the key, and the value as JSON. The digest is looked
at before anything is decoded, and JSON is all that is decoded: a file that somebody put there runs nothing.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WORKSHOP: Final = ".twofold"
"""Folder beside `mkdocs.yml` for staging, locks and cache; never committed, safe to delete when idle."""

FOLDER: Final = "cache"
"""The folder of the cache in the workshop."""

MAX_BYTES: Final = 256 * 1024 * 1024
"""The largest value that is kept, and looked at."""

SIZE: Final = 32
"""Bytes of a digest."""

_MAGIC: Final = b"Twofold cache 1\n"
_HEAD: Final = len(_MAGIC) + 2 * SIZE
_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


class Store:
    """The kept values of one project."""

    __slots__ = ("_folder",)

    def __init__(self, root: Path) -> None:
        """Keep them below `root`, the folder of `mkdocs.yml`. Nothing is made before there is a value."""
        self._folder = root / WORKSHOP / FOLDER

    def holds(self, name: str) -> bool:
        """Whether there is anything under a name, of whatever key."""
        return (self._folder / name).exists()

    def get(self, name: str, *, key: bytes) -> Any:  # noqa: ANN401 - as JSON has it
        """Give the value that was put under a name with this very key; None where there is none."""
        body = self.read(name, key=key)
        try:
            return None if body is None else json.loads(bytes(body))
        except (ValueError, RecursionError):
            return None

    def read(self, name: str, *, key: bytes) -> memoryview | None:
        """Give the bytes that were written under a name with this very key; None where there are none."""
        try:
            kept = None if self._is_led_astray() else _contents(os.fspath(self._folder / name))
        except OSError:
            return None
        if kept is None or not kept.startswith(_MAGIC):
            return None
        told, body = kept[len(_MAGIC) : len(_MAGIC) + SIZE], memoryview(kept)[len(_MAGIC) + SIZE :]
        if blake2b(body, digest_size=SIZE).digest() != told or body[:SIZE] != key:
            return None
        return body[SIZE:]

    def put(self, name: str, value: object, *, key: bytes) -> None:
        """Keep a value (JSON) in place of the one that has this name; silently not, where that cannot be."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.write(name, [text.encode("utf-8", "surrogatepass")], key=key)

    def write(self, name: str, payload: Iterable[bytes | memoryview], *, key: bytes) -> None:
        """Keep bytes in the same way; piece by piece, so that many need not be in memory twice."""
        draft = self._folder / f"{name}.{os.urandom(8).hex()}"
        try:
            if not self._made():
                return
            # Two runs at once each write their own draft; the last to finish has the name.
            with draft.open("xb") as file:
                total = blake2b(digest_size=SIZE)
                file.write(_MAGIC + bytes(SIZE))
                for piece in chain((key,), payload):
                    total.update(piece)
                    file.write(piece)
                is_small = file.tell() <= MAX_BYTES
                file.seek(len(_MAGIC))
                file.write(total.digest())
            if is_small:
                draft.replace(self._folder / name)
            else:
                draft.unlink()
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _made(self) -> bool:
        """Make the folder; False where a link stands in its way, or in that of the one above."""
        if self._is_led_astray():
            return False
        self._folder.mkdir(parents=True, exist_ok=True)
        keep_out(self._folder.parent)
        # What a killed run has left. Any that another run is writing just now fails to be kept there.
        for leftover in self._folder.glob("*.*"):
            with suppress(OSError):
                leftover.unlink()
        return True

    def _is_led_astray(self) -> bool:
        return self._folder.is_symlink() or self._folder.parent.is_symlink()


def keep_out(workshop: Path) -> None:
    """Keep a workshop out of version control."""
    ignore = workshop / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def _contents(location: str) -> bytes | None:
    """The bytes of a regular file that is no link."""
    handle = os.open(location, _FLAGS)
    with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 - by its handle
        status = os.fstat(handle)
        is_usable = stat.S_ISREG(status.st_mode) and _HEAD <= status.st_size <= MAX_BYTES
        return file.read(status.st_size) if is_usable else None
