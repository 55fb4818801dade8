"""The reference names everything that there is."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from twofold.checks.catalogue import RULES
from twofold.cli import COMMANDS
from twofold.model import FOLDERS, Finding
from twofold.model.settings import Settings

if TYPE_CHECKING:
    from types import ModuleType

    from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
MODELS: tuple[type[BaseModel], ...] = (*FOLDERS.values(), Finding)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    found: dict[str, str] = _hook().pages()
    return found


def _hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs/hooks/reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_field_of_every_kind_is_named_with_its_meaning(pages: dict[str, str]) -> None:
    named = [(model.__name__, field) for model in MODELS for field in model.model_fields]
    assert [one for one in named if f"`{one[1]}`" not in pages["reference/records.md"]] == []


def test_no_row_of_the_reference_lacks_its_meaning(pages: dict[str, str]) -> None:
    for page in ("reference/records.md", "reference/settings.md"):
        assert [row for row in pages[page].splitlines() if row.startswith("|") and "|  |" in row] == []


def test_every_setting_is_named(pages: dict[str, str]) -> None:
    assert [name for name in Settings.model_fields if f"`{name}`" not in pages["reference/settings.md"]] == []


def test_every_command_is_named(pages: dict[str, str]) -> None:
    assert [name for name in COMMANDS if f"## {name}" not in pages["reference/commands.md"]] == []


def test_every_rule_has_a_page_and_a_row(pages: dict[str, str]) -> None:
    assert [code for code in RULES if f"reference/diagnostics/{code}.md" not in pages] == []
    assert [code for code in RULES if f"diagnostics/{code}.md" not in pages["reference/diagnostics.md"]] == []


def test_every_class_of_exposure_is_told_for_every_field(pages: dict[str, str]) -> None:
    table = pages["reference/exposure.md"]
    fields = {field for model in MODELS for field in model.model_fields}
    assert [field for field in sorted(fields) if f"`{field}`" not in table] == []
