"""What a reader's device has to fetch beside Material's own files stays small."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.plans import write_plan
from tests.support.demo import CHECKOUT, build
from tests.support.shared import made_once

SITES: Final = ("site-internal", "site/customer", "site/user")
OURS: Final = {path.name for path in (CHECKOUT / "overrides/assets").rglob("*.*")}

STYLES: Final = 25_000
SCRIPTS: Final = 15_000
ITEM: Final = 60_000
HOME: Final = 150_000
"""Bytes, as the server sends them before it compresses them."""


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portals of a plan with 500 items."""

    def make(folder: Path) -> None:
        write_plan(folder, seed=1, items=500, findings=200, personas=20)
        build(folder)

    return made_once(tmp_path_factory, "large", make)


@pytest.fixture(params=["built_demo", "large"])
def built(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize(("ending", "most"), [(".css", STYLES), (".js", SCRIPTS)])
def test_no_page_loads_more_of_our_styles_and_scripts(
    built_demo: Path, site: str, ending: str, most: int
) -> None:
    weights = {page: _loaded(page, ending) for page in (built_demo / site).rglob("index.html")}
    assert 0 < max(weights.values()) <= most


@pytest.mark.parametrize("site", SITES)
def test_the_page_of_an_item_is_light(built: Path, site: str) -> None:
    sizes = {page.parent.name: page.stat().st_size for page in (built / site).glob("roadmap/*/index.html")}
    assert len(sizes) > 5
    assert {name: size for name, size in sizes.items() if size > ITEM} == {}


@pytest.mark.parametrize("site", SITES)
def test_the_home_page_is_light(built: Path, site: str) -> None:
    assert (built / site / "index.html").stat().st_size <= HOME


def _loaded(page: Path, ending: str) -> int:
    named = re.findall(r'<(?:link[^>]* href|script[^>]* src)="([^"]+)"', page.read_text(encoding="utf-8"))
    ours = (page.parent / address for address in named if Path(address).name in OURS)
    return sum(path.stat().st_size for path in ours if path.suffix == ending)
