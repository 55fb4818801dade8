"""In a large plan, what is saved while portals are built does not wait for the end."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import TODAY
from tests.support.previewed import CONFIG, item, write
from twofold.engine import build, serve
from twofold.engine.live import Live
from twofold.engine.serve import Rounds
from twofold.engine.watch import Change, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Enough(Exception):  # noqa: N818 - ends a preview that would go on for ever
    """All that a test wants has been told."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in which rounds take as long as in a large one."""
    monkeypatch.setattr(serve, "PATIENCE", -1.0)
    write(tmp_path / "mkdocs.yml", CONFIG.replace("  custom_dir: theme\n", ""))
    item(tmp_path, "offline", "Offline charting")
    item(tmp_path, "handover", "Shift handover")
    return tmp_path


@contextmanager
def previewed(root: Path, stirs: Callable[[], bool]) -> Iterator[Rounds]:
    with Live("127.0.0.1", 0, ("internal", "user")) as live:
        folder = root / ".twofold/preview"
        yield Rounds(config_file=root / "mkdocs.yml", today=TODAY, live=live, folder=folder, stirs=stirs)


def shown(live: Live, address: str, audience: str = "internal") -> str:
    folder = live.shown[audience].folder
    assert folder is not None
    return (folder / address / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("steps", [0, 3, 12, 30])
def test_a_round_gives_way_at_any_step_and_leaves_nothing_behind(root: Path, steps: int) -> None:
    left: list[bool] = []
    with previewed(root, lambda: bool(left) and left.pop()) as rounds:
        assert not rounds.next(()).troubles
        before = dict(rounds.live.shown)
        item(root, "handover", "Handing over")
        left[:] = [True, *[False] * steps]
        built = rounds.next(())
        assert built.overtaken
        assert built.report is None
        portals = {one.folder for one in rounds.live.shown.values()}
        assert {folder for one in rounds.folder.iterdir() for folder in one.iterdir()} >= portals
        assert "Shift handover" in shown(rounds.live, "roadmap") or rounds.live.shown != before
        left.clear()
        assert not rounds.next(()).overtaken
        assert "Handing over" in shown(rounds.live, "roadmap")


def test_a_round_gives_way_before_the_second_portal_and_the_first_is_shown(root: Path) -> None:
    moved: list[bool] = []
    with previewed(root, lambda: bool(moved)) as rounds:
        rounds.next(())
        rounds.live.show = _then(rounds.live.show, lambda: moved.append(True))  # type: ignore[method-assign]
        item(root, "handover", "Handing over")
        user = rounds.live.shown["user"]
        assert rounds.next(()).overtaken
        assert "Handing over" in shown(rounds.live, "roadmap")
        assert rounds.live.shown["user"] == user


def test_without_a_portal_to_look_at_nothing_gives_way(root: Path) -> None:
    with previewed(root, lambda: True) as rounds:
        assert rounds.next(()).overtaken
        # The one that somebody looks at is there first.
        assert shown(rounds.live, "roadmap/offline")
        assert rounds.live.shown["user"].folder is None


def test_short_rounds_are_finished(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 600.0)
    with previewed(root, lambda: True) as rounds:
        rounds.next(())
        assert not rounds.next(()).overtaken


def test_what_changes_every_moment_keeps_no_round_from_its_end_for_ever(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with previewed(root, lambda: True) as rounds:
        rounds.next(())
        assert rounds.next(()).overtaken
        monkeypatch.setattr(serve, "ENDURANCE", 0.0)
        assert not rounds.next(()).overtaken
        monkeypatch.setattr(serve, "ENDURANCE", 60.0)
        assert rounds.next(()).overtaken


def test_what_an_overtaken_round_was_for_is_told_with_the_next(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[tuple[str, str]]] = []
    preview = build.preview
    begun: list[str] = []

    def watched(*arguments: object, **options: object) -> object:
        begun.append(str(arguments[1]))
        if len(begun) == len(("internal", "user", "internal again")):
            item(root, "handover", "Handing over")
            (root / "content/roadmap/new.md").write_text(
                "---\ntitle: New\nstatus: idea\n---\n", encoding="utf-8"
            )
            # Until it may be looked for changes again.
            time.sleep(0.3)
        return preview(*arguments, **options)  # type: ignore[arg-type]

    def tell(built: serve.Built) -> None:
        told.append([(change.path.name, change.what) for change in built.changes])
        if len(told) > 1:
            raise Enough
        item(root, "offline", "Charting anywhere")

    monkeypatch.setattr(build, "preview", watched)
    with Live("127.0.0.1", 0, ("internal", "user")) as live, pytest.raises(Enough):
        serve.run(root / "mkdocs.yml", today=TODAY, live=live, tell=tell)
    assert told == [[], [("offline.md", "changed"), ("handover.md", "changed"), ("new.md", "added")]]
    assert begun == ["internal", "user", "internal", "internal", "user"]


def test_what_was_changed_back_is_no_change(root: Path) -> None:
    watch = Watch(root / "mkdocs.yml")
    passing = root / "content/roadmap/.draft.md~"
    visible = root / "content/roadmap/draft.md~"
    passing.write_text("hidden", encoding="utf-8")
    assert not watch.stirs()
    time.sleep(0.2)
    visible.write_text("for a moment", encoding="utf-8")
    assert watch.stirs()
    visible.unlink()
    assert watch.settled() == []
    visible.write_text("to stay", encoding="utf-8")
    assert watch.wait() == [Change(path=visible, what="added")]


def _then(first: Callable[..., None], second: Callable[[], None]) -> Callable[..., None]:
    def both(*arguments: object, **options: object) -> None:
        first(*arguments, **options)
        second()

    return both
