"""Where every page lives: one table of addresses for views, links in prose, feeds and data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from twofold.model import Kind
from twofold.model.fields import suggest_id

if TYPE_CHECKING:
    from twofold.plan.plan import Plan

HOME = ""
ROADMAP = "roadmap"
PERSONAS = "personas"
FEEDBACK = "feedback"
THEMES = "feedback/themes"
SUMMARIES = "feedback/summaries"
OBJECTIVES = "objectives"
RELEASES = "releases"
METRICS = "metrics"
TIMELINE = "timeline"
BY_OBJECTIVE = "by-objective"
BY_PERSONA = "by-persona"
NOT_ESTIMATED = "not-estimated"
DECISIONS = "decisions"
STAKEHOLDERS = "stakeholders"
VOICES = "feedback/personas"
HEALTH = "health"
SCORES = "scores"
BALANCE = "balance"
NEEDS = "needs"
METHODOLOGY = "methodology"

HUBS = frozenset(
    {ROADMAP, PERSONAS, FEEDBACK, OBJECTIVES, RELEASES, METRICS, TIMELINE, BY_OBJECTIVE, BY_PERSONA,
     NOT_ESTIMATED, DECISIONS, STAKEHOLDERS, HEALTH, SCORES, BALANCE, NEEDS, METHODOLOGY}
)  # fmt: skip
"""The portal's own pages at the top; no hand-written page may stand in their place."""

FILES = frozenset(
    {"404.html", "calendar.ics", "feed.xml", "index.html", "roadmap.json", "sitemap.xml", "sitemap.xml.gz"}
)
"""The portal's own files at the top; a page's folder of such a name would stand in their way."""

UNTHEMED = "without-a-theme"
"""The page of findings that have no theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A link to a page of the portal, or to a place in one."""

    title: str
    """Plain text, not escaped."""

    address: str
    """The page's address from the site's root, without slashes at its ends."""

    anchor: str | None = None
    """The place in the page."""


def record(plan: Plan, kind: Kind, id: str) -> Ref:
    """Where a record is shown. The id may be an earlier one.

    Raises:
        KeyError: when the plan has no such record.
    """
    index = plan.of(kind)
    present = index.canonical(id)
    if present is None:
        raise KeyError(id)
    found: Any = index[present]
    if kind is Kind.FINDING:
        return Ref(title=found.title, address=theme_address(found.theme), anchor=present)
    # Every other kind has a title; a release's page is called by its version.
    title = found.version if kind is Kind.RELEASE else found.title
    return Ref(title=title, address=f"{_FOLDERS[kind]}/{present}")


_FOLDERS = {
    Kind.ITEM: ROADMAP,
    Kind.PERSONA: PERSONAS,
    Kind.OBJECTIVE: OBJECTIVES,
    Kind.RELEASE: RELEASES,
    Kind.METRIC: METRICS,
}
"""Where the pages of records are; a finding is a place in its theme's page."""


@lru_cache(maxsize=1_000)
def theme_address(theme: str | None) -> str:
    """The page of a theme; None for findings without one."""
    return f"{THEMES}/{(suggest_id(theme) if theme else '') or UNTHEMED}"


def relative(target: str, *, base: str, anchor: str | None = None) -> str:
    """The relative URL from one address to another, in the manner of folders.

    `relative("roadmap/a", base="personas/b")` is `../../roadmap/a/`.
    """
    fragment = f"#{anchor}" if anchor else ""
    if target == base and anchor:
        return fragment
    up = "../" * depth(base)
    return f"{up}{target}/{fragment}" if target else f"{up or './'}{fragment}"


def depth(address: str) -> int:
    """How many folders stand above a page: from all pages of one depth, relative URLs are the same."""
    return address.count("/") + 1 if address else 0
