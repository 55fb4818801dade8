"""Files of records that were read before: two revisions of a plan have most of them in common."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from twofold.loading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.model.fields import Vocabulary
    from twofold.source.files import Text


class Memory:
    """What files of records gave, by all that it depends on. Mutable: it fills while plans are read."""

    def __init__(self) -> None:
        self._words: tuple[Vocabulary, Mapping[str, str]] | None = None
        self._read: dict[tuple[str, str, str], records.Loaded] = {}

    def load(
        self, text: Text, source: str, *, vocabulary: Vocabulary, labels: Mapping[str, str]
    ) -> records.Loaded:
        """As `records.load` does, at most once for the same file under the same settings."""
        if self._words != (vocabulary, labels):
            self._words = (vocabulary, labels)
            self._read.clear()
        key = (text.path, source, text.text)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = records.load(text, source, vocabulary=vocabulary, labels=labels)
            if found.document is not None:
                digest = blake2b(text.text.encode("utf-8", "surrogatepass")).digest()
                found.document.worked_out[records.DIGEST] = digest
        return found
