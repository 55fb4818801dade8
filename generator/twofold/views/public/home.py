"""The home page of a public portal: what matters to its readers, in one screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model import Status
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views.public.ahead import NextRelease, open_items, upcoming
from twofold.views.public.cards import cards
from twofold.views.public.heard import heard, ranked
from twofold.views.public.metrics import figures
from twofold.views.public.objectives import aims
from twofold.views.public.releases import delivered

if TYPE_CHECKING:
    from twofold.views.public.heard import Heard
    from twofold.views.public.metrics import Figure
    from twofold.views.public.objectives import Aim
    from twofold.views.public.parts import Card, Entry
    from twofold.views.public.releases import Block
    from twofold.views.public.shelf import Shelf

MOST_FIGURES = 4
MOST_AIMS = 8
MOST_ENTRIES = 6
MOST_CARDS = 4
MOST_HEARD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the home page; one of the last five holds its content."""

    template: str
    anchor: str
    title: str
    more: Ref
    """The page with all of it."""

    figures: tuple[Figure, ...] = ()
    aims: tuple[Aim, ...] = ()
    block: Block | None = None
    entries: tuple[Entry, ...] = ()
    """The block's first entries."""

    release: NextRelease | None = None
    cards: tuple[Card, ...] = ()
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page."""

    template = "public/home.html"

    title: str
    lead: str
    sections: tuple[Section, ...]


def home_view(shelf: Shelf) -> HomeView:
    """Gather the home page: only parts that have something to show."""
    make = {
        "figures": _figures,
        "objectives": _objectives,
        "latest": _latest,
        "ahead": _ahead,
        "heard": _heard,
    }
    sections = (make[name](shelf) for name in shelf.words.home)
    return HomeView(
        title=shelf.plan.title,
        lead=shelf.plan.description or "",
        sections=tuple(section for section in sections if section is not None),
    )


def _figures(shelf: Shelf) -> Section | None:
    found = tuple(figure for figure in figures(shelf) if figure.value)[:MOST_FIGURES]
    if not found:
        return None
    return _section("figures", shelf.words.metrics, addresses.METRICS, figures=found)


def _objectives(shelf: Shelf) -> Section | None:
    found = aims(shelf)[:MOST_AIMS]
    return _section("objectives", shelf.words.objectives, addresses.OBJECTIVES, aims=found) if found else None


def _latest(shelf: Shelf) -> Section | None:
    blocks = delivered(shelf)
    if not blocks:
        return None
    entries = tuple(entry for group in blocks[0].groups for entry in group.entries)[:MOST_ENTRIES]
    return _section("latest", shelf.words.latest, addresses.RELEASES, block=blocks[0], entries=entries)


def _ahead(shelf: Shelf) -> Section | None:
    items = [item for item in open_items(shelf) if item.status is not Status.DECLINED]
    releases = upcoming(shelf)
    if not items and not releases:
        return None
    return _section(
        "ahead",
        shelf.words.roadmap,
        addresses.ROADMAP,
        release=releases[0] if releases else None,
        cards=cards(shelf, items[:MOST_CARDS]),
    )


def _heard(shelf: Shelf) -> Section | None:
    found = [finding for finding in ranked(shelf) if shelf.by_finding.get(finding.id)]
    # Those with words of their own say most.
    found.sort(key=lambda finding: not finding.quotes)
    if not found:
        return None
    shown = tuple(heard(shelf, finding) for finding in found[:MOST_HEARD])
    return _section("heard", shelf.words.heard, addresses.FEEDBACK, heard=shown)


def _section(
    name: str,
    title: str,
    address: str,
    *,
    figures: tuple[Figure, ...] = (),
    aims: tuple[Aim, ...] = (),
    block: Block | None = None,
    entries: tuple[Entry, ...] = (),
    release: NextRelease | None = None,
    cards: tuple[Card, ...] = (),
    heard: tuple[Heard, ...] = (),
) -> Section:
    return Section(
        template=f"public/home-{name}.html",
        anchor=name,
        title=title,
        more=Ref(title=title, address=address),
        figures=figures,
        aims=aims,
        block=block,
        entries=entries,
        release=release,
        cards=cards,
        heard=heard,
    )
