"""A small plan, in the folder that commands run in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.written_plan import FEEDBACK, ITEM, METRICS, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "mkdocs.yml": SETTINGS,
        "content/roadmap/offline.md": ITEM,
        "content/roadmap/search.yml": "title: Search\nstatus: in-progress\n",
        "content/personas/nurse.md": "---\nname: Nurse\nside: user\n---\n",
        "content/feedback/talks.yml": FEEDBACK,
        "content/metrics/success.yml": METRICS,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"
