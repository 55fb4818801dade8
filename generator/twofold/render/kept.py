"""Internal pages that were made before, and what they were made from.

A page's view asks the plan, which notes the questions. While they get the same answers, the page is the same:
after an edit those pages are made that it has a part in, and no others. Public pages are made anew each time,
and nothing that is kept here can come into them.
"""

from __future__ import annotations

import io
import pickle
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from twofold.cache.store import SIZE
from twofold.cache.trace import entries
from twofold.render import shares
from twofold.render.page import Heading, Page, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from twofold.cache.store import Store
    from twofold.plan import Plan
    from twofold.plan.asked import Asked
    from twofold.render.renderer import Sheet

NAME: Final = "pages"

_WORDS: Final = {(kind.__module__, kind.__name__): kind for kind in (Page, Heading, Section, frozenset)}


class Kept(NamedTuple):
    """A page, and what it was made from."""

    given: bytes
    """The digest of all that its sheet says."""

    questions: str
    """What was asked of the plan, in order: what and about which, each ended by a null."""

    answers: bytes
    page: Page


class Pages:
    """The pages of the internal portal as they were made last. Mutable: it has those of one time."""

    def __init__(self, store: Store | None = None, *, code: bytes = b"") -> None:
        """Begin with those in the store, if there is one. `code` says which Twofold has put them there."""
        self._store = store
        self._code = code
        self._ground: bytes | None = None
        self._pages: dict[str, Kept] = {}

    def made(
        self,
        sheets: Sequence[Sheet],
        make: Callable[[Sheet], Page],
        asked: Asked,
        *,
        ground: Callable[[], bytes | None],
    ) -> tuple[Page, ...]:
        """Make the pages of these sheets that are not as they were, and take the others.

        `ground` digests what every page depends on; None where that cannot be told.
        """
        now = ground()
        before = self._before(now)
        given = {sheet.address: _given(sheet) for sheet in sheets}
        found = {
            address: kept
            for address, kept in before.items()
            if kept.given == given.get(address) and asked.answers(_listed(kept.questions)) == kept.answers
        }
        rest = [sheet for sheet in sheets if sheet.address not in found]

        def noted(sheet: Sheet) -> tuple[Page, str, bytes]:
            if sheet.depends is None:
                return make(sheet), "", b""
            with asked.noting() as questions:
                page = make(sheet)
            ordered = sorted(questions)
            return page, "\0".join(chain.from_iterable(ordered)), asked.answers(ordered)

        pages = {address: kept.page for address, kept in found.items()}
        # Those that are made each time are the longest: they list what a large plan has.
        made = shares.done(noted, rest, worth=len(sheets) >= shares.WORTH)
        for sheet, (page, questions, answers) in zip(rest, made, strict=True):
            pages[sheet.address] = page
            if sheet.depends is not None:
                found[sheet.address] = Kept(given[sheet.address], questions, answers, page)
        # Templates are read while pages are made: if they have changed meanwhile, nobody knows which were.
        self._pages, self._ground = found, now if ground() == now else None
        return tuple(pages[sheet.address] for sheet in sheets)

    def keep(self) -> None:
        """Put them into the store."""
        if self._store is not None and self._ground is not None:
            pages = {address: tuple(kept) for address, kept in self._pages.items()}
            self._store.write(NAME, pickle.dumps(pages, 5), key=self._key(self._ground))

    def _before(self, ground: bytes | None) -> dict[str, Kept]:
        if ground is None:
            return {}
        if self._ground == ground:
            return self._pages
        payload = self._store.read(NAME, key=self._key(ground)) if self._store is not None else None
        if payload is None:
            return {}
        try:
            found = {address: Kept(*kept) for address, kept in _Reader(io.BytesIO(payload)).load().items()}
        except Exception:  # noqa: BLE001 - a forged pickle fails as it likes
            return {}
        return found if all(type(kept.page) is Page for kept in found.values()) else {}

    def _key(self, ground: bytes) -> bytes:
        return blake2b(self._code + ground, digest_size=SIZE).digest()


def ground(plan: Plan, *, themes: Iterable[Path], today: date) -> bytes | None:
    """Digest what every page depends on: settings, the day, templates. None where that cannot be told."""
    said = repr((plan.name, plan.settings, today))
    total = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=SIZE)
    for folder in themes:
        for entry in entries(str(folder)):
            if entry is None:
                return None
            total.update(entry)
    return total.digest()


def _given(sheet: Sheet) -> bytes:
    said = (sheet.source, sheet.searchable, sheet.boost, sorted(sheet.hide), sheet.neighbours, sheet.depends)
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def _listed(questions: str) -> Iterable[tuple[str, str]]:
    parts = questions.split("\0")
    return zip(parts[::2], parts[1::2], strict=False)


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> type:
        """Find what a page is made of, and nothing else."""
        found = _WORDS.get((module_name, global_name))
        if found is None:
            message = f"{module_name}.{global_name} is no word of a page"
            raise pickle.UnpicklingError(message)
        return found
