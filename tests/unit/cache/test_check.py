"""A check says the same from what was kept as it says anew, whatever was edited in between."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.commands import run
from twofold import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MKDOCS = """\
INHERIT: {parent}
docs_dir: content
plugins:
  - search
  - twofold:
      product: !ENV [PRODUCT, Wardline]
      rules: {{TF404: !ENV [GRAVITY, warning]}}
"""
ITEM = "title: Offline\nstatus: planned\n"
FAULTY = "title: Handover\nstatus: soon\n"
PAGE = "# Tone\n\n[gone](missing.md) ![ward](ward.svg)\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "plan"
    files = {
        "mkdocs.yml": MKDOCS.format(parent="base.yml"),
        "base.yml": "site_name: Wardline\ntheme: {name: material}\n",
        "other.yml": "site_name: Other\ntheme: {name: material}\n",
        "content/roadmap/offline.yml": ITEM,
        "content/roadmap/handover.yml": FAULTY,
        "content/tone.md": PAGE,
        "content/ward.svg": DRAWING,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def said(
    capsys: pytest.CaptureFixture[str], root: Path, *more: str, today: str = "2026-11-24"
) -> tuple[int, str, str]:
    return run(capsys, "check", "-f", str(root / "mkdocs.yml"), "--today", today, *more)


def _write(name: str, text: str) -> Callable[[Path, pytest.MonkeyPatch], object]:
    return lambda root, _: (root / name).write_text(text, encoding="utf-8")


def _swap_for_a_link(root: Path, _: pytest.MonkeyPatch) -> None:
    (root / "aside.yml").write_text(ITEM, encoding="utf-8")
    (root / "content/roadmap/offline.yml").unlink()
    (root / "content/roadmap/offline.yml").symlink_to(root / "aside.yml")


def _content_elsewhere(root: Path, _: pytest.MonkeyPatch) -> None:
    shutil.copytree(root / "content", root / "moved")
    shutil.rmtree(root / "content")
    (root / "content").symlink_to(root / "moved")


EDITS = {
    "a record": _write("content/roadmap/offline.yml", "title: Offline\nstatus: never\n"),
    "an emptied record": _write("content/roadmap/offline.yml", ""),
    "a new record": _write("content/roadmap/audit.yml", FAULTY),
    "a stray file": _write("content/notes.txt", "x"),
    "a deleted record": lambda root, _: (root / "content/roadmap/handover.yml").unlink(),
    "a renamed record": lambda root, _: (root / "content/roadmap/handover.yml").rename(
        root / "content/roadmap/hand.yml"
    ),
    "a deleted picture": lambda root, _: (root / "content/ward.svg").unlink(),
    "a hand-written page": _write("content/tone.md", "# Tone\n"),
    "the settings": _write("mkdocs.yml", MKDOCS.format(parent="base.yml").replace("search", "offline")),
    "a setting that is wrong": _write(
        "mkdocs.yml", MKDOCS.format(parent="base.yml").replace("product", "produkt")
    ),
    "an inherited file": _write("base.yml", "docs_dir: elsewhere\n"),
    "a variable": lambda _, patch: patch.setenv("GRAVITY", "error"),
    "a link in place of a record": _swap_for_a_link,
    "a link in place of the content": _content_elsewhere,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_a_check_after_an_edit_says_what_a_check_without_cache_says(
    project: Path,
    edit: Callable[[Path, pytest.MonkeyPatch], object],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = said(capsys, project)
    assert said(capsys, project) == before
    edit(project, monkeypatch)
    anew = said(capsys, project, "--no-cache")
    assert said(capsys, project) == anew
    assert said(capsys, project) == anew


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_an_unchanged_plan_is_not_read_again_and_says_the_same_in_every_format(
    project: Path, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = said(capsys, project, "--no-cache", "--format", form)
    assert not (project / ".twofold").exists()
    said(capsys, project)
    monkeypatch.setattr(pipeline, "load", None)
    assert said(capsys, project, "--format", form) == anew


def test_another_day_is_judged_anew(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, project)
    monkeypatch.setattr(pipeline, "load", None)
    status, _, _ = said(capsys, project, today="2026-11-25")
    assert status == 3


def test_a_link_to_another_inherited_file_is_noticed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mkdocs.yml").write_text(MKDOCS.format(parent="link.yml"), encoding="utf-8")
    (project / "link.yml").symlink_to("base.yml")
    said(capsys, project)
    (project / "link.yml").unlink()
    (project / "other.yml").write_text("docs_dir: elsewhere\nsite_name: Other\n", encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        MKDOCS.format(parent="link.yml").replace("docs_dir: content\n", ""), encoding="utf-8"
    )
    (project / "link.yml").symlink_to("other.yml")
    assert said(capsys, project) == said(capsys, project, "--no-cache")


def test_no_secret_of_the_environment_is_kept(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODUCT", "Project Lindwurm")
    said(capsys, project)
    kept = (project / ".twofold/cache/check").read_bytes()
    assert b"PRODUCT" in kept
    assert b"Lindwurm" not in kept
