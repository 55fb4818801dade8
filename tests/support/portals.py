"""Portals of one page, published without a builder."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from twofold import publish

if TYPE_CHECKING:
    from pathlib import Path


def portal(folder: Path, text: str, audience: str = "customer") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text)
    publish.mark(folder, audience)
    return folder


def site(root: Path, audience: str) -> str:
    return (publish.portal_folder(root, audience) / "index.html").read_text()


def published(root: Path, text: str, *audiences: str) -> None:
    with publish.staging(root) as folder:
        pairs = [(portal(folder / name, text, name), publish.portal_folder(root, name)) for name in audiences]
        publish.swap(pairs, root=root)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in sorted(folder.rglob("*"))
    }
