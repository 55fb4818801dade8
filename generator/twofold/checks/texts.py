"""Rules about texts: how large they may be, and what they link to and show."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from twofold.checks.glance import where
from twofold.diagnostics import Span
from twofold.model.fields import suggest_id
from twofold.plan import addresses
from twofold.plan.destinations import destination
from twofold.plan.texts import anchors
from twofold.prose.links import Target, check_links, may_link
from twofold.prose.unsafe import check_html, may_be_unsafe
from twofold.source.files import COLLIDING_NAME, STRAY_FILE
from twofold.source.markdown_limits import SHORT, flat, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twofold.config import Project
    from twofold.diagnostics import Diagnostic
    from twofold.plan import Plan
    from twofold.plan.texts import PlacedText

_FOUND = Target(href="")


def check(
    plan: Plan,
    placed: Iterable[PlacedText],
    *,
    project: Project,
    broken: frozenset[str],
    sources: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Apply the rules about texts.

    `broken` are the record files that could not be used; links to them are not reported again. `sources` are
    the files' texts by their path in diagnostics.
    """
    records = {origin.document.source for origin in plan.origins.values()}
    summaries = {document.source for document in plan.documents.values()}
    there = {*records, *summaries, *plan.pages, *plan.assets, *broken}
    shown: set[str] = set()
    # Most files are short and flat and link to nothing, which one look at the whole of each can tell.
    loud = where(_may_speak, named="texts", plan=plan, sources=sources)
    for text in placed:
        if f"{project.shown_content}/{text.source}" not in loud and len(text.text) <= SHORT:
            continue
        excess = limits(text.text)
        if excess is not None:
            path, line = text.at(excess.line)
            yield excess.at(path, first_line=line - excess.line + 1)
            continue

        def resolve(link: str, source: str = text.source) -> Target | None:
            goal = destination(link, source=source)
            if goal.source not in there:
                return None
            shown.add(goal.source)
            if not goal.fragment or goal.source in broken:
                return _FOUND
            return _FOUND if goal.fragment in anchors(plan, goal.source) else None

        yield from check_links(text.text, at=text.at, resolve=resolve)
        yield from check_html(text.text, at=text.at)
    yield from _unshown(plan, project, shown)
    yield from _in_the_way(plan)


def _may_speak(path: str, text: str) -> bool:
    """Whether there may be something to say of a text in this file."""
    # YAML folds, escapes and begins its texts in the middle of a line; a Markdown body is read as it stands.
    in_yaml = not path.endswith(".md") or "\nnotes:" in text
    return in_yaml or may_link(text) or may_be_unsafe(text) or not flat(text)


def _unshown(plan: Plan, project: Project, shown: set[str]) -> Iterator[Diagnostic]:
    """Images that no text shows."""
    for asset in sorted(plan.assets - shown - project.named_files):
        if not any(fnmatchcase(asset, pattern) for pattern in plan.settings.downloads):
            span = Span(path=f"{project.shown_content}/{asset}")
            yield STRAY_FILE.at(span, what="no page shows this image", hint="show it, or take it out")


def _in_the_way(plan: Plan) -> Iterator[Diagnostic]:
    """Pages that would stand where a portal's own page stands."""
    for page in plan.pages.values():
        file = page.address in addresses.FILES | plan.assets or page.address.endswith("/index.html")
        if file or page.address in addresses.HUBS:
            what = "a file of the portal" if file else f"the portal's own {page.address} page"
            why = f"{what} has this address"
            hint = f"rename it, for example to `about-{suggest_id(page.address)}.md`"
            yield COLLIDING_NAME.at(Span(path=page.path), hint=hint, other=f"{page.address}/", why=why)
