"""`twofold release`: items move, and both introductions are drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.written_plan import ITEM, everything, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_dry_run_tells_both_stories_and_writes_nothing(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(content)
    assert run("release", "2026.5", "offline", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "What customer reads" in out
    assert "What user reads" in out
    assert "Your wards chart through an outage." in out
    assert "You chart in the lift, too." in out
    assert "+status: released" in out
    assert everything(content) == before


def test_a_release_moves_its_items_and_drafts_both_introductions(content: Path) -> None:
    assert run("release", "2026.5", "offline", "--date", "2026-12-08") == 0
    expected = ITEM.replace("status: planned", "status: released").replace(
        "horizon: next\n", 'horizon: next\nrelease: "2026.5"\n'
    )
    assert (content / "roadmap/offline.md").read_text() == expected
    record = (content / "releases/2026.5.md").read_text()
    assert record.startswith('---\nversion: "2026.5"\ndate: 2026-12-08\n')
    assert record.count("<!-- Draft") == 2
    customers, users = record.partition("## For users")[::2]
    assert "Your wards chart through an outage." in customers
    assert "You chart in the lift, too." in users
    assert "lift" not in customers
    assert "example.org" not in record
    assert run("check") == 0


def test_items_that_name_a_release_are_moved_and_its_texts_stay(content: Path) -> None:
    (content / "releases").mkdir()
    fields = 'version: "2026.5"\ndate: 2026-12   # before the freeze\npublish: [user]\n'
    text = f"---\n{fields}---\n\n## For users\n\nOurs.\n"
    (content / "releases/2026.5.md").write_text(text)
    (content / "roadmap/search.yml").write_text("title: Search\nstatus: in-progress\nrelease: '2026.5'\n")
    assert run("set", "item/offline", "target.release", "2026.5") == 0
    assert run("release", "2026.5") == 0
    assert (content / "releases/2026.5.md").read_text() == text.replace("2026-12 ", "2026-11-23 ")
    assert (
        content / "roadmap/search.yml"
    ).read_text() == "title: Search\nstatus: released\nrelease: '2026.5'\n"
    assert "status: planned" in (content / "roadmap/offline.md").read_text()


def test_what_nobody_named_is_not_released(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(content)
    assert run("release", "2026.5") == 2
    assert "search" in capsys.readouterr().err
    assert run("release", "2026.5", "no-such") == 2
    assert run("release", "Version 5", "offline") == 2
    assert everything(content) == before
