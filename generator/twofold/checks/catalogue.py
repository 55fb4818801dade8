"""Every rule there is, by code."""

from __future__ import annotations

from types import MappingProxyType

from twofold.checks import (
    age,
    balance,
    dates,
    delivery,
    dependencies,
    evidence,
    items,
    objectives,
    privacy,
    publication,
    secrets,
    voices,
)
from twofold.diagnostics import Rule
from twofold.loading import rules as fields
from twofold.loading import suppressions
from twofold.plan import rules as references
from twofold.prose import images, links, unsafe
from twofold.source import files, frontmatter, headings, limits, yaml

_HOMES = (
    *(files, frontmatter, limits, yaml, headings, fields, suppressions, references, links, images, unsafe),
    *(
        dates,
        delivery,
        dependencies,
        evidence,
        voices,
        items,
        objectives,
        age,
        balance,
        publication,
        privacy,
        secrets,
    ),
)


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for home in _HOMES:
        for value in vars(home).values():
            group = value.values() if isinstance(value, dict) else (value,)
            found.update({rule.code: rule for rule in group if isinstance(rule, Rule)})
    return dict(sorted(found.items()))


RULES = MappingProxyType(_rules())
"""Code to rule, in the order of the codes."""
