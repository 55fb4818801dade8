"""From a plan to a site: every page's view, rendered."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from twofold.render import shares
from twofold.render.environment import environment
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


def render(
    plan: Plan,
    report: Report,
    *,
    project: Project,
    audience: str,
    themes: Sequence[Path],
    today: date,
    only: str | None = None,
) -> Site:
    """Render an audience's portal. The same plan and day give the same bytes.

    `themes` are the owner's theme folders, with templates of their own; `only` is the address of the one
    page to make.
    """
    ranked = cache(partial(rank, plan))
    renderer = Renderer(environment(themes), Targets(plan), partial(placed_view, plan, ranked, today=today))
    found = sorted(sheets(plan, report, today=today), key=lambda sheet: sheet.address)
    pages = tuple(shares.done(renderer.page, [sheet for sheet in found if only in {None, sheet.address}]))
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
