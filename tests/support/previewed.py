"""A small plan to preview, and ways to change it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.previewing import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


CONFIG = """\
site_name: Wardline
docs_dir: content
theme:
  name: material
  custom_dir: theme
plugins:
  - search
  - twofold
"""
ITEM = """\
---
title: {title}
status: idea
---

{text}
"""
SHARED = """\
---
title: Shared
status: planned
horizon: next
publish: [customer]
---

## For customers

{text}
"""
INTERNAL_ALONE = ("--addr", "127.0.0.1:0", "--audience", "internal")
OVERLAY = 'id="twofold-preview"'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def item(root: Path, name: str, title: str, text: str = "Nurses chart offline.") -> None:
    write(root / f"content/roadmap/{name}.md", ITEM.format(title=title, text=text))


def small_plan(root: Path) -> Path:
    """Write a plan of one item, with a theme of its own; gives its folder."""
    write(root / "mkdocs.yml", CONFIG)
    write(root / "theme/main.html", '{% extends "base.html" %}')
    item(root, "offline", "Offline charting")
    return root


def twofold(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "twofold", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
