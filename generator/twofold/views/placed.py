"""Views that a hand-written page places in its text, for the team."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from twofold.model import FindingId, Horizon, Kind, MetricId, Side, Status
from twofold.plan import addresses
from twofold.scoring.balance import balance
from twofold.views.balances import balance_view
from twofold.views.board import marks
from twofold.views.dates import soonest
from twofold.views.evidence import answering, theme_ref
from twofold.views.feedback import open_first
from twofold.views.groups import decision, declined, not_estimated
from twofold.views.heat import heat_view
from twofold.views.metrics import behind_first, metric_line
from twofold.views.objectives import objective_row, tree
from twofold.views.parts import item_cards
from twofold.views.people import SIDES, by_name, persona_card, stakeholders_view
from twofold.views.releases import newest_first, release_row
from twofold.views.scores import scores_view
from twofold.views.timeline import timeline_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from twofold.model import ItemId, PersonaId
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.prose.blocks import Block, Place
    from twofold.scoring.ranking import Ranking
    from twofold.views.balances import BalanceView
    from twofold.views.groups import Decision
    from twofold.views.heat import HeatView
    from twofold.views.metrics import MetricLine
    from twofold.views.objectives import ObjectiveRow
    from twofold.views.parts import ItemCard
    from twofold.views.people import PersonaCard, StakeholdersView
    from twofold.views.public.filters import Marks
    from twofold.views.releases import ReleaseRow
    from twofold.views.scores import ScoreRow
    from twofold.views.timeline import TimelineView

_STATUSES = (Status.IN_PROGRESS, Status.PLANNED, Status.IDEA, Status.RELEASED, Status.DECLINED)
_HORIZONS = (Horizon.NOW, Horizon.NEXT, Horizon.LATER, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedView:
    """A view in the middle of a page."""

    template: str
    entries: tuple[Any, ...] = ()
    """What the template of this view prints, one after the other; none for a view that is `whole`."""

    whole: Any = None
    """The view, where it is more than a list; None where there is nothing to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in a list."""

    ref: Ref
    theme: Ref
    answers: tuple[ItemCard, ...]
    """The items that answer it, declined ones included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a block asks for, and of what."""

    plan: Plan
    ranked: Callable[[], Ranking]
    """Asked only by views that need it."""

    block: Block
    place: Place
    today: date


def placed_view(
    plan: Plan, ranked: Callable[[], Ranking], block: Block, place: Place, *, today: date
) -> PlacedView:
    """Gather what a block asks for. `ranked` is asked only for views that need it."""
    asked = Asked(plan=plan, ranked=ranked, block=block, place=place, today=today)
    template = f"placed/{block.view}.html"
    if block.view in _WHOLE:
        return PlacedView(template=template, whole=_WHOLE[block.view](asked))
    return PlacedView(template=template, entries=tuple(_LISTS[block.view](asked))[: block.limit])


def _timeline(asked: Asked) -> TimelineView | None:
    plan, block = asked.plan, asked.block
    of = {id for id in plan.items if _keeps_item(plan, block, id)}
    id = f"{asked.place.anchor}-timeline"
    found = timeline_view(plan, today=asked.today, of=of, limit=block.limit, id=id)
    return None if found.is_empty else found


def _balance(asked: Asked) -> BalanceView | None:
    found = balance_view(asked.plan, balance(asked.plan, today=asked.today), asked.ranked())
    own = f"{asked.place.anchor}-map"
    chart = replace(found.chart, id=own) if found.chart else None
    narrow = replace(found.narrow, id=f"{own}-narrow") if found.narrow else None
    return None if found.is_empty else replace(found, chart=chart, narrow=narrow)


def _map(asked: Asked) -> BalanceView | None:
    found = _balance(asked)
    return found if found and found.chart else None


def _needs(asked: Asked) -> HeatView | None:
    plan, block = asked.plan, asked.block
    on = block.wanted.get("theme")
    found = heat_view(plan, asked.ranked().hearing, of=_people(plan, block), on=on, limit=block.limit)
    return found if found.rows else None


def _stakeholders(asked: Asked) -> StakeholdersView | None:
    id = f"{asked.place.anchor}-stakeholders"
    found = stakeholders_view(asked.plan, of=_people(asked.plan, asked.block), id=id)
    return found if found.chart else None


def _releases(asked: Asked) -> Iterable[ReleaseRow]:
    for id in newest_first(asked.plan):
        if asked.block.keeps({"release": [(id, "")]}):
            yield release_row(asked.plan, id, today=asked.today)


def _objectives(asked: Asked) -> Iterable[ObjectiveRow]:
    block = asked.block
    for id, depth in tree(asked.plan):
        one = asked.plan.objectives[id]
        if block.keeps({"objective": [(id, "")], "side": _sides([one.side]), "tag": _plain(one.tags)}):
            # Without the ones around it, an objective stands under nothing.
            yield objective_row(asked.plan, id, depth=0 if block.wanted else depth)


def _metrics(asked: Asked) -> Iterable[MetricLine]:
    for id in behind_first(asked.plan):
        if asked.block.keeps(_metric(asked.plan, id)):
            yield metric_line(asked.plan, id)


def _personas(asked: Asked) -> Iterable[PersonaCard]:
    plan, people = asked.plan, _people(asked.plan, asked.block)
    for side in SIDES:
        for id in by_name(plan):
            if id in people and plan.personas[id].side is side:
                yield persona_card(plan, id)


def _feedback(asked: Asked) -> Iterable[FindingLine]:
    plan = asked.plan
    kept = (id for id in plan.findings if asked.block.keeps(_finding(plan, id)))
    return (_line(plan, id) for id in open_first(plan, kept))


def _scores(asked: Asked) -> Iterable[ScoreRow]:
    """Ranked items with their ranks among all."""
    ranking = asked.ranked()
    for one, row in zip(ranking.ranked, scores_view(asked.plan, ranking).rows, strict=True):
        if _keeps_item(asked.plan, asked.block, one.id):
            # Whether two are tied shows only where none is missing between them.
            yield replace(row, tie="")


def _decisions(asked: Asked) -> Iterable[Decision]:
    plan = asked.plan
    return (decision(plan, id) for id in declined(plan) if _keeps_item(plan, asked.block, id))


def _estimates(asked: Asked) -> Iterable[ItemCard]:
    plan = asked.plan
    return item_cards(plan, (id for id in not_estimated(plan) if _keeps_item(plan, asked.block, id)))


def _roadmap(asked: Asked) -> Iterable[ItemCard]:
    """What is under way first, then by horizon and date."""
    plan, block = asked.plan, asked.block
    statuses = block.wanted.get("status", tuple(status.value for status in _STATUSES[:3]))

    def order(id: ItemId) -> tuple[object, ...]:
        item = plan.items[id]
        return (_STATUSES.index(item.status), _HORIZONS.index(item.horizon), soonest(plan, id))

    found = [id for id in plan.items if plan.items[id].status.value in statuses]
    return item_cards(plan, sorted((id for id in found if _keeps_item(plan, block, id)), key=order))


_LISTS: Mapping[str, Callable[[Asked], Iterable[Any]]] = {
    "roadmap": _roadmap,
    "releases": _releases,
    "objectives": _objectives,
    "metrics": _metrics,
    "personas": _personas,
    "feedback": _feedback,
    "scores": _scores,
    "decisions": _decisions,
    "estimates": _estimates,
}
_WHOLE: Mapping[str, Callable[[Asked], Any]] = {
    "timeline": _timeline,
    "balance": _balance,
    "map": _map,
    "needs": _needs,
    "stakeholders": _stakeholders,
}


def _keeps_item(plan: Plan, block: Block, id: ItemId) -> bool:
    item = plan.items[id]
    release = item.release or getattr(item.target, "release", None)
    present = plan.releases.canonical(release) if release is not None else None
    own: Marks = {
        "status": [(item.status.value, "")],
        "release": [(present, "")] if present is not None else (),
    }
    return block.keeps({**marks(plan, id), **own})


def _metric(plan: Plan, id: MetricId) -> Marks:
    metric = plan.metrics[id]
    return {
        "metric": [(id, "")],
        "objective": _plain(plan.naming(Kind.METRIC, id, by=Kind.OBJECTIVE, field="metrics")),
        "side": _sides([metric.side]),
        "tag": _plain(metric.tags),
    }


def _people(plan: Plan, block: Block) -> frozenset[PersonaId]:
    """The personas that a block asks for, by its filters about them."""
    about = replace(block, wanted={name: block.wanted[name] for name in block.wanted if name != "theme"})
    return frozenset(
        id
        for id, one in plan.personas.items()
        if about.keeps({"persona": [(id, "")], "side": _sides([one.side]), "tag": _plain(one.tags)})
    )


def _finding(plan: Plan, id: FindingId) -> Marks:
    finding = plan.findings[id]
    voices = (plan.personas.canonical(voice.persona) for voice in finding.voices)
    people = [one for one in voices if one is not None]
    answers = [plan.items[item] for item in answering(plan, id)]
    served = (plan.objectives.canonical(one) for item in answers for one in item.objectives)
    return {
        "theme": [(finding.theme, "")] if finding.theme is not None else (),
        "objective": _plain(one for one in served if one is not None),
        "persona": _plain(people),
        "side": _sides(plan.personas[one].side for one in people),
        "tag": _plain(finding.tags),
    }


def _line(plan: Plan, id: FindingId) -> FindingLine:
    return FindingLine(
        ref=addresses.record(plan, Kind.FINDING, id),
        theme=theme_ref(plan.findings[id].theme),
        answers=item_cards(plan, answering(plan, id)),
    )


def _sides(sides: Iterable[Side]) -> list[tuple[str, str]]:
    found = set(sides)
    return [(side.value, "") for side in (Side.CUSTOMER, Side.USER) if side in found or Side.BOTH in found]


def _plain(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, "") for value in values]
