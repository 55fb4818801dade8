"""Every rule there is, by code."""

from __future__ import annotations

from types import MappingProxyType

from twofold.checks import items
from twofold.diagnostics import Rule
from twofold.loading import rules as fields
from twofold.plan import rules as references
from twofold.prose import images, links
from twofold.source import files, frontmatter, limits, sections, yaml

_HOMES = (files, frontmatter, limits, yaml, sections, fields, references, items, links, images)


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for home in _HOMES:
        for value in vars(home).values():
            group = value.values() if isinstance(value, dict) else (value,)
            found.update({rule.code: rule for rule in group if isinstance(rule, Rule)})
    return dict(sorted(found.items()))


RULES = MappingProxyType(_rules())
"""Code to rule, in the order of the codes."""
