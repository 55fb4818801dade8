"""Which pages a site has, by their kind. Found in the site itself, so that new pages are included."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def kinds(site: Path) -> dict[str, str]:
    """The kinds of pages, each with the address of one of them, which ends in a slash.

    Pages at the top are each a kind of its own: home, hubs, hand-written pages. Those further below are
    alike if they stand in the same folder, as `roadmap/a` and `roadmap/b` do, and do not themselves stand
    above others. The longest of them speaks for all: it has the most parts.
    """
    pages = {
        path.parent.relative_to(site).as_posix(): path
        for path in site.rglob("index.html")
        if b'http-equiv="refresh"' not in path.read_bytes()
    }
    pages = {"" if address == "." else address: path for address, path in pages.items()}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for address in sorted(pages):
        folder, _, _ = address.rpartition("/")
        is_hub = any(other.startswith(f"{address}/") for other in pages)
        alike[f"{folder}/*" if folder and not is_hub else address or "home"].append(address)
    chosen = {
        kind: max(addresses, key=lambda address: pages[address].stat().st_size)
        for kind, addresses in alike.items()
    }
    return {kind: f"{address}/".lstrip("/") for kind, address in chosen.items()} | {"404": "404.html"}
