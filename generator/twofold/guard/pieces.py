"""A text cut into pieces that would be recognised: sentences, lines, cells, parts of long sentences.

The Markdown is taken off by hand. What this gets wrong it gets wrong in the same way for what is withheld and
for what may be read, so it costs a piece, not a false alarm.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 12
"""Signs; shorter texts are everywhere."""

WORDS = 2
"""Single words are everywhere, too."""

LONG = 100
"""Longer sentences are cut, so that half of one is recognised as well."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>()\[\]\"']+")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]*)\]"
    r"\(<?[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)?>?(?:\s+[\"'(](?P<title>[^\"')]*)[\"')])?\s*\)"
)
_REFERENCE = re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]")
_NOTE = re.compile(r"\[\^[^\[\]]+\](?!:)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}")
_MARK = re.compile(r"^\s*(?:(?:>|[-*+]|\d{1,9}[.)]|#{1,6}|!!!|\?\?\?\+?|===)[ \t]+|\|)")
_MARKS = re.compile(r"^(?:\s*(?:>|[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+)+(?:\[[ xX]\][ \t]+)?|^\s*>+")
_TITLED = re.compile(r"^\s*(?:!!!|\?\?\?\+?|===)[^\"']*[\"'](.*)[\"']\s*$")
_DEFINITION = re.compile(r"^\s*\[\^?[^\[\]]+\]:\s*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)\]*_]*\s+|(?<=[\u3002\uff01\uff1f])")
_SEGMENT = re.compile(r"\s*[,;:()\[\]|/–—]+\s*|\s+-\s+")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def worth(text: str) -> bool:
    """Whether a text is long enough to be recognised: no single word, and not under 12 signs."""
    if len(" ".join(text.split())) < SHORTEST:
        return False
    return len(_WORD.findall(text)) >= WORDS or len(_UNSPACED.findall(text)) >= WORDS


def of_prose(text: str) -> Iterator[str]:
    """The pieces of a Markdown text, as it is written and as it is read."""
    for block in _blocks(text):
        readings = (plain(block), block) if _has_hidden(block) else (block,)
        for reading in readings:
            for sentence in _SENTENCE.split(" ".join(reading.split())):
                yield from _cut(sentence)
        if ":" in block:
            yield from _ADDRESS.findall(block)
        # Targets within the folder are names of records and files; those are looked for as such.
        if "](" in block:
            yield from (match["title"] for match in _LINK.finditer(block) if match["title"])
    if "<!--" in text:
        yield from (part for comment in _COMMENT.findall(text) for part in _cut(" ".join(comment.split())))


def of_line(text: str) -> Iterator[str]:
    """The pieces of a short text: the whole, and the parts between its signs."""
    yield from _cut(" ".join(text.split()))
    for sentence in _SENTENCE.split(text):
        yield sentence
        if _ADDRESS.search(sentence) is None:
            yield from _SEGMENT.split(sentence)


def plain(text: str) -> str:
    """A Markdown text as it is read: without the targets of links and other things that no page shows."""
    if not _has_hidden(text):
        return text
    text = _LINK.sub(r"\g<text>", _COMMENT.sub("", text))
    text = _NOTE.sub("", _REFERENCE.sub(r"\1", text))
    return _ATTRIBUTES.sub("", _TAG.sub("", text))


def _has_hidden(text: str) -> bool:
    return "[" in text or "<" in text or "{" in text


def _blocks(text: str) -> Iterator[str]:
    """Lines that are read as one: paragraphs, entries of lists, cells of tables."""
    block: list[str] = []
    for line in (_COMMENT.sub("", text) if "<!--" in text else text).splitlines():
        # Most lines begin with a word, and then nothing stands before it.
        if line[:1].isalpha():
            block.append(line)
            continue
        if not line.strip() or _MARK.match(line) or _DEFINITION.match(line):
            yield from ["\n".join(block)] if block else []
            block = []
        titled = _TITLED.match(line)
        if titled:
            yield titled[1]
        elif line.lstrip().startswith("|"):
            yield from line.split("|")
        elif line.strip():
            block.append(_DEFINITION.sub("", _MARKS.sub("", line)))
    yield from ["\n".join(block)] if block else []


def _cut(sentence: str) -> Iterator[str]:
    """A sentence; a long one in parts of about equal length, none short."""
    sentence = sentence.strip()
    if len(sentence) <= LONG:
        yield sentence
        return
    count = -(-len(sentence) // LONG)
    size = -(-len(sentence) // count)
    if " " not in sentence or _UNSPACED.search(sentence):
        yield from (sentence[start : start + size] for start in range(0, len(sentence), size))
        return
    part: list[str] = []
    length = 0
    for word in sentence.split():
        part.append(word)
        length += len(word) + 1
        if length >= size:
            yield " ".join(part)
            part, length = [], 0
    if part:
        yield " ".join(part)
