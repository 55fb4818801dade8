"""Templates of the owner's own theme folder stand in place of ours, page by page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from twofold import pipeline

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
site_name: Wardline
docs_dir: content
theme: {name: material, custom_dir: look}
plugins: [twofold]
"""
ITEM = """---
title: Offline <charting>
status: in-progress
publish: [user]
---
## For users

Chart without a network.
"""


def test_an_owners_template_stands_in_place_of_ours_in_every_portal(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": SETTINGS,
        "content/roadmap/offline.md": ITEM,
        "look/twofold/item.html": "<h1>{{ view.title }}</h1><p>Ours, for the team.</p>",
        "look/twofold/public/item.html": '{% extends "public/own.html" %}{% block who %}readers{% endblock %}',
        "look/twofold/public/own.html": "<h1>{{ view.title }}</h1><p>Ours, for {% block who %}{% endblock %}.</p>",
        # Content is data, whatever it is called.
        "content/twofold/item.html": "<p>Not this.</p>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    loaded = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=date(2026, 11, 23))
    for audience, who in (("internal", "the team"), ("user", "readers")):
        pages = {page.address: page.html for page in pipeline.portal(loaded, audience).pages}
        assert f"<h1>Offline &lt;charting&gt;</h1><p>Ours, for {who}.</p>" in pages["roadmap/offline"]
        assert "Offline &lt;charting&gt;" in pages["roadmap"]
