"""From a plan to a site: every page's view, rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.model import Kind
from twofold.plan import addresses
from twofold.render.environment import environment
from twofold.render.links import Targets
from twofold.render.page import Entry, Site
from twofold.render.renderer import Renderer, Sheet
from twofold.views import board, feedback, home, item, outcomes, people
from twofold.views.written import written_view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from twofold.config import Project
    from twofold.diagnostics import Report
    from twofold.plan import Plan


def render(plan: Plan, report: Report, *, project: Project, audience: str, today: date) -> Site:
    """Render an audience's portal. The same plan and day give the same bytes."""
    del report  # no page shows diagnostics yet
    renderer = Renderer(environment(), Targets(plan))
    pages = tuple(
        renderer.page(sheet) for sheet in sorted(_sheets(plan, today), key=lambda sheet: sheet.address)
    )
    settings = project.settings.audiences.get(audience)
    return Site(
        audience=audience,
        title=(settings.title if settings else None) or project.name,
        pages=pages,
        navigation=_navigation(plan),
        redirects=_redirects(plan),
        files=renderer.files(project),
        internal=audience == "internal",
    )


def _sheets(plan: Plan, today: date) -> Iterator[Sheet]:
    written = {page.address: source for source, page in plan.pages.items()}
    yield from (
        Sheet(address=page.address, view=written_view(page), source=source, searchable=not page.matter.search.exclude,
              boost=page.matter.search.boost, hide=frozenset(page.matter.hide))
        for source, page in plan.pages.items()
    )  # fmt: skip
    if addresses.HOME not in written:
        yield Sheet(address=addresses.HOME, view=home.home_view(plan, today=today), hide=frozenset({"toc"}))
    yield Sheet(address=addresses.ROADMAP, view=board.board_view(plan, today=today), hide=frozenset({"toc"}))
    yield Sheet(address=addresses.PERSONAS, view=people.people_view(plan))
    yield Sheet(address=addresses.FEEDBACK, view=feedback.feedback_view(plan))
    yield Sheet(address=addresses.OBJECTIVES, view=outcomes.objectives_view(plan))
    yield Sheet(address=addresses.RELEASES, view=outcomes.releases_view(plan))
    yield Sheet(address=addresses.METRICS, view=outcomes.metrics_view(plan))
    for theme, findings in feedback.by_theme(plan):
        yield Sheet(address=addresses.theme_address(theme), view=feedback.theme_view(plan, theme, findings))
    sources = {
        id: plan.origins[Kind.FINDING, finding.id].document.source
        for finding in plan.findings.values()
        for id in [plan.summary_of[finding.id]]
    }  # type: ignore[index] # an id of this kind
    for summary in plan.summaries:
        address = f"{addresses.SUMMARIES}/{summary}"
        # A theme's page has the same findings: one of the two is enough in search results.
        yield Sheet(
            address=address,
            view=feedback.study_view(plan, summary),
            source=sources.get(summary),
            searchable=False,
        )
    for id in plan.items:
        yield _record(plan, Kind.ITEM, id, item.item_view(plan, id), boost=2.0)
    for persona in plan.personas:
        yield _record(plan, Kind.PERSONA, persona, people.persona_view(plan, persona))
    for objective in plan.objectives:
        yield _record(plan, Kind.OBJECTIVE, objective, outcomes.objective_view(plan, objective))
    for release in plan.releases:
        yield _record(plan, Kind.RELEASE, release, outcomes.release_view(plan, release))
    for metric in plan.metrics:
        yield _record(plan, Kind.METRIC, metric, outcomes.metric_view(plan, metric))


def _record(plan: Plan, kind: Kind, id: str, view: object, *, boost: float = 1.0) -> Sheet:
    address = addresses.record(plan, kind, id).address
    return Sheet(address=address, view=view, source=plan.origins[kind, id].document.source, boost=boost)


def _navigation(plan: Plan) -> tuple[Entry, ...]:
    entries = [
        Entry(title="Home", address=addresses.HOME),
        Entry(title="Roadmap", address=addresses.ROADMAP),
        Entry(title="Objectives", address=addresses.OBJECTIVES),
        Entry(title="Personas", address=addresses.PERSONAS),
        Entry(title="Feedback", address=addresses.FEEDBACK),
        Entry(title="Releases", address=addresses.RELEASES),
        Entry(title="Metrics", address=addresses.METRICS),
    ]
    pages = [page for page in plan.pages.values() if page.address]
    if pages:
        pages.sort(key=lambda page: (page.title.casefold(), page.source))
        children = tuple(Entry(title=page.title, address=page.address) for page in pages)
        entries.append(children[0] if len(children) == 1 else Entry(title="Pages", children=children))
    return tuple(entries)


def _redirects(plan: Plan) -> dict[str, str]:
    """Earlier addresses of records that have a page of their own."""
    redirects: dict[str, str] = {}
    for kind in Kind:
        if kind is Kind.FINDING:
            continue
        for alias in sorted(plan.of(kind).aliases):
            address = addresses.record(plan, kind, alias).address
            redirects[f"{address.rpartition('/')[0]}/{alias}"] = address
    return redirects
