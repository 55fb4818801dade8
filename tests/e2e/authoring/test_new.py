"""`twofold new` and `twofold schema`: what is made is right, and nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.written_plan import everything, run

if TYPE_CHECKING:
    from pathlib import Path


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


def test_schemas_are_written_and_left_alone_when_they_are_right(content: Path) -> None:
    assert run("schema", "schemas") == 0
    before = {path: path.stat().st_mtime_ns for path in (content.parent / "schemas").rglob("*.json")}
    assert len(before) == 14
    assert run("schema", "schemas") == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
