r"""A record's file as it is on disk, and where its YAML stands in it: places that can be written at.

The reader of YAML counts lines and columns in a text with `\n` line ends and without a byte order mark. A
sheet keeps the text as it is, and knows where each such place lies in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.diagnostics import Diagnostic
from twofold.source import frontmatter, yaml
from twofold.source.files import decode

if TYPE_CHECKING:
    from twofold.model.record import Location

_ROW_END = re.compile(r"\r\n|\r|\n")
_BLOCK_HEADER = re.compile(r"[|>](?:[1-9][-+]?|[-+][1-9]?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A stretch of a text, and what takes its place."""

    start: int
    old: str
    new: str

    def apply(self, text: str) -> str:
        """The text with the new in place of the old.

        Raises:
            ValueError: where the old does not stand there.
        """
        if not text.startswith(self.old, self.start):
            raise ValueError("the text is not the one that the edit was made for")
        return text[: self.start] + self.new + text[self.start + len(self.old) :]

    @property
    def inverse(self) -> Edit:
        """What takes the edit back."""
        return Edit(start=self.start, old=self.new, new=self.old)


class Sheet:
    """One file's text, with the YAML in it."""

    __slots__ = ("_ends", "_first", "_starts", "body", "newline", "path", "root", "text")

    def __init__(self, text: str, *, path: str) -> None:
        """Read a file's text, which may begin with a byte order mark and have any line ends.

        Raises:
            Refusal: where it has no YAML that can be read.
        """
        found = decode(text.encode("utf-8"), path=path)
        if isinstance(found, Diagnostic):
            raise yaml.Refusal(diagnostic=found)
        written, self._first = found.text, 0
        self.body: str | None = None
        """What follows the front matter; None in a file of YAML alone."""
        if path.endswith(".md"):
            parts = frontmatter.split(found.text, path=path, required=True)
            if isinstance(parts, Diagnostic):
                raise yaml.Refusal(diagnostic=parts)
            written, self._first, self.body = parts.front or "", parts.front_line - 1, parts.body
        self.text = text
        self.path = path
        self.root = yaml.read(written, path=path, first_line=self._first + 1)
        """The YAML; None where there is none."""
        begin = len(text) - len(text.removeprefix("\ufeff"))
        self._starts, self._ends = [begin], []
        for row_end in _ROW_END.finditer(text):
            self._ends.append(row_end.start())
            self._starts.append(row_end.end())
        self._ends.append(len(text))
        first_end = _ROW_END.search(text)
        self.newline: str = first_end[0] if first_end else "\n"
        """How the file ends its lines; the first of them decides."""

    @classmethod
    def of(cls, raw: bytes, *, path: str) -> Sheet:
        """Read a file's bytes.

        Raises:
            Refusal: where it is no text, or has no YAML that can be read.
        """
        found = decode(raw, path=path)
        if isinstance(found, Diagnostic):
            raise yaml.Refusal(diagnostic=found)
        return cls(raw.decode("utf-8"), path=path)

    def at(self, mark: yaml.Mark) -> int:
        """Where a place of the YAML lies in the text."""
        return self._starts[self._first + mark.line] + mark.column

    def row(self, offset: int) -> int:
        """The row, from 0, of a place in the text."""
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._starts[middle] <= offset:
                low = middle
            else:
                high = middle - 1
        return low

    def row_start(self, row: int) -> int:
        """Where a row begins."""
        return self._starts[row]

    def row_end(self, row: int) -> int:
        """Where a row ends, its line end left out."""
        return self._ends[row]

    def line(self, row: int) -> str:
        """A row's text, without its line end."""
        return self.text[self._starts[row] : self._ends[row]]

    def opening(self, node: yaml.Node) -> str:
        """The character with which a value begins; ``""`` for a value that is not there."""
        begin = self.at(node.start)
        return "" if node.data is None and self.at(node.end) == begin else self.text[begin : begin + 1]

    def is_flow(self, node: yaml.Node) -> bool:
        """Whether a list or mapping stands in brackets."""
        return node.children is not None and self.opening(node) in {"[", "{"}

    def in_flow(self, location: Location) -> bool:
        """Whether the value at a location stands in somebody's brackets."""
        if self.root is None:
            return False
        return any(self.is_flow(self.root.find(location[:depth])) for depth in range(len(location)))

    def block_header(self, node: yaml.Node) -> str | None:
        """The sign and indicators of a block scalar, `|-`; None for any other value."""
        if node.children is not None or self.opening(node) not in {"|", ">"}:
            return None
        found = _BLOCK_HEADER.match(self.text, self.at(node.start))
        return found[0] if found else None

    def tail(self, node: yaml.Node) -> int:
        """Where a value's own text ends: before the comments and empty lines that the reader counts to it."""
        if node.children and not self.is_flow(node):
            children = node.children.values() if isinstance(node.children, dict) else node.children
            return max(self.tail(child) for child in children)
        header = self.block_header(node)
        if header is None:
            return self.at(node.end)
        first, last = self.row(self.at(node.start)), self.row(self.at(node.end))
        if last > first and node.end.column == 0 and self.at(node.end) == self.row_start(last):
            last -= 1
        if "+" not in header:
            while last > first and not self.line(last).strip():
                last -= 1
        return self.row_end(last)

    def after_key(self, location: Location) -> int | None:
        """The place behind the colon of a field; None where it cannot be told."""
        mark = self.root.key_mark(location) if self.root is not None else None
        if mark is None:
            return None
        begin = self.at(mark)
        value = self.root.find(location) if self.root is not None else None
        limit = self.at(value.start) if value is not None else len(self.text)
        sign = self.text[begin]
        pattern = {'"': r'"(?:[^"\\]|\\.)*"\s*:', "'": r"'(?:[^']|'')*'\s*:"}.get(
            sign, r"[^\r\n]*?:(?=\s|[,}\]]|$)"
        )
        found = re.compile(pattern).match(self.text, begin)
        return found.end() if found and found.end() <= limit else None
