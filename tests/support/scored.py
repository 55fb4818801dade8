"""Plans in memory, for scoring: a file is a path in the content folder and its YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twofold.loading import records
from twofold.model.settings import SECTIONS, Settings
from twofold.plan import Plan, link
from twofold.source.files import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VECTOR: Final = {
    "personas/nurse.yml": "name: Nurse\nside: user\nweight: 2\n",
    "personas/doctor.yml": "name: Doctor\nside: user\n",
    "personas/cio.yml": "name: Cio\nside: customer\npopulation: 40\n",
    "personas/cfo.yml": "name: Cfo\nside: customer\n",
    "feedback/talks.yml": (
        "findings:\n"
        "  - id: f1\n"
        "    summary: Offline.\n"
        "    theme: offline\n"
        "    voices:\n"
        "      - {persona: nurse, mentions: 41, asked: 60, importance: 5, satisfaction: 2}\n"
        "      - {persona: cio, mentions: 3, asked: 12, importance: 4, satisfaction: 3}\n"
        "  - id: f2\n"
        "    summary: Handover.\n"
        "    theme: handover\n"
        "    voices:\n"
        "      - {persona: nurse, mentions: 12, asked: 60, importance: 3, satisfaction: 3}\n"
        "      - {persona: doctor, mentions: 9, asked: 20, importance: 4}\n"
    ),
    "roadmap/offline-charting.yml": (
        "title: Offline charting\nstatus: idea\nevidence: [f1, f2]\neffort: 8\nconfidence: 0.8\n"
    ),
}
"""The test vector of the formulas, as records."""


def plan_of(files: Mapping[str, str], **settings: Any) -> Plan:  # noqa: ANN401 - whatever a setting takes
    """Load and link; what is wrong with them fails the test."""
    chosen = Settings.model_validate(settings)
    documents = []
    for source, text in files.items():
        found = records.load(
            Text(path=source, text=text), source, vocabulary=chosen.vocabulary, labels=SECTIONS
        )
        assert found.problems == ()
        assert found.document is not None
        documents.append(found.document)
    linked = link(documents, settings=chosen, name="Ward", pages={})
    assert linked.problems == ()
    return linked.plan


def write_project(folder: Path, files: Mapping[str, str], settings: str = "{}") -> None:
    """Write the files with a `mkdocs.yml`; `settings` is YAML in braces."""
    mkdocs = f"site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold: {settings}\n"
    for path, text in {
        "mkdocs.yml": mkdocs,
        **{f"content/{one}": text for one, text in files.items()},
    }.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
