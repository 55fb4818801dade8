"""An empty project, and both ways to swap its portals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from twofold import exchange

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a folder in the place of another."""
    name: str = request.param
    if name == "two renames":
        monkeypatch.setattr(exchange, "exchanged", lambda *_: False)
    return name
