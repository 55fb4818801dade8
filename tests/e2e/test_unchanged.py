"""A build that would change nothing makes nothing; any other is made."""

from __future__ import annotations

import os
import shutil
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.commands import run
from tests.support.shared import made_once
from tests.support.trees import tree
from twofold import cli
from twofold.cache import built
from twofold.cache.past import Past

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY: Final = "2026-11-24"
MKDOCS: Final = """\
INHERIT: base.yml
docs_dir: content
theme:
  name: material
  custom_dir: theme
plugins:
  - search
  - twofold:
      product: !ENV [PRODUCT, Wardline]
      downloads: ["*.txt"]
"""
FILES: Final = {
    "mkdocs.yml": MKDOCS,
    "base.yml": "site_name: Wardline\n",
    "theme/twofold/note.html": "<p>Unused.</p>\n",
    "content/roadmap/offline.yml": "title: Offline\nstatus: idea\n",
    "content/tone.md": "# Tone\n\nPlain words. ![ward](ward.svg)\n",
    "content/ward.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n',
    "content/handout.txt": "For the desk.\n",
}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        for name, text in FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        # Kept for the folder that it stands in: a copy of the project recalls nothing.
        assert cli.run(["build", "-f", str(folder / "mkdocs.yml"), "--today", TODAY]) == 0

    return made_once(tmp_path_factory, "unchanged", make)


def stands(root: Path, today: str = TODAY) -> bool:
    last = built.recall(Past(root / "mkdocs.yml", environ=os.environ, today=date.fromisoformat(today)))
    return last is not None and all(map(last.stands, ("internal", "customer", "user")))


def test_an_unchanged_project_is_not_built_again(
    published: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twofold.pipeline.load", None)
    before = tree(published)
    status, out, err = run(capsys, "build", "-f", str(published / "mkdocs.yml"), "--today", TODAY)
    assert (status, err.split()[:2]) == (0, ["Found", "unchanged"])
    assert [line.partition(":")[0] for line in out.splitlines()] == ["internal", "customer", "user"]
    assert tree(published) == before


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text(text, encoding="utf-8")


def _link(root: Path) -> None:
    picture = root / "content/ward.svg"
    (root / "content/other.svg").write_text(FILES["content/ward.svg"], encoding="utf-8")
    picture.unlink()
    picture.symlink_to("other.svg")


def _linked_site(root: Path) -> None:
    (root / "site/user").rename(root / "site/elsewhere")
    (root / "site/user").symlink_to("elsewhere")


EDITS: Final = {
    "a record": _write("content/roadmap/offline.yml", "title: Offline\nstatus: idea\nthemes: []\n"),
    "an emptied page": _write("content/tone.md", ""),
    "a picture": _write("content/ward.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>\n"),
    "a download": _write("content/handout.txt", "For the ward.\n"),
    "a new file": _write("content/second.txt", "More.\n"),
    "a deleted file": lambda root: (root / "content/handout.txt").unlink(),
    "a renamed file": lambda root: (root / "content/handout.txt").rename(root / "content/sheet.txt"),
    "a link": _link,
    "the settings": _write("mkdocs.yml", MKDOCS.replace("search", "material/search")),
    "what they inherit": _write("base.yml", "site_name: Ward\n"),
    "a template of the owner": _write("theme/twofold/note.html", "<p>Still unused.</p>\n"),
    "a new template": _write("theme/main.html", ""),
    "a page of the site": _write("site/user/index.html", "<h1>Tampered</h1>"),
    "a file too many": _write("site/user/assets/extra.js", "alert(1)"),
    "a page gone": lambda root: (root / "site-internal/index.html").unlink(),
    "a portal gone": lambda root: shutil.rmtree(root / "site/customer"),
    "a portal behind a link": _linked_site,
    "a killed publication": _write(".twofold/swap.json", "[]"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_any_edit_of_what_goes_in_or_of_what_came_out_is_noticed(
    published: Path, tmp_path: Path, edit: Callable[[Path], object]
) -> None:
    shutil.copytree(published, tmp_path / "safe", symlinks=True)
    try:
        assert stands(published)
        edit(published)
        assert not stands(published)
    finally:
        shutil.rmtree(published)
        shutil.copytree(tmp_path / "safe", published, symlinks=True)
    assert stands(published)


def test_another_day_or_variable_is_noticed(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not stands(published, "2026-11-25")
    monkeypatch.setenv("PRODUCT", "Ward")
    assert not stands(published)


def test_the_owners_hidden_files_at_the_top_of_a_portal_are_not_looked_at(published: Path) -> None:
    (published / "site/user/.htaccess").write_text("Require all granted\n", encoding="utf-8")
    try:
        assert stands(published)
    finally:
        (published / "site/user/.htaccess").unlink()


def test_a_portal_that_was_tampered_with_is_built_again_and_the_others_with_it(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(published / "site")
    (published / "site/user/index.html").write_text("<h1>Tampered</h1>", encoding="utf-8")
    status, _, err = run(capsys, "build", "-f", str(published / "mkdocs.yml"), "--today", TODAY)
    assert (status, err.split()[0]) == (0, "Built")
    assert tree(published / "site") == before
    assert stands(published)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"plugins": ["search", "twofold", "tags"]}, ""),
        ({"plugins": {"twofold": {}, "macros": {}}}, ""),
        ({"hooks": ["hook.py"]}, ""),
        ({"theme": "readthedocs"}, ""),
        ({"theme": {"name": None, "custom_dir": "theme"}}, ""),
        ({}, "extra: {now: !!python/object/apply:time.time []}"),
    ],
)
def test_whoever_runs_code_of_others_is_never_recalled(values: dict[str, object], text: str) -> None:
    usual: dict[str, object] = {"plugins": ["search", {"twofold": {}}], "theme": {"name": "material"}}
    assert built.is_traceable(usual, [b"emoji: !!python/name:material.extensions.emoji.twemoji"])
    assert not built.is_traceable(usual | values, [text.encode()])
