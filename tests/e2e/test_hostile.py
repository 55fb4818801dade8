"""Broken and hostile contents through the real command line: each is named, soon, and changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 2.0
KIBIBYTES: Final = 300 * 1024

# Runs `python -m twofold` and leaves behind what it took. The peak is the process's own: into `ru_maxrss` the
# kernel counts the pages of whoever forked it.
CHILD: Final = """
import atexit, os, runpy, sys
def tell(path=sys.argv.pop(1)):
    took = os.times()
    try:
        with open("/proc/self/status") as file:
            status = file.read()
        peak = int(status.partition("VmHWM:")[2].split()[0])
    except OSError:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with open(path, "w") as file:
        file.write(f"{took.user + took.system} {peak}")
atexit.register(tell)
runpy.run_module("twofold", run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """Something in the content folder, and the diagnostic that it must get."""

    make: Callable[[Path], object]
    code: str
    place: str


def _record(text: str | bytes, name: str = "roadmap/evil.yml") -> Callable[[Path], object]:
    def make(content: Path) -> None:
        target = content / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def _same_name(content: Path) -> None:
    (content / "handbook").mkdir()
    (content / "handbook" / "Same.md").write_text("# One\n", encoding="utf-8")
    (content / "handbook" / "same.md").write_text("# Two\n", encoding="utf-8")


LAUGHS: Final = "a: &a [lol, lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES: Final = "x:\n  m0: &m0 {k: v}\n" + "".join(
    f"  m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 200)
)
FRONT: Final = "---\ntitle: Evil\nstatus: idea\n---\n"

ATTACKS: Final = {
    "billion laughs": Attack(make=_record(LAUGHS), code="TF004", place="content/roadmap/evil.yml:1:4"),
    "100,000 brackets": Attack(
        make=_record("title: " + "[" * 100_000), code="TF008", place="content/roadmap/evil.yml:1:39"
    ),
    "100,000 nested list marks": Attack(
        make=_record("- " * 100_000), code="TF008", place="content/roadmap/evil.yml:1:65"
    ),
    "merge chains": Attack(make=_record(MERGES), code="TF004", place="content/roadmap/evil.yml:2:7"),
    "the thirtieth of February": Attack(
        make=_record("title: E\nstatus: idea\nreview_by: 2026-02-30\n"),
        code="TF105",
        place="content/roadmap/evil.yml:3:12",
    ),
    "a tag that runs a command": Attack(
        make=_record("title: !!python/object/apply:os.system ['touch ran']\nstatus: idea\n"),
        code="TF004",
        place="content/roadmap/evil.yml:1:8",
    ),
    "5,000 digits": Attack(
        make=_record(f"title: E\nstatus: idea\neffort: {'9' * 5000}\n"),
        code="TF106",
        place="content/roadmap/evil.yml:3:9",
    ),
    "5,000 digits where a count belongs": Attack(
        make=_record(f"name: E\nside: user\npopulation: {'9' * 5000}\n", "personas/evil.yml"),
        code="TF106",
        place="content/personas/evil.yml:3:13",
    ),
    "300 digits where a count belongs": Attack(
        make=_record(
            f"name: E\nside: user\nweight: {'9' * 300}\npopulation: {'9' * 300}\nname: F\n",
            "personas/evil.yml",
        ),
        code="TF003",
        place="content/personas/evil.yml:5:1",
    ),
    "a duplicate key": Attack(
        make=_record("title: E\nstatus: idea\ntitle: F\n"), code="TF003", place="content/roadmap/evil.yml:3:1"
    ),
    "UTF-16": Attack(
        make=_record("title: E\n".encode("utf-16")), code="TF001", place="content/roadmap/evil.yml:1:1"
    ),
    "UTF-16 without a mark": Attack(
        make=_record("title: E\n".encode("utf-16-le")), code="TF001", place="content/roadmap/evil.yml:1:2"
    ),
    "a NUL byte": Attack(
        make=_record("title: E\nstatus: i\0dea\n"), code="TF001", place="content/roadmap/evil.yml:2:10"
    ),
    "a link to the password file": Attack(
        make=lambda content: (content / "roadmap" / "evil.md").symlink_to("/etc/passwd"),
        code="TF007",
        place="content/roadmap/evil.md:1:1",
    ),
    "a linked folder": Attack(
        make=lambda content: (content / "roadmap" / "evil").symlink_to("/etc"),
        code="TF007",
        place="content/roadmap/evil:1:1",
    ),
    "a link to itself": Attack(
        make=lambda content: (content / "roadmap" / "evil.md").symlink_to("evil.md"),
        code="TF001",
        place="content/roadmap/evil.md:1:1",
    ),
    "a fence that is never closed": Attack(
        make=_record("---\ntitle: E\nstatus: idea\n\nText.\n", "roadmap/evil.md"),
        code="TF005",
        place="content/roadmap/evil.md:1:1",
    ),
    "a blank line before the fence": Attack(
        make=_record("\n" + FRONT, "roadmap/evil.md"), code="TF005", place="content/roadmap/evil.md:2:1"
    ),
    "a pipe": Attack(
        make=lambda content: os.mkfifo(content / "roadmap" / "evil.md"),
        code="TF001",
        place="content/roadmap/evil.md:1:1",
    ),
    "one name in two cases": Attack(make=_same_name, code="TF009", place="content/handbook/same.md:1:1"),
    "an id with a space": Attack(
        make=_record(FRONT, "roadmap/evil one.md"), code="TF108", place="content/roadmap/evil one.md:1:1"
    ),
    "two mebibytes": Attack(
        make=_record(FRONT + "text\n" * (2 * 1024 * 1024 // 5), "roadmap/evil.md"),
        code="TF008",
        place="content/roadmap/evil.md:1:1",
    ),
    "100,000 unknown fields": Attack(
        make=_record("".join(f"k{number:05}: 1\n" for number in range(100_000))),
        code="TF008",
        place="content/roadmap/evil.yml:999:1",
    ),
    "30,000 unknown references": Attack(
        make=_record(
            "title: E\nstatus: idea\ndepends_on:\n"
            + "".join(f"- no-item-{number}\n" for number in range(30_000))
        ),
        code="TF203",
        place="content/roadmap/evil.yml:30003:3",
    ),
    "30,000 brackets in a text": Attack(
        make=_record(FRONT + "## For users\n\n" + "[" * 30_000, "roadmap/evil.md"),
        code="TF008",
        place="content/roadmap/evil.md:7:33",
    ),
    "10,000 images in a text": Attack(
        make=_record(FRONT + "![" * 10_000, "roadmap/evil.md"),
        code="TF008",
        place="content/roadmap/evil.md:5:66",
    ),
    "a list 400 deep": Attack(
        make=_record(FRONT + "".join(f"{'  ' * depth}- a\n" for depth in range(400)), "roadmap/evil.md"),
        code="TF008",
        place="content/roadmap/evil.md:37:65",
    ),
    "a script in a text": Attack(
        make=_record(FRONT + "Hello <script>alert(1)</script>\n", "roadmap/evil.md"),
        code="TF604",
        place="content/roadmap/evil.md:5:7",
    ),
    "a link that runs a script": Attack(
        make=_record(FRONT + "## For users\n\nSee [this](javascript:alert(1)).\n", "roadmap/evil.md"),
        code="TF209",
        place="content/roadmap/evil.md:7:5",
    ),
    "an attribute list that runs a script": Attack(
        make=_record(FRONT + 'Hello\n{: onclick="alert(1)" }\n', "roadmap/evil.md"),
        code="TF604",
        place="content/roadmap/evil.md:6:1",
    ),
    "300 unclosed comments": Attack(
        make=_record(FRONT + "##Internal\n" + "<!--\n## Internal\n" * 300, "roadmap/evil.md"),
        code="TF109",
        place="content/roadmap/evil.md:5:1",
    ),
    "a circle of 1,000 items": Attack(
        make=lambda content: [
            _record(
                f"title: E\nstatus: idea\ndepends_on: [i{(number + 1) % 1000}]\n", f"roadmap/i{number}.yml"
            )(content)
            for number in range(1000)
        ],
        code="TF207",
        place="content/roadmap/i0.yml:3:13",
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small plan without a fault, and a portal that somebody has built before."""
    roadmap = tmp_path / "content" / "roadmap"
    roadmap.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Ward\ndocs_dir: content\nplugins: [twofold]\n", encoding="utf-8"
    )
    (roadmap / "good.md").write_text("---\ntitle: Good\nstatus: idea\n---\n", encoding="utf-8")
    (tmp_path / "site-internal" / "assets").mkdir(parents=True)
    (tmp_path / "site-internal" / "index.html").write_bytes(b"<!doctype html>old")
    (tmp_path / "site-internal" / "assets" / "twofold.json").write_bytes(b'{"audience": "internal"}\n')
    return tmp_path


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_reported_with_its_place(name: str, project: Path) -> None:
    attack = ATTACKS[name]
    attack.make(project / "content")
    done = _run(project, "check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    said = {
        f"{one['code']} {one['path']}:{one['line']}:{one['column']}"
        for one in json.loads(done.stdout)["diagnostics"]
    }
    assert f"{attack.code} {attack.place}" in said
    assert not (project / "ran").exists()


@pytest.mark.parametrize("name", ATTACKS)
def test_a_build_refuses_it_with_its_place_in_words_and_leaves_the_old_portal_as_it_is(
    name: str, project: Path
) -> None:
    attack = ATTACKS[name]
    attack.make(project / "content")
    before = _bytes(project)
    done = _run(project, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{attack.place}: error[{attack.code}] " in done.stderr
    assert _bytes(project) == before


def test_what_a_record_says_cannot_steer_the_terminal(project: Path) -> None:
    evil = 'title: E\nstatus: "\\e[31m\\e]0;owned\\a\u202e\u2066\\u009b2J"\nx\u202ey: 1 # \u202e\n'
    _record(evil)(project / "content")
    _record("", "roadmap/\x1b[31mred\u202e.txt")(project / "content")
    done = _run(project, "check")
    assert done.returncode == 1
    assert [sign for sign in done.stdout if not sign.isprintable() and sign != "\n"] == []
    assert "\\x1b[31mred\\u202e.txt" in done.stdout
    assert "x\\u202ey" in done.stdout


def _run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, within the limits of time and memory."""
    taken = project.parent / f"{project.name}.taken"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "generator"),
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error",
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(taken), *arguments, "--today", "2026-11-23"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    seconds, peak = map(float, taken.read_text(encoding="utf-8").split())
    assert seconds < SECONDS
    assert peak < KIBIBYTES
    return done


def _bytes(project: Path) -> dict[str, tuple[bytes, int]]:
    """Every file outside the content folder, with its time."""
    return {
        path.relative_to(project).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(project.rglob("*"))
        if path.is_file() and "content" not in path.relative_to(project).parts
    }
