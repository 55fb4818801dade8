"""The first minute with an installed Twofold: begin a portal, serve it, and look at a page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.installed import run_alone
from tests.support.previewing import previewing

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_what_init_begins_is_served_and_read(installed: Path, browser: Browser, tmp_path: Path) -> None:
    began = time.monotonic()
    run_alone(installed / "twofold", "init", "demo", "--template", "education", cwd=tmp_path)
    with previewing(tmp_path / "demo", python=installed / "python") as preview:
        preview.says("Built ")
        page = browser.new_page()
        page.goto(f"{preview.url}customer/")
        expect(page.locator("h1")).to_have_text("Rollbook for school leaders")
        page.get_by_role("link", name="An alert for every unexplained absence").first.click()
        expect(page.locator("h1")).to_contain_text("An alert for every unexplained absence")
        page.close()
    # Told by `pytest -rP`; a machine under load would miss any limit.
    print(f"from init to a page in the browser: {time.monotonic() - began:.1f} s")  # noqa: T201 - said above
