"""The texts of records."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from tests.plans import vocabulary as words
from tests.plans.outline import Item, Outline, Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random


def narratives(
    outline: Outline, chance: Random, record: Record, labels: Sequence[str]
) -> dict[str, list[str]]:
    """The paragraphs and blocks of each section; under "" the description, under "internal" the inside."""
    thing = record.thing if isinstance(record, Item) else chance.choice(words.THINGS)
    place = record.place if isinstance(record, Item) else chance.choice(words.PLACES)
    texts: dict[str, list[str]] = {}
    if chance.random() < 0.6:
        texts[""] = [f"Grown out of the {ordinal(chance.randrange(999))} look at {thing} {place}."]
    for label in labels:
        source = words.FOR_USERS if label == "user" else words.FOR_CUSTOMERS
        texts[label] = _paragraphs(chance, source, thing, place)
    texts["internal"] = _paragraphs(chance, words.INTERNAL, thing, place)
    if chance.random() < 0.15:
        label = chance.choice((*labels, "internal"))
        texts[label].extend(_see_also(outline, chance, record, label))
    if chance.random() < 0.25:
        texts[chance.choice((*labels, "internal"))].append(_listing(chance))
    if chance.random() < 0.05:
        texts[chance.choice((*labels, "internal"))].append(chance.choice(_BLOCKS).format(thing=thing))
    return texts


def _paragraphs(chance: Random, source: Sequence[str], thing: str, place: str) -> list[str]:
    sentences = [fill(chance, text, thing, place) for text in chance.sample(source, chance.randint(3, 5))]
    cuts = (1, 3) if len(sentences) > 3 else (1, 2)
    parts = (sentences[: cuts[0]], sentences[cuts[0] : cuts[1]], sentences[cuts[1] :])
    return [" ".join(part) for part in parts if part]


def _see_also(outline: Outline, chance: Random, record: Record, label: str) -> list[str]:
    """A paragraph with a link that readers of the label can follow; nothing where there is no such record."""
    near: list[Record] = [
        *chance.sample(outline.items, min(12, len(outline.items))),
        *outline.objectives[:6],
    ]
    shown = [other for other in near if label == "internal" or label in other.readers]
    shown = [other for other in shown if other.id != record.id]
    if not shown:
        return []
    other = chance.choice(shown)
    address = posixpath.relpath(other.path, posixpath.dirname(record.path))
    return [f"It belongs together with [what we wrote there]({address})."]


def _listing(chance: Random) -> str:
    rows = [f"- {one.capitalize()}" for one in chance.sample(words.THINGS, 3)]
    rows[1] += f"\n  - {chance.choice(words.PLACES)}"
    return "What it covers:\n\n" + "\n".join(rows)


_BLOCKS: Final = (
    "| Ward | Before | After |\n|---|--:|--:|\n| Surgery, {thing} | 12 | 4 |\n| Paediatrics | 9 | 3 |",
    '```json\n{{\n  "kind": "{thing}",\n  "kept": true\n}}\n```',
    '!!! note "Where to find it"\n\n    In the menu under *{thing}*, from the next login on.',
    "- [x] {thing} on tablets\n- [ ] {thing} on phones",
)


def fill(chance: Random, template: str, thing: str, place: str) -> str:
    who = chance.choice(words.WHO)
    return template.format(
        thing=thing,
        Thing=thing[:1].upper() + thing[1:],
        place=place,
        Place=place[:1].upper() + place[1:],
        trouble=chance.choice(words.TROUBLES),
        who=who,
        Who=who[:1].upper() + who[1:],
    )


def ordinal(number: int) -> str:
    return ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")[number % 7]
