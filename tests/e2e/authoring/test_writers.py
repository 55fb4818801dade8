"""Several writers at once lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.written_plan import ITEM, everything, run
from twofold.authoring import store

ROOT: Final = Path(__file__).parents[3]


def begin(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "generator"),
        "SOURCE_DATE_EPOCH": "1795392000",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "twofold", "set", *arguments],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_twenty_writers_lose_nothing(content: Path) -> None:
    fields = [
        *((f"inputs.measure-{number}", str(number)) for number in range(12)),
        ("availability", "All plans"),
        ("action", "Update the app."),
        ("confidence", "0.7"),
        ("effort", "M"),
        ("target", "2026-Q4"),
        ("owners", "[Dana]"),
        ("horizon", "later"),
        ("titles.user", "Chart in the lift"),
    ]
    writers = [begin(content.parent, "item/offline", field, value) for field, value in fields]
    told = [writer.communicate(timeout=120)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 20, told
    text = (content / "roadmap/offline.md").read_text()
    for field, value in fields:
        name = field.rpartition(".")[2]
        assert f"{name}: {value}" in text, (field, text)
    assert text.endswith(ITEM.partition("\n---\n")[2])
    assert run("check") == 0


def test_a_file_that_was_saved_in_between_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"saved by an editor")
    with pytest.raises(store.ChangedError):
        store.replace([store.Replacement(path=path, old=b"as it was read", new=b"ours")])
    assert path.read_bytes() == b"saved by an editor"
    assert [one.name for one in tmp_path.iterdir()] == ["a.yml"]


def test_of_several_files_all_change_or_none(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "c").write_bytes(b"other")
    replacements = [store.Replacement(path=tmp_path / name, old=b"old", new=b"new") for name in "abc"]
    replacements.insert(0, store.Replacement(path=tmp_path / "made", old=None, new=b"new"))
    with pytest.raises(store.ChangedError):
        store.replace(replacements)
    assert everything(tmp_path) == {"a": b"old", "b": b"old", "c": b"other"}


def test_a_save_in_between_is_taken_in(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = content / "roadmap/offline.md"
    replace = store.replace
    saved: list[int] = []

    def interrupted(replacements: list[store.Replacement]) -> None:
        if not saved:
            saved.append(path.write_text(ITEM.replace("two words", "two good words")))
        replace(replacements)

    monkeypatch.setattr(store, "replace", interrupted)
    assert run("set", "item/offline", "horizon", "now") == 0
    expected = ITEM.replace("two words", "two good words").replace("horizon: next", "horizon: now")
    assert path.read_text() == expected
