"""The rooms of the portal: which pages there are, and how one walks from one to the next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

from twofold.model import Kind
from twofold.plan import addresses
from twofold.render.page import Entry
from twofold.render.renderer import RECORD, Sheet
from twofold.scoring.balance import balance
from twofold.scoring.ranking import rank
from twofold.views import feedback, groups, people, persona
from twofold.views.balances import balance_view
from twofold.views.board import board_view
from twofold.views.derivations import score_block
from twofold.views.evidence import said
from twofold.views.health import health_view
from twofold.views.heat import heat_view
from twofold.views.home import home_view
from twofold.views.item import ItemView, item_view
from twofold.views.methodology import methodology_view
from twofold.views.metrics import metric_view, metrics_view
from twofold.views.neighbours import neighbours
from twofold.views.objectives import objective_view, objectives_view
from twofold.views.releases import release_view, releases_view
from twofold.views.scores import scores_view
from twofold.views.timeline import timeline_view
from twofold.views.ways import FEEDBACK, PEOPLE, PRIORITIES, ROADMAP
from twofold.views.written import written_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from twofold.diagnostics import Report
    from twofold.model import ItemId
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.scoring.balance import Balance
    from twofold.scoring.ranking import Ranking, Scored


_NO_TOC = frozenset({"toc"})


def sheets(plan: Plan, report: Report, *, today: date, noting: Plan | None = None) -> Iterator[Sheet]:
    """Every page of the portal, in no particular order.

    `noting` is the plan for the views of single records and the like: it may note what they ask.
    """
    noting = plan if noting is None else noting
    found = balance(plan, today=today)
    for source, page in plan.pages.items():
        yield Sheet(
            address=page.address,
            view=partial(written_view, page),
            source=source,
            searchable=not page.matter.search.exclude,
            boost=page.matter.search.boost,
            hide=frozenset(page.matter.hide),
        )
    if all(page.address != addresses.HOME for page in plan.pages.values()):
        yield Sheet(
            address=addresses.HOME, view=partial(home_view, plan, report, found, today=today), hide=_NO_TOC
        )
    ranking = rank(plan)
    yield from _hubs(plan, report, today=today)
    yield from _priorities(plan, ranking, found)
    yield from _feedback(plan, noting)
    beside = neighbours(plan, today=today)
    for sheet in _records(plan, noting, ranking, today=today):
        yield replace(sheet, neighbours=beside.get(sheet.address))


def _hubs(plan: Plan, report: Report, *, today: date) -> Iterator[Sheet]:
    yield Sheet(address=addresses.ROADMAP, view=partial(board_view, plan, today=today), hide=_NO_TOC)
    # These show again what has pages of its own: in search results they would only be in the way.
    again: dict[str, Callable[[], object]] = {
        addresses.TIMELINE: partial(timeline_view, plan, today=today),
        addresses.BY_OBJECTIVE: partial(groups.by_objective_view, plan),
        addresses.BY_PERSONA: partial(groups.by_persona_view, plan),
        addresses.NOT_ESTIMATED: partial(groups.estimates_view, plan),
    }
    for address, view in again.items():
        # The timeline is a chart, and needs the room.
        hide = _NO_TOC if address == addresses.TIMELINE else frozenset()
        yield Sheet(address=address, view=view, searchable=False, hide=hide)
    yield Sheet(address=addresses.DECISIONS, view=partial(groups.decisions_view, plan))
    yield Sheet(address=addresses.PERSONAS, view=partial(people.people_view, plan))
    yield Sheet(address=addresses.STAKEHOLDERS, view=partial(people.stakeholders_view, plan), hide=_NO_TOC)
    yield Sheet(address=addresses.OBJECTIVES, view=partial(objectives_view, plan), hide=_NO_TOC)
    yield Sheet(address=addresses.RELEASES, view=partial(releases_view, plan, today=today), hide=_NO_TOC)
    yield Sheet(address=addresses.METRICS, view=partial(metrics_view, plan))
    yield Sheet(
        address=addresses.HEALTH, view=partial(health_view, plan, report, today=today), searchable=False
    )


def _priorities(plan: Plan, ranking: Ranking, found: Balance) -> Iterator[Sheet]:
    views: dict[str, Callable[[], object]] = {
        addresses.SCORES: partial(scores_view, plan, ranking),
        addresses.BALANCE: partial(balance_view, plan, found, ranking),
        addresses.NEEDS: partial(heat_view, plan, ranking.hearing),
    }
    for address, view in views.items():
        # Tables as wide as the page, of what has pages of its own.
        yield Sheet(address=address, view=view, searchable=False, hide=_NO_TOC)
    yield Sheet(address=addresses.METHODOLOGY, view=partial(methodology_view, plan, ranking))


def _feedback(plan: Plan, noting: Plan) -> Iterator[Sheet]:
    yield Sheet(address=addresses.FEEDBACK, view=partial(feedback.feedback_view, plan), hide=_NO_TOC)
    yield Sheet(address=addresses.VOICES, view=partial(feedback.voices_view, plan), searchable=False)
    yield Sheet(address=addresses.SUMMARIES, view=partial(feedback.summaries_view, plan), hide=_NO_TOC)
    for theme, findings in feedback.by_theme(plan):
        yield Sheet(
            address=addresses.theme_address(theme),
            view=partial(feedback.theme_view, noting, theme, findings),
            depends=(theme, findings),
        )
    # A theme's page has the same findings: one of them is enough in search results.
    for summary in plan.summaries:
        yield Sheet(
            address=f"{addresses.SUMMARIES}/{summary}",
            view=partial(feedback.study_view, noting, summary),
            source=feedback.study_source(plan, summary),
            searchable=False,
            depends=(),
        )
    for id in plan.personas:
        if said(plan, id):
            yield Sheet(
                address=persona.voice_address(id),
                view=partial(persona.voice_view, noting, id),
                searchable=False,
                hide=_NO_TOC,
                depends=(),
            )


def _records(plan: Plan, noting: Plan, ranking: Ranking, *, today: date) -> Iterator[Sheet]:
    places = {one.id: one for one in ranking.items}
    ranked = len(ranking.ranked)
    heard = blake2b(repr(ranking.hearing).encode()).hexdigest()
    for item in plan.items:
        place = places.get(item)
        view = partial(_item, noting, ranking, item, place, ranked=ranked)
        yield _record(plan, Kind.ITEM, item, view, ranking.name, heard, place, ranked)
    for one in plan.personas:
        yield _record(plan, Kind.PERSONA, one, partial(persona.persona_view, noting, one))
    for objective in plan.objectives:
        yield _record(plan, Kind.OBJECTIVE, objective, partial(objective_view, noting, objective))
    for release in plan.releases:
        yield _record(plan, Kind.RELEASE, release, partial(release_view, noting, release, today=today))
    for metric in plan.metrics:
        yield _record(plan, Kind.METRIC, metric, partial(metric_view, noting, metric))


def _item(plan: Plan, ranking: Ranking, id: ItemId, place: Scored | None, *, ranked: int) -> ItemView:
    return item_view(plan, id, score=score_block(plan, ranking, id, place, ranked=ranked))


def _record(plan: Plan, kind: Kind, id: str, view: Callable[[], object], *depends: object) -> Sheet:
    address = addresses.record(plan, kind, id).address
    source = plan.origins[kind, id].document.source
    return Sheet(address=address, view=view, source=source, boost=RECORD, depends=depends)


def navigation(plan: Plan) -> tuple[Entry, ...]:
    """Hubs only, those of one thing together; single records stay out."""
    entries = [
        Entry(title="Home", address=addresses.HOME),
        _section("Roadmap", ROADMAP),
        _section("Priorities", PRIORITIES),
        Entry(title="Objectives", address=addresses.OBJECTIVES),
        _section("People", PEOPLE),
        _section("Feedback", FEEDBACK),
        Entry(title="Releases", address=addresses.RELEASES),
        Entry(title="Metrics", address=addresses.METRICS),
        Entry(title="Health", address=addresses.HEALTH),
    ]
    pages = [page for page in plan.pages.values() if page.address]
    if pages:
        pages.sort(key=lambda page: (page.title.casefold(), page.source))
        children = tuple(Entry(title=page.title, address=page.address) for page in pages)
        entries.append(children[0] if len(children) == 1 else Entry(title="Pages", children=children))
    return tuple(entries)


def redirects(plan: Plan) -> dict[str, str]:
    """Earlier addresses of records that have a page of their own.

    A finding has none: its theme's page keeps an anchor for each of its earlier ids.
    """
    found: dict[str, str] = {}
    for kind in Kind:
        if kind is Kind.FINDING:
            continue
        for alias in sorted(plan.of(kind).aliases):
            address = addresses.record(plan, kind, alias).address
            found[f"{address.rpartition('/')[0]}/{alias}"] = address
    for alias in sorted(plan.personas.aliases):
        present = plan.personas.canonical(alias)
        if present is not None and said(plan, present):
            found[f"{addresses.VOICES}/{alias}"] = persona.voice_address(present)
    return found


def _section(title: str, group: tuple[Ref, ...]) -> Entry:
    """Views of one thing: the first is the section's own page."""
    first, *others = group
    children = tuple(Entry(title=ref.title, address=ref.address) for ref in others)
    return Entry(title=title, address=first.address, children=children)
