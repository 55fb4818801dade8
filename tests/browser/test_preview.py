"""The live preview in a browser: pages reload by themselves, and say what is wrong."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.support.previewing import PATIENCE, previewing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.support.previewing import Preview

pytestmark = pytest.mark.browser

CONFIG: Final = """\
site_name: Wardline
docs_dir: content
theme:
  name: material
plugins:
  - search
  - twofold
"""
ITEM: Final = """\
---
title: {title}
status: {status}
horizon: next
publish: [customer]
---

## For customers

Text.
"""
SOON: Final = PATIENCE * 1000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "plan"
    (root / "content/roadmap").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    write(root, "Offline charting")
    return root


def write(root: Path, title: str, status: str = "planned") -> None:
    item = root / "content/roadmap/offline.md"
    item.write_text(ITEM.format(title=title, status=status), encoding="utf-8")


@contextmanager
def opened(browser: Browser, preview: Preview, path: str) -> Iterator[Page]:
    """Give a page, and see that nothing went wrong in it."""
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{preview.url}{path}")
    yield page
    assert faults == []
    context.close()


def test_an_open_page_reloads_by_itself_and_says_what_is_wrong_until_it_is_mended(
    root: Path, browser: Browser
) -> None:
    with previewing(root) as preview:
        preview.says("Built ")
        with opened(browser, preview, "internal/roadmap/offline/") as page:
            title = page.locator("h1")
            expect(title).to_have_text(re.compile("Offline charting"))
            write(root, "Charting anywhere")
            expect(title).to_have_text(re.compile("Charting anywhere"), timeout=SOON)

            write(root, "Never shown", status="<img src=x onerror=alert(1)>")
            trouble = page.get_by_role("region", name="Preview", exact=True)
            expect(trouble).to_be_visible(timeout=SOON)
            expect(trouble.get_by_role("alert")).to_contain_text("1 error in the content")
            expect(trouble).to_contain_text("content/roadmap/offline.md:3:9")
            expect(trouble).to_contain_text("<img src=x")
            assert trouble.locator("img").count() == 0
            expect(title).to_have_text(re.compile("Charting anywhere"))
            trouble.get_by_text("Diagnostics").press("Enter")
            expect(trouble.get_by_role("list")).to_be_hidden()
            # It is part of a page that is opened now, too.
            page.reload()
            expect(trouble).to_be_visible()

            write(root, "Mended")
            expect(title).to_have_text(re.compile("Mended"), timeout=SOON)
            expect(trouble).to_have_count(0)


def test_a_page_that_waits_for_its_first_site_gets_it(root: Path, browser: Browser) -> None:
    write(root, "Offline charting", status="soon")
    with previewing(root) as preview:
        preview.says("TF104")
        with opened(browser, preview, "internal/roadmap/offline/") as page:
            expect(page.get_by_role("alert")).to_contain_text("There is no site to show yet")
            write(root, "Offline at last")
            expect(page.locator("h1")).to_have_text(re.compile("Offline at last"), timeout=SOON)


def test_the_switcher_leads_to_the_same_page_of_another_audience(root: Path, browser: Browser) -> None:
    with previewing(root) as preview:
        preview.says("Built ")
        with opened(browser, preview, "internal/roadmap/offline/") as page:
            switcher = page.get_by_role("navigation", name="Portals of this preview")
            switcher.get_by_role("link", name="customer").click()
            expect(page).to_have_url(f"{preview.url}customer/roadmap/offline/")
            expect(switcher.get_by_role("link", name="customer")).to_have_attribute("aria-current", "true")


def test_a_preview_that_begins_again_takes_its_open_pages_along(root: Path, browser: Browser) -> None:
    with previewing(root) as preview:
        preview.says("Built ")
        with opened(browser, preview, "internal/roadmap/offline/") as page:
            port = preview.port
            assert preview.interrupt() == 0
            write(root, "Written meanwhile")
            with previewing(root, "--addr", f"127.0.0.1:{port}"):
                expect(page.locator("h1")).to_have_text(re.compile("Written meanwhile"), timeout=SOON)
