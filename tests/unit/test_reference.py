"""The reference names everything that there is: whatever is added without a word about it fails here."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
import pytest
from pydantic import BaseModel

from twofold import ext
from twofold.checks.catalogue import RULES
from twofold.cli import COMMANDS, group
from twofold.model import FOLDERS, Finding
from twofold.model.record import Record
from twofold.model.settings import Settings
from twofold.prose.blocks import LIMIT, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]
MODELS: tuple[type[BaseModel], ...] = (*FOLDERS.values(), Finding)
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


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


def rows(page: str) -> dict[str, list[str]]:
    """The first cells of the tables below each second-level heading, without their marks."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in page.splitlines():
        title = line.removeprefix("## ") if line.startswith("## ") else title
        if line.startswith("|"):
            name = line.split("|")[1].replace("(required)", "").strip(" *`")
            found.setdefault(title, []).append(name)
    return found


def spoken(name: str) -> str:
    """`ReleaseNote` as a heading: Release note."""
    return "".join(f" {one.lower()}" if one.isupper() else one for one in name).strip().capitalize()


def inside(*models: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models that the fields of others hold, at any depth."""
    for model in models:
        for info in model.model_fields.values():
            for part in _parts(info.annotation):
                yield part
                yield from inside(part)


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_kind_has_a_row(pages: dict[str, str], model: type[BaseModel]) -> None:
    told = rows(pages["reference/records.md"])
    common = set(told["On every kind"]) if issubclass(model, Record) else set()
    assert set(model.model_fields) - set(told[model.__name__]) - common == set()


def test_every_field_of_what_stands_inside_records_has_a_row(pages: dict[str, str]) -> None:
    told = rows(pages["reference/records.md"])
    for part in set(inside(*MODELS)) - set(MODELS):
        assert set(part.model_fields) <= set(told[spoken(part.__name__)]), part


def test_no_row_of_the_reference_lacks_a_cell(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert [row for row in page.splitlines() if row.startswith("|") and "|  |" in row] == [], name


def test_every_setting_has_a_row_and_so_has_what_stands_inside_them(pages: dict[str, str]) -> None:
    told = {name for names in rows(pages["reference/settings.md"]).values() for name in names}
    models: list[type[BaseModel]] = [Settings, *inside(Settings)]
    for model in models:
        assert set(model.model_fields) <= told, model


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_of_a_command_is_in_its_help(pages: dict[str, str], name: str) -> None:
    text = pages["reference/commands.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    context = click.Context(group, info_name="twofold")
    command = group.get_command(context, name)
    assert command is not None
    for parameter in command.get_params(click.Context(command, info_name=name, parent=context)):
        names = [parameter.make_metavar(context)] if isinstance(parameter, click.Argument) else parameter.opts
        assert [one for one in names if one not in text] == []
        assert not isinstance(parameter, click.Option) or parameter.help, (
            f"{name}: {parameter.name} says nothing"
        )


def test_every_rule_has_a_page_and_a_row(pages: dict[str, str]) -> None:
    assert [code for code in RULES if f"reference/diagnostics/{code}.md" not in pages] == []
    assert [code for code in RULES if f"diagnostics/{code}.md" not in pages["reference/diagnostics.md"]] == []


def test_every_class_of_exposure_is_told_for_every_field(pages: dict[str, str]) -> None:
    table = pages["reference/exposure.md"]
    fields = {field for model in MODELS for field in model.model_fields}
    assert [field for field in sorted(fields) if f"`{field}`" not in table] == []


def test_every_view_in_a_page_has_a_row_with_its_options_and_every_option_one_of_its_own(
    pages: dict[str, str],
) -> None:
    page = pages["reference/views.md"]
    told = rows(page)
    assert told[""][2:] == [*VIEWS]
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 6 and (view := VIEWS.get(cells[1].strip("`"))):
            assert re.findall(r"`(\w+)`", cells[3]) == [*view.filters, *([LIMIT] if view.is_list else [])]
            assert ("team" in cells[4]) == (not view.is_public)
    options = {name for view in VIEWS.values() for name in view.filters}
    assert set(told["Options"][2:]) == options | {LIMIT}


def test_every_entry_point_and_everything_for_plug_ins_has_a_row(pages: dict[str, str]) -> None:
    told = rows(pages["reference/entry-points.md"])
    assert told.pop("")[2:] == [f"{name}`, `python -m {name}" for name in PROJECT["scripts"]]
    assert told.pop("twofold.ext")[2:] == ext.__all__
    assert {title: names[2:] for title, names in told.items()} == {
        title: list(entries) for title, entries in PROJECT["entry-points"].items()
    }
