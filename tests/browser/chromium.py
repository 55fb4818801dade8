"""The Chromium of this machine, and how it is started."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asked another host would be found out, and not answered.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NoBrowserError(Exception):
    """There is no Chromium on this machine."""


def executable() -> str:
    """Find Chromium or Chrome. Raises `NoBrowserError`."""
    if named := os.environ.get("TWOFOLD_CHROMIUM"):
        if found := shutil.which(named):
            return found
        message = f"TWOFOLD_CHROMIUM is '{named}', which is no program."
        raise NoBrowserError(message)
    for name in (*NAMES, *APPLICATIONS):
        if found := shutil.which(name):
            return found
    message = (
        f"No Chromium found: looked for {', '.join(NAMES)} and Chrome among the applications of macOS.\n"
        "Debian and Ubuntu: apt-get install chromium fonts-liberation. macOS: brew install --cask chromium.\n"
        "Or name one: TWOFOLD_CHROMIUM=/path/to/chrome. To do without the browser tests: "
        "make test TESTS='-m \"not browser\"'"
    )
    raise NoBrowserError(message)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start it, with a fresh profile that is gone afterwards. Raises `NoBrowserError`."""
    path = Path(executable())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
