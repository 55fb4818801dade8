"""YAML's data without its places: what reading a plan needs of every record, at half the cost.

A record that is well formed never asks where a value stands, so nothing here keeps places. Whatever is odd
is left to `twofold.source.yaml`, which reads the text again and says what and where
(`tests/unit/test_yaml.py` holds the two to the same data).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from twofold.source import yaml_lines
from twofold.source.limits import MAX_DEPTH
from twofold.source.yaml import ODD, events, plain, read

if TYPE_CHECKING:
    from collections.abc import Callable

# What a plain scalar begins with if it can be a number, a boolean or null.
_NOT_TEXT = frozenset("0123456789+-.tTfFnN~")


class _OddError(Exception):
    """Something that needs the slow reader: to be refused, or to be looked at closely."""


def load(text: str, *, path: str, first_line: int = 1) -> Any:
    """Read one YAML document into dicts, lists, texts, `Plain` and None; None where it is empty.

    `first_line` is the file's line on which `text` begins.

    Raises:
        Refusal: as `twofold.source.yaml.read` does.
    """
    try:
        return yaml_lines.read(text)
    except yaml_lines.OddError:
        pass  # The parser knows all of YAML.
    if text.isascii() or not ODD.search(text):
        try:
            return _data(events(text))
        except (_OddError, yaml.YAMLError):
            pass  # The slow reader says what and where.
    node = read(text, path=path, first_line=first_line)
    return node.data if node is not None else None


def _data(get_event: Callable[[], Any]) -> Any:  # noqa: C901, PLR0912 - one loop is what makes it fast
    root: Any = None
    begun = False
    # The innermost open collection, whether it is a mapping, and a mapping's pending key.
    top: Any = None
    mapping = False
    key: str | None = None
    stack: list[tuple[Any, bool]] = []
    while True:
        event = get_event()
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor or event.tag:
                raise _OddError
            value: Any = event.value
            if mapping and key is None:
                if value in top:
                    raise _OddError
                key = value
                continue
            if not event.style and (not value or value[0] in _NOT_TEXT):
                value = plain(value)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            top, mapping = stack.pop()
            continue
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag or len(stack) >= MAX_DEPTH or (mapping and key is None):
                raise _OddError
            value = {} if kind is MappingStartEvent else []
        elif kind is StreamEndEvent:
            return root
        elif kind is AliasEvent or (kind is DocumentStartEvent and (begun or event.tags)):
            raise _OddError
        else:
            begun = begun or kind is DocumentStartEvent
            continue
        if mapping:
            top[key] = value
            key = None
        elif stack:
            top.append(value)
        else:
            root = value
        if kind is not ScalarEvent:
            stack.append((top, mapping))
            top, mapping = value, kind is MappingStartEvent
