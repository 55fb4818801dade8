"""A project of hand-made sites, and MkDocs' own command line over it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import MKDOCS, Run, site
from twofold import pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    return tmp_path


@pytest.fixture
def mkdocs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    run = Run(root)
    monkeypatch.chdir(root)
    monkeypatch.setattr(pipeline, "load", run.load)
    monkeypatch.setattr(pipeline, "portal", lambda _, audience: site(audience))
    monkeypatch.setattr(pipeline, "inspect", lambda *_: ())
    monkeypatch.setattr("mkdocs.__main__._enable_warnings", lambda: None)
    yield run
    logger = logging.getLogger("mkdocs")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
