"""Small choices that all records need."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

T = TypeVar("T")


def pick_all(chance: Random, options: Sequence[T], count: int) -> list[T]:
    """That many options in random order; where there are too few, all of them come round again."""
    picked: list[T] = []
    while len(picked) < count:
        picked += chance.sample(options, min(len(options), count - len(picked)))
    return picked


def some(chance: Random, options: Sequence[str], most: int) -> list[str]:
    return sorted(chance.sample(options, min(len(options), chance.randint(1, most))))


def subset(chance: Random, labels: Sequence[str]) -> tuple[str, ...]:
    """At least one of the labels, as far as there is one."""
    kept = tuple(label for label in labels if chance.random() < 0.6)
    return kept or tuple(labels[:1])


def suffix(index: int) -> str:
    """Most records are Markdown; every twelfth is YAML alone."""
    return "yml" if index % 12 == 11 else "md"


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def numbered(identifier: str, index: int, combinations: int) -> str:
    """The id, with a number from the second time that the same words come round."""
    turn = index // combinations
    return f"{identifier}-{turn + 1}" if turn else identifier


def last_day_of_quarter(year: int, number: int) -> date:
    following = date(year + 1, 1, 1) if number == 3 else date(year, number * 3 + 4, 1)
    return following - timedelta(days=1)
