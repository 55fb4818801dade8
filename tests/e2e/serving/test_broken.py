"""What is broken is told, and the last good site stays; nothing of a preview is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.previewed import (
    CONFIG,
    INTERNAL_ALONE,
    OVERLAY,
    contents,
    item,
    twofold,
    write,
)
from tests.support.previewing import Preview, previewing

if TYPE_CHECKING:
    from pathlib import Path


def test_a_broken_record_is_told_here_and_there_and_the_last_good_site_stays(
    root: Path, preview: Preview
) -> None:
    write(root / "content/roadmap/offline.md", "---\ntitle: A <b>& B\nstatus: soon <script>\n---\n")
    page = preview.shows("roadmap/offline/", OVERLAY)
    assert "Offline charting" in page
    assert "content/roadmap/offline.md:3:9" in page
    assert "TF104" in page
    assert "soon &lt;script&gt;" in page.partition(OVERLAY)[2]
    assert "soon <script>" not in page
    assert 'role="alert"' in page
    checked = twofold(root, "check").stdout
    # All of it but the closing line, which counts files.
    preview.says(checked.rpartition("\n\n")[0])
    preview.says("roadmap/offline.md changed: not rebuilt")
    item(root, "offline", "Mended")
    assert OVERLAY not in preview.shows("roadmap/offline/", "Mended")


def test_a_first_build_that_fails_shows_why_and_the_site_comes_when_mended(root: Path) -> None:
    write(root / "content/roadmap/offline.md", "---\ntitle: Offline\nstatus: soon\n---\n")
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("TF104")
        status, _, page = preview.get("/internal/roadmap/offline/")
        assert status == 503
        assert OVERLAY in page
        assert "content/roadmap/offline.md:3:9" in page
        assert "no site to show yet" in page
        item(root, "offline", "Offline at last")
        assert OVERLAY not in preview.shows("roadmap/offline/", "Offline at last")


def test_a_broken_configuration_is_told_and_mended(root: Path) -> None:
    broken = CONFIG.replace("  - twofold\n", "  - twofold:\n      curency: EUR\n")
    write(root / "mkdocs.yml", broken)
    with previewing(root, *INTERNAL_ALONE) as preview:
        page = preview.shows("", OVERLAY, "curency")
        assert "mkdocs.yml:9:7" in page
        write(root / "mkdocs.yml", CONFIG)
        assert OVERLAY not in preview.shows("", "Wardline")
        write(root / "mkdocs.yml", CONFIG + "nav: [\n")
        assert "Offline charting" in preview.shows("roadmap/", OVERLAY)
        # Still watched, though nobody can tell at present what `docs_dir` is.
        item(root, "offline", "Offline and on")
        write(root / "mkdocs.yml", CONFIG)
        preview.shows("roadmap/", "Offline and on")


def test_a_content_folder_that_comes_later_is_found(root: Path) -> None:
    (root / "content").rename(root / "away")
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.shows("", OVERLAY, "content folder")
        (root / "away").rename(root / "content")
        preview.shows("roadmap/", "Offline charting")


def test_published_portals_are_not_touched_and_hold_nothing_of_the_preview(root: Path) -> None:
    assert twofold(root, "build").returncode == 0
    before = contents(root / "site-internal")
    public = contents(root / "site")
    with previewing(root, *INTERNAL_ALONE) as preview:
        page = preview.shows("roadmap/offline/", "Offline charting")
        assert "/.twofold/preview.js" in page
        item(root, "offline", "Charting anywhere")
        preview.shows("roadmap/offline/", "Charting anywhere")
        assert contents(root / "site-internal") == before
        assert contents(root / "site") == public
        # A build goes on beside a preview.
        assert twofold(root, "build").returncode == 0
        assert preview.interrupt() == 0
    after = contents(root / "site-internal")
    assert after != before
    for path, data in (after | contents(root / "site")).items():
        for mark in (b"twofold-preview", b"/.twofold/", b"EventSource", f":{preview.port}".encode()):
            assert mark not in data, path
    assert sorted(path.name for path in (root / ".twofold").iterdir()) == [
        ".gitignore",
        "cache",
        "lock",
        "staging",
    ]
    assert not any((root / ".twofold/staging").iterdir())


def test_what_a_killed_preview_has_left_is_cleared_by_the_next(root: Path) -> None:
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("Built ")
        preview.process.kill()
        preview.process.wait()
    previews = root / ".twofold/preview"
    left = {path.name for path in previews.iterdir()}
    assert len(left) == 2
    with previewing(root, *INTERNAL_ALONE) as one, previewing(root, *INTERNAL_ALONE) as other:
        one.says("Built ")
        other.says("Built ")
        here = {path.name for path in previews.iterdir()}
        assert len(here) == 4
        assert not here & left
    assert not previews.exists()
