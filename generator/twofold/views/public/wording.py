"""The words of public portals: what pages are called by whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Change, Direction, Horizon, Stage, Status
from twofold.model.period import day_name

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one portal calls its pages."""

    releases: str
    releases_lead: str
    latest: str
    """Over the newest release, on the home page."""

    roadmap: str
    roadmap_lead: str
    objectives: str
    objectives_lead: str
    metrics: str
    metrics_lead: str
    heard: str
    heard_lead: str
    people: str
    people_lead: str
    home: tuple[str, ...]
    """The parts of the home page, in their order."""

    aside: frozenset[str]
    """The pages that stand below the others in the navigation."""

    by_change: bool
    """Whether a release tells its entries by kind of change."""


_HEARD = "What people told us, in their words, and what came of it."
_PEOPLE = "The people we have in mind, and what we want to do for them."

CUSTOMER = Wording(
    releases="Value delivered",
    releases_lead="What each release has brought, the newest first.",
    latest="Latest delivery",
    roadmap="Where we are going",
    roadmap_lead="What we are working on now, what follows, and what comes later.",
    objectives="What we aim for",
    objectives_lead="What the work is for, what has been delivered towards it, and what is on its way.",
    metrics="Success in figures",
    metrics_lead="How we measure whether it helps, whichever way the figures move.",
    heard="You said, we did",
    heard_lead=_HEARD,
    people="Who it is for",
    people_lead=_PEOPLE,
    home=("figures", "objectives", "latest", "ahead", "heard"),
    aside=frozenset(),
    by_change=False,
)
USER = Wording(
    releases="What’s new",
    releases_lead="What has changed, the newest first.",
    latest="New for you",
    roadmap="Coming next",
    roadmap_lead="What is being built for you.",
    objectives="What we aim for",
    objectives_lead="What the work is for, what is there already, and what is on its way.",
    metrics="Does it help?",
    metrics_lead="How we measure whether it helps, whichever way the figures move.",
    heard="You said, we did",
    heard_lead=_HEARD,
    people="Who it is for",
    people_lead=_PEOPLE,
    home=("latest", "ahead", "heard", "figures"),
    aside=frozenset({"objectives", "metrics", "people"}),
    by_change=True,
)
NEUTRAL = Wording(
    releases="Releases",
    releases_lead="What each release has brought, the newest first.",
    latest="Latest release",
    roadmap="Roadmap",
    roadmap_lead="What is being worked on, and what follows.",
    objectives="Objectives",
    objectives_lead="What the work is for, what has been delivered towards it, and what is on its way.",
    metrics="Success metrics",
    metrics_lead="How it is measured whether the work helps, whichever way the figures move.",
    heard="You said, we did",
    heard_lead=_HEARD,
    people="Who it is for",
    people_lead=_PEOPLE,
    home=("figures", "latest", "ahead", "objectives", "heard"),
    aside=frozenset(),
    by_change=True,
)

STATUS = {
    Status.IDEA: "Idea",
    Status.PLANNED: "Planned",
    Status.IN_PROGRESS: "In progress",
    Status.RELEASED: "Released",
    Status.DECLINED: "Declined",
}
HORIZON = {Horizon.NOW: "Now", Horizon.NEXT: "Next", Horizon.LATER: "Later"}
CHANGE = {
    Change.ADDED: "Added",
    Change.CHANGED: "Changed",
    Change.FIXED: "Fixed",
    Change.DEPRECATED: "Deprecated",
    Change.REMOVED: "Removed",
    Change.SECURITY: "Security",
}
"""In the order in which a release tells them."""

STAGE = {Stage.PILOT: "Pilot", Stage.BETA: "Beta", Stage.GENERAL: "Generally available"}
DIRECTION = {Direction.UP: "Higher is better", Direction.DOWN: "Lower is better"}


def wording(audience: str) -> Wording:
    """The words for an audience; added audiences get neutral ones."""
    return {"customer": CUSTOMER, "user": USER}.get(audience, NEUTRAL)


def whom(label: str) -> str:
    """Whom a text is for, where there are several: `For customers`."""
    return {"customer": "For customers", "user": "For users"}.get(label, f"For {label}")


def day(when: date) -> str:
    """`30 November 2026`."""
    return day_name(when)


def number(value: float) -> str:
    """A number as people write it: `5`, `4.5`, `12,000`; at most two decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(value: float, unit: str | None) -> str:
    """A number with its unit: `5.2 hours`, `20%`."""
    if not unit:
        return number(value)
    return f"{number(value)}{'' if unit in {'%', '‰', '°'} else ' '}{unit}"


def listed(parts: tuple[str, ...]) -> str:
    """`3 released, 2 in progress`."""
    return ", ".join(parts)
