"""A plan that notes what it is asked.

What is made of a plan depends on its answers alone. So what was made once need not be made again while the
same questions get the same answers, whatever else has changed.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from twofold.loading.records import DIGEST
from twofold.model import Kind
from twofold.plan.index import Index
from twofold.plan.plan import Memory, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

Key = TypeVar("Key")
Id = TypeVar("Id", bound=str)
Value = TypeVar("Value")

Question = str
"""What is asked, a blank, and about which; nothing stands for all: `items lamp`, `backlinks item lamp`."""

_INDEXES = {
    "personas": Kind.PERSONA,
    "findings": Kind.FINDING,
    "objectives": Kind.OBJECTIVE,
    "items": Kind.ITEM,
    "releases": Kind.RELEASE,
    "metrics": Kind.METRIC,
}
_MAPPINGS = ("summaries", "summary_of", "backlinks", "origins", "documents", "pages")


class Asked:
    """A plan, and what it is asked. Mutable: it notes."""

    def __init__(self, plan: Plan, **others: Callable[[str], object]) -> None:
        """Take the plan that answers. `others` answer what is not asked of the plan: see `note`."""
        self._asked = plan
        self._others = others
        self._noted: set[Question] = set()
        self._answers = _Answers(self._told)
        noting: dict[str, Any] = {name: _NotingIndex(getattr(plan, name), name, self) for name in _INDEXES}
        noting |= {name: _NotingMapping(getattr(plan, name), name, self) for name in _MAPPINGS}
        self.plan: Plan = replace(plan, **noting, assets=_Unasked(), memory=_NotingMemory(self))
        """The plan, for what is to be noted. Its settings and its name are not noted."""

    def note(self, question: Question) -> None:
        """Note a question."""
        self._noted.add(question)

    def note_all(self, questions: frozenset[Question]) -> None:
        """Note questions."""
        self._noted |= questions

    @contextmanager
    def noting(self) -> Iterator[set[Question]]:
        """Give what is asked meanwhile, which is asked of what goes on around it as well."""
        outer, self._noted = self._noted, set()
        try:
            yield self._noted
        finally:
            outer |= self._noted
            self._noted = outer

    def answers(self, questions: Iterable[Question]) -> bytes:
        """Give a digest of all answers, in the order of the questions."""
        return blake2b(b"".join(map(self._answers.__getitem__, questions)), digest_size=16).digest()

    def _told(self, question: Question) -> str:
        """Spell an answer out. All in a plan are values: what they show is all that they are."""
        what, _, which = question.partition(" ")
        if what in self._others:
            return repr(self._others[what](which))
        held = getattr(self._asked, what)
        if isinstance(held, Index):
            if not which:
                return repr((sorted(held.aliases.items()), list(held.items())))
            present = held.canonical(which)
            return repr((present, None if present is None else self._shown(what, present)))
        spelt = _spelt(what)
        if not which:
            return repr([(key, spelt(value)) for key, value in held.items()])
        value = held.get(_name(which) if what in {"backlinks", "origins"} else which)
        return repr(None if value is None else spelt(value))

    def _shown(self, what: str, present: str) -> object:
        """Show a record: by its file's text where that is known and says nothing else, which is quicker."""
        kind = _INDEXES[what]
        origin = self._asked.origins[kind, present]
        digest = None if origin.location else origin.document.worked_out.get(DIGEST)
        return digest or self._asked.of(kind)[present]


class _Answers(dict[Question, bytes]):
    """Digests of answers. Mutable: it fills."""

    def __init__(self, told: Callable[[Question], str]) -> None:
        super().__init__()
        self._told = told

    def __missing__(self, question: Question) -> bytes:
        told = self._told(question).encode("utf-8", "surrogatepass")
        found = self[question] = blake2b(told, digest_size=16).digest()
        return found


class _NotingIndex(Index[Id, Value], Generic[Id, Value]):
    """An index of which every question is noted."""

    __slots__ = ("_by", "_index", "_what")

    def __init__(self, index: Index[Id, Value], what: str, by: Asked) -> None:
        # Not the parent's: what it holds is held once.
        self._index, self._what, self._by = index, f"{what} ", by

    @property
    def aliases(self) -> Mapping[Id, Id]:
        self._by.note(self._what)
        return self._index.aliases

    def canonical(self, key: Id) -> Id | None:
        self._by.note(self._what + key)
        return self._index.canonical(key)

    def __getitem__(self, key: Id) -> Value:
        self._by.note(self._what + key)
        return self._index[key]

    def __iter__(self) -> Iterator[Id]:
        self._by.note(self._what)
        return iter(self._index)

    def __len__(self) -> int:
        self._by.note(self._what)
        return len(self._index)

    def items(self) -> ItemsView[Id, Value]:
        self._by.note(self._what)
        return self._index.items()

    def values(self) -> ValuesView[Value]:
        self._by.note(self._what)
        return self._index.values()


class _NotingMapping(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping of which every question is noted."""

    __slots__ = ("_by", "_mapping", "_seen", "_what")

    def __init__(self, mapping: Mapping[Key, Value], what: str, by: Asked) -> None:
        self._mapping, self._what, self._by = mapping, f"{what} ", by
        self._seen = _seen(what)

    def __getitem__(self, key: Key) -> Value:
        self._by.note(self._what + (" ".join(key) if isinstance(key, tuple) else str(key)))
        found: Value = self._seen(self._mapping[key])
        return found

    def __iter__(self) -> Iterator[Key]:
        self._by.note(self._what)
        return iter(self._mapping)

    def __len__(self) -> int:
        self._by.note(self._what)
        return len(self._mapping)


class _Where:
    """All that may be asked of a document: where it stands."""

    __slots__ = ("document", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.document = self


class _Unasked(frozenset[str]):
    """What nothing that is noted may ask: an answer would be missed."""

    def __contains__(self, value: object) -> NoReturn:
        raise NotImplementedError

    def __iter__(self) -> NoReturn:
        raise NotImplementedError

    def __len__(self) -> NoReturn:
        raise NotImplementedError


class _NotingMemory(Memory):
    """Keeps what was asked for each thing beside it: who takes it has asked the same."""

    def __init__(self, by: Asked) -> None:
        super().__init__()
        self._by = by

    def once(self, key: Hashable, work: Callable[[], Value]) -> Value:
        def noted() -> tuple[Value, frozenset[Question]]:
            with self._by.noting() as questions:
                made = work()
            return made, frozenset(questions)

        value, questions = super().once(key, noted)
        self._by.note_all(questions)
        return value


def _seen(what: str) -> Callable[[Any], Any]:
    """What is given of a value: of a document, its place alone."""
    if what == "origins":
        return lambda origin: _Where(origin.document.source)
    return (lambda document: _Where(document.source)) if what == "documents" else lambda value: value


def _spelt(what: str) -> Callable[[Any], object]:
    """All of it that is given, as a value that shows it."""
    seen = _seen(what)
    return (lambda value: seen(value).source) if what in {"origins", "documents"} else seen


def _name(which: str) -> tuple[Kind, str]:
    kind, _, id = which.partition(" ")
    return Kind(kind), id
