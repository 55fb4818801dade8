"""The test vector of the formulas: a small plan, and what it must come to.

Whoever wants to check the formulas, or to write them anew, can do so with it. The internal portal shows it
computed by the code that computes everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.loading import records
from twofold.model.settings import SECTIONS, Settings
from twofold.plan import link
from twofold.scoring.ranking import rank
from twofold.source.files import Text

if TYPE_CHECKING:
    from twofold.plan import Plan
    from twofold.scoring.ranking import Scored

RECORDS = {
    "personas/nurse.yml": "name: Nurse\nside: user\nweight: 2\n",
    "personas/doctor.yml": "name: Doctor\nside: user\n",
    "personas/cio.yml": "name: CIO\nside: customer\npopulation: 40\n",
    "personas/cfo.yml": "name: CFO\nside: customer\n",
    "feedback/vector.yml": """\
findings:
  - id: f1
    summary: Charting stops with the network.
    theme: offline
    voices:
      - {persona: nurse, mentions: 41, asked: 60, importance: 5, satisfaction: 2}
      - {persona: cio, mentions: 3, asked: 12, importance: 4, satisfaction: 3}
  - id: f2
    summary: Handover takes too long.
    theme: handover
    voices:
      - {persona: nurse, mentions: 12, asked: 60, importance: 3, satisfaction: 3}
      - {persona: doctor, mentions: 9, asked: 20, importance: 4}
""",
    "roadmap/item.yml": """\
title: Offline charting
status: idea
evidence: [f1, f2]
effort: 8
confidence: 0.8
""",
}

EXPECTED = {
    "customer": (8.373092, 3.892049, 18.361952),
    "user": (39.804063, 32.257468, 49.741665),
    "value": (24.088577,),
    "priority": (2.408858,),
}
"""Each figure, with the ends of its range where they are given; six decimals."""


def vector() -> Scored:
    """The item of the test vector, scored now, with the settings' defaults."""
    (one,) = rank(_plan()).items
    return one


def _plan() -> Plan:
    settings = Settings()
    found = [
        records.load(
            Text(path=source, text=text), source, vocabulary=settings.vocabulary, labels=SECTIONS
        ).document
        for source, text in RECORDS.items()
    ]
    documents = [document for document in found if document is not None]
    return link(documents, settings=settings, name="Test vector", pages={}).plan
