"""The digest of a portal tells it from any other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from twofold.cache.built import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "a/b").mkdir(parents=True)
    (folder / "empty").mkdir()
    for number in range(7):
        (folder / f"a/b/{number}.html").write_text(f"page {number}", encoding="utf-8")
    (folder / "large.json").write_bytes(bytes(5_000_000))
    (folder / ".htaccess").write_text("the owner's", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "change",
    [
        lambda portal: (portal / "a/b/3.html").write_text("page 4", encoding="utf-8"),
        lambda portal: (portal / "a/b/3.html").unlink(),
        lambda portal: (portal / "a/b/3.html").rename(portal / "a/3.html"),
        lambda portal: (portal / "a/b/new.html").touch(),
        lambda portal: (portal / "empty").rmdir(),
        lambda portal: ((portal / "empty").rmdir(), (portal / "empty").touch()),
        lambda portal: (portal / "a/.hidden").touch(),
        # However large a file is, it counts to its end.
        lambda portal: (portal / "large.json").write_bytes(bytes(4_999_999) + b"x"),
    ],
)
def test_whatever_is_different_gives_another(portal: Path, change: Callable[[Path], object]) -> None:
    before = digest(portal)
    assert before == digest(portal)
    change(portal)
    assert digest(portal) not in {before, None}


def test_the_owners_hidden_files_do_not_count(portal: Path) -> None:
    before = digest(portal)
    (portal / ".htaccess").unlink()
    assert digest(portal) == before


@pytest.mark.parametrize("odd", [os.symlink, lambda _, place: os.mkfifo(place)])
def test_what_no_portal_holds_gives_none(portal: Path, odd: Callable[[Path, Path], object]) -> None:
    odd(portal / "large.json", portal / "a/odd")
    assert digest(portal) is None
    assert digest(portal / "absent") is None
    (portal.parent / "link").symlink_to(portal)
    assert digest(portal.parent / "link") is None
