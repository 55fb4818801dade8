"""Other views of the same things: the pages that stand beside one another in the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from twofold.plan import addresses
from twofold.plan.addresses import Ref

ROADMAP = (
    Ref(title="Board", address=addresses.ROADMAP),
    Ref(title="Timeline", address=addresses.TIMELINE),
    Ref(title="By objective", address=addresses.BY_OBJECTIVE),
    Ref(title="By persona", address=addresses.BY_PERSONA),
    Ref(title="Decisions", address=addresses.DECISIONS),
    Ref(title="Not estimated", address=addresses.NOT_ESTIMATED),
)
PRIORITIES = (
    Ref(title="Scores", address=addresses.SCORES),
    Ref(title="Balance", address=addresses.BALANCE),
    Ref(title="Needs by persona", address=addresses.NEEDS),
    Ref(title="Methodology", address=addresses.METHODOLOGY),
)
PEOPLE = (
    Ref(title="Personas", address=addresses.PERSONAS),
    Ref(title="Stakeholder map", address=addresses.STAKEHOLDERS),
)
FEEDBACK = (
    Ref(title="By theme", address=addresses.FEEDBACK),
    Ref(title="By persona", address=addresses.VOICES),
    Ref(title="By summary", address=addresses.SUMMARIES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link to another view of the same things."""

    ref: Ref
    here: bool
    """Whether it is the page that the reader is on."""


def ways(group: tuple[Ref, ...], here: str) -> tuple[Way, ...]:
    """A group of views, as it stands above one of them."""
    return tuple(Way(ref=ref, here=ref.address == here) for ref in group)
