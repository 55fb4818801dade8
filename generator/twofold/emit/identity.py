"""What a diagnostic is known by, so that the same one is recognised when lines have moved.

It is made from the code, the record and the field, and never from a line's number. Where a text holds several
places, such as the links of a section, the words at the place tell them apart; what is left over is counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from hashlib import sha256
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from twofold.model import FOLDERS
from twofold.source import frontmatter, yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twofold.diagnostics import Diagnostic, Span

_NAMED_BY = ("id", "persona", "finding", "item", "date", "text", "url", "title")
"""Fields by which an entry of a list is known, the best first."""


class Identity(NamedTuple):
    """One diagnostic's identity."""

    digest: str
    """The same for those of one code, record, field and words."""

    number: int
    """Which of them it is, in the order of the report, from 1."""


def identities(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], *, content: str
) -> list[Identity]:
    """The identities of diagnostics, in their order; no two are the same.

    `texts` are the files' texts by path, `content` the content folder's path in diagnostics.
    """
    files: dict[str, _File] = {}
    seen: Counter[str] = Counter()
    found: list[Identity] = []
    for diagnostic in diagnostics:
        path = diagnostic.span.path
        if path not in files:
            files[path] = _File(path, texts.get(path, ""))
        key = (diagnostic.code, _record(path, content), *files[path].place(diagnostic.span))
        digest = sha256("\0".join(key).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        seen[digest] += 1
        found.append(Identity(digest=digest, number=seen[digest]))
    return found


def _record(path: str, content: str) -> str:
    """The kind's folder and the id, whatever subfolder the file lies in; a page's or another file's path."""
    inside = PurePosixPath(path.removeprefix(f"{content}/"))
    folder = inside.parts[0] if inside.parts else ""
    return f"{folder}/{inside.stem}" if folder in FOLDERS else inside.as_posix()


class _File:
    """A file, and the fields in it."""

    __slots__ = ("begins", "body_line", "first_line", "lines", "root", "sections")

    def __init__(self, path: str, text: str) -> None:
        self.lines = text.split("\n")
        self.first_line, self.body_line = 1, len(self.lines) + 1
        front: str | None = text
        if path.endswith(".md"):
            parts = frontmatter.split(text, path=path, required=False)
            front = None
            self.body_line = 1
            if isinstance(parts, frontmatter.Parts):
                front, self.first_line, self.body_line = parts.front, parts.front_line, parts.body_line
        headings = [row for row, line in enumerate(self.lines, 1) if line.startswith("## ")]
        self.sections = [row for row in headings if row >= self.body_line]
        self.begins: dict[int, list[tuple[int, int]]] = {}
        """Where a collection's entries begin, by its node: a file may have many places to look up."""
        try:
            self.root = yaml.read(front, path=path, trusted=True) if front else None
        except yaml.Refusal:
            self.root = None

    def place(self, span: Span) -> tuple[str, str]:
        """The field or section of a place, and the words at it where the field alone says too little."""
        if span.line >= self.body_line:
            return self._section(span.line), self._words(span)
        names, node = self._field(span)
        # Within a text of several lines the field does not tell one place from another.
        is_below = node is not None and not node.children and span.line > self.first_line + node.start.line
        return "/".join(names), self._words(span) if is_below else ""

    def _words(self, span: Span) -> str:
        line = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        return line[span.column - 1 : span.column - 1 + span.length]

    def _section(self, line: int) -> str:
        above = bisect_right(self.sections, line)
        return self.lines[self.sections[above - 1] - 1].strip() if above else ""

    def _field(self, span: Span) -> tuple[list[str], yaml.Node | None]:
        """The names on the way to the deepest field at a place, and its value."""
        point = (span.line - self.first_line, span.column - 1)
        names: list[str] = []
        node = self.root
        while node is not None and node.children:
            begins = self._begins(node)
            index = bisect_right(begins, point) - 1
            if index < 0:
                break
            if isinstance(node.children, dict):
                name = next(islice(node.children, index, None))
                # A mapping begins where its first key does: what is as long as the key means the key.
                if not index and point == _start(node) and span.length != len(name):
                    break
                child = node.children[name]
            else:
                child = node.children[index]
                name = _entry(child, index)
            names.append(name)
            if point < _start(child):
                break
            node = child
        return names, node

    def _begins(self, node: yaml.Node) -> list[tuple[int, int]]:
        found = self.begins.get(id(node))
        if found is None:
            if isinstance(node.children, dict):
                found = [(mark.line, mark.column) for mark in (node.keys or {}).values()]
            else:
                found = [_start(entry) for entry in node.children or ()]
            self.begins[id(node)] = found
        return found


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start.line, node.start.column


def _entry(node: yaml.Node, index: int) -> str:
    """What an entry of a list is known by: a name in it, its own words, or its number."""
    if isinstance(node.data, dict):
        return next(
            (f"{key}={node.data[key]}" for key in _NAMED_BY if isinstance(node.data.get(key), str)),
            str(index),
        )
    return str(index) if isinstance(node.data, list) else str(node.data)
