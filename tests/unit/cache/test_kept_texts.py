"""A rendered text is taken again while it is the same and its links lead where they led."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from twofold.cache.store import Store
from twofold.cache.texts import NAME, KeptTexts, Rendered

if TYPE_CHECKING:
    from pathlib import Path

CODE = b"this one"
DOOR = Rendered("<p>Door</p>", "Door", (("door.md", "roadmap/door/"), ("gone.md", None)))


class Made:
    """Renders to what it is told, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def once(self, kept: KeptTexts, text: str = "Door", label: str = "user", **leads: str) -> Rendered:
        goes = {"door.md": "roadmap/door/", "gone.md": None} | {
            f"{name}.md": goal for name, goal in leads.items()
        }
        return kept.once(text, label, leads=goes.__getitem__, render=self._render)

    def _render(self) -> Rendered:
        self.times += 1
        return DOOR


@pytest.fixture(params=["memory", "store"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> KeptTexts:
    return KeptTexts(Store(tmp_path) if request.param == "store" else None, code=CODE)


def test_a_text_is_rendered_once(kept: KeptTexts) -> None:
    made = Made()
    for _ in range(3):
        assert made.once(kept) == DOOR
        kept.keep()
    assert made.times == 1


@pytest.mark.parametrize("other", [{"text": "Gate"}, {"label": "customer"}, {"door": "b/"}, {"gone": "c/"}])
def test_another_text_label_or_goal_is_rendered(kept: KeptTexts, other: dict[str, str]) -> None:
    made = Made()
    made.once(kept)
    kept.keep()
    made.once(kept, **other)
    assert made.times == 2


def test_what_is_no_longer_asked_for_is_not_kept(kept: KeptTexts) -> None:
    made = Made()
    made.once(kept)
    kept.keep()
    made.once(kept, text="Gate")
    kept.keep()
    made.once(kept)
    assert made.times == 3


def test_another_run_takes_them_from_the_store(tmp_path: Path) -> None:
    made = Made()
    first = KeptTexts(Store(tmp_path), code=CODE)
    made.once(first)
    first.keep()
    assert made.once(KeptTexts(Store(tmp_path), code=CODE)) == DOOR
    assert made.times == 1
    made.once(KeptTexts(Store(tmp_path), code=b"another"))
    assert made.times == 2


@pytest.mark.parametrize(
    "forged",
    [
        [],
        3,
        {"a": 1},
        {"a": ["x", "y"]},
        {"a": ["x", "y", 7]},
        {"a": [1, "y", []]},
        {"a": ["x", "y", [[1, "z"]]]},
    ],
)
def test_what_is_no_text_is_passed_over(tmp_path: Path, forged: Any) -> None:  # noqa: ANN401 - JSON
    made = Made()
    first = KeptTexts(Store(tmp_path), code=CODE)
    made.once(first)
    first.keep()
    Store(tmp_path).put(NAME, forged, key=first._code)
    assert made.once(KeptTexts(Store(tmp_path), code=CODE)) == DOOR
    assert made.times == 2
