"""What is measured, which parts of the suite measure it, and at which sizes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = (100, 500, 2000, 8000)
"""Numbers of items."""


class Subject(StrEnum):
    """One thing that is measured, as tables call it."""

    CHECK_COLD = "check, cold"
    CHECK_UNCHANGED = "check, unchanged"
    CHECK_EDITED = "check, one edited"
    SCORE = "score"
    DIFF = "diff of 20 records"
    BUILD_COLD = "build, cold"
    BUILD_UNCHANGED = "build, unchanged"
    BUILD_EDITED = "build, one edited"
    AUDIENCES_COLD = "three audiences"
    SERVE = "serve, saved to shown"
    SERVE_PUBLIC = "serve, a public page"
    SERVE_AGAIN = "serve, saved once more"
    READ = "read and link"
    RANK = "rank all items"
    COMPOSE = "C compose"
    COMPOSE_ALONE = "C compose alone"
    BARE = "bare MkDocs"
    NAIVE = "naive MkDocs"
    ZENSICAL = "Zensical"


COMMANDS: Final = (
    Subject.CHECK_COLD,
    Subject.CHECK_UNCHANGED,
    Subject.CHECK_EDITED,
    Subject.SCORE,
    Subject.DIFF,
    Subject.BUILD_COLD,
    Subject.BUILD_UNCHANGED,
    Subject.BUILD_EDITED,
    Subject.AUDIENCES_COLD,
    Subject.SERVE,
)
"""What people run. The rest is what that is compared with."""

PARTS: Final[dict[str, tuple[Subject, ...]]] = {
    "check": (
        Subject.CHECK_COLD,
        Subject.CHECK_UNCHANGED,
        Subject.CHECK_EDITED,
        Subject.COMPOSE,
        Subject.COMPOSE_ALONE,
    ),
    "score": (Subject.SCORE, Subject.READ, Subject.RANK),
    "diff": (Subject.DIFF, Subject.CHECK_COLD),
    "build": (Subject.BUILD_COLD, Subject.BUILD_UNCHANGED, Subject.BUILD_EDITED, Subject.BARE, Subject.NAIVE),
    "audiences": (Subject.AUDIENCES_COLD, Subject.BUILD_COLD),
    "serve": (Subject.SERVE, Subject.SERVE_PUBLIC, Subject.SERVE_AGAIN),
    "growth": COMMANDS,
    "yardsticks": (Subject.COMPOSE, Subject.COMPOSE_ALONE, Subject.BARE, Subject.NAIVE, Subject.ZENSICAL),
}
"""What each part measures: with each command what its bounds are about."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one run, and which of them the bounds are about."""

    all: Sequence[int]

    @property
    def reference(self) -> int:
        """The size that most bounds are about: 2,000 items; without it, the largest."""
        return 2000 if 2000 in self.all else self.largest

    @property
    def small(self) -> int:
        """From where growth counts, and what the naive portal is built of: 500 items; without it, the fewest."""
        return 500 if 500 in self.all else min(self.all)

    @property
    def largest(self) -> int:
        """To where growth counts."""
        return max(self.all)

    def of(self, subject: Subject) -> frozenset[int]:
        """At which sizes a subject is measured."""
        match subject:
            case Subject.NAIVE | Subject.ZENSICAL:
                # The one grows with the square of its pages; the search index of the other takes no longer texts.
                return frozenset({self.small})
            case Subject.READ | Subject.RANK | Subject.SERVE_PUBLIC | Subject.SERVE_AGAIN:
                return frozenset({self.reference})
            case _:
                return frozenset(self.all)


def wanted(parts: Sequence[str], sizes: Sizes, items: int) -> frozenset[Subject]:
    """What is to be measured of a plan with so many items."""
    ends = {sizes.small, sizes.largest}
    return frozenset(
        subject
        for part in parts
        if part != "growth" or items in ends
        for subject in PARTS[part]
        if items in sizes.of(subject)
    )
