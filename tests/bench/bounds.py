"""What must hold, and whether it does."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tests.bench.subjects import COMMANDS, PARTS, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.figures import Figure, Figures
    from tests.bench.subjects import Sizes

Of: TypeAlias = Literal["processor", "wall", "memory", "HTML"]
"""Processor time where both sides are one process, since other work on the machine lengthens it little; wall time
where several processes work or somebody waits for a page."""

OTHER: Final[dict[Literal["processor", "wall"], Literal["processor", "wall"]]] = {
    "processor": "wall",
    "wall": "processor",
}
SHOWN: Final = 1.5
"""Seconds."""
GROWTH: Final = 1.15
DRIFT: Final = 0.05
"""Of the bytes of a page, up or down."""
MEMORY: Final = 1000.0
"""MB, of a million bytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One bound, and what came of it."""

    name: str
    items: str
    of: Of
    value: float | None
    """None where it was to be measured and was not."""
    other: float | None = None
    """The same of the other time, which decides nothing: wall time beside processor time, and the reverse."""
    unit: str = "×"
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value is known and within its bounds."""
        return (
            self.value is not None
            and (self.least is None or self.value >= self.least)
            and (self.most is None or self.value <= self.most)
        )

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "holds": self.holds}


def verdicts(figures: Figures, parts: Sequence[str], sizes: Sizes) -> list[Verdict]:
    """All bounds that the parts asked for are about."""
    judge = Judge(figures, sizes)
    found: list[Verdict] = []
    if "check" in parts:
        found += [
            judge.ratio(Subject.CHECK_COLD, Subject.COMPOSE, most=3),
            judge.ratio(Subject.CHECK_UNCHANGED, Subject.COMPOSE, most=1.2),
            judge.ratio(Subject.CHECK_EDITED, Subject.COMPOSE, most=2),
        ]
    if "score" in parts:
        found.append(judge.ratio(Subject.RANK, Subject.READ, most=0.5))
    if "diff" in parts:
        found.append(judge.ratio(Subject.DIFF, Subject.CHECK_COLD, most=1.5))
    if "build" in parts:
        found += [
            judge.ratio(Subject.BUILD_COLD, Subject.BARE, of="wall", most=0.6),
            judge.ratio(Subject.BUILD_UNCHANGED, Subject.BARE, of="wall", most=0.1),
            judge.ratio(Subject.BUILD_EDITED, Subject.BARE, of="wall", most=0.3),
            judge.ratio(Subject.NAIVE, Subject.BUILD_COLD, of="wall", items=sizes.small, least=5),
        ]
    if "audiences" in parts:
        found.append(judge.ratio(Subject.AUDIENCES_COLD, Subject.BUILD_COLD, of="wall", most=1.6))
    if "serve" in parts:
        found += map(judge.shown, PARTS["serve"])
    commands = {subject for part in parts for subject in PARTS[part]} & set(COMMANDS)
    if commands and sizes.small < sizes.largest:
        found += judge.growth([subject for subject in COMMANDS if subject in commands])
    return found


class Judge:
    """Compares figures. One that is missing makes a verdict that does not hold."""

    def __init__(self, figures: Figures, sizes: Sizes) -> None:
        self.figures = figures
        self.sizes = sizes

    def ratio(
        self,
        one: Subject,
        other: Subject,
        *,
        items: int | None = None,
        of: Literal["processor", "wall"] = "processor",
        least: float | None = None,
        most: float | None = None,
    ) -> Verdict:
        """What one costs of the other; without `items` at the size that most bounds are about.

        Both have run in turn: each run is compared with its own other side, and the median of that counts, so
        that a machine which slows down for some minutes weighs on both sides alike.
        """
        items = items or self.sizes.reference
        above, below = self.figures.get((one, items)), self.figures.get((other, items))
        return Verdict(
            name=f"{one} / {other}",
            items=f"{items:,}",
            of=of,
            value=_compared(above, below, of),
            other=_compared(above, below, OTHER[of]),
            least=least,
            most=most,
        )

    def shown(self, subject: Subject) -> Verdict:
        """What somebody waits who has saved an item."""
        items = self.sizes.reference
        figure = self.figures.get((subject, items))
        return Verdict(
            name=subject,
            items=f"{items:,}",
            of="wall",
            value=_of(figure, "wall"),
            other=_of(figure, "processor"),
            unit=" s",
            most=SHOWN,
        )

    def growth(self, commands: Sequence[Subject]) -> Iterator[Verdict]:
        """What the largest plan costs more than a small one, for each item and for each page."""
        few, many = self.sizes.small, self.sizes.largest
        both = f"{many:,}/{few:,}"
        for subject in commands:
            small, large = self.figures.get((subject, few)), self.figures.get((subject, many))
            processor = _quotient(_of(large, "processor"), _of(small, "processor"))
            wall = _quotient(_of(large, "wall"), _of(small, "wall"))
            yield Verdict(
                name=f"{subject}, per item",
                items=both,
                of="processor",
                value=None if processor is None else processor * few / many,
                other=None if wall is None else wall * few / many,
                most=GROWTH,
            )
        if Subject.BUILD_COLD in commands:
            small, large = (self.figures.get((Subject.BUILD_COLD, items)) for items in (few, many))
            yield Verdict(
                name="bytes of HTML per page",
                items=both,
                of="HTML",
                value=_quotient(_of(large, "bytes_per_page"), _of(small, "bytes_per_page")),
                least=1 - DRIFT,
                most=1 + DRIFT,
            )
        figures = [self.figures.get((subject, many)) for subject in commands]
        most = max((figure for figure in figures if figure), key=lambda figure: figure.memory, default=None)
        yield Verdict(
            name=f"peak memory ({most.subject})" if most else "peak memory",
            items=f"{many:,}",
            of="memory",
            value=most.memory / 1e6 if most and all(figures) else None,
            unit=" MB",
            most=MEMORY,
        )


def _compared(above: Figure | None, below: Figure | None, of: Literal["processor", "wall"]) -> float | None:
    """The median of one in terms of the other, run by run; of both medians where one has run less often."""
    if above is None or below is None or above.runs != below.runs:
        return _quotient(_of(above, of), _of(below, of))
    sides = zip(getattr(above, f"each_{of}"), getattr(below, f"each_{of}"), strict=True)
    found = [_quotient(one, other) for one, other in sides]
    known = [value for value in found if value is not None]
    return median(known) if len(known) == len(found) else None


def _quotient(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _of(figure: Figure | None, value: Literal["processor", "wall", "bytes_per_page"]) -> float | None:
    return float(getattr(figure, value)) if figure else None
