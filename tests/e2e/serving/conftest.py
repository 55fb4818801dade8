"""A small plan, and a preview of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.previewed import INTERNAL_ALONE, small_plan
from tests.support.previewing import Preview, previewing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_plan(tmp_path / "plan")


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    with previewing(root, *INTERNAL_ALONE) as running:
        running.says("Built ")
        yield running
