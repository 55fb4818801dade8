"""The parts that pages are put together from: badges, facts, figures, and items in lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twofold.model import Item, ItemId, Kind, PersonaId, Side, Status
from twofold.plan import addresses
from twofold.views import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.plan import Plan
    from twofold.plan.addresses import Ref

MOST_CARDS = 12
"""Longer lists are rows: a card is for looking at, a row for going through."""

WIDE_FACT = 44
"""A fact of more letters stands in a line of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A word that says where something stands."""

    text: str
    kind: str
    """A CSS suffix: `status-planned`, `side-user`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of a record's facts."""

    label: str
    text: str = ""
    refs: tuple[Ref, ...] = ()
    """Links in place of the text."""

    wide: bool = False
    """Whether it needs the full width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """An item in a list."""

    ref: Ref
    status: Badge
    sides: tuple[Badge, ...]
    """Whom it serves, by its evidence and personas."""

    objective: Ref | None
    due: str
    """When, in words; ``""`` where that is open."""

    remark: str = ""
    """What is to be said of it in this list."""

    has: str = ""
    """What the list can be narrowed down by, as `filters.written` gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """The way to the rest of a list."""

    ref: Ref
    query: str
    """What narrows the page down to it: `persona=nurse`."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """Items under a heading."""

    id: str
    title: str
    cards: tuple[ItemCard, ...]
    note: str = ""
    count: str = ""
    """How many there are, where the note does not say it."""

    compact: bool = False
    """Whether they are rows, not cards."""

    more: More | None = None
    """Where the others are, if these are not all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what it counts."""

    value: str
    label: str
    ref: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of how many are done."""

    done: int
    total: int
    text: str
    """The same in words."""


def status_badge(status: Status) -> Badge:
    """A status as a badge."""
    return Badge(text=words.STATUS[status], kind=f"status-{status.value}")


def side_badges(sides: Iterable[Side]) -> tuple[Badge, ...]:
    """The sides, each once, customers first."""
    found = set(sides)
    if Side.BOTH in found:
        found = {Side.CUSTOMER, Side.USER}
    return tuple(side_badge(side) for side in (Side.CUSTOMER, Side.USER) if side in found)


def side_badge(side: Side) -> Badge:
    """One side as a badge."""
    return Badge(text=words.SIDE[side], kind=f"side-{side.value}")


def facts(*all_facts: Fact) -> tuple[Fact, ...]:
    """The facts that there are: short ones in their order, then the long ones."""
    present = [fact for fact in all_facts if fact.text or fact.refs]
    wide = [fact for fact in present if _length(fact) > WIDE_FACT]
    short = [fact for fact in present if fact not in wide]
    return (*short, *(replace(fact, wide=True) for fact in wide))


def served_sides(plan: Plan, item: Item) -> frozenset[Side]:
    """The sides that an item serves: of the voices behind its evidence, and of its own personas."""
    return frozenset(plan.personas[persona].side for persona in served_personas(plan, item))


def served_personas(plan: Plan, item: Item) -> frozenset[PersonaId]:
    """Whom an item serves, by their present ids."""
    personas = set(item.personas)
    for answer in item.evidence:
        personas.update(voice.persona for voice in plan.findings[answer.finding].voices)
    present = map(plan.personas.canonical, personas)
    return frozenset(one for one in present if one is not None)


def item_card(plan: Plan, id: ItemId) -> ItemCard:
    """An item in a list."""
    # The same card stands on many pages.
    return plan.memory.once((item_card, id), lambda: _item_card(plan, id))


def _item_card(plan: Plan, id: ItemId) -> ItemCard:
    item = plan.items[id]
    objective = addresses.record(plan, Kind.OBJECTIVE, item.objectives[0]) if item.objectives else None
    return ItemCard(
        ref=addresses.record(plan, Kind.ITEM, id),
        status=status_badge(item.status),
        sides=side_badges(served_sides(plan, item)),
        objective=objective,
        due=due(plan, item),
    )


def due(plan: Plan, item: Item) -> str:
    """When an item is due, or was released, in words; ``""`` where that is open."""
    if item.status is Status.RELEASED:
        if item.release is not None:
            return f"Released in {plan.releases[item.release].version}"
        return f"Released {words.day(item.released)}" if item.released else ""
    if item.status is Status.DECLINED:
        return ""
    if item.target is not None:
        return f"Due {words.moment(plan, item.target)[0]}"
    return f"Due with release {plan.releases[item.release].version}" if item.release is not None else ""


def item_cards(plan: Plan, ids: Iterable[ItemId]) -> tuple[ItemCard, ...]:
    """Items in a list, in the order given, each once."""
    present = dict.fromkeys(plan.items.canonical(id) for id in ids)
    return tuple(item_card(plan, id) for id in present if id is not None)


def item_group(
    plan: Plan, ids: Iterable[ItemId], *, id: str, title: str, note: str = "", compact: bool | None = None
) -> ItemGroup:
    """Items under a heading; rows where there are many, unless `compact` says it."""
    cards = item_cards(plan, ids)
    rows = len(cards) > MOST_CARDS if compact is None else compact
    return ItemGroup(id=id, title=title, note=note, cards=cards, compact=rows)


_UNDER_WAY_FIRST = (Status.IN_PROGRESS, Status.PLANNED, Status.RELEASED, Status.IDEA, Status.DECLINED)


def under_way_first(plan: Plan, ids: Iterable[str]) -> list[ItemId]:
    """Items in the order of their statuses, what is under way first, each by title."""

    def weight(id: ItemId) -> tuple[int, str, ItemId]:
        item = plan.items[id]
        return (_UNDER_WAY_FIRST.index(item.status), item.title.casefold(), id)

    return sorted((ItemId(id) for id in ids), key=weight)


def by_status(plan: Plan, ids: Iterable[str], *, prefix: str = "items-") -> tuple[ItemGroup, ...]:
    """Items under their statuses, what is under way first, each by title."""
    found = under_way_first(plan, ids)
    groups = (
        item_group(
            plan,
            [id for id in found if plan.items[id].status is status],
            id=f"{prefix}{status.value}",
            title=words.STATUS[status],
        )
        for status in _UNDER_WAY_FIRST
    )
    return tuple(group for group in groups if group.cards)


def progress(plan: Plan, ids: Iterable[str]) -> Progress:
    """How many of some items are released; declined ones and ideas do not count."""
    statuses = [plan.items[ItemId(id)].status for id in ids]
    total = sum(status in {Status.PLANNED, Status.IN_PROGRESS, Status.RELEASED} for status in statuses)
    done = statuses.count(Status.RELEASED)
    text = f"{done:,} of {words.count(total, 'item')} released" if total else "nothing planned yet"
    return Progress(done=done, total=total, text=text)


def _length(fact: Fact) -> int:
    return sum(len(ref.title) + 2 for ref in fact.refs) if fact.refs else len(fact.text)
