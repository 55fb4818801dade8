"""What a page tells its reader to write and to type, and a shell that does so to the letter.

- A fence with `title="…"` is a file: the reader writes it.
- A fence named `sh` holds commands, one to a line.
- A fence named `console` holds commands after `$ `, each with what it prints; a line `…` stands for any lines.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.support.previewing import previewing

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
NOON: Final = "1795435200"
"""23 November 2026, on which all of it is done."""

_FENCE: Final = re.compile(
    r"^(?P<marks>```+)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=marks)\s*$", re.MULTILINE | re.DOTALL
)
_TITLE: Final = re.compile(r'title="([^"]+)"')
_SECONDS: Final = re.compile(r"\b\d+\.\d s\b")
_PORT: Final = re.compile(r"(?<=http://127\.0\.0\.1:)\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    line: int
    text: str
    """The command, or what the file holds."""

    path: str | None = None
    """The file to write."""

    prints: str | None = None
    """What the page says that the command prints."""


def steps(page: str) -> Iterator[Step]:
    """What a page tells its reader to do, in order."""
    for fence in _FENCE.finditer(page):
        line = page.count("\n", 0, fence.start()) + 1
        language, _, options = fence["info"].strip().partition(" ")
        if titled := _TITLE.search(options):
            yield Step(line=line, text=fence["text"], path=titled[1])
        elif language in {"sh", "bash", "shell"}:
            for number, command in enumerate(fence["text"].splitlines(), line + 1):
                if command.strip():
                    yield Step(line=number, text=command)
        elif language == "console":
            yield from _session(fence["text"], line)


def unmarked(page: str) -> list[str]:
    """Commands in fences of another kind, which nobody would run."""
    return [
        line
        for fence in _FENCE.finditer(page)
        if fence["info"].strip() in {"", "text"}
        for line in fence["text"].splitlines()
        if re.match(r"\s*(\$ |twofold |make |mkdocs )", line)
    ]


def _session(text: str, line: int) -> Iterator[Step]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        # A command that shows nothing here is not held to print nothing: what it prints may be long.
        yield Step(line=line, text=command, prints=printed.strip("\n") or None)


@dataclass
class Shell:
    """Does what a page says, from `folder` on."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Provide the programs that the reader has installed."""
        programs = self.folder.parent / f"{self.folder.name}-programs"
        programs.mkdir(exist_ok=True)
        for name, words in {"twofold": "-m twofold", "mkdocs": "-m mkdocs", "python3": ""}.items():
            path = programs / name
            path.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
            path.chmod(0o755)
        self.environ = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "generator"),
            "HOME": str(programs),
            "COLUMNS": "80",
            "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": NOON,
            **{f"GIT_{who}_{what}": value
               for who in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))},
        }  # fmt: skip

    def write(self, path: str, text: str) -> None:
        """Write a file, and the folders above it."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def run(self, command: str) -> tuple[int, str]:
        """Type it; gives its status, and what is to be read on the terminal."""
        if serves := re.match(r"(twofold|mkdocs) serve\b", command):
            return self._serve(serves[1])
        done = subprocess.run(
            ["bash", "-c", f'{command}\nstatus=$?; pwd > "$HOME/folder"; exit $status'],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        self.folder = Path((Path(self.environ["HOME"]) / "folder").read_text(encoding="utf-8").strip())
        return done.returncode, done.stdout.strip("\n")

    def _serve(self, module: str) -> tuple[int, str]:
        """Serve until there is something to see, and end it as the reader does."""
        # Another port than the page says: others may test at the same time.
        option = "--addr" if module == "twofold" else "--dev-addr"
        with previewing(self.folder, option, "127.0.0.1:0", module=module) as preview:
            preview.says("Built ")
            status, headers, _ = preview.get("/")
            assert status in {200, 302}, headers
            return preview.interrupt(signal.SIGINT), preview.printed


def matches(said: str, printed: str) -> bool:
    """Whether a command prints what the page says, however long it took."""
    pattern = "\n".join(
        ".*" if line.strip() == "…" else re.escape(line) for line in _steadied(said).splitlines()
    )
    return re.fullmatch(pattern, _steadied(printed), flags=re.DOTALL) is not None


def _steadied(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _PORT.sub("8000", _SECONDS.sub("0.0 s", lines))
