"""`twofold serve` follows what is written: real processes, real files, real HTTP."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.previewed import (
    CONFIG,
    INTERNAL_ALONE,
    ITEM,
    OVERLAY,
    SHARED,
    item,
    write,
)
from tests.support.previewing import Preview, previewing, until

if TYPE_CHECKING:
    from pathlib import Path


def test_an_edited_item_is_shown_without_a_restart(root: Path, preview: Preview) -> None:
    assert "<h1" in preview.page("roadmap/offline/")
    item(root, "offline", "Charting anywhere")
    assert OVERLAY not in preview.shows("roadmap/offline/", "Charting anywhere")
    assert "Offline charting" not in preview.page("roadmap/")
    preview.says("roadmap/offline.md changed: rebuilt ")


def test_files_may_come_go_and_change_their_names(root: Path, preview: Preview) -> None:
    item(root, "handover", "Shift handover")
    preview.shows("roadmap/", "Shift handover", "Offline charting")
    preview.says("roadmap/handover.md added: rebuilt ")
    folder = root / "content/roadmap"
    (folder / "handover.md").rename(folder / "shift-handover.md")
    preview.shows("roadmap/shift-handover/", "Shift handover")
    assert preview.get("/internal/roadmap/handover/")[0] == 404
    preview.says("roadmap/handover.md renamed to roadmap/shift-handover.md: rebuilt ")
    (folder / "shift-handover.md").unlink()
    until(lambda: preview.get("/internal/roadmap/shift-handover/")[0] == 404)
    preview.says("roadmap/shift-handover.md deleted: rebuilt ")
    write(root / "content/how.md", "---\ntitle: How we plan\n---\n\nTogether.\n")
    preview.shows("how/", "How we plan")


def test_an_editor_that_writes_beside_and_renames_is_one_change(root: Path, preview: Preview) -> None:
    target = root / "content/roadmap/offline.md"
    beside = target.with_name("offline.md~")
    beside.write_text(ITEM.format(title="Saved by an editor", text=""), encoding="utf-8")
    beside.replace(target)
    preview.shows("roadmap/offline/", "Saved by an editor")
    assert preview.says("roadmap/offline.md changed: rebuilt ").count("rebuilt") == 1


def test_settings_and_what_they_inherit_count(root: Path, preview: Preview) -> None:
    write(root / "mkdocs.yml", CONFIG.replace("site_name: Wardline", "INHERIT: base.yml"))
    write(root / "base.yml", "site_name: Wardline two\n")
    preview.shows("", "Wardline two")
    write(root / "base.yml", "site_name: Wardline three\n")
    preview.shows("", "Wardline three")


def test_another_content_folder_is_watched_from_then_on(root: Path, preview: Preview) -> None:
    shutil.copytree(root / "content", root / "elsewhere")
    write(root / "mkdocs.yml", CONFIG.replace("docs_dir: content", "docs_dir: elsewhere"))
    preview.says("mkdocs.yml changed: rebuilt ")
    write(root / "elsewhere/roadmap/offline.md", ITEM.format(title="Moved", text=""))
    preview.shows("roadmap/offline/", "Moved")


def test_a_template_of_the_owner_and_a_watched_file_count(root: Path) -> None:
    write(root / "mkdocs.yml", CONFIG + "watch: [notes]\n")
    write(root / "notes/a.txt", "one")
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("Built ")
        write(
            root / "theme/main.html", '{% extends "base.html" %}{% block footer %}Our own foot{% endblock %}'
        )
        preview.shows("", "Our own foot")
        write(root / "notes/a.txt", "two")
        preview.says("notes/a.txt changed: rebuilt ")
        write(root / "theme/main.html", '{% extends "base.html" %}{% block %}')
        shown = preview.shows("", OVERLAY)
        assert "theme/main.html:1" in shown
        assert "Our own foot" in shown
        preview.says("theme/main.html:1: ")


def test_a_change_while_a_site_is_built_is_built_afterwards(root: Path, preview: Preview) -> None:
    for number in range(6):
        item(root, "offline", f"Title {number}")
        # Into the middle of a build, as often as not.
        with pytest.raises(subprocess.TimeoutExpired):
            preview.process.wait(0.3)
    preview.shows("roadmap/offline/", "Title 5")


def test_each_portal_has_what_its_audience_reads_and_a_way_to_the_others(root: Path) -> None:
    write(root / "content/roadmap/shared.md", SHARED.format(text="For those who buy."))
    with previewing(root) as preview:
        preview.says("Built ")
        status, _, page = preview.get("/customer/roadmap/shared/")
        assert status == 200
        assert "For those who buy." in page
        bar = page.partition('<nav id="twofold-switcher"')[2].partition("</nav>")[0]
        assert '<a href="/internal/roadmap/shared/">internal</a>' in bar
        assert '<a href="/customer/roadmap/shared/" aria-current="true">customer</a>' in bar
        assert '<a href="/user/">user (not this page)</a>' in bar
        assert preview.get("/customer/roadmap/offline/")[0] == 404
        write(root / "content/roadmap/shared.md", SHARED.format(text="For those who pay."))
        until(lambda: "For those who pay." in preview.get("/customer/roadmap/shared/")[2])
    assert not (root / "site").exists()
