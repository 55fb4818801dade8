"""Writing from the command line: in place, all or nothing, and nobody's work lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from twofold import cli
from twofold.authoring import store

ROOT: Final = Path(__file__).parents[2]
SETTINGS: Final = "site_name: Ward\ndocs_dir: content\nplugins: [twofold]\n"
ITEM: Final = """\
---
# Why this is here: the talk of 3 June.
title: "Offline charting"   # two words
status: planned
horizon: next
publish: [customer, user]

tags:
  - mobile   # the app
---
What the team knows.

## For customers

Your wards chart through an outage. See [the study](https://example.org/study) for more.

## For users

You chart in the lift, too. More follows.
"""
FEEDBACK: Final = """\
title: Talks
collected: 2026-10-01
findings:
  - id: network-drops
    summary: >-
      The network fails at night.
    voices:
      - {persona: nurse, mentions: 41, asked: 60, importance: 5, satisfaction: 2}   # counted twice
"""
METRICS: Final = """\
- id: overtime
  title: Overtime
  side: user
  direction: down
  target: {date: 2027-03-31, value: 10}
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "mkdocs.yml": SETTINGS,
        "content/roadmap/offline.md": ITEM,
        "content/roadmap/search.yml": "title: Search\nstatus: in-progress\n",
        "content/personas/nurse.md": "---\nname: Nurse\nside: user\n---\n",
        "content/feedback/talks.yml": FEEDBACK,
        "content/metrics/success.yml": METRICS,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def run(*arguments: str) -> int:
    return cli.run([*arguments, "--today", "2026-11-23"])


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- set ---


def test_set_changes_one_line(content: Path) -> None:
    assert run("set", "item/offline", "horizon", "now") == 0
    assert (content / "roadmap/offline.md").read_text() == ITEM.replace("horizon: next", "horizon: now")


@pytest.mark.parametrize(
    ("record", "field", "value", "old", "new"),
    [
        ("item/offline", "title", "Charting: how", '"Offline charting"', '"Charting: how"'),
        ("item/offline", "publish", "[user]", "[customer, user]", "[user]"),
        ("item/offline", "tags.0", "app", "- mobile   #", "- app   #"),
        ("item/offline", "tags.1", "ward", "  - mobile   # the app\n", "  - mobile   # the app\n  - ward\n"),
        ("item/offline", "confidence", "0.8", "horizon: next\n", "horizon: next\nconfidence: 0.8\n"),
        ("metric/overtime", "target.value", "8", "value: 10", "value: 8"),
        ("metric/overtime", "unit", "minutes", "  direction: down\n", "  direction: down\n  unit: minutes\n"),
        ("finding/network-drops", "voices.nurse.mentions", "42", "mentions: 41", "mentions: 42"),
        ("finding/network-drops", "summary", "It fails.", "The network fails at night.", "It fails."),
        ("summary/talks", "asked", "60", "2026-10-01\n", "2026-10-01\nasked: 60\n"),
    ],
)  # fmt: skip
def test_set_changes_a_value_where_it_stands(  # noqa: PLR0917 - a parameter each
    content: Path, record: str, field: str, value: str, old: str, new: str
) -> None:
    before = everything(content)
    assert run("set", record, field, value) == 0
    after = everything(content)
    changed = [name for name in before if before[name] != after[name]]
    assert len(changed) == 1
    assert after[changed[0]] == before[changed[0]].replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("item/offline", "status", "plannd"), 1),
        (("item/offline", "status", "declined"), 1),
        (("item/offline", "objectives", "[no-such]"), 1),
        (("item/offline", "confidence", "1.5"), 1),
        (("item/offline", "publish", "customer"), 1),
        (("item/offline", "title", ""), 1),
        (("item/offline", "tags", "[a"), 2),
        (("item/offline", "title", "half \udc80"), 2),
        (("item/offline", "horizont", "now"), 2),
        (("item/offline", "description", "x"), 2),
        (("item/offline", "id", "x"), 2),
        (("item/offline", "title.x", "x"), 2),
        (("item/offline", "tags.7", "x"), 2),
        (("item/ofline", "title", "x"), 2),
        (("itm/offline", "title", "x"), 2),
        (("offline", "title", "x"), 2),
        (("item/offline", "title"), 2),
        (("item/offline", "title", "x", "--unset"), 2),
        (("item/offline", "title", "--unset"), 1),
        (("finding/network-drops", "voices.nurse.mentions", "61"), 1),
        (("finding/network-drops", "voices.doctor.mentions", "1"), 2),
    ],
)
def test_a_refusal_leaves_every_byte(content: Path, arguments: tuple[str, ...], status: int) -> None:
    before = everything(content)
    assert run("set", *arguments) == status
    assert everything(content) == before


def test_an_unknown_field_is_told_with_the_nearest(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del content
    assert run("set", "item/offline", "horizont", "now") == 2
    assert "did you mean `horizon`?" in capsys.readouterr().err


def test_a_broken_record_can_be_mended(content: Path) -> None:
    path = content / "roadmap/search.yml"
    path.write_text("title: Search\nstatus: in progress\n")
    assert run("check") == 1
    assert run("set", "item/search", "status", "in-progress") == 0
    assert path.read_text() == "title: Search\nstatus: in-progress\n"


def test_what_was_wrong_before_is_no_reason_to_refuse(content: Path) -> None:
    (content / "roadmap/other.yml").write_text("title: Other\nstatus: lost\n")
    assert run("set", "item/offline", "horizon", "now") == 0


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("bom", ["\ufeff", ""])
@pytest.mark.parametrize("end", [True, False])
def test_line_ends_and_marks_stay(content: Path, newline: str, bom: str, end: bool) -> None:  # noqa: FBT001 - a parameter
    path = content / "feedback/talks.yml"
    text = (bom + FEEDBACK if end else bom + FEEDBACK.rstrip("\n")).replace("\n", newline)
    path.write_bytes(text.encode())
    assert run("set", "finding/network-drops", "theme", "offline") == 0
    row = "      The network fails at night." + newline
    assert path.read_bytes() == text.replace(row, f"{row}    theme: offline{newline}").encode()
    assert run("set", "finding/network-drops", "theme", "--unset") == 0
    assert path.read_bytes() == text.encode()


def test_the_same_value_writes_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "roadmap/offline.md"
    before = path.stat().st_mtime_ns
    assert run("set", "item/offline", "title", "Offline charting") == 0
    assert path.stat().st_mtime_ns == before
    assert "already" in capsys.readouterr().out


def test_a_dry_run_shows_the_line_and_writes_nothing(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(content)
    assert run("set", "item/offline", "horizon", "now", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "-horizon: next\n+horizon: now\n" in out
    assert everything(content) == before


def test_the_mode_stays_and_a_link_stays_a_link(content: Path) -> None:
    real = content / "roadmap" / ".kept" / "real.yml"
    real.parent.mkdir()
    real.write_text("title: Linked\nstatus: idea\n")
    real.chmod(0o640)
    link = content / "roadmap" / "linked.yml"
    link.symlink_to(".kept/real.yml")
    assert run("set", "item/linked", "status", "released") == 0
    assert link.is_symlink()
    assert real.read_text() == "title: Linked\nstatus: released\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_link_out_of_the_content_folder_is_not_written_through(content: Path) -> None:
    outside = content.parent / "outside.yml"
    outside.write_text("title: Out\nstatus: idea\n")
    (content / "roadmap" / "out.yml").symlink_to(outside)
    assert run("set", "item/out", "status", "released") == 2
    assert outside.read_text() == "title: Out\nstatus: idea\n"


def test_no_drafts_are_left(content: Path) -> None:
    run("set", "item/offline", "horizon", "now")
    run("set", "item/offline", "status", "plannd")
    assert [path.name for path in content.rglob(".twofold-*")] == []


# --- together ---


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


# --- new ---


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("persona", "night-doctor"), "personas/night-doctor.md"),
        (("objective", "all-charted"), "objectives/all-charted.md"),
        (("item", "faster-login"), "roadmap/faster-login.md"),
        (("item", "soon", "-s", "status=planned", "-s", "title=1.10"), "roadmap/soon.md"),
        (("release", "2026.5"), "releases/2026.5.md"),
        (("summary", "survey.2026"), "feedback/survey.2026.yml"),
        (("finding", "late"), "feedback/talks.yml"),
        (("finding", "later", "--in", "fresh"), "feedback/fresh.yml"),
        (("metric", "logins"), "metrics/success.yml"),
        (("metric", "logins", "--in", "other"), "metrics/other.yml"),
    ],
)
def test_a_new_record_is_without_errors(content: Path, arguments: tuple[str, ...], path: str) -> None:
    before = everything(content)
    assert run("new", *arguments) == 0
    after = everything(content)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {path}
    assert after[path].startswith(before.get(path, b""))
    assert run("check") == 0
    assert run(
        "set", f"{arguments[0]}/{arguments[1]}", "title" if arguments[0] != "persona" else "name", "X"
    ) in {0, 2}


def test_what_a_record_needs_is_asked_for_at_a_terminal(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Faster sign-in", "planned", "later"])
    asked: list[str] = []

    def prompt(name: str, **_: object) -> str:
        asked.append(name)
        return next(answers)

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run("new", "item", "sign-in") == 0
    assert asked == ["title", "status", "horizon"]
    text = (content / "roadmap/sign-in.md").read_text()
    assert "\ntitle: Faster sign-in\n" in text
    assert "\nstatus: planned\n" in text
    assert "\nhorizon: later\n" in text


def test_a_new_record_overwrites_nothing(content: Path) -> None:
    before = everything(content)
    for taken in (
        ("item", "offline"),
        ("finding", "network-drops"),
        ("metric", "overtime"),
        ("persona", "nurse"),
    ):
        assert run("new", *taken) == 1
    for wrong in (("Offline",), ("x", "--in", "y"), ("x", "-s", "titel=X"), ("index",)):
        assert run("new", "item", *wrong) == 2
    assert run("new", "item", "x", "-s", "status=lost") == 1
    assert everything(content) == before


# --- release ---


def test_a_dry_run_tells_both_stories_and_writes_nothing(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(content)
    assert run("release", "2026.5", "offline", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "What customer reads" in out
    assert "What user reads" in out
    assert "Your wards chart through an outage." in out
    assert "You chart in the lift, too." in out
    assert "+status: released" in out
    assert everything(content) == before


def test_a_release_moves_its_items_and_drafts_both_introductions(content: Path) -> None:
    assert run("release", "2026.5", "offline", "--date", "2026-12-08") == 0
    expected = ITEM.replace("status: planned", "status: released").replace(
        "horizon: next\n", 'horizon: next\nrelease: "2026.5"\n'
    )
    assert (content / "roadmap/offline.md").read_text() == expected
    record = (content / "releases/2026.5.md").read_text()
    assert record.startswith('---\nversion: "2026.5"\ndate: 2026-12-08\n')
    assert record.count("<!-- Draft") == 2
    customers, users = record.partition("## For users")[::2]
    assert "Your wards chart through an outage." in customers
    assert "You chart in the lift, too." in users
    assert "lift" not in customers
    assert "example.org" not in record
    assert run("check") == 0


def test_items_that_name_a_release_are_moved_and_its_texts_stay(content: Path) -> None:
    (content / "releases").mkdir()
    fields = 'version: "2026.5"\ndate: 2026-12   # before the freeze\npublish: [user]\n'
    text = f"---\n{fields}---\n\n## For users\n\nOurs.\n"
    (content / "releases/2026.5.md").write_text(text)
    (content / "roadmap/search.yml").write_text("title: Search\nstatus: in-progress\nrelease: '2026.5'\n")
    assert run("set", "item/offline", "target.release", "2026.5") == 0
    assert run("release", "2026.5") == 0
    assert (content / "releases/2026.5.md").read_text() == text.replace("2026-12 ", "2026-11-23 ")
    assert (
        content / "roadmap/search.yml"
    ).read_text() == "title: Search\nstatus: released\nrelease: '2026.5'\n"
    assert "status: planned" in (content / "roadmap/offline.md").read_text()


def test_what_nobody_named_is_not_released(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(content)
    assert run("release", "2026.5") == 2
    assert "search" in capsys.readouterr().err
    assert run("release", "2026.5", "no-such") == 2
    assert run("release", "Version 5", "offline") == 2
    assert everything(content) == before


# --- schema ---


def test_schemas_are_written_and_left_alone_when_they_are_right(content: Path) -> None:
    assert run("schema", "schemas") == 0
    before = {path: path.stat().st_mtime_ns for path in (content.parent / "schemas").rglob("*.json")}
    assert len(before) == 14
    assert run("schema", "schemas") == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
