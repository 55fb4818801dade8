"""What tests of every kind look at, and change nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.support.demo import build, copy_demo
from tests.support.installed import make_environment, make_wheel
from tests.support.shared import made_once

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS: Final = ("browser", "e2e", "unit")
"""What takes longest first: begun last, it would keep one process busy while the others wait."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the folders in their order; within each, all stays at random."""
    items.sort(key=lambda item: next(rank for rank, name in enumerate(FOLDERS) if name in item.path.parts))


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo with all its portals."""

    def make(folder: Path) -> None:
        copy_demo(folder)
        build(folder)

    return made_once(tmp_path_factory, "built-demo", make)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    [made] = made_once(tmp_path_factory, "wheel", make_wheel).glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The programs of an environment that holds the wheel, its locked dependencies, and nothing else."""
    made = made_once(tmp_path_factory, "installed", lambda folder: make_environment(folder, wheel))
    return made / "venv/bin"
