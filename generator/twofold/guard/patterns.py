"""What must not be in a portal, and whether a place in a file really has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

import ahocorasick

from twofold.guard.decode import decoded
from twofold.guard.pieces import worth
from twofold.guard.withheld import Source, of_plan, of_settings
from twofold.prose.words import GAP, canonical, find_secrets, squash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from twofold.config import Project
    from twofold.plan import Plan

HEAD = 36
"""Letters and digits by which a piece is recognised; if the rest is cut off, it is found all the same."""

FEWEST = 8
"""Letters and digits that a piece must have: fewer turn up in data by chance."""

NEW = 12
"""Letters and digits of a piece beyond what the audience reads; with fewer it must stand word for word."""

_TOKEN = re.compile(r"[^\W_]+|[\W_]+")
_SINGLE, _DOUBLE = "\u2018\u2019\u201a\u201b\u00b4`", "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_QUOTES = str.maketrans(dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"'))
_MARKS = rf"(?:[^\S{GAP}]|[*_~`\\])*"
"""Between two words of one text; a gap keeps two texts apart, though it counts as a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Something that must not be in the portal."""

    text: str
    """As it is written."""

    squashed: str
    source: Source | None = None
    """Where the plan has it; None for a secret word."""


@dataclass(slots=True)
class Patterns:
    """All that is looked for in the portal of one audience."""

    wanted: tuple[Wanted, ...]
    automaton: ahocorasick.Automaton
    """Finds the begin of what is wanted in a squashed text; gives its length and all that begins so."""

    read: str
    """What the audience may read, squashed."""

    allowed: tuple[str, ...]
    """The texts under `allow_public:`, squashed."""

    known: dict[str, tuple[int, int]] = field(default_factory=dict)

    def found(self, text: str) -> Iterator[Wanted]:
        """What of all that is wanted stands in a text."""
        squashed = squash(text)
        done: set[int] = set()
        level = cache(partial(_level, text))
        for last, (length, several) in self.automaton.iter(squashed):
            for wanted in several:
                if id(wanted) in done:
                    continue
                start = last + 1 - length
                if self._stands(wanted, text, squashed, start, done=done, level=level):
                    done.add(id(wanted))
                    yield wanted

    def _stands(
        self,
        wanted: Wanted,
        text: str,
        squashed: str,
        start: int,
        *,
        done: set[int],
        level: Callable[[], str],
    ) -> bool:
        if wanted.source is None:
            # Looked for in the whole text, so that once is enough.
            done.add(id(wanted))
            return self._has_secret(text, wanted)
        piece = wanted.squashed
        begin, end = self._readable(piece)
        needed = min(len(piece), max(HEAD, begin + NEW))
        if not squashed.startswith(piece[:needed], start):
            return False
        if needed == len(piece) and begin + end > len(piece) - NEW:
            # Harmless texts side by side may make most of it, or all.
            done.add(id(wanted))
            return _word_for_word(wanted.text).search(level()) is not None
        return True

    def _readable(self, piece: str) -> tuple[int, int]:
        """How much of a piece the audience may read, from its begin, in one text or two, and from its end."""
        if piece not in self.known:
            begin = self._from(piece, 0)
            # A few letters more are in some text always.
            if (more := self._from(piece, begin)) >= NEW:
                begin += more
            end = _longest(lambda length: piece[len(piece) - length :] in self.read, len(piece))
            self.known[piece] = begin, end
        return self.known[piece]

    def _from(self, piece: str, start: int) -> int:
        """How much of a piece the audience may read in one text, from a place on."""
        return _longest(lambda length: piece[start : start + length] in self.read, len(piece) - start)

    def _has_secret(self, text: str, wanted: Wanted) -> bool:
        """Whether a text has a secret word, whole, and not only within texts that may pass."""
        around = [harmless for harmless in self.allowed if wanted.squashed in harmless]
        room = 2 * max(map(len, around), default=0)
        for match in find_secrets(text, (wanted.text,)):
            context = squash(text[max(0, match.start - room) : match.end + room])
            if not any(harmless in context for harmless in around):
                return True
        return False


def whole(plan: Plan) -> Mapping[str, Wanted]:
    """All pieces of all texts of a plan that would be recognised, squashed: the same for every audience."""
    return plan.memory.once("whole", lambda: _whole(of_plan(plan)))


def since(plan: Plan, before: Mapping[str, Wanted], *, files: Collection[str]) -> Mapping[str, Wanted]:
    """The same, and more: the pieces of an earlier plan, and those of the files that have changed since."""
    return {**before, **_whole(of_plan(plan, files=files))}


def patterns(
    plan: Plan, project: Project, audience: str, read: str, *, pieces: Mapping[str, Wanted]
) -> Patterns:
    """All that must not be in the portal of a public audience, which may read all that is in `read`.

    The less that is, the more is found: what is clean with a part of it is clean with all of it. `pieces` are
    the plan's, whoever may read them.
    """
    pieces = {**_whole(of_settings(plan, project, audience)), **pieces}
    table: dict[str, list[Wanted]] = {}
    for pattern, wanted in _withheld(pieces, read):
        table.setdefault(pattern, []).append(wanted)
    for word in project.settings.secrets:
        if squashed := squash(word):
            table.setdefault(squashed, []).append(Wanted(text=word, squashed=squashed))
    automaton = ahocorasick.Automaton()
    for pattern, several in table.items():
        automaton.add_word(pattern, (len(pattern), tuple(several)))
    automaton.make_automaton()
    allowed = tuple(squash(allowed.text) for allowed in project.settings.allow_public)
    every = tuple(wanted for several in table.values() for wanted in several)
    return Patterns(wanted=every, automaton=automaton, read=read, allowed=allowed)


def _whole(texts: Iterable[tuple[str, Source]]) -> dict[str, Wanted]:
    """Those pieces that are long enough to be recognised, squashed, each with its first place."""
    found: dict[str, Wanted] = {}
    seen: set[str] = set()
    for text, source in texts:
        if text in seen:
            continue
        seen.add(text)
        if worth(text) and len(squashed := squash(decoded(text))) >= FEWEST and squashed not in found:
            found[squashed] = Wanted(text=text, squashed=squashed, source=source)
    return found


def _withheld(pieces: Mapping[str, Wanted], read: str) -> Iterator[tuple[str, Wanted]]:
    """The pieces that are not read, with the letters by which each is recognised."""
    heads: dict[str, list[str]] = {}
    for piece in pieces:
        heads.setdefault(piece[:HEAD], []).append(piece)
    if not heads:
        return
    # One pass for all, since a search for each takes a second per thousand.
    automaton = ahocorasick.Automaton()
    for head in heads:
        automaton.add_word(head, head)
    automaton.make_automaton()
    read_heads: set[str] = set()
    read_whole: set[str] = set()
    for last, head in automaton.iter(read):
        read_heads.add(head)
        start = last + 1 - len(head)
        read_whole.update(piece for piece in heads[head] if read.startswith(piece, start))
    for piece, wanted in pieces.items():
        if piece not in read_whole:
            # Where the audience reads something with the same beginning, only the whole tells them apart.
            yield (piece if piece[:HEAD] in read_heads else piece[:HEAD]), wanted


def _longest(fits: Callable[[int], bool], most: int) -> int:
    """The largest length up to `most` that fits, where every shorter one fits as well."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _word_for_word(text: str) -> re.Pattern[str]:
    """A piece with its signs, whole words only; white space, quotes and emphasis may differ."""
    parts = []
    for token in _TOKEN.findall(_level(decoded(text)).strip()):
        signs = re.sub(_MARKS, "", token)
        if token[0].isalnum():
            parts.append(re.escape(token))
        else:
            parts.append(_MARKS + "".join(re.escape(sign) + _MARKS for sign in signs))
    return re.compile(r"(?<![^\W_])" + "".join(parts) + r"(?![^\W_])")


def _level(text: str) -> str:
    """A text folded, with plain quotes."""
    return canonical(text.translate(_QUOTES))
