"""Finished pages, as any site engine can take them: title, HTML, table of contents.

Nothing here knows MkDocs. `twofold.engine` hands these to it, and an export may hand them to
another engine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from zlib import compress, decompress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


Value = TypeVar("Value")


class Heading(NamedTuple):
    """One entry of a page's table of contents."""

    id: str
    """Anchor, unique in its page."""

    title: str
    """Plain text, not escaped."""

    level: int
    """2 to 6, as in `<h2>`; the title itself is level 1 and not listed."""


class Section(NamedTuple):
    """What search finds in a part of a page."""

    id: str | None
    """Its anchor; None for the page's own, which comes first."""

    title: str
    """Its heading, as text with `&`, `<` and `>` escaped; may be empty."""

    text: str
    """HTML of paragraphs, lists and code without attributes."""


class Packed(Generic[Value]):
    """A field for what is long, kept small: a portal has thousands, and each is wanted twice."""

    def __init__(
        self, written: Callable[[Value], str], read: Callable[[str], Value], *, default: Value | None = None
    ) -> None:
        """Keep what `written` makes of a value; `read` makes the value of it again."""
        self._written = written
        self._read = read
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the field's name."""
        self._place = f"_{name}"

    def __get__(self, instance: object | None, owner: type) -> Value:
        """Give the value, or the default where there is no page."""
        if instance is None:
            if self._default is None:
                raise AttributeError
            return self._default
        packed: bytes = vars(instance)[self._place]
        return self._read(decompress(packed).decode("utf-8", "surrogatepass"))

    def __set__(self, instance: object, value: Value) -> None:
        """Take the value."""
        vars(instance)[self._place] = compress(self._written(value).encode("utf-8", "surrogatepass"), 1)


def _sections(text: str) -> tuple[Section, ...]:
    return tuple(Section(*one) for one in json.loads(text))


@dataclass(frozen=True, kw_only=True)
class Page:
    """One finished page."""

    address: str
    """From the site's root, without slashes at its ends: `roadmap/offline-charting`; home is ``""``."""

    title: str
    """Plain text, not escaped."""

    html: Packed[str] = Packed(str, str)
    """The whole content, sanitised, its `<h1>` included; always there."""

    headings: tuple[Heading, ...] = ()
    """In the order of the page."""

    description: str | None = None
    """One plain sentence for the page's metadata."""

    source: str | None = None
    """POSIX path, relative to the content folder, of the file to edit; None where there is no single one."""

    anchors: frozenset[str] = frozenset()
    """All ids in `html` that a link may name, those of `headings` included."""

    sections: Packed[tuple[Section, ...]] = Packed(json.dumps, _sections, default=())
    """What search finds in it, in the order of the page."""

    shows: frozenset[str] = frozenset()
    """The files that it shows or links to, by their paths in the content folder."""

    searchable: bool = True
    """Whether the search index has it."""

    boost: float = 1.0
    """Weight in search results; 1 is usual."""

    belongs_to: str | None = None
    """The address of the page under which it stands; None for the nearest one above its own address."""

    hide: frozenset[str] = frozenset()
    """Material's parts to hide: `navigation`, `toc`, `path`, `footer`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the navigation: a page, or a section with entries of its own."""

    title: str
    """Plain text, not escaped."""

    address: str | None = None
    """The page's address; None for a section."""

    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One audience's portal, complete, before any engine has touched it."""

    audience: str
    title: str
    """The portal's name, plain text."""

    pages: tuple[Page, ...]
    """Every page once, in the order of their addresses."""

    navigation: tuple[Entry, ...]
    """Hub pages only. Pages that are not here stay out of the global navigation."""

    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old address to address, for the aliases of records."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """POSIX path in the site to content: images that pages show, feeds, data."""

    internal: bool = False
    """Whether this is the internal portal: it has a banner and asks robots to stay away."""


class Files(Mapping[str, bytes]):
    """The files of a site, some of which are still being made: only their names are known."""

    def __init__(
        self, there: Mapping[str, bytes], names: Iterable[str], made: Callable[[], Mapping[str, bytes]]
    ) -> None:
        """`made` gives those with `names`; it is called once, when they are asked for."""
        self._there = dict(there)
        self._awaited = tuple(names)
        self._made = made

    def __getitem__(self, name: str) -> bytes:
        """Give a file's bytes."""
        if name in self._awaited and name not in self._there:
            self._there.update(self._made())
        return self._there[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(dict.fromkeys((*self._there, *self._awaited)))

    def __len__(self) -> int:
        """Give how many files there are."""
        return len(set(self._there).union(self._awaited))

    def __contains__(self, name: object) -> bool:
        """Whether there is such a file; what is still being made counts."""
        return name in self._there or name in self._awaited


def shown(pages: Iterable[Page]) -> list[str]:
    """The files that pages show or link to, in order."""
    return sorted({path for page in pages for path in page.shows})
