"""A hand-written page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.views.narratives import Prose

if TYPE_CHECKING:
    from twofold.loading.pages import WrittenPage

_TOP_HEADING = re.compile(r"^#[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenView:
    """All that a hand-written page prints."""

    template = "written.html"
    places_views = True
    """Its text may hold blocks that place a view."""

    title: str
    has_heading: bool
    """Whether its own text begins with a first-level heading."""

    body: Prose
    description: str | None


def written_view(page: WrittenPage) -> WrittenView:
    """Gather a hand-written page."""
    has_heading = bool(_TOP_HEADING.match(page.body.lstrip()))
    return WrittenView(
        title=page.title,
        has_heading=has_heading,
        body=Prose(text=page.body, source=page.source, prefix="", top=1 if has_heading else 2),
        description=page.matter.description,
    )
