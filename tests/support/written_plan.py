"""A small plan as people write it, to be changed from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twofold import cli

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS: Final = "site_name: Ward\ndocs_dir: content\nplugins: [twofold]\n"
ITEM: Final = """\
---
# Why this is here: the talk of 3 June.
title: "Offline charting"   # two words
status: planned
horizon: next
publish: [customer, user]

tags:
  - mobile   # the app
---
What the team knows.

## For customers

Your wards chart through an outage. See [the study](https://example.org/study) for more.

## For users

You chart in the lift, too. More follows.
"""
FEEDBACK: Final = """\
title: Talks
collected: 2026-10-01
findings:
  - id: network-drops
    summary: >-
      The network fails at night.
    voices:
      - {persona: nurse, mentions: 41, asked: 60, importance: 5, satisfaction: 2}   # counted twice
"""
METRICS: Final = """\
- id: overtime
  title: Overtime
  side: user
  direction: down
  target: {date: 2027-03-31, value: 10}
"""


def run(*arguments: str) -> int:
    return cli.run([*arguments, "--today", "2026-11-23"])


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
