"""Documents that an earlier run has read: after an edit, all but one are as they were.

They are pickled, since nothing else makes two thousand records as quickly. What is unpickled makes values of
the plan's own vocabulary and nothing else: no function of others is found, let alone called.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from dataclasses import replace
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from twofold.cache.store import SIZE
from twofold.loading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.cache.store import Store
    from twofold.model.fields import Vocabulary
    from twofold.source.files import Text

Key = tuple[str, str, bytes]
"""A file's path in diagnostics, its path in the content folder, and the digest of its text."""

_NAME: Final = "records"

_PLACES: Final = ("twofold.loading.diagnose", "twofold.loading.records", "twofold.source.sections")
_NAMES: Final = frozenset({"Document", "Places", "Sections"})

FEW: Final = 20
"""As long as not more than one file in so many is new, what is kept is not written anew."""


class Kept:
    """What files of records gave, from one run to the next. Mutable: it notes what is read."""

    def __init__(self, store: Store, *, key: bytes) -> None:
        """Keep it there. `key` is Twofold's own: with other code, nothing is taken from an earlier run."""
        self._store = store
        self._key = key
        self._words: bytes | None = None
        self._before: dict[Key, records.Document] = {}
        self._now: dict[Key, records.Document] = {}
        self._fresh = 0

    def load(
        self, text: Text, source: str, *, vocabulary: Vocabulary, labels: Mapping[str, str]
    ) -> records.Loaded:
        """As `records.load` does, unless the same file was read under the same settings before."""
        if self._words is None:
            self._words = _words(self._key, vocabulary, labels)
            self._before = self._read(self._words)
        key = (text.path, source, blake2b(text.text.encode(), digest_size=SIZE).digest())
        document = self._before.get(key)
        if document is not None:
            self._now[key] = document
            return records.Loaded(document=document, problems=())
        loaded = records.load(text, source, vocabulary=vocabulary, labels=labels)
        # A file with problems is read again, which it asks for anyhow.
        if loaded.document is not None and not loaded.problems:
            self._fresh += 1
            self._now[key] = loaded.document
        return loaded

    def keep(self) -> None:
        """Keep what this run has read, and nothing else."""
        gone = len(self._before) - (len(self._now) - self._fresh)
        if self._words is None or (self._fresh + gone) * FEW <= len(self._now):
            return
        documents = {key: replace(document, worked_out={}) for key, document in self._now.items()}
        written = io.BytesIO()
        _Pickler(written, protocol=5).dump(documents)
        self._store.write(_NAME, [written.getvalue()], key=self._words)

    def _read(self, words: bytes) -> dict[Key, records.Document]:
        payload = self._store.read(_NAME, key=words)
        if payload is None:
            return {}
        try:
            found = _Unpickler(io.BytesIO(payload)).load()
        except Exception:  # noqa: BLE001 - a forged pickle fails as it likes
            return {}
        is_ours = isinstance(found, dict) and all(type(one) is records.Document for one in found.values())
        return found if is_ours else {}


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {
        MappingProxyType: lambda mapping: (read_only, (dict(mapping),))
    }


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        """Find the classes of the vocabulary; a name with dots would lead further."""
        name = (module_name, global_name)
        if name == (__name__, read_only.__name__):
            return read_only
        is_ours = module_name.startswith("twofold.model.") or (
            module_name in _PLACES and global_name in _NAMES
        )
        if (is_ours or name in {("datetime", "date"), ("twofold.source.yaml", "Plain")}) and (
            "." not in global_name
        ):
            found = super().find_class(module_name, global_name)
            # Not what a module has imported for itself.
            if isinstance(found, type) and found.__module__ == module_name:
                return found
        message = f"{module_name}.{global_name} is no word of a plan"
        raise pickle.UnpicklingError(message)


def read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Make a mapping that cannot be changed: its type has no name to be found by."""
    return MappingProxyType(mapping)


def _words(key: bytes, vocabulary: Vocabulary, labels: Mapping[str, str]) -> bytes:
    """All but its text that the record of a file depends on."""
    words = [
        sorted(vocabulary.labels),
        None if vocabulary.themes is None else sorted(vocabulary.themes),
        sorted(vocabulary.sizes.items()),
        None if vocabulary.products is None else sorted(vocabulary.products),
        sorted(labels.items()),
    ]
    return blake2b(key + repr(words).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()
