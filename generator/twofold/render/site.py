"""From a plan to a site: every page's view, rendered."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup

from twofold.plan import addresses
from twofold.prose.render import Target
from twofold.prose.render import render as render_prose
from twofold.render.environment import environment
from twofold.render.links import Targets
from twofold.render.page import Heading, Page, Site
from twofold.render.sheets import Sheet, navigation, redirects, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jinja2 import Environment

    from twofold.config import Project
    from twofold.diagnostics import Report
    from twofold.plan import Plan
    from twofold.plan.addresses import Ref
    from twofold.views.narratives import Prose

_HEADING = re.compile(r'<h([2-4])[^>]*? id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r' id="([^"]+)"')
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_BADGE = re.compile(r'<span class="tf-.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def render(plan: Plan, report: Report, *, project: Project, audience: str, today: date) -> Site:
    """Render an audience's portal. The same plan and day give the same bytes."""
    renderer = Renderer(environment(), Targets(plan))
    pages = tuple(
        renderer.page(sheet)
        for sheet in sorted(sheets(plan, report, today=today), key=lambda sheet: sheet.address)
    )
    settings = project.settings.audiences.get(audience)
    return Site(
        audience=audience,
        title=(settings.title if settings else None) or project.name,
        pages=pages,
        navigation=navigation(plan),
        redirects=redirects(plan),
        files=renderer.files(project),
        internal=audience == "internal",
    )


class Renderer:
    """Prints views into pages; gathers the images that they show."""

    def __init__(self, templates: Environment, links: Targets) -> None:
        self._templates = templates
        self._links = links
        self._shown: set[str] = set()

    def page(self, sheet: Sheet) -> Page:
        """Print one view."""

        def href(ref: Ref, anchor: str | None = None) -> str:
            return addresses.relative(ref.address, base=sheet.address, anchor=anchor or ref.anchor)

        def narrative(text: Prose) -> Markup:
            return Markup(self._prose(text, sheet.address))  # noqa: S704 - sanitised by twofold.prose

        template = self._templates.get_template(sheet.view.template)
        html = template.render(view=sheet.view, href=href, prose=narrative)
        return Page(
            address=sheet.address,
            title=sheet.view.title,
            html=html,
            headings=tuple(_headings(html)),
            description=getattr(sheet.view, "description", None) or None,
            source=sheet.source,
            anchors=frozenset(_ID.findall(html)),
            searchable=sheet.searchable,
            boost=sheet.boost,
            hide=sheet.hide,
        )

    def files(self, project: Project) -> dict[str, bytes]:
        """The images that the pages show, by their path in the site."""
        return {path: (project.content / path).read_bytes() for path in sorted(self._shown)}

    def _prose(self, text: Prose, address: str) -> str:
        def resolve(link: str) -> Target | None:
            found = self._links.find(link, source=text.source)
            if found is None:
                return None
            if found.is_file:
                self._shown.add(found.ref.address)
                return Target(href=addresses.relative(found.ref.address, base=address).rstrip("/"))
            return Target(href=addresses.relative(found.ref.address, base=address, anchor=found.ref.anchor))

        return render_prose(text.text, prefix=text.prefix, links=resolve).html


def _headings(html: str) -> Iterator[Heading]:
    for level, id, inner in _HEADING.findall(html):
        text = _TAG.sub("", _BADGE.sub("", _PERMALINK.sub("", inner)))
        yield Heading(id=id, title=_SPACE.sub(" ", unescape(text)).strip(), level=int(level))
