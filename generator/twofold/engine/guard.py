"""What the preview's web server refuses: other sites' names, and ways out of the folder it serves."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def known_host(header: str, *, bound: str) -> bool:
    """Whether a `Host` header names this machine: `localhost`, an address, or the name that it is `bound` to.

    Another site's name that leads here (DNS rebinding) would let that site's pages read an internal portal.
    """
    try:
        host = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    if host in {bound.lower(), "localhost"} or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def find(folder: Path, names: Sequence[str]) -> Path | None:
    """Give the file or folder below `folder` that `names` lead to; None if there is none, or not below.

    An empty last name stands for `index.html`.
    """
    *above, last = names
    steps = (*above, last or "index.html")
    if not all(map(_plain, steps)):
        return None
    found = folder.joinpath(*steps)
    try:
        below = found.resolve().is_relative_to(folder.resolve())
        return found if below and found.exists() else None
    except OSError:  # a name that is too long
        return None


def _plain(name: str) -> bool:
    """Whether a name leads nowhere but down."""
    return bool(name) and not name.startswith(".") and not set(name) & set("/\\\0:")
