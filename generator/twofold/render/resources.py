"""Where Twofold's own templates and styles stand."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def overrides_folder() -> Path:
    """The folder of theme templates: inside the installed package, or the checkout's own `overrides/`."""
    shipped = PACKAGE / "overrides"
    return shipped if shipped.is_dir() else PACKAGE.parent.parent / "overrides"
