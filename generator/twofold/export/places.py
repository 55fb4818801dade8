"""Where records and texts lead, as seen from files at the top of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from twofold.model import Kind
from twofold.plan import addresses as places
from twofold.plan.destinations import destination
from twofold.prose.render import Target

if TYPE_CHECKING:
    from twofold.audience.published import AudiencePlan

FOLDERS = {
    Kind.ITEM: places.ROADMAP,
    Kind.RELEASE: places.RELEASES,
    Kind.OBJECTIVE: places.OBJECTIVES,
    Kind.PERSONA: places.PERSONAS,
    Kind.METRIC: places.METRICS,
}


class Places:
    """The addresses of one portal: absolute where its audience has a `site_url`, else relative to its top."""

    def __init__(self, plan: AudiencePlan, *, addresses: frozenset[str], files: frozenset[str]) -> None:
        self.plan = plan
        self.root = plan.site_url.rstrip("/") + "/" if plan.site_url else ""
        self._addresses = addresses
        self._files = files

    def file(self, name: str) -> str:
        """The address of a file of the site."""
        return f"{self.root}{quote(name)}"

    def page(self, address: str, *, anchor: str | None = None) -> str | None:
        """The address of a page; None where the portal has no such page."""
        if address not in self._addresses:
            return None
        fragment = f"#{quote(anchor)}" if anchor else ""
        path = f"{self.root}{quote(address)}/" if address else self.root or "./"
        return f"{path}{fragment}"

    def record(self, kind: Kind, id: str) -> str | None:
        """The address of the page that shows a record; None where none does."""
        if kind is not Kind.FINDING:
            return self.page(f"{FOLDERS[kind]}/{id}")
        theme = self.plan.findings[id].additions.get("theme")  # type: ignore[index] # an id of this kind
        by_theme = places.theme_address(theme if isinstance(theme, str) else None)
        return self.page(by_theme, anchor=id) or self.page(places.FEEDBACK, anchor=id)

    def name(self, kind: str, id: str) -> str:
        """A name that stays with a record for good, whatever its page is called: `urn:uuid:...`."""
        of = self.root or f"urn:twofold:{quote(self.plan.product)}:{quote(self.plan.audience)}:"
        return uuid5(NAMESPACE_URL, f"{of}{kind}/{id}").urn

    def target(self, link: str, *, source: str) -> Target | None:
        """Where a link in a text leads; None where the audience sees nothing there."""
        goal = destination(link, source=source)
        if goal.source in self._files:
            return Target(href=self.file(goal.source))
        page = self.plan.pages.get(goal.source)
        if page is not None:
            href = self.page(page.address, anchor=goal.fragment)
        else:
            sources = self.plan.sources
            record = sources.get(f"{goal.source}#{goal.fragment}") or sources.get(goal.source)
            href = self.record(*record) if record else None
        return Target(href=href) if href else None
