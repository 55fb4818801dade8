"""How a text reads to an audience: two sources with the same reading are the same text."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from twofold.plan.destinations import destination
from twofold.prose.links import Target

if TYPE_CHECKING:
    from twofold.audience.published import AudiencePlan, Narrative
    from twofold.diff.side import Side


class Reading:
    """One side's audience, which follows links to what it sees."""

    def __init__(self, plan: AudiencePlan | None, side: Side) -> None:
        self.plan = plan
        self._downloads = side.project.settings.downloads
        self._html = lru_cache(maxsize=None)(self._rendered)

    def html(self, text: Narrative | None) -> str | None:
        """A text as it reads, with its links leading to records and pages; None where there is none."""
        return None if text is None else self._html(text.text, text.source)

    def _rendered(self, text: str, source: str) -> str:
        # The parser is loaded only where texts differ.
        from twofold.prose.render import render  # noqa: PLC0415

        made = render(text, prefix="", links=lambda link: self._target(link, source))
        return f"{made.html}\0{made.card}\0{made.plain}"

    def _target(self, link: str, source: str) -> Target | None:
        goal = destination(link, source=source)
        plan = self.plan
        if plan is None:
            return None
        fragment = f"#{goal.fragment}" if goal.fragment else ""
        named = plan.sources.get(f"{goal.source}#{goal.fragment}", plan.sources.get(goal.source))
        if named is not None:
            return Target(href=f"{named[0].value}:{named[1]}{fragment}")
        if goal.source in plan.pages:
            return Target(href=f"page:{plan.pages[goal.source].address}{fragment}")
        if (
            any(fnmatchcase(goal.source, pattern) for pattern in self._downloads)
            or goal.source in plan.assets
        ):
            return Target(href=f"file:{goal.source}")
        return None
