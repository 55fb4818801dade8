"""Texts as sanitised HTML, for readers outside the portal."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from twofold.cache.texts import Rendered
from twofold.prose.render import Target, render

if TYPE_CHECKING:
    from twofold.audience.published import Narrative
    from twofold.cache.texts import KeptTexts
    from twofold.export.places import Places

_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


class Texts:
    """Renders the texts of a portal, each once."""

    def __init__(self, places: Places, kept: KeptTexts) -> None:
        self._places = places
        self._kept = kept

    def html(self, text: str, *, source: str, label: str) -> str:
        """A Markdown text as sanitised HTML. Links lead to the portal; views of the portal are left out."""
        return self._rendered(text, source, label).html

    def plain(self, text: str, *, source: str, label: str) -> str:
        """A Markdown text's first paragraph, without markup and not escaped."""
        return self._rendered(text, source, label).plain

    def told(self, narratives: tuple[Narrative, ...]) -> str:
        """Several narratives, one after the other."""
        return "\n".join(self.html(one.text, source=one.source, label=one.label) for one in narratives)

    def brief(self, narratives: tuple[Narrative, ...]) -> str:
        """The first paragraph of the first narrative, without markup and not escaped."""
        return next((self.plain(one.text, source=one.source, label=one.label) for one in narratives), "")

    def _rendered(self, text: str, source: str, label: str) -> Rendered:
        asked: dict[str, str | None] = {}

        def leads(link: str) -> str | None:
            target = self._places.target(link, source=source)
            return target.href if target is not None else None

        def resolve(link: str) -> Target | None:
            href = asked[link] = leads(link)
            return Target(href=href) if href is not None else None

        def rendered() -> Rendered:
            made = render(text, prefix=f"{label}-", links=resolve, embed=lambda *_: "")
            return Rendered(_PERMALINK.sub("", made.html).strip(), made.plain, tuple(asked.items()))

        return self._kept.once(text, label, leads=leads, render=rendered)


def paragraph(text: str) -> str:
    """A plain text as HTML."""
    return f"<p>{escape(text, quote=False)}</p>"
