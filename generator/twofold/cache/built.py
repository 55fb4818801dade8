"""Portals that were published, and whether a build would make the very same ones."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from twofold.cache.store import WORKSHOP
from twofold.cache.trace import Entry, listing, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twofold.cache.past import Past
    from twofold.cache.trace import Trace

NAME: Final = "build"

AT_A_TIME: Final = 2
"""Files of a portal that are read at the same time."""

_PLUGINS: Final = frozenset({"search", "material/search", "twofold"})
"""Those that read nothing that a trace would not show. What others do, only they know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One portal as it was published."""

    folder: str
    """POSIX path from the folder of `mkdocs.yml`."""

    digest: str
    """Of all that is in it but the owner's hidden files at its top; see `digest`."""

    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Portals that were made from the same input."""

    root: Path
    """The folder of `mkdocs.yml`."""

    audiences: tuple[str, ...]
    """Those that the settings add."""

    portals: Mapping[str, Portal]
    """By audience; not every audience has one."""

    counted: str
    """The plan's diagnostics in words; empty where there is none."""

    def stands(self, audience: str) -> bool:
        """Whether an audience's portal is there, to the byte as it was published."""
        portal = self.portals.get(audience)
        return portal is not None and digest(self.root / portal.folder) == portal.digest


def recall(past: Past) -> Built | None:
    """Give the portals that were last published, if they would be made from the same input today."""
    root = past.config_file.parent
    if (root / WORKSHOP / "swap.json").exists():
        # A build was killed while it published: another one finishes that first.
        return None
    return past.recall(NAME, lambda value: _from_data(value, root))


def keep(built: Built, past: Past, trace: Trace) -> None:
    """Keep what was published, beside the portals for others that were made from the same input before."""
    portals = dict(built.portals)
    earlier = past.kept(NAME)
    if earlier is not None and earlier["answers"] == trace.answers.hex():
        portals = {**_from_data(earlier["value"], built.root).portals, **portals}
    value = {
        "audiences": built.audiences,
        "portals": {name: [one.folder, one.digest, one.pages] for name, one in portals.items()},
        "counted": built.counted,
    }
    past.keep(NAME, value, trace)


def is_traceable(values: Mapping[str, Any], texts: list[bytes]) -> bool:
    """Whether MkDocs runs no code under a configuration but its own and ours, so that all it reads is known.

    `values` are those of `mkdocs.yml`, `texts` the files that they were read from.
    """
    plugins = values.get("plugins") or ()
    names = {name for one in plugins for name in (one if isinstance(one, dict) else (one,))}
    theme = values.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    calls = any(b"python/" in text.replace(b"!!python/name:material.", b"") for text in texts)
    return names <= _PLUGINS and name == "material" and not values.get("hooks") and not calls


def digest(folder: Path) -> str | None:
    """Tell a finished portal from any other; None where it holds what no portal holds, or is not there."""
    places = [] if folder.is_symlink() else list(listing(str(folder), is_portal=True))
    if not places or None in places:
        return None
    digests: list[bytes | None] = [None] * len(places)

    def take(first: int) -> None:
        # Python lets go of its lock for as long as it reads or digests a file.
        for number in range(first, len(places), AT_A_TIME):
            digests[number] = _digest(places[number])

    others = [Thread(target=take, args=(first,)) for first in range(1, AT_A_TIME)]
    for other in others:
        other.start()
    take(0)
    for other in others:
        other.join()
    return None if None in digests else sha256(b"".join(filter(None, digests))).hexdigest()


def _digest(entry: Entry | None) -> bytes | None:
    if entry is None:
        return None
    # Most processors have this digest built in: of a hundred megabytes it takes half as long as another.
    total = sha256(b"%s\0" % os.fsencode(entry.path))
    if entry.location is not None:
        try:
            total.update(whole(entry.location))
        except OSError:
            return None
    return total.digest() + bytes([entry.location is None])


def _from_data(value: Mapping[str, Any], root: Path) -> Built:
    return Built(
        root=root,
        audiences=tuple(value["audiences"]),
        portals={
            name: Portal(folder=folder, digest=found, pages=pages)
            for name, (folder, found, pages) in value["portals"].items()
        },
        counted=value["counted"],
    )
