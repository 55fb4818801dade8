"""A hand-written page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.views.public.parts import Text

if TYPE_CHECKING:
    from twofold.audience.published import PublishedPage

_TOP_HEADING = re.compile(r"^#[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenView:
    """A hand-written page."""

    template = "public/written.html"
    places_views = True
    """Its text may hold blocks that place a view."""

    title: str
    has_heading: bool
    """Whether its own text begins with a first-level heading."""

    about: Text | None
    """None: its description stands in its front matter, or nowhere."""

    description: str
    body: Text


def written_view(page: PublishedPage) -> WrittenView:
    """Gather a hand-written page."""
    has_heading = bool(_TOP_HEADING.match(page.body.text.lstrip()))
    return WrittenView(
        title=page.title,
        has_heading=has_heading,
        about=None,
        description=page.description or "",
        body=Text(text=page.body.text, source=page.source, prefix="", top=1 if has_heading else 2),
    )
