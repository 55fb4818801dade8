"""What an audience may read, arranged: what belongs together, and in which order.

Every order here comes from what the audience sees: dates, versions, statuses, titles, ids.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from twofold.model import Horizon, Kind, Status
from twofold.model.period import parse
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.views.public import wording
from twofold.views.public.parts import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from twofold.audience.published import (
        AudiencePlan,
        Ends,
        PublishedItem,
        PublishedMetric,
        PublishedNote,
        PublishedRelease,
    )
    from twofold.model import FindingId, ItemId, ObjectiveId, ReleaseId
    from twofold.views.public.wording import Wording

_HORIZONS = {Horizon.NOW: 0, Horizon.NEXT: 1, Horizon.LATER: 2, None: 3}
_STATUSES = {
    Status.IN_PROGRESS: 0,
    Status.PLANNED: 1,
    Status.IDEA: 2,
    Status.RELEASED: 3,
    Status.DECLINED: 4,
}
Key = TypeVar("Key")
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """An audience's plan on one day, with its records by what they belong to."""

    plan: AudiencePlan
    today: date
    words: Wording
    items: tuple[PublishedItem, ...]
    """What is under way first, then what is planned, then what is released, the newest first."""

    releases: tuple[PublishedRelease, ...]
    """The newest first."""

    out: frozenset[ReleaseId]
    """The releases that are there already."""

    files: Mapping[tuple[Kind, str], str]
    """The file of each record that the audience sees, with `#id` behind it where it stands in a list."""

    by_release: Mapping[ReleaseId, tuple[PublishedItem, ...]]
    by_objective: Mapping[ObjectiveId, tuple[PublishedItem, ...]]
    by_finding: Mapping[FindingId, tuple[PublishedItem, ...]]
    replaced: Mapping[ItemId, tuple[PublishedItem, ...]]
    """The items in whose place an item comes."""

    steps: Mapping[ItemId, tuple[tuple[PublishedRelease, PublishedNote], ...]]
    """The notes about an item, the newest first."""

    def item(self, id: ItemId) -> Named:
        """An item by its name."""
        return Named(title=self.plan.items[id].title, ref=self.item_ref(id))

    def item_ref(self, id: ItemId) -> Ref:
        """An item's page."""
        return Ref(title=self.plan.items[id].title, address=f"{addresses.ROADMAP}/{id}")

    def release(self, id: ReleaseId) -> Named:
        """A release by its version."""
        return Named(title=self.plan.releases[id].version, ref=self.release_ref(id))

    def release_ref(self, id: ReleaseId) -> Ref:
        """A release's page."""
        return Ref(title=self.plan.releases[id].version, address=f"{addresses.RELEASES}/{id}")

    def objective(self, id: ObjectiveId) -> Named:
        """An objective by its title."""
        one = self.plan.objectives[id]
        says = one.narratives or one.links or one.additions or one.period or self.by_objective.get(id)
        ref = Ref(title=one.title, address=f"{addresses.OBJECTIVES}/{id}")
        return Named(title=one.title, ref=ref if says else None)

    def persona(self, id: str) -> Named:
        """A persona by its name."""
        one = self.plan.personas[id]  # type: ignore[index] # an id of this kind
        says = one.narratives or one.links or one.additions
        ref = Ref(title=one.name, address=f"{addresses.PERSONAS}/{id}")
        return Named(title=one.name, ref=ref if says else None)

    def metric(self, id: str) -> Named:
        """A metric by its title."""
        one: PublishedMetric = self.plan.metrics[id]  # type: ignore[index] # an id of this kind
        says = one.observations or one.baseline or one.description or one.links or one.additions
        ref = Ref(title=one.title, address=f"{addresses.METRICS}/{id}")
        return Named(title=one.title, ref=ref if says else None)

    def finding(self, id: str) -> Named:
        """A finding by its title: it stands in a page with the others."""
        title = self.plan.findings[id].title  # type: ignore[index] # an id of this kind
        return Named(title=title, ref=Ref(title=title, address=addresses.FEEDBACK, anchor=id))

    def named(self, kind: Kind, id: str) -> Named:
        """A visible record by its name."""
        find: dict[Kind, Callable[..., Named]] = {
            Kind.ITEM: self.item,
            Kind.RELEASE: self.release,
            Kind.OBJECTIVE: self.objective,
            Kind.PERSONA: self.persona,
            Kind.METRIC: self.metric,
            Kind.FINDING: self.finding,
        }
        return find[kind](id)

    def ends(self, ends: Ends | None) -> tuple[str, tuple[Named, ...]]:
        """When something stops: in words, or with a release."""
        if ends is None:
            return "", ()
        if ends.release is not None:
            return "", (self.release(ends.release),)
        return ends.period.name if ends.period else "", ()

    def due(self, item: PublishedItem) -> str:
        """When an item is to come, or came, in words; ``""`` where that is open."""
        if item.release is not None:
            release = self.plan.releases[item.release]
            return f"{release.version} · {release.date.name}"
        if item.released is not None:
            return wording.day(item.released)
        target = item.additions.get("target")
        return self.moment(target).title if isinstance(target, str) else ""

    def moment(self, target: str) -> Named:
        """When something is due, as the projection writes it: with a release, or in a period."""
        id = cast("ReleaseId", target)
        return self.release(id) if id in self.plan.releases else Named(title=parse(target).name, ref=None)


def shelf(plan: AudiencePlan, *, today: date) -> Shelf:
    """Arrange what an audience may read."""
    releases = sorted(plan.releases.values(), key=_age, reverse=True)
    items = sorted(plan.items.values(), key=lambda item: _rank(plan, item))
    shipped = {item.release for item in items if item.status is Status.RELEASED}
    return Shelf(
        plan=plan,
        today=today,
        words=wording.wording(plan.audience),
        items=tuple(items),
        releases=tuple(releases),
        out=frozenset(one.id for one in releases if one.date.end <= today or one.id in shipped),
        files={record: source for source, record in plan.sources.items() if record is not None},
        by_release=_grouped(items, lambda item: (item.release,) if item.release is not None else ()),
        by_objective=_grouped(items, lambda item: item.objectives),
        by_finding=_grouped(items, lambda item: item.answers),
        replaced=_grouped(items, lambda item: item.superseded_by),
        steps=_steps(releases),
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key under which `2026.10` comes after `2026.9`."""
    # Numbers by their length and then their digits: a version may have more of them than an int takes.
    parts = _DIGITS.split(text.casefold())
    stripped = (part.lstrip("0") if index % 2 else part for index, part in enumerate(parts))
    return tuple((len(part) if index % 2 else 0, part) for index, part in enumerate(stripped))


def _age(release: PublishedRelease) -> tuple[object, ...]:
    return (release.date.end, release.date.start, natural(release.version), release.id)


def _rank(plan: AudiencePlan, item: PublishedItem) -> tuple[object, ...]:
    """What is under way first, by horizon and date; then what is released, the newest first."""
    release = plan.releases.get(item.release) if item.release is not None else None
    when = release.date.end if release is not None else item.released
    ordinal = when.toordinal() if when is not None else None
    if item.status is Status.RELEASED:
        order = -ordinal if ordinal is not None else 0
    else:
        order = ordinal if ordinal is not None else 10**7
    return (
        _STATUSES[item.status],
        _HORIZONS[item.horizon],
        order,
        item.title.casefold(),
        item.id,
    )


def _grouped(
    items: Iterable[PublishedItem], keys: Callable[[PublishedItem], Iterable[Key]]
) -> dict[Key, tuple[PublishedItem, ...]]:
    found: dict[Key, list[PublishedItem]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            found[key].append(item)
    return {key: tuple(group) for key, group in found.items()}


def _steps(
    releases: Iterable[PublishedRelease],
) -> dict[ItemId, tuple[tuple[PublishedRelease, PublishedNote], ...]]:
    found: dict[ItemId, list[tuple[PublishedRelease, PublishedNote]]] = defaultdict(list)
    for release in releases:
        for note in release.notes:
            if note.item is not None:
                found[note.item].append((release, note))
    return {item: tuple(steps) for item, steps in found.items()}
