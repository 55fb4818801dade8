"""In a large plan, the page that somebody is looking at does not wait for all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.handmade import TODAY
from tests.support.previewed import CONFIG, item, write
from twofold.engine import build
from twofold.engine.live import Live
from twofold.engine.serve import Rounds
from twofold.engine.watch import Change
from twofold.render.renderer import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from twofold.render.page import Page

AUDIENCES = ("internal", "user")
PAGE = "roadmap/offline/index.html"
ITEM = """\
---
title: {title}
status: in-progress
publish: [user]
reason: {reason}
---

Nurses chart offline.

## For users

You can chart **without a network**.
"""


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    write(tmp_path / "mkdocs.yml", CONFIG.replace("  custom_dir: theme\n", ""))
    _offline(tmp_path, "Offline charting")
    item(tmp_path, "handover", "Shift handover", "Nurses hand over at seven.")
    with Live("127.0.0.1", 0, AUDIENCES) as live:
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


def _offline(root: Path, title: str, reason: str = "") -> None:
    write(root / "content/roadmap/offline.md", ITEM.format(title=title, reason=reason))


def _shown(rounds: Rounds) -> str:
    folder = rounds.live.shown[rounds.live.visited].folder
    assert folder is not None
    return (folder / PAGE).read_text(encoding="utf-8")


def _edited(rounds: Rounds, path: str = "content/roadmap/offline.md") -> tuple[Change, ...]:
    return (Change(path=rounds.config_file.parent / path, what="changed"),)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_is_shown_first_and_is_the_very_page_that_the_portal_then_has(
    rounds: Rounds, during: Callable[[], list[str]], audience: str
) -> None:
    rounds.live.visited = audience
    build_before = rounds.live.shown[audience].build
    _offline(rounds.config_file.parent, "Charting <anywhere>")
    assert not rounds.next(_edited(rounds)).troubles
    assert "Charting &lt;anywhere&gt;" in during()[0]
    assert during()[0] == _shown(rounds)
    assert rounds.live.shown[audience].build != build_before


@pytest.mark.parametrize("case", ["quick", "settings", "elsewhere"])
def test_otherwise_a_page_waits_for_its_portal(
    rounds: Rounds, during: Callable[[], list[str]], case: str
) -> None:
    changes = _edited(rounds)
    if case == "quick":
        rounds.seconds = 0.1
    elif case == "settings":
        changes = _edited(rounds, "mkdocs.yml")
    else:
        rounds.live.address = "roadmap/gone"
    _offline(rounds.config_file.parent, "Charting anywhere")
    assert not rounds.next(changes).troubles
    assert "Charting anywhere" not in during()[0]
    assert "Charting anywhere" in _shown(rounds)


@pytest.mark.parametrize("words", ["The vendor wants twice as much for it", "Nurses hand over at seven"])
def test_a_page_with_what_its_readers_may_not_see_is_not_shown_first_either(
    rounds: Rounds, during: Callable[[], list[str]], words: str
) -> None:
    rounds.live.visited = "user"
    before = _shown(rounds)
    # One is new, the other stands in a file that has not changed.
    _offline(rounds.config_file.parent, "Charting anywhere", "The vendor wants twice as much for it")
    with pytest.MonkeyPatch.context() as patch:
        # As if a fault of ours let it out.
        _leaky(patch, words)
        assert rounds.next(_edited(rounds)).troubles
    assert [page == before for page in during()] == [True, True]
    assert _shown(rounds) == before


def _leaky(patch: pytest.MonkeyPatch, words: str) -> None:
    page = Renderer.page

    def leaking(*arguments: Any, **options: Any) -> Page:  # noqa: ANN401 - as the method that it stands for
        made = page(*arguments, **options)
        return replace(made, html=f"{made.html}<p>{words}</p>")

    patch.setattr(Renderer, "page", leaking)
