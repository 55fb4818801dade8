"""Where a link in prose leads: a record's or a page's source file becomes its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from twofold.model import FindingId, Kind, MetricId
from twofold.plan import addresses
from twofold.plan.addresses import Ref
from twofold.plan.destinations import destination
from twofold.plan.texts import anchors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twofold.plan import Plan
    from twofold.plan.asked import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Where a link leads in the portal."""

    ref: Ref
    is_file: bool
    """Whether it is a file of the content folder, not a page."""


class Targets:
    """What the links of a plan's texts lead to."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pages = _pages(plan)
        self._anchors: Callable[[str], Mapping[str, str]] = lru_cache(maxsize=None)(
            lambda source: anchors(plan, source)
        )

    def find(self, link: str, *, source: str) -> Leads | None:
        """Where a relative link in the file `source` leads; None where nowhere."""
        goal = destination(link, source=source)
        if goal.source in self._plan.assets:
            return Leads(ref=Ref(title=goal.source, address=goal.source), is_file=True)
        page = self._pages.get(goal.source)
        if page is None:
            return None
        if not goal.fragment:
            return Leads(ref=page, is_file=False)
        anchor = self._anchors(goal.source).get(goal.fragment)
        if anchor is None:
            return Leads(ref=page, is_file=False)
        if FindingId(anchor) in self._plan.findings and page.address.startswith(addresses.SUMMARIES):
            return Leads(ref=addresses.record(self._plan, Kind.FINDING, anchor), is_file=False)
        if MetricId(anchor) in self._plan.metrics and page.address == addresses.METRICS:
            return Leads(ref=addresses.record(self._plan, Kind.METRIC, anchor), is_file=False)
        return Leads(ref=Ref(title=page.title, address=page.address, anchor=anchor), is_file=False)

    def answer(self, question: str) -> object:
        """Answer what `noting` has noted: a text needs the way alone, whatever is called what."""
        length, _, rest = question.partition(":")
        source, link = rest[: int(length)], rest[int(length) :]
        found = self.find(link, source=source)
        return found and (found.ref.address, found.ref.anchor, found.is_file)

    def noting(self, asked: Asked) -> Noting:
        """Note what is asked."""
        return Noting(self, asked)


class Noting:
    """Targets of which every question is noted."""

    def __init__(self, targets: Targets, asked: Asked) -> None:
        self._targets = targets
        self._asked = asked

    def find(self, link: str, *, source: str) -> Leads | None:
        """Where a relative link in the file `source` leads; None where nowhere."""
        self._asked.note(f"link {len(source)}:{source}{link}")
        return self._targets.find(link, source=source)


def _pages(plan: Plan) -> dict[str, Ref]:
    """Source file in the content folder to the page that a link to it leads to."""
    pages: dict[str, Ref] = {}
    for id, summary in plan.documents.items():
        title = plan.summaries[id].title or id
        pages[summary.source] = Ref(title=title, address=f"{addresses.SUMMARIES}/{id}")
    for (kind, id), origin in plan.origins.items():
        document = origin.document
        if kind is Kind.FINDING:
            continue
        if kind is Kind.METRIC:
            pages[document.source] = Ref(title="Metrics", address=addresses.METRICS)
        else:
            pages[document.source] = addresses.record(plan, kind, id)
    for source, page in plan.pages.items():
        pages[source] = Ref(title=page.title, address=page.address)
    return pages
