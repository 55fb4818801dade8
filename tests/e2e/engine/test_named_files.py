"""Files that `mkdocs.yml` names are published as those are that a page shows."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from twofold import pipeline, publish
from twofold.engine.build import build

if TYPE_CHECKING:
    from pathlib import Path

NOTE = b"Photographed at St. Anna"
SETTINGS = """
site_name: Wardline
docs_dir: content
theme: {name: material, logo: brand/logo.png, favicon: brand/icon.svg}
extra_css: [brand/own.css]
plugins: [twofold]
"""
PAGE = """---
title: About
publish: [customer]
---
![Our sign](../brand/logo.png)
"""


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*notes: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    texts = b"".join(chunk(b"tEXt", note) for note in notes)
    return b"\x89PNG\r\n\x1a\n" + head + texts + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    brand = tmp_path / "content/brand"
    brand.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (brand / "logo.png").write_bytes(png(NOTE))
    (brand / "icon.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><!-- %s --><g/></svg>' % NOTE)
    (brand / "own.css").write_text("p { color: teal }")
    return tmp_path


def portals(root: Path, *audiences: str) -> list[Path]:
    today = date(2026, 11, 23)
    loaded = pipeline.load(root / "mkdocs.yml", environ={}, today=today)
    return build(loaded, audiences, today=today)


@pytest.mark.parametrize("shown", [False, True], ids=["named", "named and shown"])
def test_the_logo_of_a_public_portal_has_no_notes(root: Path, *, shown: bool) -> None:
    if shown:
        (root / "content/pages").mkdir()
        (root / "content/pages/about.md").write_text(PAGE)
    internal, customer = portals(root, "internal", "customer")
    assert (customer / "brand/logo.png").read_bytes() == png()
    assert NOTE not in (customer / "brand/icon.svg").read_bytes()
    assert (customer / "brand/own.css").read_text() == "p { color: teal }"
    assert 'src="brand/logo.png"' in (customer / "index.html").read_text("utf-8")
    assert (internal / "brand/logo.png").read_bytes() == png(NOTE)


def test_a_logo_that_cannot_be_cleaned_refuses_the_publication(root: Path) -> None:
    (root / "content/brand/logo.png").write_bytes(png(NOTE)[:40])
    # Even where `check` was told to say nothing of it.
    (root / "mkdocs.yml").write_text(SETTINGS.replace("[twofold]", "[twofold: {rules: {TF001: off}}]"))
    with pytest.raises(publish.RefusedError, match=r"content/brand/logo\.png is broken: it ends too early"):
        portals(root, "customer")
    assert not (root / "site").exists()
