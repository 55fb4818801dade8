"""Finding words in text, whatever its spelling hides: case, signs that nobody sees, hyphens, entities.

Two readings of a text. `squash` leaves nothing but letters and digits, to compare long texts. `find_secrets`
keeps the boundaries of words, and says where in the text as it is written a word stands.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GAP = "\x1f"
"""Keeps two texts apart that stand side by side: no text holds it, and `squash` leaves it where it is."""

_FOLD = bytes(range(65)) + bytes(range(97, 123)) + bytes(range(91, 256))
_MARKED = bytes(ord("x" if code > 127 else " ") for code in range(256))
_FEW = 8
"""Bytes of a run that is remembered."""
_DROP = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != GAP)

_CHANGED = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[\x00-\x7f]?[^\x00-\x7f]+"
)
"""Where a text may read otherwise than it is written: entities; signs beyond ASCII with what they join."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\u30a0]")
_TAG = r"</?[a-z][^<>]{0,80}>"
_WITHIN = rf"(?:[*_~`\\]|-\n?|{_TAG})*+"
"""What may stand between two letters of a word: a hyphen, and markup that readers do not see."""

_BETWEEN = rf"(?:{_TAG}|[\W_])*+"
_APART = re.compile(r"[\s\-_./'’]+")
_UNSPACED = (
    *(range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0x1780, 0x1800), range(0x2E80, 0xA000)),
    *(range(0xAC00, 0xD7B0), range(0xF900, 0xFB00), range(0x20000, 0x40000)),
)
"""Scripts that put no space between words, or join endings to them: their words have no boundaries."""

_INLINE = re.compile(_TAG, re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One place where a text has one of the words."""

    word: str
    """As the settings have it."""

    start: int
    """Where it begins in the text as given, from 0."""

    end: int
    """Where it ends: the place of the first sign behind it."""


def squash(text: str) -> str:
    """The letters and digits of a text, folded (NFKC, case), and the gaps between texts."""
    if text.isascii():
        return text.encode().translate(_FOLD, _DROP).decode()
    # Most of a text is ASCII, where nothing but a sign right behind it can change one.
    data = text.encode("utf-8", "surrogatepass")
    marks = data.translate(_MARKED)
    parts: list[bytes] = []
    done, start = 0, marks.find(b"x")
    while start >= 0:
        end = marks.find(b" ", start)
        end = end if end >= 0 else len(data)
        start = max(done, start - 1)
        run = data[start:end]
        # Dashes and quotes come again and again; what another script is written in does not.
        parts += (data[done:start], _known_run(run) if len(run) <= _FEW else _squashed_run(run))
        done, start = end, marks.find(b"x", end)
    parts.append(data[done:])
    return b"".join(parts).translate(_FOLD, _DROP).decode("utf-8", "surrogatepass")


def _squashed_run(run: bytes) -> bytes:
    """Signs beyond ASCII, with the one before that they may join, without those that are no letters."""
    text = unicodedata.normalize("NFKC", run.decode("utf-8", "surrogatepass"))
    folded = unicodedata.normalize("NFKC", text.casefold())
    kept = "".join(sign for sign in folded if sign.isascii() or sign.isalnum())
    return kept.encode("utf-8", "surrogatepass")


_known_run = lru_cache(maxsize=10_000)(_squashed_run)


def may_have(text: str, words: Iterable[str]) -> bool:
    """Whether a text may have one of the words: true wherever `find_secrets` finds one, and quick."""
    wanted = _squashed(tuple(words))
    plain = unescape(text) if "&" in text else text
    squashed = squash(plain)
    return any(word in squashed for word in wanted) or (
        "<" in plain and any(word in squash(_INLINE.sub("", plain)) for word in wanted)
    )


@lru_cache(maxsize=16)
def _squashed(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(squashed for word in words if (squashed := squash(word)))


def find_secrets(text: str, words: Iterable[str]) -> tuple[Match, ...]:
    """Every place where a text has one of the words, whole.

    Case, form (NFKC), entities, zero-width signs, hyphens, emphasis and endings behind an apostrophe do not
    hide a word; letters before or after it make it another word. The words of a longer secret may be
    joined by any signs, or by none.
    """
    wanted = tuple(dict.fromkeys(word for word in words if squash(word)))
    if not wanted:
        return ()
    plain = unescape(text) if "&" in text else text
    squashed = squash(plain)
    bare = squash(_INLINE.sub("", plain)) if "<" in plain else squashed
    near = [word for word in wanted if squash(word) in squashed or squash(word) in bare]
    if not near:
        return ()
    folded, starts = _canonical(text)
    found = []
    for word in near:
        for match in _pattern(word).finditer(folded):
            end = _end_of(starts, match.end() - 1, len(text))
            found.append(Match(word=word, start=starts[match.start()], end=end))
    return tuple(sorted(found, key=lambda match: (match.start, match.end, match.word)))


def canonical(text: str) -> str:
    """A text folded as `squash` does it, with all the signs that readers see."""
    return _canonical(text)[0]


def _end_of(starts: array[int], last: int, length: int) -> int:
    """Where the sign behind that at `last` began: an entity gives several signs that began together."""
    after = last + 1
    while after < len(starts) and starts[after] == starts[last]:
        after += 1
    return starts[after] if after < len(starts) else length


def _canonical(text: str) -> tuple[str, array[int]]:
    """A text folded, and where each sign of it began in the text as given."""
    parts: list[str] = []
    starts = array("L")
    done = 0
    for match in _CHANGED.finditer(text):
        parts.append(text[done : match.start()].lower())
        starts.extend(range(done, match.start()))
        done = match.end()
        for piece, start in _folded(match[0], match.start()):
            parts.append(piece)
            starts.extend(repeat(start, len(piece)))
    parts.append(text[done:].lower())
    starts.extend(range(done, len(text)))
    return "".join(parts), starts


def _folded(piece: str, start: int) -> Iterator[tuple[str, int]]:
    """A piece that changes, folded sign by sign where nothing is composed, else as a whole."""
    plain = unescape(piece) if piece.startswith("&") else piece
    single = plain is piece and not any(map(unicodedata.combining, piece))
    for offset, sign in enumerate(plain if single else (plain,)):
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", sign).casefold())
        yield _DASHES.sub("-", _UNSEEN.sub("", folded)), start + offset


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    tokens = [token for token in _APART.split(canonical(word.strip())) if token]
    body = _BETWEEN.join(_WITHIN.join(re.escape(sign) for sign in token) for token in tokens)
    return re.compile(_edge(tokens[0][0], "<!") + body + _edge(tokens[-1][-1], "!"))


def _edge(sign: str, look: str) -> str:
    """No letter beside a letter, no digit beside a digit."""
    if any(ord(sign) in script for script in _UNSPACED):
        return ""
    if sign.isdigit():
        return rf"(?{look}\d)"
    return rf"(?{look}[^\W\d_])" if sign.isalpha() else ""
