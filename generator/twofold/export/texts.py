"""Texts as sanitised HTML, for readers outside the portal."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from twofold.prose.render import Prose, render

if TYPE_CHECKING:
    from twofold.audience.published import Narrative
    from twofold.export.places import Places
    from twofold.prose.render import Target

_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


class Texts:
    """Renders the texts of a portal, each once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._render = lru_cache(maxsize=None)(self._rendered)

    def html(self, text: str, *, source: str, label: str) -> str:
        """A Markdown text as sanitised HTML. Links lead to the portal; views of the portal are left out."""
        return _PERMALINK.sub("", self._render(text, source, label).html).strip()

    def plain(self, text: str, *, source: str, label: str) -> str:
        """A Markdown text's first paragraph, without markup and not escaped."""
        return self._render(text, source, label).plain

    def told(self, narratives: tuple[Narrative, ...]) -> str:
        """Several narratives, one after the other."""
        return "\n".join(self.html(one.text, source=one.source, label=one.label) for one in narratives)

    def brief(self, narratives: tuple[Narrative, ...]) -> str:
        """The first paragraph of the first narrative, without markup and not escaped."""
        return next((self.plain(one.text, source=one.source, label=one.label) for one in narratives), "")

    def _rendered(self, text: str, source: str, label: str) -> Prose:
        def resolve(link: str) -> Target | None:
            return self._places.target(link, source=source)

        return render(text, prefix=f"{label}-", links=resolve, embed=lambda *_: "")


def paragraph(text: str) -> str:
    """A plain text as HTML."""
    return f"<p>{escape(text, quote=False)}</p>"
