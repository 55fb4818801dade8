"""A kept value is given back whole, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from twofold.cache.store import Store

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER = b"k" * 32, b"o" * 32
VALUE = {"text": "Zürich \ud800 \x00", "rows": [[1, None], ["a", 2.5]]}

WRITER = """
import sys
from pathlib import Path
from twofold.cache.store import Store
for number in range(60):
    Store(Path(sys.argv[1])).put("check", [sys.argv[2]] * 2000, key=b"k" * 32)
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    Store(tmp_path).put("check", VALUE, key=KEY)
    return tmp_path / ".twofold/cache/check"


def test_a_value_is_given_back_for_its_own_key_alone(kept: Path) -> None:
    store = Store(kept.parents[2])
    assert store.get("check", key=KEY) == VALUE
    assert store.get("check", key=OTHER) is None
    assert store.get("build", key=KEY) is None


def test_a_new_value_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(kept: Path) -> None:
    (kept.parent / "check.0123456789abcdef").write_bytes(b"of a run that was killed")
    store = Store(kept.parents[2])
    store.put("check", "new", key=OTHER)
    assert store.get("check", key=OTHER) == "new"
    assert [path.name for path in kept.parent.iterdir()] == ["check"]


def test_a_value_that_was_cut_short_anywhere_is_a_miss(kept: Path) -> None:
    whole = kept.read_bytes()
    for length in range(len(whole)):
        kept.write_bytes(whole[:length])
        assert Store(kept.parents[2]).get("check", key=KEY) is None, length


def test_a_value_with_any_byte_changed_is_a_miss(kept: Path) -> None:
    whole = kept.read_bytes()
    for place in range(len(whole)):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert Store(kept.parents[2]).get("check", key=KEY) is None, place


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX's")
@pytest.mark.parametrize("oddity", ["link", "folder", "pipe", "linked folder", "linked workshop"])
def test_only_a_regular_file_in_a_real_folder_is_read(kept: Path, oddity: str, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    match oddity:
        case "link":
            kept.rename(aside)
            kept.symlink_to(aside)
        case "folder":
            kept.unlink()
            kept.mkdir()
        case "pipe":
            kept.unlink()
            os.mkfifo(kept)
        case "linked folder":
            kept.parent.rename(aside)
            kept.parent.symlink_to(aside)
        case _:
            kept.parents[1].rename(aside)
            kept.parents[1].symlink_to(aside)
    assert Store(tmp_path).get("check", key=KEY) is None
    Store(tmp_path).put("check", "new", key=KEY)
    if oddity.startswith("linked"):
        assert b"new" not in next(aside.rglob("check")).read_bytes()


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    # A file in the folder's place: what holds for the superuser as well.
    (tmp_path / ".twofold").write_text("in the way")
    Store(tmp_path).put("check", VALUE, key=KEY)
    assert Store(tmp_path).get("check", key=KEY) is None


def test_the_folder_is_kept_out_of_version_control(kept: Path) -> None:
    assert (kept.parents[1] / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_of_two_runs_at_once_each_keeps_its_value_whole(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), sign]) for sign in "ab"]
    seen: set[str] = set()
    while any(writer.poll() is None for writer in writers):
        value = Store(tmp_path).get("check", key=KEY)
        assert value is None or value in (["a"] * 2000, ["b"] * 2000)
        seen.update(value or ())
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen
    assert [path.name for path in (tmp_path / ".twofold/cache").iterdir()] == ["check"]
