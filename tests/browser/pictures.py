"""Makes the pictures of the README and the documentation from the demo's portals: `make pictures`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.browser.chromium import chromium
from tests.support.serving import serving

CHECKOUT: Final = Path(__file__).parents[2]
IMAGES: Final = CHECKOUT / "docs" / "images"
PICTURES: Final = (
    ("portal", "site-internal", "roadmap/", 900),
    ("customer", "site/customer", "roadmap/offline-charting/", 1000),
    ("user", "site/user", "roadmap/offline-charting/", 1000),
)
"""Name, portal, page and height in pixels."""


def main() -> None:
    """Take every picture; the portals have been built before."""
    IMAGES.mkdir(exist_ok=True)
    with chromium() as browser:
        for name, portal, address, height in PICTURES:
            with serving(CHECKOUT / portal) as site:
                page = browser.new_page(viewport={"width": 1280, "height": height}, color_scheme="light")
                page.goto(site + address)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=str(IMAGES / f"{name}.png"))
                page.close()


if __name__ == "__main__":
    main()
