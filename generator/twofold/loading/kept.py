"""Documents that an earlier run has read: after an edit, all but one are as they were.

They are pickled, since nothing else makes two thousand records as quickly. What is unpickled makes values of
the plan's own vocabulary and nothing else: no function of others is found, let alone called.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from twofold.cache.store import SIZE
from twofold.loading import records
from twofold.loading.diagnose import Places
from twofold.model import Period
from twofold.model.fields import Effort
from twofold.model.record import Strict
from twofold.source.sections import Sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.cache.store import Store
    from twofold.model.fields import Vocabulary
    from twofold.source.files import Text

Key = tuple[str, str, bytes]
"""A file's path in diagnostics, its path in the content folder, and the digest of its text."""

_NAME: Final = "records"

_OTHERS: Final = frozenset({("datetime", "date"), ("twofold.source.yaml", "Plain")})

_TOGETHER: Final = 200
"""Documents of one pickle. A pickler remembers all that it has seen, which takes its time."""

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
            document.worked_out[records.DIGEST] = key[2]
            return records.Loaded(document=document, problems=())
        loaded = records.load(text, source, vocabulary=vocabulary, labels=labels)
        if loaded.document is not None:
            loaded.document.worked_out[records.DIGEST] = key[2]
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
        written = io.BytesIO()
        documents = list(self._now.items())
        for first in range(0, len(documents), _TOGETHER):
            _pickler(written).dump(dict(documents[first : first + _TOGETHER]))
        self._store.write(_NAME, [written.getbuffer()], key=self._words)

    def _read(self, words: bytes) -> dict[Key, records.Document]:
        payload = self._store.read(_NAME, key=words)
        if payload is None:
            return {}
        kept, end = io.BytesIO(payload), len(payload)
        found: dict[Key, records.Document] = {}
        try:
            while kept.tell() < end:
                found.update(_Unpickler(kept).load())
        except Exception:  # noqa: BLE001 - a forged pickle fails as it likes
            return {}
        return found if all(type(one) is records.Document for one in found.values()) else {}


def _pickler(to: io.BytesIO) -> pickle.Pickler:
    """Take apart what there are thousands of; nothing that has been worked out of it goes along."""
    pickler = pickle.Pickler(to, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table | {
        records.Document: lambda one: (document, _parts(one)),
        Effort: lambda one: (effort, (one.weeks, one.size)),
        Period: lambda one: (Period, (one.text, one.start, one.end)),
        **dict.fromkeys(_below(Strict), lambda one: (model, (type(one), vars(one)))),
    }
    return pickler


def _parts(one: records.Document) -> tuple[Any, ...]:
    body = one.body
    texts = None if body is None else (body.description, dict(body.texts), dict(body.origins))
    places = one.places
    text = (places.first_line, places.text)
    return one.path, one.source, one.id, text, one.content, texts, one.told, one.doubtful


def _below(of: type[Strict]) -> Iterator[type[Strict]]:
    for one in of.__subclasses__():
        yield one
        yield from _below(one)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        """Find the classes of the vocabulary and `_MAKERS`; a name with dots would lead further."""
        if module_name == __name__ and global_name in _MAKERS:
            return _MAKERS[global_name]
        is_ours = module_name.startswith("twofold.model.") and "." not in global_name
        if is_ours or (module_name, global_name) in _OTHERS:
            found = super().find_class(module_name, global_name)
            # Not what a module has imported for itself.
            if isinstance(found, type) and found.__module__ == module_name:
                return found
        message = f"{module_name}.{global_name} is no word of a plan"
        raise pickle.UnpicklingError(message)


def document(  # noqa: PLR0917 - as pickles call
    path: str,
    source: str,
    stem: str,
    text: tuple[int, str],
    content: Any,
    texts: tuple[str, Mapping[str, str], Mapping[str | None, tuple[tuple[int, int], ...]]] | None,
    told: dict[str, bool],
    doubtful: bool,  # noqa: FBT001 - as pickles call
) -> records.Document:
    """Put a document together."""
    body = None
    if texts is not None:
        description, by_label, origins = texts
        body = Sections(
            description=description, texts=MappingProxyType(by_label), origins=MappingProxyType(origins)
        )
    return records.Document(
        path=path,
        source=source,
        id=stem,
        places=Places(path=path, first_line=text[0], text=text[1]),
        content=content,
        body=body,
        told=told,
        doubtful=doubtful,
    )


def model(kind: type[Strict], values: dict[str, Any]) -> Strict:
    """Put a record, or a part of one, together: validated before it was kept, as its file's digest shows.

    Which of the fields were written and which left out is not kept; nobody asks.
    """
    made = kind.__new__(kind)
    _set(made, "__dict__", values)
    _set(made, "__pydantic_fields_set__", set())
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


def effort(weeks: float, size: str | None) -> Effort:
    """Put an estimate together."""
    return Effort(weeks=weeks, size=size)


_MAKERS: Final[Mapping[str, Any]] = {one.__name__: one for one in (document, model, effort)}

_set = object.__setattr__


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
