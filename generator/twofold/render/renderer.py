"""From a view to a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from twofold.plan import addresses
from twofold.prose import blocks
from twofold.prose.render import Target
from twofold.prose.render import render as render_prose
from twofold.render.page import Heading, Page
from twofold.render.sections import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment

    from twofold.plan.addresses import Ref
    from twofold.prose.blocks import Block, Place
    from twofold.render.links import Leads
    from twofold.views.narratives import Prose
    from twofold.views.public.neighbours import Neighbours

_HEADING = re.compile(r'<h([2-4])[^>]*? id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r' id="([^"]+)"')
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_BADGE = re.compile(r'<span class="tf-.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# Without quotation marks: in the text of an attribute it would be no end of it.
_TURNING = re.compile(r"<(ul|ol|blockquote|table)(?=[ >])")

RECORD = 2.0
"""What a record's own page weighs in search results: it comes before the pages that list it."""


class Links(Protocol):
    """What the links of texts lead to: of the whole plan, or of what an audience may read."""

    def find(self, link: str, *, source: str) -> Leads | None:
        """Where a relative link in the file `source` leads; None where nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page to be: its address and its view."""

    address: str
    view: Callable[[], Any]
    """Makes one of the view models; its `template` names the template that prints it.

    Only then, so that there is one at a time, and that those of a portal can be made in several processes.
    """

    source: str | None = None
    """The file to edit, relative to the content folder."""

    searchable: bool = True
    boost: float = 1.0
    hide: frozenset[str] = frozenset()
    neighbours: Neighbours | None = None
    """The pages before and after it in the list that it stands in."""

    depends: tuple[object, ...] | None = None
    """All that its view takes beside a plan that notes what it is asked, as values that show what they are.

    None where that cannot be told: such a page is made anew each time.
    """


class Renderer:
    """Prints views into pages. Mutable: it knows which page it is at, and keeps what many pages have."""

    def __init__(self, templates: Environment, links: Links, place: Callable[[Block, Place], Any]) -> None:
        """`place` gives the view that a block in a hand-written page asks for; None: not in this portal."""
        self._templates = templates
        self._place = place
        self._links = links
        self._briefs: dict[str, tuple[Markup, str]] = {}
        self._address = ""
        self._shown: set[str] = set()
        self._embed: Callable[[str, int], str] | None = None
        # For all templates and not for each page: macros are then put together once.
        templates.globals.update(
            href=self._hrefs(),
            prose=lambda text: Markup(self._prose(text)),  # noqa: S704 - sanitised by twofold.prose
            brief=self.brief,
            once=self._once(),
        )
        self._permalink: Callable[[str], str] = templates.get_template("reading.html").module.permalink  # type: ignore[attr-defined] # what the template defines

    def page(
        self,
        sheet: Sheet,
        *,
        foot: str | None = None,
        about: Prose | None = None,
        belongs_to: str | None = None,
    ) -> Page:
        """Print one view.

        `foot` is HTML at the end of the page, which search leaves out; `about` describes the page where its
        view does not; `belongs_to` is the page under which it stands where its address does not say so.
        """
        view = sheet.view()
        self._address, self._shown = sheet.address, set()
        self._embed = self._embedding() if getattr(view, "places_views", False) else None
        html = self._templates.get_template(view.template).render(view=view, neighbours=sheet.neighbours)
        html = _HEADING.sub(self._addressed, html)
        return Page(
            address=sheet.address,
            title=view.title,
            html=html if foot is None else f"{html.rstrip()}\n{foot}",
            headings=tuple(_headings(html)),
            description=getattr(view, "description", None) or (self.plain(about) if about else None),
            source=sheet.source,
            anchors=frozenset(_ID.findall(html)),
            sections=sections(html) if sheet.searchable else (),
            shows=frozenset(self._shown),
            searchable=sheet.searchable,
            boost=sheet.boost,
            hide=sheet.hide,
            belongs_to=belongs_to,
        )

    def _hrefs(self) -> Callable[..., str]:
        def href(ref: Ref, anchor: str | None = None) -> str:
            return addresses.relative(ref.address, base=self._address, anchor=anchor or ref.anchor)

        return href

    def _once(self) -> Callable[..., Markup]:
        """What a template calls to print a part that stands the same in many pages.

        The part's value is the same object in all of them, and leads to no place in a page that shows it.
        """
        made: dict[tuple[object, ...], tuple[object, Markup]] = {}

        def once(part: Callable[..., Markup], value: object, *more: object) -> Markup:
            # Addresses are relative: they are the same from all pages of one depth.
            key = part, id(value), addresses.depth(self._address), *more
            if key not in made:
                # With its value, whose place in memory nobody else can then have.
                made[key] = value, part(value, *more)
            return made[key][1]

        return once

    def _embedding(self) -> Callable[[str, int], str]:
        numbers = count(1)

        def embed(block: str, level: int) -> str:
            asked = blocks.read(block)
            place = blocks.Place(anchor=f"view:{next(numbers)}", level=level)
            placed = self._place(asked, place) if asked is not None else None
            if placed is None:
                return ""
            return self._templates.get_template(placed.template).render(view=placed, place=place)

        return embed

    def _addressed(self, heading: re.Match[str]) -> str:
        """A heading with a link to itself, which a text's own headings have already."""
        whole, id = heading[0], heading[2]
        return whole if _PERMALINK.search(whole) else f"{whole[:-5]}{self._permalink(id)}{whole[-5:]}"

    def brief(self, text: Prose) -> Markup:
        """A text's first paragraph, for a card."""
        return self._brief(text.text)[0]

    def plain(self, text: Prose) -> str:
        """A text's first paragraph without markup, not escaped."""
        return self._brief(text.text)[1]

    def _brief(self, text: str) -> tuple[Markup, str]:
        # The same text stands in many lists, without links or ids, so it is the same everywhere.
        found = self._briefs.get(text)
        if found is None:
            made = render_prose(text, prefix="", links=lambda _: None)
            found = Markup(made.card), made.plain  # noqa: S704 - sanitised by twofold.prose
            self._briefs[text] = found
        return found

    def _prose(self, text: Prose) -> str:
        address, embed, shown = self._address, self._embed, self._shown

        def resolve(link: str) -> Target | None:
            found = self._links.find(link, source=text.source)
            if found is None:
                return None
            if found.is_file:
                shown.add(found.ref.address)
                return Target(href=addresses.relative(found.ref.address, base=address).rstrip("/"))
            return Target(href=addresses.relative(found.ref.address, base=address, anchor=found.ref.anchor))

        made = render_prose(
            text.text, prefix=text.prefix, links=resolve, top=text.top, embed=embed, card=False
        )
        html = made.html
        # Paragraphs find their direction by the styles; the marks of lists stand where their texts begin.
        return html if embed or not _RIGHT_TO_LEFT.search(html) else _TURNING.sub(r"<\1 dir=auto", html)


def _headings(html: str) -> Iterator[Heading]:
    for level, id, inner in _HEADING.findall(html):
        text = _TAG.sub("", _BADGE.sub("", _PERMALINK.sub("", inner)))
        yield Heading(id=id, title=_SPACE.sub(" ", unescape(text)).strip(), level=int(level))
