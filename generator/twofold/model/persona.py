"""Personas: the people of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from twofold.model.fields import (
    Count,
    FindingId,
    MetricId,
    Number,
    Score,
    Text,
    Texts,
    addable,
    never,
    public,
)
from twofold.model.record import Kind, Narrated, References, Side, listed

if TYPE_CHECKING:
    from collections.abc import Iterator


class Persona(Narrated):
    """A persona: `personas/ward-nurse.md`."""

    name: Annotated[Text, public("Ward nurse")]
    """What the persona is called."""

    side: Annotated[Side, addable("user")]
    """`customer` decides and pays, `user` works with the product every day, `both` does both."""

    role: Annotated[Text | None, public("Registered nurse on a surgical ward")] = None
    """The job, in a few words."""

    segment: Annotated[Text | None, addable("Hospitals above 400 beds")] = None
    """The part of the market that the persona comes from."""

    goal: Annotated[Text | None, addable("Go home on time with every chart complete")] = None
    """What the persona wants above all."""

    jobs: Annotated[Texts, addable(["Chart vital signs at the bedside"])] = ()
    """Jobs to be done with the product."""

    motivations: Annotated[Texts, addable(["Time for patients"])] = ()
    """What moves the persona to act."""

    pains: Annotated[Texts, addable(["The network fails in the lift"])] = ()
    """What goes wrong today."""

    success_criteria: Annotated[Texts, addable(["No charting after the shift"])] = ()
    """How the persona would know that things are better."""

    population: Annotated[Count | None, Field(ge=1), addable(1200)] = None
    """How many people or accounts it stands for, 1 or more. Where few exist, it narrows a score's range."""

    weight: Annotated[Number, Field(ge=0), never(2)] = 1.0
    """How much the persona counts within its side, 0 or more, relative to the others; default 1."""

    influence: Annotated[Score | None, addable(4)] = None
    """How much say the persona has, 1 to 5: the height on the stakeholder map."""

    interest: Annotated[Score | None, addable(5)] = None
    """How much the persona cares, 1 to 5: the width on the stakeholder map."""

    evidence: Annotated[tuple[FindingId, ...], addable(["network-drops"])] = ()
    """The findings that the persona was drawn from."""

    metrics: Annotated[tuple[MetricId, ...], addable(["charting-overtime"])] = ()
    """The metrics by which the persona would measure success."""

    @property
    def title(self) -> str:
        """The name."""
        return self.name

    def references(self) -> Iterator[References]:
        """Findings and metrics."""
        yield listed("evidence", Kind.FINDING, self.evidence)
        yield listed("metrics", Kind.METRIC, self.metrics)
