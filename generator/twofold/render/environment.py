"""The template environment: escapes everything, knows no file but the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined

from twofold.render.compiled import COMPILED
from twofold.render.printing import Templates
from twofold.render.resources import overrides_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment


def environment(folders: Sequence[Path] = ()) -> Environment:
    """Templates from the `twofold/` folders of the owner's own theme folders first, then from ours."""
    places = [str(folder / "twofold") for folder in (*folders, overrides_folder())]
    return Templates(
        loader=FileSystemLoader(places),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
