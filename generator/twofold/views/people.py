"""Personas: the list of all of them by side, and the map of their influence and interest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING

from twofold.charts.scatter import NARROW, WIDE, Room, Scatter, Spot, scatter
from twofold.model import Kind, Side
from twofold.plan import addresses
from twofold.views import words
from twofold.views.evidence import said
from twofold.views.parts import Badge, side_badge
from twofold.views.persona import serving
from twofold.views.ways import PEOPLE, Way, ways

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from twofold.model import Persona, PersonaId
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaCard:
    """A persona in a list."""

    ref: Ref
    role: str
    said: str
    """How many findings have a voice of it, and how many items serve it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideGroup:
    """The personas of one side."""

    id: str
    badge: Badge
    note: str
    cards: tuple[PersonaCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """All that the list of personas prints."""

    template = "people.html"

    title: str
    ways: tuple[Way, ...]
    groups: tuple[SideGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A row of the stakeholder table."""

    ref: Ref
    side: Badge
    influence: str
    interest: str
    quarter: str
    """What the quarter of the map that they stand in is called."""

    said: str
    findings: int
    """By which the table sorts what they said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholdersView:
    """All that the stakeholder map prints."""

    template = "stakeholders.html"

    title: str
    ways: tuple[Way, ...]
    lead: str
    legend: tuple[Badge, ...]
    chart: Scatter | None
    narrow: Scatter | None
    """The same for a phone."""

    rows: tuple[Stakeholder, ...]
    open: bool
    """Whether the table is open at once: the map could not name everybody."""

    unplaced: tuple[Ref, ...]
    """Personas without influence or interest."""

    note: str
    is_empty: bool


SIDES = (Side.CUSTOMER, Side.USER, Side.BOTH)
_NOTES = {
    Side.CUSTOMER: "They decide and pay.",
    Side.USER: "They work with the product every day.",
    Side.BOTH: "They decide, and work with it.",
}
_MIDDLE = 3
_QUARTERS = ("Keep satisfied", "Work closely with", "Keep an eye on", "Keep informed")
"""Above left, above right, below left, below right."""


def people_view(plan: Plan) -> PeopleView:
    """Gather the list of personas."""
    groups = (
        SideGroup(
            id=side.value,
            badge=side_badge(side),
            note=_NOTES[side],
            cards=tuple(persona_card(plan, id) for id in by_name(plan) if plan.personas[id].side is side),
        )
        for side in SIDES
    )
    return PeopleView(
        title="Personas",
        ways=ways(PEOPLE, addresses.PERSONAS),
        groups=tuple(group for group in groups if group.cards),
    )


def stakeholders_view(
    plan: Plan, *, of: Collection[PersonaId] | None = None, id: str = "stakeholders"
) -> StakeholdersView:
    """Gather the stakeholder map, of everybody or of some; `id` begins the ids of the picture."""
    everybody = [(one, plan.personas[one]) for one in by_name(plan) if of is None or one in of]
    # The labels of those with the most say are placed first.
    placed = sorted(
        ((id, one, one.influence, one.interest) for id, one in everybody if one.influence and one.interest),
        key=lambda row: (-(row[2] or 0), -(row[3] or 0), row[1].name.casefold(), row[0]),
    )
    spots = [
        Spot(
            id=id,
            label=one.name,
            x=interest or 0.0,
            y=influence or 0.0,
            kind=one.side.value,
            title=(
                f"{one.name} ({words.SIDE[one.side].lower()}): influence {words.number(influence or 0)}, "
                f"interest {words.number(interest or 0)}"
            ),
        )
        for id, one, influence, interest in placed
    ]
    chart, narrow = (_chart(spots, id=id), _narrow(spots, id=id)) if spots else (None, None)
    left_out = chart.unlabelled if chart else 0
    return StakeholdersView(
        title="Stakeholder map",
        ways=ways(PEOPLE, addresses.STAKEHOLDERS),
        lead="Who has a say (upwards), and who cares (to the right).",
        legend=tuple(side_badge(side) for side in SIDES if any(one.side is side for _, one, _, _ in placed)),
        chart=chart,
        narrow=narrow,
        rows=tuple(
            Stakeholder(
                ref=addresses.record(plan, Kind.PERSONA, id),
                side=side_badge(one.side),
                influence=words.number(influence or 0),
                interest=words.number(interest or 0),
                quarter=_quarter(influence or 0, interest or 0),
                said=_said(plan, id),
                findings=len(said(plan, id)),
            )
            for id, one, influence, interest in placed
        ),
        open=left_out > 0,
        unplaced=tuple(
            addresses.record(plan, Kind.PERSONA, id)
            for id, one in everybody
            if not (one.influence and one.interest)
        ),
        note=f"{words.count(left_out, 'name')} found no room in the map; the table has all."
        if left_out
        else "",
        is_empty=not everybody,
    )


def _chart(spots: Sequence[Spot], *, id: str, room: Room = WIDE) -> Scatter:
    return scatter(
        spots,
        id=id,
        title="Influence against interest",
        summary=_summary(spots),
        across="Interest, 1 to 5",
        upwards="Influence, 1 to 5",
        corners=_QUARTERS,
        steps=_steps(spot.x for spot in spots),
        steps_upwards=_steps(spot.y for spot in spots),
        middle=_MIDDLE,
        room=room,
    )


def _narrow(spots: Sequence[Spot], *, id: str) -> Scatter:
    return _chart([replace(spot, title="") for spot in spots], id=f"{id}-narrow", room=NARROW)


def _steps(values: Iterable[float]) -> Sequence[float]:
    """The scale from where there is somebody, and always so far that the middle parts it."""
    known = list(values)
    low = min(floor(min(known)), _MIDDLE - 1)
    high = max(ceil(max(known)), _MIDDLE + 1)
    return range(low, high + 1)


def by_name(plan: Plan) -> list[PersonaId]:
    """All personas by name."""

    def name(id: PersonaId) -> tuple[str, str]:
        return (plan.personas[id].name.casefold(), id)

    return sorted(plan.personas, key=name)


def persona_card(plan: Plan, id: PersonaId) -> PersonaCard:
    """A persona in a list."""
    persona: Persona = plan.personas[id]
    return PersonaCard(
        ref=addresses.record(plan, Kind.PERSONA, id), role=persona.role or "", said=_said(plan, id)
    )


def _said(plan: Plan, id: PersonaId) -> str:
    findings = len(said(plan, id))
    heard = words.count(findings, "finding") if findings else "not asked yet"
    return f"{heard} · {words.count(len(serving(plan, id)), 'item')}"


def _quarter(influence: float, interest: float) -> str:
    # The middle of the scale counts as much: better one talk too many.
    return _QUARTERS[(0 if influence >= _MIDDLE else 2) + (1 if interest >= _MIDDLE else 0)]


def _summary(spots: Sequence[Spot]) -> str:
    close = [spot.label for spot in spots if _quarter(spot.y, spot.x) == _QUARTERS[1]]
    named = ", ".join(close[:5]) + (f" and {len(close) - 5:,} more" if len(close) > 5 else "")
    high = f" High in both: {named}." if close else ""
    return f"{words.count(len(spots), 'persona')} by influence (upwards) and interest (to the right).{high}"
