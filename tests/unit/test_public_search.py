"""Material's search takes public pages as they are, with lists and terms in what is kept out of its index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from material.plugins.search.plugin import Parser  # type: ignore[import-untyped] # brings none

from twofold import pipeline

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    r"First.\n\n- one\n  - nested\n\n1. two\n\n> quoted\n\n"
    r"| a |\n|---|\n| b |\n\n!!! note\n\n    Note.\n"
)
ITEM = f"""\
title: I
status: released
release: r1
publish: [customer, user]
availability: Everybody
action: Nothing
change: added
sections: {{customer: "{TEXT}", user: "{TEXT}"}}
"""
RELEASE = f"""\
version: "1"
date: 2026-09-29
publish: [customer, user]
notes:
  - {{id: a, item: one, stage: pilot, customer: "{TEXT}", user: "{TEXT}", action: Try it}}
  - {{id: b, customer: "{TEXT}", user: "{TEXT}", availability: Some}}
sections: {{customer: "{TEXT}", user: "{TEXT}"}}
"""
FILES = {
    "mkdocs.yml": "site_name: Ward\ndocs_dir: content\nplugins: [twofold]\n",
    "content/roadmap/one.yml": ITEM,
    "content/roadmap/two.yml": ITEM,
    "content/releases/r1.yml": RELEASE,
    "content/releases/r2.yml": RELEASE,
}


@pytest.mark.parametrize("audience", ["customer", "user"])
def test_every_page_can_be_indexed_and_what_is_kept_out_stays_out(audience: str, tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    loaded = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=date(2026, 11, 23))
    indexed = {}
    for page in pipeline.portal(loaded, audience).pages:
        parser = Parser()
        parser.feed(page.html)
        parser.close()
        indexed[page.address] = " ".join("".join(section.text) for section in parser.data)
    # A release's page has its texts; the list of all releases would only repeat them.
    assert "nested" in indexed["releases/r1"]
    assert "nested" not in indexed["releases"]
