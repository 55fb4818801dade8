"""From a plan to a site: every page's view, rendered."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from twofold.plan.asked import Asked
from twofold.render import shares
from twofold.render.environment import environment
from twofold.render.kept import ground
from twofold.render.links import Targets
from twofold.render.page import Site, shown
from twofold.render.renderer import Renderer
from twofold.render.sheets import navigation, redirects, sheets
from twofold.scoring.ranking import rank
from twofold.views.placed import placed_view

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from twofold.config import Project
    from twofold.diagnostics import Report
    from twofold.plan import Plan
    from twofold.render.kept import Pages


def render(
    plan: Plan,
    report: Report,
    *,
    project: Project,
    audience: str,
    themes: Sequence[Path],
    today: date,
    only: str | None = None,
    kept: Pages | None = None,
    progress: shares.Progress | None = None,
) -> Site:
    """Render an audience's portal. The same plan and day give the same bytes.

    `themes` are the owner's theme folders, with templates of their own; `only` is the address of the one
    page to make. `kept` has the pages that were made last, and takes those that are made now. `progress`
    hears of these.
    """
    ranked = cache(partial(rank, plan))
    targets = Targets(plan)
    asked = Asked(plan, link=targets.answer) if kept is not None else None
    renderer = Renderer(
        environment(themes),
        targets if asked is None else targets.noting(asked),
        partial(placed_view, plan, ranked, today=today),
    )
    noting = None if asked is None else asked.plan
    found = sorted(sheets(plan, report, today=today, noting=noting), key=lambda sheet: sheet.address)
    if kept is None or asked is None:
        wanted = [sheet for sheet in found if only in {None, sheet.address}]
        pages = tuple(shares.done(renderer.page, wanted, progress=progress))
    else:
        now = partial(ground, plan, themes=themes, today=today)
        pages = kept.made(found, renderer.page, asked, ground=now, progress=progress)
    settings = project.settings.audiences.get(audience)
    return Site(
        audience=audience,
        title=(settings.title if settings else None) or project.name,
        pages=pages,
        navigation=navigation(plan),
        redirects=redirects(plan),
        files={path: (project.content / path).read_bytes() for path in shown(pages)},
        internal=audience == "internal",
    )
