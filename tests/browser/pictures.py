"""Makes the pictures of the README and the documentation from the demo's portals: `make pictures`."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.browser.chromium import chromium
from tests.support.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

CHECKOUT: Final = Path(__file__).parents[2]
IMAGES: Final = CHECKOUT / "docs" / "images"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a portal, as a window shows it."""

    name: str
    portal: str
    address: str
    width: int = 1280
    height: int = 800


PICTURES: Final = (
    Picture("internal-home", "site-internal", ""),
    Picture("internal-board", "site-internal", "roadmap/"),
    Picture("internal-balance", "site-internal", "balance/#map"),
    Picture("customer-home", "site/customer", ""),
    Picture("customer-item", "site/customer", "roadmap/offline-charting/", width=960, height=900),
    Picture("user-home", "site/user", ""),
    Picture("user-item", "site/user", "roadmap/offline-charting/", width=960, height=900),
    Picture("user-phone", "site/user", "", width=390, height=800),
)
SCHEMES: Final = ("light", "dark")

# A screenshot has a few hundred colours, nearly all of them between a letter and its ground: the commonest 256
# look the same, and take a quarter of the room.
PALETTE: Final = """async source => {
  const image = new Image()
  image.src = source
  await image.decode()
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height })
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const counts = new Map()
  const colour = at => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2]
  for (let at = 0; at < data.length; at += 4) counts.set(colour(at), (counts.get(colour(at)) ?? 0) + 1)
  const colours = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, 256)
    .map(([one]) => one)
  const nearest = new Map(colours.map((one, index) => [one, index]))
  const part = (one, shift) => (one >> shift) & 255
  const apart = (one, other) => [16, 8, 0].reduce((sum, to) => sum + (part(one, to) - part(other, to)) ** 2, 0)
  const find = one => {
    if (!nearest.has(one)) {
      let best = 0
      for (let index = 1; index < colours.length; index++)
        if (apart(one, colours[index]) < apart(one, colours[best])) best = index
      nearest.set(one, best)
    }
    return nearest.get(one)
  }
  let rows = ""
  for (let at = 0; at < data.length; at += 4) rows += String.fromCharCode(find(colour(at)))
  return { width: image.width, height: image.height, colours, rows: btoa(rows) }
}"""


def main() -> None:
    """Take every picture; the portals have been built before."""
    IMAGES.mkdir(exist_ok=True)
    with chromium() as browser:
        for one in PICTURES:
            with serving(CHECKOUT / one.portal) as site:
                for scheme in SCHEMES:
                    page = browser.new_page(
                        viewport={"width": one.width, "height": one.height},
                        color_scheme="dark" if scheme == "dark" else "light",
                    )
                    page.goto(site + one.address)
                    page.wait_for_load_state("networkidle")
                    (IMAGES / f"{one.name}-{scheme}.png").write_bytes(_small(page, page.screenshot()))
                    page.close()


def _small(page: Page, screenshot: bytes) -> bytes:
    """The same picture with a palette of 256 colours."""
    found = page.evaluate(PALETTE, "data:image/png;base64," + base64.b64encode(screenshot).decode())
    width, height, rows = found["width"], found["height"], base64.b64decode(found["rows"])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in found["colours"])),
            _chunk(b"IDAT", zlib.compress(b"".join(_unfiltered(rows, width)), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _unfiltered(rows: bytes, width: int) -> Iterable[bytes]:
    return (b"\0" + rows[start : start + width] for start in range(0, len(rows), width))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main()
