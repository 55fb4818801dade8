"""YAML read and written with each scalar as it was typed, so that a rewritten file means the same."""

# ruff: noqa: ANN401 - YAML holds anything

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class Bare(str):
    """A scalar that was, or is to be, written without quotes."""

    __slots__ = ()


@dataclass(frozen=True)
class Tagged:
    """A value with a tag of the owner's: `!ENV [NAME, default]`."""

    tag: str
    value: Any


def load(text: str) -> Any:
    """Dicts, lists, `Bare` and (for quoted and block scalars) `str`."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return None if node is None else _value(node)


def dump(value: Any) -> str:
    """The same in block style: `Bare` and numbers without quotes, other texts in double quotes."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, default_flow_style=False
    )
    return text.removesuffix("...\n")


def _value(node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.MappingNode):
        value = {str(key.value): _value(inner) for key, inner in node.value}
    elif isinstance(node, yaml.SequenceNode):
        value = [_value(inner) for inner in node.value]
    else:
        assert isinstance(node, yaml.ScalarNode)
        style: str | None = vars(node)["style"]
        value = Bare(node.value) if style is None else str(node.value)
    return Tagged(node.tag, value) if node.tag.startswith("!") else value


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's
        del indentless
        super().increase_indent(flow, indentless=False)


def _bare(dumper: yaml.SafeDumper, value: Bare) -> yaml.Node:
    # The tag that the plain text resolves to, so that PyYAML sees no need for quotes.
    resolve: Any = dumper.resolve
    return dumper.represent_scalar(resolve(yaml.ScalarNode, str(value), (True, False)), str(value))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    plain = value.isidentifier() and value.lower() not in NOT_TEXT
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


def _tagged(dumper: yaml.SafeDumper, value: Tagged) -> yaml.Node:
    node = dumper.represent_data(value.value)
    node.tag = value.tag
    return node


_Dumper.add_representer(Bare, _bare)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(Tagged, _tagged)
