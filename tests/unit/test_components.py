"""The documentation shows every component, from the portals' own templates and style sheets."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from jinja2 import nodes

from twofold.render.environment import environment
from twofold.render.resources import overrides_folder

if TYPE_CHECKING:
    from types import ModuleType

ROOT: Final = Path(__file__).parents[2]
FILES: Final = ("macros.html", "public/macros.html", "filters.html", "reading.html", "charts/marks.html")


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("components", ROOT / "docs/hooks/components.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", FILES)
def test_every_macro_is_shown_on_the_page_of_components(hook: ModuleType, file: str) -> None:
    macros = {macro.name: _calls(macro) for macro in _parsed(file).find_all(nodes.Macro)}
    shown: set[str] = set()
    for component in hook.components():
        if component["file"] == file:
            calls = (
                _calls(environment().parse(hook.source(component, one))) for one in component["show"].values()
            )
            shown.update(*calls)
    while more := {name for known in shown & macros.keys() for name in macros[known]} - shown:
        shown |= more
    assert macros.keys() - shown == set()


def test_every_chart_is_shown_on_the_page_of_components(hook: ModuleType) -> None:
    charts = {path.name for path in (overrides_folder() / "twofold/charts").glob("*.html")}
    parts = {"frame.html", "marks.html"}
    assert {Path(one["file"]).name for one in hook.components() if one.get("include")} == charts - parts


def test_each_state_is_shown_light_and_dark_with_ids_of_its_own(hook: ModuleType) -> None:
    page = hook.page()
    states = sum(len(component["show"]) for component in hook.components())
    assert (
        page.count('data-md-color-scheme="default"') == page.count('data-md-color-scheme="slate"') == states
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 20


def test_the_documentation_loads_the_style_sheets_of_the_portals_unchanged(hook: ModuleType) -> None:
    folder = overrides_folder() / "assets/stylesheets"
    assert {path.name for path in folder.iterdir()} == set(hook.SHEETS)


def _parsed(file: str) -> nodes.Template:
    path = overrides_folder() / "twofold" / file
    return environment().parse(path.read_text(encoding="utf-8"))


def _calls(node: nodes.Node) -> set[str]:
    called: list[Any] = [call.node for call in node.find_all(nodes.Call)]
    return {one.name for one in called if isinstance(one, nodes.Name)}
