"""Texts word by word, and texts that promise what has come."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|\Z)")
_PROMISE = re.compile(
    r"""\b(?:
        will | won['’]t | shall | soon | upcoming
      | (?:is|are|we|we[ ]are)[ ]plan(?:ned|ning)?
      | (?:is|are)[ ](?:going[ ]to|coming)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
LONGEST = 4_000
"""Words up to which texts are compared word by word; longer ones line by line."""


class Piece(NamedTuple):
    """A stretch of two texts."""

    how: Literal["same", "removed", "added"]
    text: str


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, in reading order; joined without the added it is `before`, and so on."""
    old, new = _tokens(before), _tokens(after)
    if len(old) + len(new) > LONGEST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[first:last])))
            continue
        if first < last:
            pieces.append(Piece("removed", "".join(old[first:last])))
        if begin < end:
            pieces.append(Piece("added", "".join(new[begin:end])))
    return tuple(_joined(pieces))


def promises(text: str) -> tuple[str, ...]:
    """The sentences of an English text that speak of the future."""
    return tuple(
        " ".join(sentence[0].split()) for sentence in _SENTENCE.finditer(text) if _PROMISE.search(sentence[0])
    )


def _tokens(text: str) -> Sequence[str]:
    return _TOKEN.findall(text)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes with nothing but a space between them are one change: they read better so."""
    at = 0
    while at < len(pieces):
        if pieces[at].how == "same":
            yield pieces[at]
            at += 1
            continue
        removed, added = "", ""
        while at < len(pieces):
            piece = pieces[at]
            between = piece.how == "same" and piece.text.isspace() and "\n" not in piece.text
            if piece.how == "same" and not (between and at + 1 < len(pieces)):
                break
            removed += piece.text if piece.how != "added" else ""
            added += piece.text if piece.how != "removed" else ""
            at += 1
        if removed:
            yield Piece("removed", removed)
        if added:
            yield Piece("added", added)
