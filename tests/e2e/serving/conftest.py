"""A small plan, and a preview of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.previewed import (
    CONFIG,
    INTERNAL_ALONE,
    item,
    write,
)
from tests.support.previewing import Preview, previewing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "plan"
    write(root / "mkdocs.yml", CONFIG)
    write(root / "theme/main.html", '{% extends "base.html" %}')
    item(root, "offline", "Offline charting")
    return root


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    with previewing(root, *INTERNAL_ALONE) as running:
        running.says("Built ")
        yield running
