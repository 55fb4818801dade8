"""Many runs of one thing as one figure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.measure import Sample
    from tests.bench.subjects import Subject

Figures: TypeAlias = "Mapping[tuple[Subject, int], Figure]"
"""By what was measured and the number of items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The medians of several runs; each of the values for itself, but of memory the most."""

    subject: Subject
    items: int
    runs: int
    processor: float
    wall: float
    memory: int
    written: int
    pages: int
    page_bytes: int
    each_processor: tuple[float, ...]
    """Processor time of the single runs, in their order."""
    each_wall: tuple[float, ...]

    @classmethod
    def of(
        cls, subject: Subject, items: int, samples: Sequence[Sample], looks: Sequence[Sample] = ()
    ) -> Figure:
        """Take the medians of at least one run; `looks` are others, of which the memory alone counts."""
        return cls(
            subject=subject,
            items=items,
            runs=len(samples),
            processor=median(sample.processor for sample in samples),
            wall=median(sample.wall for sample in samples),
            memory=max(sample.memory for sample in (*samples, *looks)),
            written=round(median(sample.written for sample in samples)),
            pages=samples[-1].pages,
            page_bytes=round(median(sample.page_bytes for sample in samples)),
            each_processor=tuple(sample.processor for sample in samples),
            each_wall=tuple(sample.wall for sample in samples),
        )

    @property
    def bytes_per_page(self) -> float:
        """Of HTML alone; 0 for what makes none."""
        return self.page_bytes / self.pages if self.pages else 0.0

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "subject": str(self.subject)}
