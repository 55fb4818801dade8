"""`twofold set`: one value in place, or not a byte."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from tests.support.written_plan import FEEDBACK, ITEM, everything, run

if TYPE_CHECKING:
    from pathlib import Path


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


def test_of_several_mistakes_in_a_record_each_can_be_mended_alone(content: Path) -> None:
    path = content / "roadmap/search.yml"
    path.write_text("title: Search\nstatus: in progress\nobjectives: [no-such]\nevidence: [nor-this]\n")
    # Only now that the record can be used is it known that there are no such records.
    assert run("set", "item/search", "status", "in-progress") == 0
    assert run("set", "item/search", "objectives", "[neither]") == 1
    assert run("set", "item/search", "objectives", "--unset") == 0
    assert run("set", "item/search", "evidence", "[network-drops]") == 0
    assert path.read_text() == "title: Search\nstatus: in-progress\nevidence: [network-drops]\n"
    assert run("check") == 0


def test_what_a_broken_record_is_given_is_looked_at_all_the_same(content: Path) -> None:
    path = content / "roadmap/search.yml"
    path.write_text("title: Search\nstatus: idea\nobjectives:\n  - [x]\nevidence: []\n")
    assert run("set", "item/search", "objectives", "[no-such]") == 1
    assert run("set", "item/search", "objectives", "--unset") == 0


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
