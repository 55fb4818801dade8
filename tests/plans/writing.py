"""YAML and Markdown as people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

Value: TypeAlias = "bool | float | str | date | Sequence[Value] | Mapping[str, Value] | None"
Fields: TypeAlias = Mapping[str, Value]

SECTIONS: Final = {"customer": "For customers", "user": "For users"}


class Bare(str):
    """Text that stands in YAML without quotes though it looks like something else: a period, a version."""

    __slots__ = ()


def document(path: str, fields: Fields, texts: Mapping[str, list[str]]) -> str:
    bodies = {label: "\n\n".join(parts) + "\n" for label, parts in texts.items()}
    description = bodies.pop("", None)
    if path.endswith(".yml"):
        return yaml_text({**fields, "description": description, "sections": bodies})
    parts = [] if description is None else [description]
    parts += [f"## {_section(label)}\n\n{body}" for label, body in bodies.items()]
    return f"---\n{yaml_text(fields)}---\n\n" + "\n".join(parts)


def _section(label: str) -> str:
    return "Internal" if label == "internal" else SECTIONS.get(label, f"For {label}")


def yaml_text(value: Value) -> str:
    """Write YAML as people do: bare words where they are safe, short lists on one line. None is left out."""
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: Value) -> Iterator[str]:
    match value:
        case Mapping():
            for name, inner in value.items():
                if inner is not None:
                    yield from _entry(f"{name}:", inner)
        case list() | tuple():
            for inner in value:
                first, *rest = _lines(inner) if isinstance(inner, Mapping) else [_scalar(inner)]
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
        case _:
            yield _scalar(value)


def _entry(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, str) and "\n" in value:
        yield f"{name} |"
        yield from (f"  {line}" if line else "" for line in value.rstrip("\n").split("\n"))
    elif isinstance(value, Mapping | list | tuple):
        short = _flow(value)
        if short is not None and len(name) + len(short) < MOST_ON_ONE_LINE:
            yield f"{name} {short}"
        else:
            yield name
            yield from (f"  {line}" if line else "" for line in _lines(value))
    else:
        yield f"{name} {_scalar(value)}"


def _flow(value: Value) -> str | None:
    """The value on one line; None where it is made of more than scalars."""
    inner = list(value.values()) if isinstance(value, Mapping) else value
    if not isinstance(inner, list | tuple) or any(isinstance(one, Mapping | list | tuple) for one in inner):
        return None
    texts = [json.dumps(text, ensure_ascii=False) if "," in text else text for text in map(_scalar, inner)]
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {text}" for name, text in zip(value, texts, strict=True)) + "}"
    return "[" + ", ".join(texts) + "]"


def _scalar(value: Value) -> str:
    match value:
        case Bare():
            return str(value)
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str() if SAFE.fullmatch(value) and value.lower() not in NOT_TEXT:
            return value
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


MOST_ON_ONE_LINE: Final = 90
SAFE: Final = re.compile(r"[^\W\d_](?:(?:[\w .,;()/%'-]|:(?=/))*[\w.)%])?")
NOT_TEXT: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "nan", "inf"})
