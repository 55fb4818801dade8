"""In a large plan, the page that somebody is looking at does not wait for all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import TODAY
from tests.support.previewed import CONFIG, item, write
from twofold.engine import build
from twofold.engine.live import Live
from twofold.engine.serve import Rounds
from twofold.engine.watch import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = "roadmap/offline/index.html"


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    write(tmp_path / "mkdocs.yml", CONFIG.replace("  custom_dir: theme\n", ""))
    item(tmp_path, "offline", "Offline charting")
    item(tmp_path, "handover", "Shift handover")
    with Live("127.0.0.1", 0, ("internal", "user")) as live:
        made = Rounds(
            config_file=tmp_path / "mkdocs.yml", today=TODAY, live=live, folder=tmp_path / ".twofold/preview"
        )
        assert not made.next(()).troubles
        live.address = "roadmap/offline"
        # As in a plan that takes that long.
        made.seconds = 60.0
        yield made


@pytest.fixture
def during(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What is shown of the page while the portals are built, first to last."""
    seen: list[str] = []
    preview = build.preview

    def watched(*arguments: object, **options: object) -> object:
        seen.append(_shown(rounds))
        return preview(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "preview", watched)
    return lambda: seen


def _shown(rounds: Rounds, audience: str = "internal") -> str:
    folder = rounds.live.shown[audience].folder
    assert folder is not None
    return (folder / PAGE).read_text(encoding="utf-8")


def _edited(rounds: Rounds, path: str = "content/roadmap/offline.md") -> tuple[Change, ...]:
    return (Change(path=rounds.config_file.parent / path, what="changed"),)


def test_the_page_is_shown_first_and_is_the_very_page_that_the_portal_then_has(
    rounds: Rounds, during: Callable[[], list[str]]
) -> None:
    build_before = rounds.live.shown["internal"].build
    item(rounds.config_file.parent, "offline", "Charting <anywhere>")
    assert not rounds.next(_edited(rounds)).troubles
    assert "Charting &lt;anywhere&gt;" in during()[0]
    assert during()[0] == _shown(rounds)
    assert rounds.live.shown["internal"].build != build_before


@pytest.mark.parametrize("case", ["quick", "settings", "elsewhere", "another audience"])
def test_otherwise_a_page_waits_for_its_portal(
    rounds: Rounds, during: Callable[[], list[str]], case: str
) -> None:
    changes = _edited(rounds)
    if case == "quick":
        rounds.seconds = 0.1
    elif case == "settings":
        changes = _edited(rounds, "mkdocs.yml")
    elif case == "elsewhere":
        rounds.live.address = "roadmap/gone"
    else:
        rounds.live.visited = "user"
    item(rounds.config_file.parent, "offline", "Charting anywhere")
    assert not rounds.next(changes).troubles
    assert "Charting anywhere" not in during()[0]
    assert "Charting anywhere" in _shown(rounds)
