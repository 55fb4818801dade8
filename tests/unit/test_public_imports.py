"""What the code of public portals may lay its hands on."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import twofold

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(twofold.__file__).parent
MODULES = [*sorted((PACKAGE / "views/public").glob("*.py")), *sorted((PACKAGE / "render").glob("public*.py"))]

FREE = (
    "twofold.audience.published",
    "twofold.charts",
    "twofold.model.period",
    "twofold.plan.addresses",
    "twofold.plan.destinations",
    "twofold.prose",
    "twofold.source.markdown",
    "twofold.views.public",
)
RENDERING = (
    "twofold.render.environment",
    "twofold.render.links",
    "twofold.render.page",
    "twofold.render.public_links",
    "twofold.render.renderer",
    "twofold.render.shares",
)
"""What the modules under `render` may use beside that."""

VOCABULARY = {
    "Change",
    "Direction",
    "FindingId",
    "Horizon",
    "ItemId",
    "Kind",
    "MetricId",
    "ObjectiveId",
    "Period",
    "PersonaId",
    "ReleaseId",
    "Side",
    "Stage",
    "Status",
}
"""Of `twofold.model`: words and ids, and no record."""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_public_code_imports_words_and_published_types_and_nothing_of_the_plan(module: Path) -> None:
    allowed = (*FREE, *RENDERING) if module.parent.name == "render" else FREE
    for name, imported in _imports(module):
        if name == "twofold.model":
            assert imported in VOCABULARY
        elif name == "twofold.plan":
            assert imported == "addresses"
        else:
            assert f"{name}.{imported}".startswith(allowed), f"{name} import {imported}"


def _imports(module: Path) -> Iterator[tuple[str, str]]:
    """Module and name of every import from Twofold, those for types included."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.startswith("twofold"))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            name = node.module or ""
            if name.startswith("twofold"):
                yield from ((name, alias.name) for alias in node.names)
