"""What a scoring model is: the part of scoring that others may replace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from twofold.config import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twofold.scoring.hearing import Rating


class ModelError(ConfigurationError):
    """A model that is not there, or does not do what a model does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A figure that a model asks of each item, under `inputs`."""

    name: str
    """As it is written: `reach`."""

    meaning: str
    """What it is, with unit and range, for people."""

    minimum: float = 0.0
    """The least that makes sense; what is below it is not ranked."""

    optional: bool = False
    """Whether the model has something to put in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a model is told of an item."""

    id: str
    customer: float
    """The customers' score, 0 to 100."""

    user: float
    """The users' score, 0 to 100."""

    confidence: float
    """0 to 1; 1 where none is given."""

    effort: float
    """Person-weeks, above 0. Only a model without `needs_effort` is given 0, for an item without estimate."""

    inputs: Mapping[str, float]
    """The item's `inputs`. Those that the model declares are there, unless they are optional."""

    ratings: Sequence[Rating]
    """Of every scored voice in the item's evidence that brought the need up."""


class Model(Protocol):
    """Turns what is known of an item into a priority: the higher, the sooner.

    A model's docstring is its description: its scale, and where it comes from. It is made without
    arguments, once. It must be pure: the same figures give the same priority.
    """

    title: str
    """What people call it: `RICE`."""

    formula: str
    """For people: `reach × impact × confidence ÷ effort`."""

    inputs: Sequence[Input]
    """What it asks of each item, beside what every item has."""

    needs_effort: bool
    """Whether an item without effort has no priority. It is then ranked last, as not estimated."""

    def priority(self, candidate: Candidate, *, value: float) -> float | None:
        """A finite number; None where what the candidate has does not suffice.

        `value` is the item's value, 0 to 100. It is asked for again with either end of the value's range,
        and with the values that other customer weights would give.
        """
