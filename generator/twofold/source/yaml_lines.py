"""The plain part of YAML, read line by line: what nearly every record is written in.

It takes block mappings and lists, texts on one line, and short lists and mappings in brackets. A line that
does not say for itself what it is, or that any other reader could take otherwise, is odd, and the text is
left to the parser as a whole (`tests/unit/test_yaml_lines.py` holds the two to the same data).
"""

from __future__ import annotations

import re
from typing import Any

from twofold.source.yaml import plain

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_KEYED = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*:(?: |$)")
_WORDS = r"\w(?:(?:[\w ./()+%'-]|:(?=[\w/]))*[\w./)%'])?"
_IN_BRACKETS = re.compile(_WORDS)
_FLAT_LIST = re.compile(rf"\[{_WORDS}(?:, {_WORDS})*\]")
_BEGINS_NO_TEXT = frozenset("0123456789+-.tTfFnN~")
_DEEPEST = 8

Line = tuple[int, str]
"""Indentation, and what follows it."""


class OddError(Exception):
    """Something that only the parser can tell."""


def read(text: str) -> Any:
    """Read a document into dicts, lists, texts, `Plain` and None.

    Raises:
        OddError: when a line needs the parser.
    """
    if not text.replace("\n", "").isprintable():
        raise OddError
    lines = list(_lines(text))
    if not lines:
        return None
    if lines[0][0] != 0:
        raise OddError
    value, end = _block(lines, 0, 0)
    if end != len(lines):
        raise OddError
    return value


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for line in text.split("\n"):
        content = line.lstrip(" ")
        if not content or content[0] == "#":
            continue
        if content[-1] == " ":
            raise OddError
        lines.append((len(line) - len(content), content))
    return lines


def _block(lines: list[Line], begin: int, depth: int) -> tuple[Any, int]:
    if depth > _DEEPEST:
        raise OddError
    return (_list if lines[begin][1][:2] == "- " else _mapping)(lines, begin, depth)


def _mapping(lines: list[Line], begin: int, depth: int) -> tuple[dict[str, Any], int]:
    indent = lines[begin][0]
    found: dict[str, Any] = {}
    at, count = begin, len(lines)
    while at < count and lines[at][0] == indent:
        key, colon, rest = lines[at][1].partition(":")
        if not colon or key in found or not (key.isidentifier() or _KEY.fullmatch(key)) or not key.isascii():
            raise OddError
        at += 1
        if rest:
            if rest[0] != " ":
                raise OddError
            found[key] = _value(rest.lstrip(" "))
        elif at < count and (lines[at][0] > indent or (lines[at][0] == indent and lines[at][1][:2] == "- ")):
            found[key], at = _block(lines, at, depth + 1)
        else:
            found[key] = None
    if at < count and lines[at][0] > indent:
        raise OddError
    return found, at


def _list(lines: list[Line], begin: int, depth: int) -> tuple[list[Any], int]:
    indent = lines[begin][0]
    found: list[Any] = []
    at, count = begin, len(lines)
    while at < count and lines[at][0] == indent and lines[at][1][:2] == "- ":
        content = lines[at][1]
        rest = content[2:].lstrip(" ")
        if _KEYED.match(rest):
            # A mapping that begins on the dash's line goes on where its first key stands.
            lines[at] = (indent + len(content) - len(rest), rest)
            value, at = _mapping(lines, at, depth + 1)
            found.append(value)
        else:
            found.append(_value(rest))
            at += 1
    if at < count and lines[at][0] > indent:
        raise OddError
    return found, at


def _value(text: str) -> Any:
    first = text[0]
    if first.isalnum():
        if ": " in text or " #" in text or text[-1] == ":":
            raise OddError
        return plain(text) if first in _BEGINS_NO_TEXT else text
    if first in "\"'":
        inner = text[1:-1]
        if len(text) > 1 and text[-1] == first and first not in inner and "\\" not in inner:
            return inner
    elif first == "[" and _FLAT_LIST.fullmatch(text) is not None:
        parts = text[1:-1].split(", ")
        return [plain(part) if part[0] in _BEGINS_NO_TEXT else part for part in parts]
    elif first == "[" and text[-1] == "]":
        return [_in_brackets(part) for part in text[1:-1].split(",")] if text != "[]" else []
    elif first == "{" and text[-1] == "}":
        return _pairs(text[1:-1])
    raise OddError


def _pairs(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in text.split(","):
        key, colon, value = part.lstrip(" ").partition(": ")
        if not colon or key in found or _KEY.fullmatch(key) is None:
            raise OddError
        found[key] = _in_brackets(value)
    return found


def _in_brackets(text: str) -> Any:
    bare = text.strip(" ")
    if _IN_BRACKETS.fullmatch(bare) is not None:
        return plain(bare) if bare[0] in _BEGINS_NO_TEXT else bare
    quoted = len(bare) > 1 and bare[0] == bare[-1] == '"'
    if quoted and '"' not in bare[1:-1] and "\\" not in bare and not set("{}[]") & set(bare):
        return bare[1:-1]
    raise OddError
