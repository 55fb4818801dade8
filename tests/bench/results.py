"""What one run of the suite has found, for JSON and for tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tests.bench.bounds import Verdict
    from tests.bench.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that is told of a run."""

    on: date
    machine: Mapping[str, object]
    runs: int
    seed: int
    parts: Sequence[str]
    sizes: Sequence[int]
    figures: Sequence[Figure]
    verdicts: Sequence[Verdict]
    notes: Sequence[str]
    """What a reader has to know beside the figures."""

    @property
    def holds(self) -> bool:
        """Whether all bounds hold."""
        return all(verdict.holds for verdict in self.verdicts)

    def as_data(self) -> dict[str, object]:
        """For JSON. Times in seconds, sizes in bytes."""
        return {
            "date": self.on.isoformat(),
            "machine": dict(self.machine),
            "runs": self.runs,
            "seed": self.seed,
            "parts": list(self.parts),
            "sizes": list(self.sizes),
            "figures": [figure.as_data() for figure in self.figures],
            "bounds": [verdict.as_data() for verdict in self.verdicts],
            "notes": list(self.notes),
            "holds": self.holds,
        }
