"""What follows from a change: dates, scores and ranks, balance, and whom to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.checks.due import due
from twofold.diff.texts import promises
from twofold.model import Kind, Status
from twofold.model.item import OPEN
from twofold.scoring.ranking import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from twofold.diff.records import Change
    from twofold.model import Item, ItemId
    from twofold.plan import Plan
    from twofold.scoring.ranking import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An item that is due on another day."""

    id: ItemId
    title: str
    before: date
    after: date
    dependants: tuple[ItemId, ...]
    """Open items that wait for it, directly or through others; only of one that is later."""

    @property
    def slipped(self) -> bool:
        """Whether it is later."""
        return self.after > self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An item whose score moved, and where it stood and stands."""

    id: ItemId
    title: str
    before: Position
    after: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who should hear of the change."""

    owners: tuple[str, ...]
    """Of touched records."""

    personas: tuple[str, ...]
    """Whose findings are answered by items that moved on, by id."""

    accounts: tuple[str, ...]
    """Who is behind those voices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A released item whose text still speaks of the future."""

    id: ItemId
    title: str
    label: str
    sentence: str


def shifts(before: Plan, after: Plan) -> tuple[Shift, ...]:
    """Every open item that is due earlier or later than it was."""
    return tuple(_shifts(before, after))


def _shifts(before: Plan, after: Plan) -> Iterator[Shift]:
    waiting: dict[str, list[ItemId]] | None = None
    old, new = before.releases, after.releases
    fixed = old.keys() == new.keys() and all(new[id] is release for id, release in old.items())
    for id, item in after.items.items():
        earlier = before.items.get(id)
        if earlier is None or item.status not in OPEN or (fixed and item is earlier):
            continue
        was, now = due(earlier, before), due(item, after)
        if not was or not now or was[0].day == now[0].day:
            continue
        if waiting is None:
            waiting = _waiting(after)
        later = now[0].day > was[0].day
        dependants = _reached(id, waiting) if later else ()
        yield Shift(id=id, title=item.title, before=was[0].day, after=now[0].day, dependants=dependants)


def _waiting(plan: Plan) -> dict[str, list[ItemId]]:
    """Item to the open items that depend on it."""
    found: dict[str, list[ItemId]] = {}
    for id, item in plan.items.items():
        if item.status in OPEN:
            for other in item.depends_on:
                found.setdefault(plan.items.canonical(other) or other, []).append(id)
    return found


def _reached(id: ItemId, waiting: Mapping[str, list[ItemId]]) -> tuple[ItemId, ...]:
    seen: set[ItemId] = set()
    ahead = [id]
    while ahead:
        for other in waiting.get(ahead.pop(), ()):
            if other not in seen and other != id:
                seen.add(other)
                ahead.append(other)
    return tuple(sorted(seen))


def standings(before: Plan, after: Plan) -> tuple[Standing, ...]:
    """Every item, open on both sides, whose value or priority moved; the largest move in rank first."""
    old, new = positions(before, after)
    found = [
        Standing(id=id, title=after.items[id].title, before=old[id], after=new[id])
        for id in sorted(old.keys() & new.keys())
        if old[id][:2] != new[id][:2]
    ]
    return tuple(sorted(found, key=lambda one: (-_move(one), one.id)))


def _move(one: Standing) -> int:
    return abs((one.after.rank or 0) - (one.before.rank or 0))


def told(before: Plan, after: Plan, changes: Iterable[Change]) -> Told:
    """Owners of touched records, and those whose findings are answered by items that moved on."""
    owners: dict[str, None] = {}
    personas: set[str] = set()
    accounts: set[str] = set()
    for change in changes:
        for plan, id in ((before, change.was or change.id), (after, change.id)):
            for owner in _owners(plan, change.kind, id):
                owners[owner] = None
        item = after.items.get(change.id) if change.kind == Kind.ITEM.value else None  # type: ignore[call-overload] # an id of this kind
        if item is not None and _moved_on(change, item):
            for answer in item.evidence:
                finding = after.findings.get(answer.finding)
                for voice in finding.voices if finding is not None else ():
                    if voice.mentions:
                        personas.add(after.personas.canonical(voice.persona) or voice.persona)
                        accounts.update(voice.accounts)
    return Told(
        owners=tuple(sorted(owners)), personas=tuple(sorted(personas)), accounts=tuple(sorted(accounts))
    )


def _owners(plan: Plan, kind: str, id: str) -> tuple[str, ...]:
    if kind not in set(Kind):
        return ()
    record = plan.of(Kind(kind)).get(id)
    return record.owners if record is not None else ()


def _moved_on(change: Change, item: Item) -> bool:
    """Whether those who asked for it have something to hear: a decision, or a release."""
    status = change.field("status")
    return item.status is not Status.IDEA and (status is not None or change.field("evidence") is not None)


def stale(after: Plan, changes: Iterable[Change]) -> tuple[Promise, ...]:
    """Released items, touched by the change, whose published texts still promise (English only)."""
    found: list[Promise] = []
    for change in changes:
        item = after.items.get(change.id) if change.kind == Kind.ITEM.value else None  # type: ignore[call-overload] # as above
        if item is None or item.status is not Status.RELEASED:
            continue
        for label, text in item.sections.items():
            if label not in item.publish:
                continue
            found.extend(
                Promise(id=change.id, title=item.title, label=label, sentence=sentence)  # type: ignore[arg-type] # as above
                for sentence in promises(text)
            )
    return tuple(found)
