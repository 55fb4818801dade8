"""You said, we did: published findings, and what answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.views.public.extras import added_facts
from twofold.views.public.parts import Quote, status_badge

if TYPE_CHECKING:
    from twofold.audience.published import PublishedFinding, PublishedItem, PublishedLink
    from twofold.views.public.parts import Badge, Fact, Named
    from twofold.views.public.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An item that answers a finding."""

    name: Named
    badge: Badge
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing that people said, and what came of it."""

    anchor: str
    title: str
    name: Named
    quotes: tuple[Quote, ...]
    answers: tuple[Answer, ...]
    facts: tuple[Fact, ...]
    links: tuple[PublishedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardView:
    """The page of what people said."""

    template = "public/heard.html"

    title: str
    lead: str
    groups: tuple[tuple[str, str, tuple[Heard, ...]], ...]
    """Anchor, heading (``""`` where there is only one group) and findings."""

    level: int
    """Of the findings' headings."""


def heard_view(shelf: Shelf) -> HeardView:
    """Gather the page of what people said."""
    groups: dict[str, list[Heard]] = {"Done": [], "On its way": [], "Also heard": []}
    for finding in ranked(shelf):
        answers = _answers(shelf, finding)
        if not answers:
            name = "Also heard"
        else:
            name = "Done" if answers[0].status is Status.RELEASED else "On its way"
        groups[name].append(heard(shelf, finding))
    found = [(name, tuple(group)) for name, group in groups.items() if group]
    return HeardView(
        title=shelf.words.heard,
        lead=shelf.words.heard_lead,
        level=3 if len(found) > 1 else 2,
        groups=tuple(
            (name.lower().replace(" ", "-"), name if len(found) > 1 else "", group) for name, group in found
        ),
    )


def ranked(shelf: Shelf) -> list[PublishedFinding]:
    """All findings: those that something released answers first, the newest answer first."""
    places = {item.id: place for place, item in enumerate(shelf.items)}

    def key(finding: PublishedFinding) -> tuple[bool, bool, int, str, str]:
        answers = _answers(shelf, finding)
        released = bool(answers) and answers[0].status is Status.RELEASED
        place = places[answers[0].id] if answers else 0
        return (not answers, not released, place, finding.title.casefold(), finding.id)

    return sorted(shelf.plan.findings.values(), key=key)


def heard(shelf: Shelf, finding: PublishedFinding) -> Heard:
    """One finding."""
    return Heard(
        anchor=finding.id,
        title=finding.title,
        name=shelf.finding(finding.id),
        quotes=quotes(finding),
        answers=tuple(
            Answer(name=shelf.item(item.id), badge=status_badge(item.status), due=shelf.due(item))
            for item in _answers(shelf, finding)
        ),
        facts=added_facts(shelf, finding),
        links=finding.links,
    )


def quotes(finding: PublishedFinding) -> tuple[Quote, ...]:
    """What people said, in their words."""
    return tuple(Quote(text=quote.text, attribution=quote.attribution or "") for quote in finding.quotes)


def _answers(shelf: Shelf, finding: PublishedFinding) -> list[PublishedItem]:
    """The items that answer a finding, released ones first."""
    items = shelf.by_finding.get(finding.id, ())
    return sorted(items, key=lambda item: item.status is not Status.RELEASED)
