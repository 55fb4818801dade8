"""The plain part of YAML, read line by line: what nearly every record is written in.

It takes block mappings and lists, texts on one line, literal blocks, and short lists and mappings in
brackets. A line that does not say for itself what it is, or that any other reader could take otherwise, is
odd, and the text is left to the parser as a whole (`tests/unit/test_yaml_lines.py` holds the two to the same
data).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from twofold.source.yaml import plain

_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
# Indentation, a list's dash with the spaces after it, a key, and what follows.
_LINE = re.compile(rf"^( *)(- +)?(?:({_KEY}):(?: +|$))?(.*)$", re.MULTILINE)
_SCALAR = r"""(?:\w(?:(?:[\w ./()+%'-]|:(?=[\w/]))*[\w./)%'])?|"[^"\\]*"|'[^'\\]*')"""
_SCALARS = re.compile(_SCALAR)
_LIST = re.compile(rf"\[ *{_SCALAR}(?: *, *{_SCALAR})* *\]")
_PAIR = rf"{_KEY}: +{_SCALAR}"
_PAIRS = re.compile(rf"({_KEY}): +({_SCALAR})")
_MAPPING = re.compile(rf"\{{ *{_PAIR}(?: *, *{_PAIR})* *\}}")
_DEEPEST = 8

Line = tuple[int, int, str, str, int]
"""Indentation, length of the dash with the spaces after it, key, what follows, and the row."""


class OddError(Exception):
    """Something that only the parser can tell."""


def read(text: str) -> Any:
    """Read a document into dicts, lists, texts, `Plain` and None.

    Raises:
        OddError: when a line needs the parser.
    """
    if not text.replace("\n", "").isprintable():
        raise OddError
    lines = [
        (len(indent), len(dash), key, rest, row)
        for row, (indent, dash, key, rest) in enumerate(_LINE.findall(text))
        if key or dash or (rest and rest[0] != "#")
    ]
    if not lines:
        return None
    if lines[0][0] != 0:
        raise OddError
    # Below every collection, so that each of them ends before it.
    lines.append((-1, 0, "", "", 0))
    value, end = _block(lines, 0, 0, text)
    if end != len(lines) - 1:
        raise OddError
    return value


def _block(lines: list[Line], begin: int, depth: int, text: str) -> tuple[Any, int]:
    if depth > _DEEPEST:
        raise OddError
    return (_list if lines[begin][1] else _mapping)(lines, begin, depth, text)


def _mapping(lines: list[Line], begin: int, depth: int, text: str) -> tuple[dict[str, Any], int]:
    indent = lines[begin][0]
    found: dict[str, Any] = {}
    at = begin
    while True:
        width, dash, key, rest, _ = lines[at]
        if width != indent or dash:
            break
        if not key or key in found:
            raise OddError
        at += 1
        if rest:
            if rest[0] == "|":
                found[key], at = _literal(lines, at, indent, text)
            else:
                found[key] = _value(rest)
            continue
        follows = lines[at]
        if follows[0] > indent or (follows[0] == indent and follows[1]):
            found[key], at = _block(lines, at, depth + 1, text)
        else:
            found[key] = None
    if width > indent:
        raise OddError
    return found, at


def _list(lines: list[Line], begin: int, depth: int, text: str) -> tuple[list[Any], int]:
    indent = lines[begin][0]
    found: list[Any] = []
    at = begin
    while True:
        width, dash, key, rest, row = lines[at]
        if width != indent or not dash:
            break
        if key:
            # A mapping that begins on the dash's line goes on where its first key stands.
            lines[at] = (indent + dash, 0, key, rest, row)
            value, at = _mapping(lines, at, depth + 1, text)
            found.append(value)
        elif rest:
            found.append(_value(rest))
            at += 1
        else:
            raise OddError
    if width > indent:
        raise OddError
    return found, at


def _literal(lines: list[Line], at: int, indent: int, text: str) -> tuple[str, int]:
    """The text of a literal block (`|` or `|-`) below the key before line `at`, and the line after it."""
    first, sign, row = lines[at][0], lines[at - 1][3], lines[at - 1][4]
    if sign not in {"|", "|-"} or first <= indent:
        raise OddError
    rows = text.split("\n")
    margin = " " * first
    taken: list[str] = []
    for line in rows[row + 1 :]:
        if line and not line.startswith(margin):
            break
        taken.append(line[first:])
    if not taken or not taken[0] or taken[0][0] in " #":
        raise OddError
    end = row + 1 + len(taken)
    # A line between the two margins belongs to neither, and a last line without its end is read differently.
    if (rows[end].lstrip(" ")[:1] in {"", "#"}) if end < len(rows) else taken[-1]:
        raise OddError
    while lines[at][0] >= 0 and lines[at][4] < end:
        at += 1
    if lines[at][0] > indent:
        raise OddError
    while not taken[-1]:
        taken.pop()
    return "\n".join(taken) + ("\n" if sign == "|" else ""), at


def _value(text: str) -> Any:
    first = text[0]
    if first.isalnum():
        if ": " in text or " #" in text or text[-1] in ": ":
            raise OddError
        return _plain(text)
    if first == "[":
        return [] if text == "[]" else list(_flat_list(text))
    if first == "{":
        return dict(_flat_mapping(text))
    if first in "\"'":
        inner = text[1:-1]
        if len(text) > 1 and text[-1] == first and first not in inner and "\\" not in inner:
            return inner
    raise OddError


# Ids, dates, words of a list and numbers come again and again.
@lru_cache(maxsize=10_000)
def _plain(text: str) -> str | None:
    return plain(text)


@lru_cache(maxsize=10_000)
def _flat_list(text: str) -> tuple[str | None, ...]:
    if _LIST.fullmatch(text) is None:
        raise OddError
    return tuple(_bare(scalar) for scalar in _SCALARS.findall(text))


@lru_cache(maxsize=10_000)
def _flat_mapping(text: str) -> tuple[tuple[str, str | None], ...]:
    if _MAPPING.fullmatch(text) is None:
        raise OddError
    pairs = tuple((key, _bare(scalar)) for key, scalar in _PAIRS.findall(text))
    if len(dict(pairs)) < len(pairs):
        raise OddError
    return pairs


def _bare(scalar: str) -> str | None:
    return scalar[1:-1] if scalar[0] in "\"'" else plain(scalar)
