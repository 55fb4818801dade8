"""Internal pages that were made before, and what they were made from.

A page's view asks the plan, which notes the questions. While they get the same answers, the page is the same:
after an edit those pages are made that it has a part in, and no others. Public pages are made anew each time,
and nothing that is kept here can come into them.
"""

from __future__ import annotations

import io
import pickle
from hashlib import blake2b
from itertools import starmap
from typing import TYPE_CHECKING, Final, NamedTuple

from twofold.cache.store import SIZE
from twofold.cache.texts import KeptTexts
from twofold.cache.trace import entries
from twofold.render import shares
from twofold.render.page import Heading, Page, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date
    from pathlib import Path

    from twofold.cache.store import Store
    from twofold.plan import Plan
    from twofold.plan.asked import Asked
    from twofold.render.renderer import Sheet

ALL: Final = "pages"
SINCE: Final = "pages-since"
"""What has changed since all were put into the store, which takes longer."""

FEW: Final = 20
"""As long as not more than one page in so many has changed, only those are put into the store."""

_WORDS: Final = {(kind.__module__, kind.__name__): kind for kind in (Page, Heading, Section, frozenset)}


class Kept(NamedTuple):
    """A page, and what it was made from."""

    given: bytes
    """The digest of all that its sheet says."""

    questions: str
    """What was asked of the plan, in order, with nulls between."""

    answers: bytes
    page: Page


class Pages:
    """The pages of the internal portal as they were made last. Mutable: it has those of one time."""

    def __init__(self, store: Store | None = None, *, code: bytes = b"") -> None:
        """Have them in the store, or in memory where there is none. `code` tells which Twofold it is."""
        self._store = store
        self._code = code
        self._ground: bytes | None = None
        self._pages: Mapping[str, Kept] = {}
        self.texts = KeptTexts(store, code=code)
        """The texts of the portal's data."""

    def made(
        self,
        sheets: Sequence[Sheet],
        make: Callable[[Sheet], Page],
        asked: Asked,
        *,
        ground: Callable[[], bytes | None],
        progress: shares.Progress | None = None,
    ) -> tuple[Page, ...]:
        """Make the pages of these sheets that are not as they were, and take the others.

        `ground` digests what every page depends on; None where that cannot be told.
        """
        now = ground()
        given = {sheet.address: _given(sheet) for sheet in sheets}
        before, since = self._before(now)
        found = {
            address: kept
            for address, kept in before.items()
            if kept.given == given.get(address) and asked.answers(kept.questions.split("\0")) == kept.answers
        }
        pages = {address: kept.page for address, kept in found.items()}

        def anew(sheet: Sheet) -> Kept:
            if sheet.depends is None:
                return Kept(b"", "", b"", make(sheet))
            with asked.noting() as questions:
                page = make(sheet)
            ordered = sorted(questions)
            return Kept(given[sheet.address], "\0".join(ordered), asked.answers(ordered), page)

        rest = [sheet for sheet in sheets if sheet.address not in found]
        fresh: set[str] = set()
        # Those that are made each time are the longest: they list what a large plan has.
        for number, kept in shares.each(anew, rest, worth=len(sheets) >= shares.WORTH, progress=progress):
            address = rest[number].address
            pages[address] = kept.page
            if rest[number].depends is not None:
                found[address] = kept
                fresh.add(address)
        # Templates are read while pages are made: if they have changed meanwhile, nobody knows which were.
        if now is not None and ground() == now:
            self._keep(found, fresh, since, ground=now)
        return tuple(pages[sheet.address] for sheet in sheets)

    def _keep(
        self,
        found: Mapping[str, Kept],
        fresh: AbstractSet[str],
        since: Mapping[str, Kept] | None,
        *,
        ground: bytes,
    ) -> None:
        """Have these pages the next time; `fresh` are those that are new."""
        if self._store is None:
            self._ground, self._pages = ground, found
            return
        key = self._key(ground)
        if since is None or len(since.keys() | fresh) * FEW > len(found):
            self._store.write(ALL, starmap(_packed, found.items()), key=key)
            self._store.write(SINCE, (), key=key)
        elif fresh:
            changed = ((address, found[address]) for address in found if address in fresh or address in since)
            self._store.write(SINCE, starmap(_packed, changed), key=key)

    def _before(self, ground: bytes | None) -> tuple[Mapping[str, Kept], Mapping[str, Kept] | None]:
        """The pages of the last time, and which have changed since all were put into the store."""
        if ground is None:
            return {}, None
        if self._store is None:
            return self._pages if ground == self._ground else {}, None
        found, since = dict(self._read(ALL, ground)), dict(self._read(SINCE, ground))
        return (found | since, since) if found else ({}, None)

    def _read(self, name: str, ground: bytes) -> list[tuple[str, Kept]]:
        payload = self._store.read(name, key=self._key(ground)) if self._store is not None else None
        if payload is None:
            return []
        found = []
        pieces = io.BytesIO(payload)
        try:
            while pieces.tell() < len(payload):
                found.append(_unpacked(_Reader(pieces).load()))
        except Exception:  # noqa: BLE001 - a forged pickle fails as it likes
            return []
        return found if all(type(kept.page) is Page for _, kept in found) else []

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


def _packed(address: str, kept: Kept) -> bytes:
    return pickle.dumps((address, *kept), pickle.HIGHEST_PROTOCOL)


def _unpacked(piece: tuple[str, bytes, str, bytes, Page]) -> tuple[str, Kept]:
    return piece[0], Kept(*piece[1:])


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> type:
        """Find what a page is made of, and nothing else."""
        found = _WORDS.get((module_name, global_name))
        if found is None:
            message = f"{module_name}.{global_name} is no word of a page"
            raise pickle.UnpicklingError(message)
        return found
