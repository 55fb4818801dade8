"""From what an audience may read to its portal. Nothing here is given the plan."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import escape

from twofold.model import Kind, Status
from twofold.plan import addresses
from twofold.render import shares
from twofold.render.environment import environment
from twofold.render.page import Entry, Site, shown
from twofold.render.public_links import PublicTargets
from twofold.render.renderer import RECORD, Renderer, Sheet
from twofold.views.public import ahead, heard, item, metrics, objectives, people, releases
from twofold.views.public.home import home_view
from twofold.views.public.neighbours import neighbours
from twofold.views.public.placed import placed_view
from twofold.views.public.shelf import shelf
from twofold.views.public.written import written_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from twofold.audience.published import AudiencePlan, PublishedItem
    from twofold.render.page import Page
    from twofold.views.public.shelf import Shelf

CAVEAT = '<aside class="tf-caveat" data-search-exclude><p>{text}</p></aside>\n'
"""The safe-harbour text at the end of a page."""

FOLDERS = {
    Kind.ITEM: addresses.ROADMAP,
    Kind.RELEASE: addresses.RELEASES,
    Kind.OBJECTIVE: addresses.OBJECTIVES,
    Kind.PERSONA: addresses.PERSONAS,
    Kind.METRIC: addresses.METRICS,
}
"""Under which address the records of a kind have their pages."""


def render(
    plan: AudiencePlan,
    *,
    downloads: Sequence[str],
    read: Callable[[str], bytes],
    themes: Sequence[Path],
    today: date,
    only: str | None = None,
    progress: shares.Progress | None = None,
) -> Site:
    """Render a public portal. The same plan and day give the same bytes.

    `downloads` are the globs of files that pages may link to; `read` gives the bytes of a file of the content
    folder as they are to be published; `themes` are the owner's theme folders, with templates of their own;
    `only` is the address of the one page to make; `progress` hears of the pages that are made.
    """
    books = shelf(plan, today=today)
    renderer = Renderer(
        environment(themes), PublicTargets(books, downloads=downloads), partial(placed_view, books)
    )
    sheets = sorted(_sheets(books), key=lambda pair: pair[0].address)
    wanted = [pair for pair in sheets if only in {None, pair[0].address}]
    made = shares.done(lambda pair: _page(renderer, plan, *pair), wanted, progress=progress)
    pages = tuple(made)
    return Site(
        audience=plan.audience,
        title=plan.title,
        pages=pages,
        navigation=_navigation(books, {page.address: page.title for page in pages}),
        redirects=_redirects(plan, {page.address for page in pages}),
        files={path: read(path) for path in shown(pages)},
    )


def _page(renderer: Renderer, plan: AudiencePlan, sheet: Sheet, above: str | None) -> Page:
    view = sheet.view()
    return renderer.page(
        replace(sheet, view=lambda: view),
        foot=CAVEAT.format(text=escape(plan.safe_harbour)) if plan.safe_harbour else "",
        about=getattr(view, "about", None),
        belongs_to=above,
    )


def _sheets(books: Shelf) -> Iterator[tuple[Sheet, str | None]]:
    """Every page to be, and the page under which it stands where its address does not say so."""
    plan = books.plan
    for page in plan.pages.values():
        yield (
            Sheet(
                address=page.address,
                view=partial(written_view, page),
                source=page.source,
                searchable=page.searchable,
                boost=page.boost,
                hide=page.hide,
            ),
            None,
        )
    if all(page.address != addresses.HOME for page in plan.pages.values()):
        yield Sheet(address=addresses.HOME, view=partial(home_view, books), hide=frozenset({"toc"})), None
    for address, view in _hubs(books).items():
        yield Sheet(address=address, view=partial(_same, view)), None
    beside = neighbours(books)
    for sheet, above in _records(books):
        yield replace(sheet, boost=RECORD, neighbours=beside.get(sheet.address)), above


def _same(view: object) -> object:
    return view


def _hubs(books: Shelf) -> dict[str, object]:
    """The pages that list records: only those that have something to list."""
    released, roadmap = releases.releases_view(books), ahead.ahead_view(books)
    plan = books.plan
    found: dict[str, object] = {}
    if released.blocks or released.earlier:
        found[addresses.RELEASES] = released
    if roadmap.stretches or roadmap.releases:
        found[addresses.ROADMAP] = roadmap
    if plan.objectives:
        found[addresses.OBJECTIVES] = objectives.objectives_view(books)
    if plan.metrics:
        found[addresses.METRICS] = metrics.metrics_view(books)
    if plan.findings:
        found[addresses.FEEDBACK] = heard.heard_view(books)
    if plan.personas:
        found[addresses.PERSONAS] = people.people_view(books)
    return found


def _records(books: Shelf) -> Iterator[tuple[Sheet, str | None]]:
    plan = books.plan
    for id, one in plan.items.items():
        address = f"{addresses.ROADMAP}/{id}"
        yield Sheet(address=address, view=partial(item.item_view, books, id)), _above(one)
    for release in plan.releases:
        above = None if release in books.out else addresses.ROADMAP
        address = f"{addresses.RELEASES}/{release}"
        yield Sheet(address=address, view=partial(releases.release_view, books, release)), above
    for objective in plan.objectives:
        ref = books.objective(objective).ref
        if ref is not None:
            yield Sheet(address=ref.address, view=partial(objectives.objective_view, books, objective)), None
    for persona in plan.personas:
        ref = books.persona(persona).ref
        if ref is not None:
            yield Sheet(address=ref.address, view=partial(people.person_view, books, persona)), None
    for metric in plan.metrics:
        ref = books.metric(metric).ref
        if ref is not None:
            yield Sheet(address=ref.address, view=partial(metrics.metric_view, books, metric)), None


def _above(one: PublishedItem) -> str | None:
    """What is released stands with its release, and what is not with the roadmap."""
    if one.status is not Status.RELEASED:
        return None
    return addresses.RELEASES if one.release is None else f"{addresses.RELEASES}/{one.release}"


def _navigation(books: Shelf, titles: dict[str, str]) -> tuple[Entry, ...]:
    words = books.words
    hubs = {
        "releases": addresses.RELEASES,
        "ahead": addresses.ROADMAP,
        "heard": addresses.FEEDBACK,
        "objectives": addresses.OBJECTIVES,
        "metrics": addresses.METRICS,
        "people": addresses.PERSONAS,
    }
    main: list[Entry] = []
    aside: list[Entry] = []
    for name, address in hubs.items():
        if address in titles:
            (aside if name in words.aside else main).append(Entry(title=titles[address], address=address))
    pages = sorted(
        (page for page in books.plan.pages.values() if page.address),
        key=lambda page: (page.title.casefold(), page.source),
    )
    aside.extend(Entry(title=page.title, address=page.address) for page in pages)
    below = [Entry(title="More", children=tuple(aside))] if len(aside) > 1 else aside
    return (Entry(title="Home", address=addresses.HOME), *main, *below)


def _redirects(plan: AudiencePlan, present: set[str]) -> dict[str, str]:
    """Earlier addresses of records that have a page of their own."""
    moved = {
        f"{FOLDERS[kind]}/{alias}": f"{FOLDERS[kind]}/{id}"
        for (kind, alias), id in sorted(plan.aliases.items())
        if kind in FOLDERS
    }
    return {old: new for old, new in moved.items() if new in present and old not in present}
