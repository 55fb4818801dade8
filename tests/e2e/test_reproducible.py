"""The same commit, settings and day give the same bytes, wherever and whenever they are built."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.demo import TODAY, copy_demo
from tests.support.strained import write_strained

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOON_OF_TODAY: Final = "1795435200"

# A clock that stands elsewhere.
OTHER_CLOCK: Final = """\
import datetime, time

SHIFT = 400 * 86400 + 12345
_time, _datetime = time.time, datetime.datetime
time.time = lambda: _time() + SHIFT
time.time_ns = lambda: int((_time() + SHIFT) * 1e9)


class AsBefore(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__base__)


class Shifted(_datetime, metaclass=AsBefore):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


class ShiftedDay(datetime.date, metaclass=AsBefore):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


datetime.datetime, datetime.date = Shifted, ShiftedDay
"""

# One portal after the other, not all at the same time.
ONE_PROCESSOR: Final = """\
import os, sys

if sys.platform == "linux":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
"""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Where, when and how a build runs."""

    folder: str
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    umask: int = 0o022
    backwards: bool = False
    """Whether the files are made in the opposite order, on another day."""

    elsewhere: bool = False
    """Whether the command is started from another folder."""

    prelude: str = ""
    """What Python runs before anything else."""


USUAL: Final = Circumstances(
    folder="plan",
    environment={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    options=("--today", TODAY),
)
ODD: Final = Circumstances(
    folder="Ein Ordner, tief/и ещё один/plan",
    environment={
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "ar_EG",
        "LANGUAGE": "ar",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": NOON_OF_TODAY,
        "HOME": "/nonexistent",
        "COLUMNS": "31",
    },
    umask=0o077,
    backwards=True,
    elsewhere=True,
    prelude=OTHER_CLOCK + ONE_PROCESSOR,
)


@pytest.mark.parametrize("source", ["the demo", "long words and all of Markdown"])
def test_two_builds_in_different_circumstances_are_the_same_in_every_byte_and_mode(
    tmp_path: Path, source: str
) -> None:
    original = tmp_path / "original"
    original.mkdir()
    write: dict[str, Callable[[Path], None]] = {
        "the demo": copy_demo,
        "long words and all of Markdown": write_strained,
    }
    write[source](original)
    usual, odd = (_built(original, tmp_path, circumstances) for circumstances in (USUAL, ODD))
    assert usual.keys() == odd.keys()
    assert [name for name in usual if usual[name] != odd[name]] == []
    assert {"site-internal/index.html", "site/customer/index.html", "site/user/index.html"} <= usual.keys()
    # And a build over another's sites.
    _build(tmp_path / USUAL.folder, tmp_path, USUAL)
    again = _everything(tmp_path / USUAL.folder)
    assert [name for name in usual.keys() | again.keys() if usual.get(name) != again.get(name)] == []


def _built(original: Path, scratch: Path, circumstances: Circumstances) -> dict[str, tuple[int, bytes]]:
    """Copy the plan to its folder, build it there, and give every file of its sites with its mode."""
    folder = scratch / circumstances.folder
    for path in sorted(original.rglob("*"), reverse=circumstances.backwards):
        if path.is_file():
            target = folder / path.relative_to(original)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            if circumstances.backwards:
                os.utime(target, (10**9, 10**9))
    _build(folder, scratch, circumstances)
    return _everything(folder)


def _build(folder: Path, scratch: Path, circumstances: Circumstances) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    environment |= circumstances.environment
    if circumstances.prelude:
        (scratch / "prelude").mkdir(exist_ok=True)
        (scratch / "prelude" / "sitecustomize.py").write_text(circumstances.prelude)
        environment["PYTHONPATH"] = str(scratch / "prelude")
    command = [
        sys.executable,
        "-m",
        "twofold",
        "build",
        "--no-cache",
        "-f",
        str(folder / "mkdocs.yml"),
        *circumstances.options,
    ]
    made = subprocess.run(
        command,
        cwd=scratch if circumstances.elsewhere else folder,
        env=environment,
        umask=circumstances.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def _everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else b"",
        )
        for site in (folder / "site", folder / "site-internal")
        for path in [site, *sorted(site.rglob("*"))]
    }
