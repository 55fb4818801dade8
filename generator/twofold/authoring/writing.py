"""Values as YAML text: plain where that reads back, else in quotes; lists and mappings in flow syntax."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from twofold.source import yaml
from twofold.source.yaml import ODD, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = Any
"""What YAML holds: dict, list, str, `Plain` or None."""

# What readers of YAML 1.1 take for a boolean; to us it is text.
_LOOKS_BOOLEAN = frozenset({"yes", "no", "on", "off", "y", "n"})
_WIDTH = 100
"""Columns at which folded text is broken, unless it was broken later before."""


def same(one: Data, other: Data) -> bool:
    """Whether two pieces of YAML data are the same, the text `"8"` and the number `8` told apart."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(one[key], other[key]) for key in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, Plain) is isinstance(other, Plain) and one == other


def flow(value: Data) -> str:
    """A value on one line, as it may stand within brackets."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {flow(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(flow(one) for one in value) + "]"
        case None:
            return "null"
        case Plain():
            return str(value)
        case _:
            return str(value) if _plain_reads(str(value), "[{}]", [str(value)]) else double(str(value))


def block(value: Data) -> str:
    """A value on one line, as it may stand behind `key: `."""
    if isinstance(value, str) and not isinstance(value, Plain):
        return value if plain_in_block(value) else double(value)
    return flow(value)


def field(name: str, value: Data) -> str:
    """A field of a block mapping on one line."""
    return f"{_key(name)}: {block(value)}"


def plain_in_block(text: str) -> bool:
    """Whether a text reads back as this text behind `key: ` without quotes."""
    return _plain_reads(text, "k: {}", {"k": text})


def double(text: str) -> str:
    """A text in double quotes, whatever is in it."""
    quoted = json.dumps(text, ensure_ascii=False)
    # JSON leaves in what YAML does not print, or breaks lines at.
    return "".join(
        sign if sign.isprintable() and not ODD.match(sign) else _escaped(ord(sign)) for sign in quoted
    )


def single(text: str) -> str | None:
    """A text in single quotes; None where they cannot hold it."""
    return "'" + text.replace("'", "''") + "'" if text.isprintable() else None


def scalars(
    text: str, *, opening: str, typed: bool, in_flow: bool, may_look_like_a_number: bool
) -> Iterator[str]:
    """The ways to write a scalar on one line, best first.

    `opening` is the character with which the present value begins. `typed` scalars (numbers, dates) are
    written as they are. `may_look_like_a_number` keeps a text such as `2026.4` without quotes.
    """
    if typed:
        yield text
        return
    if opening == "'" and (quoted := single(text)):
        yield quoted
    if opening not in {"'", '"'}:
        reads = _plain_reads(text, "[{}]", [text]) if in_flow else plain_in_block(text)
        if reads or (may_look_like_a_number and isinstance(yaml.plain(text), Plain)):
            yield text
    yield double(text)


def literal(text: str, *, indent: int) -> str | None:
    """A text as a literal block (`|`) with the lines indented; None where it cannot be one."""
    content = _blockable(text)
    if content is None:
        return None
    chomping = "" if text.endswith("\n") else "-"
    return "\n".join([f"|{chomping}", *_indented(content.split("\n"), indent)])


def folded(text: str, *, indent: int, width: int = 0) -> str | None:
    """A text as a folded block (`>`), broken at `width`; None where it cannot be one."""
    content = _blockable(text)
    if content is None or re.search(r"^[ \t]", content, re.MULTILINE):
        return None
    chomping = "" if text.endswith("\n") else "-"
    rows: list[str] = []
    for number, paragraph in enumerate(content.split("\n")):
        wrapped = textwrap.wrap(
            paragraph,
            width=max(_WIDTH, width) - indent,
            break_long_words=False,
            break_on_hyphens=False,
            expand_tabs=False,
            replace_whitespace=False,
            drop_whitespace=True,
        )
        whole = " ".join(wrapped) == paragraph
        # One line end of the text is an empty line here, and n of them are n empty lines.
        rows += [""] * (number > 0 and bool(paragraph)) + (wrapped if whole and paragraph else [paragraph])
    return "\n".join([f">{chomping}", *_indented(rows, indent)])


def _blockable(text: str) -> str | None:
    """The lines of a text that may stand in a block scalar, without the last line end."""
    content = text.removesuffix("\n")
    fine = content and content[0] not in " \t\n" and not content.endswith("\n") and not ODD.search(content)
    return content if fine and all(sign == "\n" or sign.isprintable() for sign in content) else None


def _indented(rows: list[str], indent: int) -> list[str]:
    return [" " * indent + row if row else row for row in rows]


def _key(name: str) -> str:
    return name if _plain_reads(name, "{{{}: 1}}", {name: Plain("1")}) else double(name)


def _plain_reads(text: str, frame: str, expected: object) -> bool:
    if not text or text.lower() in _LOOKS_BOOLEAN or not text.isprintable():
        return False
    try:
        found = yaml.read(frame.format(text), path="")
    except yaml.Refusal:
        return False
    return found is not None and same(found.data, expected)


def _escaped(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
