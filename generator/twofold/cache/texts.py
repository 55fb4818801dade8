"""Texts as they were rendered last, for the data of the internal portal, which shows all of them again.

What a text is rendered to depends on the text and on where its links lead. So each is kept with its links and
what they led to, and taken again while they lead there. Nothing that is kept can come into a public portal.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twofold.cache.store import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twofold.cache.store import Store

NAME: Final = "texts"


class Rendered(NamedTuple):
    """A rendered text, and what it was asked on the way."""

    html: str
    plain: str
    """Its first paragraph without markup, not escaped."""

    links: tuple[tuple[str, str | None], ...]
    """Each link as written, with the address that it led to; None where it led nowhere."""


class KeptTexts:
    """The rendered texts of one portal. Mutable: it has those that were asked for last."""

    def __init__(self, store: Store | None = None, *, code: bytes = b"") -> None:
        """Have them in the store, or in memory where there is none. `code` tells which Twofold it is."""
        self._store = store
        self._code = blake2b(code, digest_size=SIZE).digest()
        self._before: Mapping[str, Rendered] | None = None
        self._now: dict[str, Rendered] = {}

    def once(
        self,
        text: str,
        label: str,
        *,
        leads: Callable[[str], str | None],
        render: Callable[[], Rendered],
    ) -> Rendered:
        """Give a text as it was rendered under this label, or render it; `leads` says where a link leads."""
        if self._before is None:
            self._before = self._read()
        told = f"{label}\n{text}".encode("utf-8", "surrogatepass")
        key = blake2b(told, digest_size=16).hexdigest()
        found = self._now.get(key) or self._before.get(key)
        if found is None or any(leads(link) != address for link, address in found.links):
            found = render()
        self._now[key] = found
        return found

    def keep(self) -> None:
        """Have what was asked for since the last time, and nothing else, the next time."""
        before, self._before, self._now = self._before, self._now, {}
        if self._store is not None and self._before != before:
            self._store.put(NAME, self._before, key=self._code)

    def _read(self) -> dict[str, Rendered]:
        kept = None if self._store is None else self._store.get(NAME, key=self._code)
        try:
            return {key: _rendered(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
        except (TypeError, ValueError):
            return {}


def _rendered(value: Any) -> Rendered:  # noqa: ANN401 - whatever a file had
    html, plain, links = value
    found = Rendered(html, plain, tuple((link, address) for link, address in links))
    texts = (html, plain, *(link for link, _ in found.links))
    places = (address for _, address in found.links if address is not None)
    if not all(isinstance(one, str) for one in (*texts, *places)):
        message = "no rendered text"
        raise ValueError(message)
    return found
