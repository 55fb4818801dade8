"""What is withheld need not be gathered anew for one page: what it was before, and what has changed, is more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.plans import TODAY, write_plan
from twofold import guard, pipeline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twofold.guard.patterns import Wanted


def test_pieces_of_what_has_changed_and_of_before_are_all_that_there_are(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=3, items=12, findings=6, personas=4)
    content = tmp_path / "content"
    before = _pieces(tmp_path)
    first, second, third = sorted((content / "roadmap").rglob("*.md"))[:3]
    first.write_text(first.read_text("utf-8").replace("title: ", "title: Much more of ", 1), "utf-8")
    second.unlink()
    third.rename(third.with_name("what-nobody-knew-before.md"))
    fresh = content / "roadmap" / "found-in-a-drawer.md"
    fresh.write_text(
        "---\ntitle: Found in a drawer\nstatus: idea\n---\n\nNobody has asked for this yet.\n", "utf-8"
    )
    changed = {first, second, third, third.with_name("what-nobody-knew-before.md"), fresh}
    loaded = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=TODAY)
    files = {path.relative_to(content).as_posix() for path in changed}
    found = guard.since(loaded.plan, before, files=files)
    now = guard.whole(loaded.plan)
    assert now.keys() - before.keys() >= {"nobodyhasaskedforthisyet"}
    assert found.keys() >= now.keys()
    # Without what has changed it would not be all.
    assert not guard.since(loaded.plan, before, files=()).keys() >= now.keys()


def _pieces(root: Path) -> Mapping[str, Wanted]:
    return guard.whole(pipeline.load(root / "mkdocs.yml", environ={}, today=TODAY).plan)
