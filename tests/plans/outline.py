"""The outline of a plan: all that its records have to know of one another before one is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from tests.plans import vocabulary as words
from tests.plans.choices import last_day_of_quarter, numbered, pick_all, slug, subset, suffix
from tests.plans.writing import Bare, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TODAY: Final = date(2026, 11, 23)
"""The day on which no target is overdue and no evidence is stale; pass it on as `--today`."""

SHOWN: Final = {"customer": ("planned", "in-progress", "released"), "user": ("in-progress", "released")}
"""The statuses that an audience shows; an added one is taken to show what users see."""

STATUSES: Final = {"idea": 30, "planned": 25, "in-progress": 15, "released": 25, "declined": 5}
"""Status to its share, in per cent."""

TARGETS: Final = (
    ("2026-12-18", date(2026, 12, 18)),
    ("2026-Q4", date(2026, 12, 31)),
    ("2027-02", date(2027, 2, 28)),
    ("2027-Q1", date(2027, 3, 31)),
    ("2027-H1", date(2027, 6, 30)),
    ("2027-Q3", date(2027, 9, 30)),
    ("2027", date(2027, 12, 31)),
)
"""Periods, and the days on which they are due, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    seed: int
    items: int
    findings: int
    personas: int
    objectives: int
    releases: int
    metrics: int
    labels: tuple[str, ...]

    def chance(self, *place: object) -> Random:
        """A source of chance for one record, so that a record does not depend on those before it."""
        return Random("/".join(map(str, (self.seed, *place))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record that others may link to."""

    id: str
    title: str
    path: str
    publish: tuple[str, ...]
    readers: tuple[str, ...]
    """The labels that find a page behind a link to this record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Record):
    day: date
    """When it came, or comes, out."""
    due: date
    """The last day of its quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Record):
    status: str
    thing: str
    place: str
    target: Value = None
    release: str | None = None
    due: date = date.max
    """When its target is due; the far end of time for what has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    sizes: Sizes
    personas: tuple[Record, ...]
    findings: tuple[str, ...]
    objectives: tuple[Record, ...]
    releases: tuple[Release, ...]
    items: tuple[Item, ...]
    metrics: tuple[str, ...]


def outline_of(sizes: Sizes) -> Outline:
    releases = tuple(_release_outlines(sizes))
    return Outline(
        sizes=sizes,
        personas=tuple(_persona_outlines(sizes)),
        findings=tuple(
            f"{words.THEMES[index % len(words.THEMES)]}-{index // len(words.THEMES) + 1:03}"
            for index in range(sizes.findings)
        ),
        objectives=tuple(_objective_outlines(sizes)),
        releases=releases,
        items=tuple(_item_outlines(sizes, releases)),
        metrics=tuple(f"{slug(metric_title(index))}-{index + 1}" for index in range(sizes.metrics)),
    )


def _persona_outlines(sizes: Sizes) -> Iterator[Record]:
    combinations = [(role, setting) for setting in words.SETTINGS for role in words.ROLES]
    for index, (role, setting) in enumerate(pick_all(sizes.chance("personas"), combinations, sizes.personas)):
        chance = sizes.chance("persona", index)
        name = f"{role}, {setting}"
        identifier = numbered(slug(name), index, len(combinations))
        publish = tuple(label for label in sizes.labels if chance.random() < 0.5)
        yield Record(
            id=identifier,
            title=name,
            path=f"personas/{identifier}.{suffix(index)}",
            publish=publish,
            readers=publish,
        )


def _objective_outlines(sizes: Sizes) -> Iterator[Record]:
    combinations = [
        f"{goal} {place}"
        for place in words.PLACES
        for goal in ("No lost entry", "Half the typing", "Fewer interruptions", "One login", "No paper")
    ]
    for index, title in enumerate(pick_all(sizes.chance("objectives"), combinations, sizes.objectives)):
        identifier = numbered(slug(title), index, len(combinations))
        publish = subset(sizes.chance("objective", index), sizes.labels)
        yield Record(
            id=identifier,
            title=title,
            path=f"objectives/{identifier}.{suffix(index)}",
            publish=publish,
            readers=publish,
        )


def _release_outlines(sizes: Sizes) -> Iterator[Release]:
    # Quarters, counted from the year 0. The last two are to come, the others are out.
    last = TODAY.year * 4 + (TODAY.month - 1) // 3 + 2
    for quarter in range(last - sizes.releases + 1, last + 1):
        year, number = quarter // 4, quarter % 4
        identifier = f"{year}.{number + 1}"
        first = date(year, number * 3 + 1, 1)
        due = last_day_of_quarter(year, number)
        yield Release(
            id=identifier,
            title=f"Release {identifier}",
            path=f"releases/{identifier}.md",
            publish=sizes.labels,
            readers=sizes.labels,
            day=first + timedelta(days=20),
            due=due,
        )


def _item_outlines(sizes: Sizes, releases: Sequence[Release]) -> Iterator[Item]:
    out = [release for release in releases if release.day <= TODAY]
    coming = [release for release in releases if release.day > TODAY]
    combinations = [
        (quality, thing, place)
        for place in words.PLACES
        for thing in words.THINGS
        for quality in words.QUALITIES
    ]
    chosen = pick_all(sizes.chance("items"), combinations, sizes.items)
    for index, (quality, thing, place) in enumerate(chosen):
        chance = sizes.chance("item", index)
        [status] = chance.choices(tuple(STATUSES), weights=tuple(STATUSES.values()))
        target: Value = None
        release, due = None, date.max
        if status == "released":
            given = chance.choice(out) if out else None
            release, due = (given.id, given.day) if given else (None, TODAY)
        elif status in ("planned", "in-progress"):
            if coming and chance.random() < 0.4:
                given = chance.choice(coming)
                release, due = given.id, given.due
                target = {"release": Bare(given.id)}
            else:
                period, due = chance.choice(TARGETS)
                target = Bare(period)
        publish = _published(chance, status, sizes.labels)
        title = f"{quality} {thing} {place}"
        identifier = numbered(slug(title), index, len(combinations))
        yield Item(
            id=identifier,
            title=title,
            path=f"roadmap/{chance.choice(words.AREAS)}/{identifier}.{suffix(index)}",
            publish=publish,
            readers=tuple(label for label in publish if status in SHOWN.get(label, SHOWN["user"])),
            status=status,
            thing=thing,
            place=place,
            target=target,
            release=release,
            due=due,
        )


def _published(chance: Random, status: str, labels: Sequence[str]) -> tuple[str, ...]:
    share = {"idea": 0.05, "planned": 0.6, "in-progress": 0.8, "released": 0.9, "declined": 0.05}[status]
    return tuple(label for label in labels if chance.random() < share)


def metric_title(index: int) -> str:
    thing = words.THINGS[index % len(words.THINGS)]
    return f"Share of {thing} entered in time"
