"""A new portal: clean on its day, buildable, and a guest in a folder that is somebody's."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Final

import pytest
from mkdocs.config.defaults import MkDocsConfig

from twofold import cli
from twofold.authoring import init
from twofold.authoring.schema import schemas
from twofold.authoring.sheet import Sheet
from twofold.cli.init import TEMPLATES
from twofold.source.yaml import plain_values

ROOT: Final = Path(__file__).parents[2]

# For a checkout that is not installed.
INSTALLED: dict[str, EntryPoint] = vars(MkDocsConfig.plugins)["installed_plugins"]
INSTALLED.setdefault(
    "twofold", EntryPoint("twofold", "twofold.engine.plugin:TwofoldPlugin", "mkdocs.plugins")
)


def begin(folder: Path, template: str, today: str = "2026-11-23") -> int:
    return cli.run(["init", str(folder), "--template", template, "--today", today])


def test_the_command_knows_every_template() -> None:
    assert TEMPLATES == init.TEMPLATES


@pytest.mark.parametrize("today", ["2026-11-23", "2027-01-01", "2028-02-29", "2031-06-30"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_portal_has_no_diagnostic_on_its_day(
    tmp_path: Path, template: str, today: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(tmp_path / "demo", template, today) == 0
    config = str(tmp_path / "demo" / "mkdocs.yml")
    capsys.readouterr()
    assert cli.run(["check", "-f", config, "--today", today, "--fail-on", "info"]) == 0
    assert capsys.readouterr().out.startswith("All good: 6 items, 4 personas, 5 findings")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_portal_builds(tmp_path: Path, template: str) -> None:
    assert begin(tmp_path, template) == 0
    assert cli.run(["build", "-f", str(tmp_path / "mkdocs.yml"), "--today", "2026-11-23"]) == 0
    assert (tmp_path / "site-internal" / "index.html").is_file()


@pytest.mark.parametrize("template", TEMPLATES)
def test_its_release_command_has_two_stories(
    tmp_path: Path, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(tmp_path, template) == 0
    capsys.readouterr()
    config = str(tmp_path / "mkdocs.yml")
    assert cli.run(["release", "99.1", "--dry-run", "-f", config, "--today", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    customers, users = out.partition("== What user reads")[::2]
    assert "Release 99.1 delivers **" in customers
    assert "New in 99.1: **" in users.partition("---")[0]


def test_nothing_that_is_there_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = {
        ".gitignore": "mine\n",
        "mkdocs.yml": "site_name: Mine\ndocs_dir: plan\nplugins: [search, twofold]\n",
        "plan/roadmap/absence-alert.md": "---\ntitle: My own\nstatus: idea\n---\n",
    }
    for name, text in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert begin(tmp_path, "education") == 0
    for name, text in mine.items():
        assert (tmp_path / name).read_text() == text
    err = capsys.readouterr().err
    assert err == f"Kept as they were: {', '.join(sorted(mine))}\n"
    assert (tmp_path / "plan" / "personas" / "class-teacher.md").is_file()
    assert not (tmp_path / "content").exists()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert begin(tmp_path, "education") == 0
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "content").symlink_to(tmp_path / "elsewhere")
    assert begin(tmp_path / "demo", "retail") == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["content"]


def test_editors_are_set_up(tmp_path: Path) -> None:
    assert begin(tmp_path, "healthcare") == 0
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text())
    for path, globs in settings["yaml.schemas"].items():
        assert (tmp_path / path).is_file()
        for glob in [globs] if isinstance(globs, str) else globs:
            assert (tmp_path / glob.partition("*")[0]).exists()
    for path in [*(tmp_path / "content").rglob("*.yml"), tmp_path / "mkdocs.yml"]:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        modeline = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert modeline
        assert (path.parent / modeline[1]).is_file()


@pytest.mark.parametrize("template", TEMPLATES)
def test_its_schemas_take_its_records(tmp_path: Path, template: str) -> None:
    import jsonschema

    assert begin(tmp_path, template) == 0
    kinds = {"personas": "persona", "feedback": "feedback", "objectives": "objective", "roadmap": "item",
             "releases": "release", "metrics": "metrics"}  # fmt: skip
    for path in (tmp_path / "content").rglob("*.*"):
        if path.is_dir():
            continue
        name = kinds[path.parent.name]
        schema = (
            tmp_path / "schemas" / (f"front-matter/{name}.json" if path.suffix == ".md" else f"{name}.json")
        )
        sheet = Sheet.of(path.read_bytes(), path=path.name)
        assert sheet.root is not None
        described: dict[str, Any] = json.loads(schema.read_text(encoding="utf-8"))
        errors = jsonschema.Draft7Validator(described).iter_errors(plain_values(sheet.root.data))
        assert [error.message for error in errors] == [], path
    assert len(list((tmp_path / "schemas").rglob("*.json"))) == len(schemas())


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if len(part) > 30]


def test_no_sentence_is_told_twice() -> None:
    told: Counter[str] = Counter()
    for template in TEMPLATES:
        for path in (ROOT / "generator/twofold/authoring/templates" / template / "content").rglob("*.*"):
            if path.is_file():
                told.update(set(sentences(path.read_text(encoding="utf-8"))))
    demo = {
        sentence
        for path in (ROOT / "content").rglob("*.*")
        if path.suffix in {".md", ".yml"}
        for sentence in sentences(path.read_text(encoding="utf-8"))
    }
    assert [sentence for sentence, count in told.items() if count > 1] == []
    assert demo.isdisjoint(told)


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("{{day-40}} {{day}}", "2026-01-15", "2025-12-06 2026-01-15"),
        ("{{month}} {{month-2}} {{month+11}}", "2026-01-15", "2026-01 2025-11 2026-12"),
        ("{{quarter}} {{quarter-1}} {{quarter+4}}", "2026-01-15", "2026-Q1 2025-Q4 2027-Q1"),
        ("{{half}} {{half+1}}", "2026-07-01", "2026-H2 2027-H1"),
        ("{{year}} {{year+1}}", "2026-12-31", '"2026" "2027"'),
        ("{{version}} {day}", "2026-12-31", "{{version}} {day}"),
    ],
)
def test_a_story_is_told_around_its_day(text: str, today: str, expected: str) -> None:
    assert init.dated(text, today=date.fromisoformat(today)) == expected
