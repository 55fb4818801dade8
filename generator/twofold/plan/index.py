"""An immutable index of records by id, earlier ids included."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from types import MappingProxyType
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class Index(Mapping[Key, Value], Generic[Key, Value]):
    """Records of one kind, by id.

    A lookup takes an earlier id (`aliases:`) as well; iterating and counting know present ids only,
    in their order.
    """

    __slots__ = ("_aliases", "_records")

    def __init__(self, records: Mapping[Key, Value], aliases: Mapping[Key, Key] | None = None) -> None:
        self._records = MappingProxyType({key: records[key] for key in sorted(records)})
        self._aliases = MappingProxyType(dict(aliases or {}))

    @property
    def aliases(self) -> Mapping[Key, Key]:
        """Earlier id to present id."""
        return self._aliases

    def canonical(self, key: Key) -> Key | None:
        """The present id that an id, present or earlier, stands for."""
        return key if key in self._records else self._aliases.get(key)

    def __getitem__(self, key: Key) -> Value:
        """The record of a present or an earlier id.

        Raises:
            KeyError: when there is none.
        """
        found = self._records.get(key)
        return found if found is not None else self._records[self._aliases[key]]

    def __iter__(self) -> Iterator[Key]:
        """Present ids, in their order."""
        return iter(self._records)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)

    # Mapping's own go through `__getitem__` for each record: most of what a rule over all items costs.

    def items(self) -> ItemsView[Key, Value]:
        """Present ids with their records, in their order."""
        return self._records.items()

    def values(self) -> ValuesView[Value]:
        """The records, in the order of their ids."""
        return self._records.values()
