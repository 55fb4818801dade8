"""Pages that are taken from an earlier time are those that would be made."""

from __future__ import annotations

import os
import pickle
import re
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.edits import Files, edit, made_up
from twofold import pipeline
from twofold.cache.store import Store
from twofold.config import ConfigurationError
from twofold.diagnostics import Severity
from twofold.plan.asked import Asked
from twofold.render import kept as kept_pages
from twofold.render import site
from twofold.render.kept import Pages
from twofold.render.renderer import Renderer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from twofold.pipeline import Loaded
    from twofold.render.page import Page
    from twofold.render.renderer import Sheet

EXAMPLES: Final = int(os.environ.get("TWOFOLD_SEQUENCES", "100"))
STEPS: Final = 4
TODAY: Final = date(2026, 11, 24)
CODE: Final = b"this one"

ITEM: Final = "content/roadmap/lamp.md"
PLAN: Final = {
    "mkdocs.yml": "site_name: Plan\ndocs_dir: content\ntheme: {name: material}\nplugins: [twofold]\n",
    "content/personas/nurse.md": "---\nname: Nurse\nside: user\n---\n",
    "content/feedback/talks.yml": "title: Talks\ncollected: 2026-01-31\nasked: 10\nfindings:\n"
    "  - {id: dark, summary: It is dark., voices: [{persona: nurse, mentions: 4, importance: 4}]}\n",
    "content/releases/one.yml": 'version: "1"\ndate: 2026-03-01\n',
    ITEM: "---\ntitle: Lamp\nstatus: planned\nhorizon: now\nevidence: [dark]\neffort: 2\ntags: [a]\n---\n",
    "content/roadmap/bulb.md": "---\ntitle: Bulb\nstatus: planned\nhorizon: now\ndepends_on: [lamp]\n---\n\n"
    "## Internal\n\nSee [the door](door.md).\n",
    "content/roadmap/door.md": "---\ntitle: Door\nstatus: released\nreleased: 2026-02-01\n---\n",
}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 100_000))
def test_after_any_edits_they_are_the_same_as_made_anew(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    root, chance = tmp_path_factory.mktemp("plan"), Random(seed)
    first = files = made_up(seed, items=4)
    remembered = Pages(Store(root), code=CODE)
    for _ in range(STEPS):
        # Now and then nothing changes, or all is as it was before.
        files = edit(files, chance, chance.randrange(3)) if chance.random() < 0.8 else first
        try:
            loaded = _loaded(root, files)
        except ConfigurationError:
            continue
        if loaded.report.reaches(Severity.ERROR):
            continue
        kept = remembered if chance.random() < 0.5 else Pages(Store(root), code=CODE)
        pages = _made(loaded, kept)
        assert pages == _made(loaded, None)


def test_without_a_change_only_lists_are_made_again(tmp_path: Path, made: list[str]) -> None:
    _build_twice(tmp_path, PLAN, PLAN, made)
    assert {address for address in made if "/" in address} == {"feedback/personas", "feedback/summaries"}


@pytest.mark.parametrize(
    ("change", "again"),
    [
        # Itself, what names it, and what stands beside it in a list.
        ((ITEM, "title: Lamp", "title: Lantern"), {"roadmap/lamp", "roadmap/bulb", "roadmap/door"}),
        # Bulb's text leads to it, and to the same place as before.
        (("content/roadmap/door.md", "title: Door", "title: Gate"), {"roadmap/door", "roadmap/lamp"}),
        ((ITEM, "tags: [a]", "tags: [b]"), {"roadmap/lamp", "roadmap/bulb"}),
        (("content/releases/one.yml", "2026-03-01", "2026-03-02"), {"releases/one"}),
    ],
)
def test_an_edit_makes_those_again_that_it_has_a_part_in(
    tmp_path: Path, made: list[str], change: tuple[str, str, str], again: set[str]
) -> None:
    path, old, new = change
    _build_twice(tmp_path, PLAN, PLAN | {path: PLAN[path].replace(old, new)}, made)
    records = {address for address in made if address.startswith(("roadmap/", "releases/", "personas/"))}
    assert records - {"personas/nurse"} == again


@pytest.mark.parametrize(
    "change",
    [
        {"mkdocs.yml": PLAN["mkdocs.yml"].replace("[twofold]", "[{twofold: {currency: EUR}}]")},
        {"mkdocs.yml": PLAN["mkdocs.yml"].replace("Plan", "Another")},
    ],
)
def test_another_setting_makes_all_again(tmp_path: Path, made: list[str], change: Files) -> None:
    _build_twice(tmp_path, PLAN, PLAN | change, made)
    assert "roadmap/door" in made


def test_another_template_makes_all_again(tmp_path: Path, made: list[str]) -> None:
    themed = PLAN | {
        "mkdocs.yml": PLAN["mkdocs.yml"].replace("name: material", "name: material, custom_dir: theme"),
        "theme/twofold/item.html": "<h1>{{ view.title }}</h1>",
    }
    _build_twice(
        tmp_path, themed, themed | {"theme/twofold/item.html": "<h1>Now: {{ view.title }}</h1>"}, made
    )
    assert "roadmap/door" in made


def test_a_template_that_changes_meanwhile_lets_nothing_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    themed = PLAN | {
        "mkdocs.yml": PLAN["mkdocs.yml"].replace("name: material", "name: material, custom_dir: theme"),
        "theme/twofold/item.html": "<h1>{{ view.title }}</h1>",
    }
    loaded, kept = _loaded(tmp_path, themed), Pages(Store(tmp_path), code=CODE)
    page = Renderer.page

    def changing(renderer: Renderer, sheet: Sheet) -> Page:
        (tmp_path / "theme/twofold/item.html").write_text("<h1>Now</h1>", encoding="utf-8")
        return page(renderer, sheet)

    with monkeypatch.context() as patch:
        patch.setattr(Renderer, "page", changing)
        _made(loaded, kept)
    assert not Store(tmp_path).holds("pages")


def test_another_twofold_takes_nothing(tmp_path: Path, made: list[str]) -> None:
    loaded = _loaded(tmp_path, PLAN)
    first = Pages(Store(tmp_path), code=CODE)
    _made(loaded, first)
    made.clear()
    _made(loaded, Pages(Store(tmp_path), code=b"another"))
    assert "roadmap/door" in made


@pytest.mark.parametrize("payload", [b"", b"\x80\x05N.", pickle.dumps(("", b"", "", b"", os.system))])
def test_what_is_no_page_is_not_taken(tmp_path: Path, made: list[str], payload: bytes) -> None:
    keys: list[bytes] = []

    class Spy(Store):
        def write(self, name: str, payload: Iterable[bytes | memoryview], *, key: bytes) -> None:
            keys.append(key)
            super().write(name, payload, key=key)

    loaded = _loaded(tmp_path, PLAN)
    _made(loaded, Pages(Spy(tmp_path), code=CODE))
    Store(tmp_path).write("pages", [payload], key=keys[0])
    made.clear()
    pages = _made(loaded, Pages(Store(tmp_path), code=CODE))
    assert "roadmap/door" in made
    assert pages == _made(loaded, None)


def test_a_few_that_have_changed_are_put_beside_the_rest(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "FEW", 3)
    files = made_up(1, items=40)
    _made(_loaded(tmp_path, files), Pages(Store(tmp_path), code=CODE))
    kept = {path.name: path.read_bytes() for path in (tmp_path / ".twofold/cache").iterdir()}
    path = sorted(name for name in files if name.startswith("content/roadmap/"))[7]
    for number in range(3):
        files[path] = re.sub("^title: .*$", f"title: Version {number}", files[path], flags=re.MULTILINE)
        _made(_loaded(tmp_path, files), Pages(Store(tmp_path), code=CODE))
    loaded = _loaded(tmp_path, files)
    assert (tmp_path / ".twofold/cache/pages").read_bytes() == kept["pages"]
    made.clear()
    pages = _made(loaded, Pages(Store(tmp_path), code=CODE))
    assert not [address for address in made if address.startswith("roadmap/")]
    assert pages == _made(loaded, None)
    # Nothing of them is taken when all have been put there anew.
    for name in sorted(name for name in files if name.startswith("content/roadmap/")):
        files[name] = files[name].replace("title: ", "title: Now ", 1)
    loaded = _loaded(tmp_path, files)
    _made(loaded, Pages(Store(tmp_path), code=CODE))
    assert (tmp_path / ".twofold/cache/pages").read_bytes() != kept["pages"]
    assert (tmp_path / ".twofold/cache/pages-since").stat().st_size < 100 < len(kept["pages"])
    assert _made(loaded, Pages(Store(tmp_path), code=CODE)) == _made(loaded, None)


def test_public_pages_take_no_part(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path, PLAN)
    kept = Pages(Store(tmp_path), code=CODE)
    pipeline.portal(loaded, "customer", kept=kept)
    assert not Store(tmp_path).holds("pages")


def test_a_noted_question_of_what_cannot_be_noted_fails(tmp_path: Path) -> None:
    asked = Asked(_loaded(tmp_path, PLAN).plan)
    with pytest.raises(NotImplementedError):
        assert "a.png" not in asked.plan.assets


def test_what_is_worked_out_once_is_asked_by_all_who_want_it(tmp_path: Path) -> None:
    asked = Asked(_loaded(tmp_path, PLAN).plan)

    def work() -> str:
        return asked.plan.items["lamp"].title  # type: ignore[index] # an id

    for _ in range(2):
        with asked.noting() as questions:
            assert asked.plan.memory.once("lamp", work) == "Lamp"
        assert questions == {"items lamp"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all pages that are made."""
    addresses: list[str] = []
    page = Renderer.page

    def noted(renderer: Renderer, sheet: Sheet) -> Page:
        addresses.append(sheet.address)
        return page(renderer, sheet)

    monkeypatch.setattr(Renderer, "page", noted)
    return addresses


def _build_twice(root: Path, before: Files, after: Files, made: list[str]) -> None:
    kept = Pages(Store(root), code=CODE)
    _made(_loaded(root, before), kept)
    loaded = _loaded(root, after)
    made.clear()
    pages = _made(loaded, Pages(Store(root), code=CODE))
    again = list(made)
    assert pages == _made(loaded, None)
    made[:] = again


def _loaded(root: Path, files: Files) -> Loaded:
    for path in sorted((root / "content").rglob("*.*")):
        path.unlink()
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    return pipeline.load(root / "mkdocs.yml", environ={}, today=TODAY)


def _made(loaded: Loaded, kept: Pages | None) -> tuple[Page, ...]:
    return site.render(
        loaded.plan,
        loaded.report,
        project=loaded.project,
        audience="internal",
        themes=pipeline.themes(loaded.project),
        today=loaded.today,
        kept=kept,
    ).pages
