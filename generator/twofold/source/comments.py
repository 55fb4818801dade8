"""Comments addressed to Twofold: `# twofold: …` in YAML, `<!-- twofold: … -->` in Markdown.

Only true comments count: the same signs in a text, in a fence or in code are an example of one. Every step
takes time linear in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from twofold.source import frontmatter, yaml
from twofold.source.markdown_limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "twofold:"
"""What every such comment begins with: a file without it has none."""

LONGEST = 1_000
"""Characters of a comment in Markdown; in YAML it ends with its line."""

_IN_YAML = re.compile(rf"(?:^|(?<=[ \t]))#[ \t]*(?={NAME})", re.MULTILINE)
_IN_PROSE = re.compile(rf"<!--[ \t]*(?={NAME})")
_EMPTY_YAML = re.compile(r"[ \t]*(?:#.*)?\Z")
_EMPTY_PROSE = re.compile(r"[ \t]*(?:<!--[ \t]*twofold:.*-->[ \t]*)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment."""

    text: str
    """From the name on, without the signs around it."""

    line: int
    """The file's line, from 1."""

    column: int
    """Where `text` begins, from 1."""

    covers: frozenset[int]
    """The lines that it speaks of: its own, or where it stands alone the next with content. Above all content
    it speaks of the whole file as well, whose diagnostics stand on line 1."""


class _Piece(NamedTuple):
    """The words of a comment: where they begin and end in a text."""

    begin: int
    end: int


class _Scalar(NamedTuple):
    """A text in YAML: where it begins and ends, and what it says."""

    begin: int
    end: int
    value: str


def comments(text: str, *, path: str, trusted: bool = False) -> list[Comment]:
    """The comments of one file, in their order; none where its YAML cannot be read.

    `path` tells Markdown from YAML by its ending; `trusted` YAML may have tags and anchors.
    """
    if NAME not in text or not (_IN_YAML.search(text) or _IN_PROSE.search(text)):
        return []
    front, shift, body = text, 0, ""
    if path.endswith(".md"):
        parts = frontmatter.split(text, path=path, required=False)
        if not isinstance(parts, frontmatter.Parts):
            return []
        front, body = parts.front or "", parts.body
        shift = text.find("\n") + 1 if parts.front is not None else 0
    try:
        if NAME in front:
            # Guarded first: the events alone would not stop at the limits.
            yaml.read(front, path=path, trusted=trusted)
    except yaml.Refusal:
        return []
    scalars = list(_scalars(front)) if NAME in front else []
    below = len(text) - len(body)
    return [
        *_placed(text, _EMPTY_YAML, ((shift + begin, shift + end) for begin, end in _hashes(front, scalars))),
        *_placed(
            text, _EMPTY_PROSE, ((shift + begin, shift + end) for begin, end in _within(front, scalars))
        ),
        *_placed(text, _EMPTY_PROSE, ((below + begin, below + end) for begin, end in _of_prose(body))),
    ]


def _placed(text: str, empty: re.Pattern[str], pieces: Iterable[tuple[int, int]]) -> Iterator[Comment]:
    """Pieces of a file as comments, with the lines that they speak of; `empty` is a line without content."""
    found = list(pieces)
    if not found:
        return
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    filled = [row for row, line in enumerate(lines) if not empty.match(line)]
    # The fence that opens front matter is no content of it.
    first = next((row for row in filled if row or lines[0].rstrip() != "---"), len(lines))
    for begin, end in found:
        row = bisect_right(starts, begin) - 1
        following = bisect_left(filled, row)
        covers = {filled[following] + 1} if following < len(filled) else {row + 1}
        if row < first:
            covers.add(1)
        yield Comment(
            text=text[begin:end].rstrip(),
            line=row + 1,
            column=begin - starts[row] + 1,
            covers=frozenset(covers),
        )


def _hashes(text: str, scalars: list[_Scalar]) -> Iterator[_Piece]:
    """The YAML comments of a text: where its scalars are not."""
    begins = [scalar.begin for scalar in scalars]
    for match in _IN_YAML.finditer(text):
        before = bisect_right(begins, match.start()) - 1
        if before < 0 or match.start() >= scalars[before].end:
            end = text.find("\n", match.end())
            yield _Piece(match.end(), end if end >= 0 else len(text))


def _within(text: str, scalars: list[_Scalar]) -> Iterator[_Piece]:
    """The Markdown comments in the texts of a YAML file."""
    for scalar in scalars:
        written = list(_candidates(text, scalar.begin, scalar.end))
        if written:
            # A text keeps its comments in their order, whatever becomes of its indentation.
            real = set(_real(scalar.value))
            yield from (piece for number, piece in enumerate(written) if number in real)


def _of_prose(text: str) -> Iterator[_Piece]:
    if NAME in text:
        real = set(_real(text))
        yield from (piece for number, piece in enumerate(_candidates(text, 0, len(text))) if number in real)


def _candidates(text: str, begin: int, end: int) -> Iterator[_Piece]:
    """What looks like a comment in Markdown, on one line."""
    for match in _IN_PROSE.finditer(text, begin, end):
        close = text.find("-->", match.end(), min(end, match.end() + LONGEST))
        if close >= 0 and "\n" not in text[match.end() : close]:
            yield _Piece(match.end(), close)


def _real(text: str) -> Iterator[int]:
    """The numbers, from 0, of the candidates that the parser takes for comments."""
    pieces = list(_candidates(text, 0, len(text)))
    if not pieces or limits(text) is not None:
        return
    from twofold.source.markdown import parse  # noqa: PLC0415 - the parser is loaded when it is needed

    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    rows = [bisect_right(starts, piece.begin) - 1 for piece in pieces]
    tokens, _ = parse(text)
    blocks, code, typed = set[int](), set[int](), dict[int, set[str]]()
    for token in tokens:
        if token.map is None:
            continue
        around = range(bisect_left(rows, token.map[0]), bisect_left(rows, token.map[1]))
        if token.type == "html_block":
            blocks.update(around)
        elif token.type in {"fence", "code_block"}:
            code.update(around)
        elif token.children:
            inline = {child.content for child in token.children if child.type == "html_inline"}
            typed.update((number, inline) for number in around)
    for number, (begin, end) in enumerate(pieces):
        whole = text[text.rindex("<!--", 0, begin) : end + 3]
        if number not in code and (number in blocks or whole in typed.get(number, ())):
            yield number


def _scalars(text: str) -> Iterator[_Scalar]:
    """The scalars that could hold the signs of a comment, in their order."""
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    next_event = yaml.events(text)
    while (event := next_event()) is not None:
        value = getattr(event, "value", None)
        if isinstance(value, str) and NAME in value:
            begin, end = event.start_mark, event.end_mark
            yield _Scalar(
                starts[begin.line] + begin.column, min(starts[end.line] + end.column, len(text)), value
            )
