"""YAML, guarded: one pass over the C parser's events builds data and places together.

The pass stops at the first event beyond a limit, so that hostile input is refused before it is
expanded. Scalars follow YAML 1.2's core rules; a plain scalar that these rules read as something
other than text comes as `Plain`, which is its own text and knows its value, so that a text field
keeps `1.10` as it was typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs keep it to themselves
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

from twofold.diagnostics import Diagnostic, Rule, Severity, Span
from twofold.source.limits import MAX_DEPTH, TOO_LARGE_OR_DEEP

if TYPE_CHECKING:
    from collections.abc import Callable

YAML_SYNTAX = Rule(
    code="TF002",
    slug="yaml-syntax",
    severity=Severity.ERROR,
    message="not valid YAML: {problem}",
    page="""
The YAML of a record, or of a Markdown file's front matter, cannot be read. Twofold stops at the
first place that it does not understand, so nothing of this record is used until it is mended.

Often it is a colon followed by a space inside a text, a text that begins with one of
`[ { & * ! | > % @`, or a line whose indentation does not match its neighbours.

Wrong:

```yaml
title: Charting: the next step
```

Right:

```yaml
title: "Charting: the next step"
```
""",
)

DUPLICATE_KEY = Rule(
    code="TF003",
    slug="duplicate-key",
    severity=Severity.ERROR,
    message="`{key}` is given twice; the first is on line {first}",
    page="""
A mapping names the same key twice. Most YAML readers keep the last one in silence, so that half of
what was written is lost without anybody noticing, often after a merge. Keep one of them.

Wrong:

```yaml
status: planned
horizon: next
status: in-progress
```

Right:

```yaml
status: in-progress
horizon: now
```
""",
)

ANCHOR_ALIAS_OR_TAG = Rule(
    code="TF004",
    slug="yaml-anchor-alias-or-tag",
    severity=Severity.ERROR,
    message="{what} is not allowed in a record",
    page="""
Anchors (`&name`), aliases (`*name`) and tags (`!name`) are refused in the content folder. A tag can
ask a reader to run code, and nested aliases can grow a few lines into gigabytes. A record is also
easier to review when everything it says stands where it is said.

A text that begins with `&`, `*` or `!` needs quotes.

Wrong:

```yaml
pains: &pains [Charting after the shift]
```

Right:

```yaml
pains: [Charting after the shift]
tags: ["*urgent*"]
```
""",
)

MAX_DIGITS = 300
"""The longest number that is read as one, in characters: beyond every float, below every cost."""

_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER_START = frozenset("0123456789+-.")
ODD = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
"""YAML 1.1 breaks lines at the first three and YAML 1.2 does not: whoever reads must not guess. The others
are halves of characters, which no file has but a program may hand over."""


class Mark(Protocol):
    """A place that the C parser reports, from 0."""

    line: int
    column: int


class Plain(str):
    """A plain scalar that YAML's core rules read as a number or a boolean.

    It *is* the text as typed; `value` is what the core rules make of it.
    """

    __slots__ = ()

    # Not kept: most are asked once, and keeping it takes longer than working it out.
    @property
    def value(self) -> bool | int | float:
        """The boolean, integer or float.

        Raises:
            OverflowError: for a number of more than `MAX_DIGITS` characters.
        """
        if len(self) > MAX_DIGITS:
            message = f"a number of {len(self):,} characters"
            raise OverflowError(message)
        if self in _BOOLEANS:
            return _BOOLEANS[self]
        text = self.lower()
        digits = text.lstrip("+-")
        if digits.startswith("0o"):
            return int(text.replace("0o", ""), 8)
        if digits.startswith("0x"):
            return int(text.replace("0x", ""), 16)
        if digits.isdigit():
            return int(text)
        if digits in {".inf", ".nan"}:
            return float(text.replace(".", ""))
        return float(text)


class Node:
    """A value and where it stands."""

    __slots__ = ("children", "data", "end", "keys", "start", "tag")

    def __init__(self, data: Any, start: Mark, end: Mark) -> None:
        self.data = data
        """What it means: dict, list, str, `Plain` or None."""
        self.start = start
        self.end = end
        self.children: dict[str, Node] | list[Node] | None = None
        self.keys: dict[str, Mark] | None = None
        """For a mapping: where each key begins."""
        self.tag: str | None = None
        """The tag, in trusted YAML only."""

    def find(self, location: tuple[str | int, ...]) -> Node:
        """The node at a path of keys and indexes, or the deepest one that there is on the way."""
        node = self
        for step in location:
            children = node.children
            if isinstance(children, dict):
                node = children.get(str(step), node)
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                node = children[step]
        return node

    def key_mark(self, location: tuple[str | int, ...]) -> Mark | None:
        """Where the last key of a path begins, if its mapping has it."""
        if not location:
            return None
        keys = self.find(location[:-1]).keys
        return keys.get(str(location[-1])) if keys else None


class Refusal(Exception):  # noqa: N818 - a refusal of the input, not a fault of the program
    """Reading stopped; carries the one diagnostic that says why."""

    # No dataclass: Python itself sets attributes of an exception on its way up.
    def __init__(self, *, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def read(text: str, *, path: str, first_line: int = 1, trusted: bool = False) -> Node | None:
    """Read one YAML document into nodes; None where it is empty.

    `first_line` is the file's line on which `text` begins. `trusted` YAML (the owner's `mkdocs.yml`)
    may have tags, anchors and aliases.

    Raises:
        Refusal: with TF002, TF003, TF004, TF008 or TF106.
    """
    if not text.isascii() and (odd := ODD.search(text)):
        line = text.count("\n", 0, odd.start())
        span = Span(path=path, line=first_line + line, column=odd.start() - text.rfind("\n", 0, odd.start()))
        number = f"U+{ord(odd[0]):04X}"
        problem = f"the line separator {number} is read differently by different tools"
        if "\ud800" <= odd[0] <= "\udfff":
            problem = f"{number} is half of a character"
        raise Refusal(
            diagnostic=YAML_SYNTAX.at(span, problem=problem, hint="use an ordinary line end or a space")
        )
    try:
        return _Builder(path=path, first_line=first_line, trusted=trusted).build(events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = _span(path, first_line, mark) if mark else Span(path=path, line=first_line)
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise Refusal(diagnostic=YAML_SYNTAX.at(span, problem=problem, hint=_syntax_hint(problem))) from None
    except yaml.YAMLError as error:
        span = Span(path=path, line=first_line)
        raise Refusal(diagnostic=YAML_SYNTAX.at(span, problem=str(error).splitlines()[0])) from None


def events(text: str) -> Callable[[], Any]:
    """What gives the C parser's next event at each call."""
    parser: Any = CParser(text)
    return parser.get_event  # type: ignore[no-any-return] # PyYAML's stubs do not know the C parser's methods


def plain(text: str) -> str | None:
    """A plain scalar by YAML 1.2's core rules."""
    if text in _NULLS:
        return None
    if text[0] in _NUMBER_START:
        if _NUMBER.fullmatch(text):
            return Plain(text)
    elif text in _BOOLEANS:
        return Plain(text)
    return text


def _syntax_hint(problem: str) -> str | None:
    if "mapping values are not allowed" in problem:
        return "put the text in quotes if it has a colon followed by a space"
    if "cannot start any token" in problem or "did not find expected" in problem:
        return "check the indentation and the quotes of this line and the one before it"
    return None


def _span(path: str, first_line: int, mark: Mark, length: int = 1) -> Span:
    return Span(path=path, line=first_line + mark.line, column=mark.column + 1, length=max(1, length))


class _Builder:
    """Builds nodes from events, with the limits."""

    __slots__ = ("anchors", "first_line", "path", "trusted")

    def __init__(self, *, path: str, first_line: int, trusted: bool) -> None:
        self.path = path
        self.first_line = first_line
        self.trusted = trusted
        self.anchors: dict[str, Node] = {}

    def refuse(
        self, rule: Rule, mark: Mark, *, length: int = 1, hint: str | None = None, **values: object
    ) -> Refusal:
        span = _span(self.path, self.first_line, mark, length)
        return Refusal(diagnostic=rule.at(span, hint=hint, **values))

    def build(self, get_event: Callable[[], Any]) -> Node | None:  # noqa: C901, PLR0912, PLR0915 - one loop is what makes it fast
        root: Node | None = None
        # The open collections; a mapping's pending key stands beside it.
        stack: list[Node] = []
        pending: list[tuple[str, Mark] | None] = []
        documents = 0
        while True:
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor or event.tag:
                    self.mark_up(event)
                text = event.value
                if stack and pending[-1] is None and stack[-1].keys is not None:
                    self.key(stack[-1], text, event.start_mark)
                    pending[-1] = (text, event.start_mark)
                    continue
                data = text if event.style or (event.tag and event.tag != "!") else plain(text)
                node = Node(data, event.start_mark, event.end_mark)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor or event.tag:
                    self.mark_up(event)
                if len(stack) >= MAX_DEPTH:
                    raise self.refuse(
                        TOO_LARGE_OR_DEEP, event.start_mark, what=f"nested deeper than {MAX_DEPTH} levels"
                    )
                if stack and pending[-1] is None and stack[-1].keys is not None:
                    raise self.refuse(YAML_SYNTAX, event.start_mark, problem="a key must be plain text")
                node = Node(None, event.start_mark, event.end_mark)
                if kind is MappingStartEvent:
                    node.data, node.children, node.keys = {}, {}, {}
                else:
                    node.data, node.children = [], []
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop().end = event.end_mark
                pending.pop()
                continue
            elif kind is AliasEvent:
                if not self.trusted or event.anchor not in self.anchors:
                    hint = "write the value out, or quote the text"
                    raise self.refuse(
                        ANCHOR_ALIAS_OR_TAG, event.start_mark, what=f"the alias `*{event.anchor}`", hint=hint
                    )
                node = self.anchors[event.anchor]
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self.refuse(
                        YAML_SYNTAX,
                        event.start_mark,
                        problem="a second document begins here; a file holds one",
                    )
                if event.tags and not self.trusted:
                    raise self.refuse(ANCHOR_ALIAS_OR_TAG, event.start_mark, what="a %TAG directive")
                continue
            elif kind is StreamEndEvent:
                return root
            else:
                continue
            if kind is not AliasEvent and (event.anchor or event.tag):
                node.tag = event.tag
                if event.anchor:
                    self.anchors[event.anchor] = node
            # Hang the node where it belongs.
            if not stack:
                root = node
            else:
                parent = stack[-1]
                slot = pending[-1]
                if slot is None:
                    parent.data.append(node.data)
                    parent.children.append(node)  # type: ignore[union-attr] # a list: only mappings have slots
                else:
                    parent.data[slot[0]] = node.data
                    parent.children[slot[0]] = node  # type: ignore[call-overload, index] # a dict: it has a slot
                    pending[-1] = None
            if node.children is not None and kind is not AliasEvent:
                stack.append(node)
                pending.append(None)

    def key(self, parent: Node, key: str, mark: Mark) -> None:
        """Note a mapping's key; a second one of the same name is refused."""
        keys = parent.keys
        assert keys is not None  # noqa: S101 - the caller has looked
        if key in keys:
            first = self.first_line + keys[key].line
            raise self.refuse(
                DUPLICATE_KEY, mark, length=len(key), key=key, first=first, hint="keep one of them"
            )
        keys[key] = mark

    def mark_up(self, event: Any) -> None:
        """Refuse an anchor or a tag outside trusted YAML."""
        if self.trusted:
            return
        what = f"the anchor `&{event.anchor}`" if event.anchor else f"the tag `{event.tag}`"
        hint = "take it out; quote the text if it begins with this sign"
        raise self.refuse(ANCHOR_ALIAS_OR_TAG, event.start_mark, what=what, hint=hint)


def plain_values(data: Any) -> Any:
    """A copy of data in which every `Plain` is its value: for free mappings."""
    if isinstance(data, Plain):
        return data.value if len(data) <= MAX_DIGITS else str(data)
    if isinstance(data, dict):
        return {key: plain_values(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain_values(value) for value in data]
    return data
