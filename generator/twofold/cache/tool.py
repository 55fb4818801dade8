"""Which Twofold it is: its own code, the templates, Python, and what is installed beside it."""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.cache.store import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = Path(__file__).parents[1]
_SHIPPED = PACKAGE / "overrides"
TEMPLATES = _SHIPPED if _SHIPPED.is_dir() else PACKAGE.parents[1] / "overrides"
"""Inside the installed package, or the checkout's own; see `twofold.render.resources`."""


def digest(
    *, package: Path = PACKAGE, templates: Path = TEMPLATES, installed: Iterable[str] | None = None
) -> bytes:
    """Give the same for the same code under the same Python, beside the same versions of the same packages.

    `installed` are the folders that packages are imported from.

    Raises:
        OSError: where the code cannot be read, as in a zip file.
    """
    total = blake2b(digest_size=SIZE)
    total.update(repr((sys.version, sys.platform)).encode())
    for folder in (package, templates):
        for path in _files(str(folder)):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - 400 path objects cost more than reading
                data = file.read()
            total.update(f"{path}\n{len(data)}\n".encode("utf-8", "surrogateescape"))
            total.update(data)
    for place in sys.path if installed is None else installed:
        # Their names carry the versions.
        if names := sorted(name for name in _names(place) if name.endswith((".dist-info", ".egg-info"))):
            total.update(repr((place, names)).encode("utf-8", "surrogateescape"))
    return total.digest()


def _files(folder: str) -> list[str]:
    found: list[str] = []
    folders = [folder]
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    folders.append(entry.path)
            else:
                found.append(entry.path)
    return sorted(found)


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - as above
    except OSError:
        # A zip file, or no longer there.
        return []
