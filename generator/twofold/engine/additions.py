"""What the preview adds to the pages that it sends, and to none that are published."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE = (Path(__file__).parent / "preview.css").read_text(encoding="utf-8")
SCRIPT = (Path(__file__).parent / "preview.js").read_bytes()

OWN = "/.twofold/"
"""Addresses of the preview itself: no file of a portal begins with a dot."""


def added(html: bytes, *, audience: str, build: str, switcher: str, trouble: str) -> bytes:
    """Put the switcher, what stands in the way and the listening script at the end of a page."""
    script = (
        f'<script src="{OWN}preview.js" data-audience="{escape(audience)}" data-build="{build}"></script>'
    )
    extra = f"<style>{STYLE}</style>{switcher}{trouble}{script}".encode()
    before, body, after = html.rpartition(b"</body>")
    return before + extra + body + after if body else html + extra


def switcher(here: str, readers: Mapping[str, bool], *, address: str) -> str:
    """HTML that leads to the same page in the other audiences' portals; "" where there is one portal only.

    `readers` says of each audience whether its portal has the page; `address` is the page's, in its portal.
    """
    if len(readers) < 2:
        return ""
    parts = []
    for audience, has in readers.items():
        shown = escape(audience)
        target = f"/{quote(audience)}/{quote(address) if has else ''}"
        if audience == here:
            parts.append(f'<a href="{target}" aria-current="true">{shown}</a>')
        elif has:
            parts.append(f'<a href="{target}">{shown}</a>')
        else:
            parts.append(f'<a href="{target}">{shown} (not this page)</a>')
    links = " ".join(parts)
    return f'<nav id="twofold-switcher" aria-label="Portals of this preview">{links}</nav>'


def page(sentence: str, *, broken: bool) -> bytes:
    """A page where the portal has none, before anything is added to it."""
    title = "Twofold preview: not built" if broken else "Twofold preview"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"</head><body><main><h1>{title}</h1><p>{escape(sentence)}</p></main></body></html>\n"
    ).encode()
