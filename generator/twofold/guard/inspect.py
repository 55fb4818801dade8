"""The scan of a finished portal for secret words and withheld texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ahocorasick

from twofold.audience import project as project_for
from twofold.guard.decode import Decoder, decoded
from twofold.guard.pieces import worth
from twofold.guard.readable import readable, themes
from twofold.guard.withheld import Source, pieces
from twofold.prose.words import GAP, find_secrets, squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from twofold.config import Project
    from twofold.plan import Plan

HEAD = 36
"""Letters and digits of a piece by which it is recognised; what is cut off behind them is found as well."""

FEWEST = 8
"""Letters and digits that a piece must have: fewer turn up in data by chance."""

SHOWN = 20
"""So many findings are told; the first ones are enough to see what went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Something that must not be in the portal."""

    text: str
    """As it is written."""

    source: Source | None
    """Where the plan has it; None for a secret word."""


@dataclass(slots=True)
class Hit:
    """Where something was found that must not be there."""

    wanted: Wanted
    files: list[str] = field(default_factory=list)


def inspect(plan: Plan, project: Project, audience: str, folder: Path) -> tuple[str, ...]:
    """Why the finished portal in `folder` must not be published for a public audience; empty if it may.

    Every file is read in every way that `decode` knows, its path as well, and searched for the settings'
    `secrets:` and for texts of the plan that do not occur in what the audience may read. Files that are the
    theme's own, byte for byte, are passed over.
    """
    patterns = _patterns(plan, project, audience)
    secrets = {word: Wanted(text=word, source=None) for word in project.settings.secrets if squash(word)}
    automaton = ahocorasick.Automaton()
    for pattern, wanted in patterns.items():
        automaton.add_word(pattern, wanted)
    for word, wanted in secrets.items():
        # A withheld text that is a secret word as well is reported as the latter.
        automaton.add_word(squash(word), wanted)
    if not len(automaton):
        return ()
    automaton.make_automaton()
    allowed = tuple(squash(allowed.text) for allowed in project.settings.allow_public)
    hits: dict[int, Hit] = {}
    for name, texts in _files(folder, themes(project)):
        seen: set[int] = set()
        for text in texts:
            found = {id(wanted): wanted for _, wanted in automaton.iter(squash(text))}
            for key, wanted in found.items():
                if key not in seen and (wanted.source or _has_secret(text, wanted.text, allowed)):
                    seen.add(key)
                    hits.setdefault(key, Hit(wanted)).files.append(name)
    return tuple(_told(sorted(hits.values(), key=lambda hit: (hit.files[0], hit.wanted.text))))


def _patterns(plan: Plan, project: Project, audience: str) -> dict[str, Wanted]:
    """What to look for, squashed: the heads of all pieces that the audience may not read."""
    whole: dict[str, Wanted] = {}
    for text, source in pieces(plan, audience):
        if worth(text) and len(squashed := squash(decoded(text))) >= FEWEST:
            whole.setdefault(squashed, Wanted(text=text, source=source))
    if not whole:
        return {}
    heads: dict[str, list[str]] = {}
    for squashed in whole:
        heads.setdefault(squashed[:HEAD], []).append(squashed)
    automaton = ahocorasick.Automaton()
    for head in heads:
        automaton.add_word(head, head)
    automaton.make_automaton()
    read = GAP.join(dict.fromkeys(squash(decoded(text)) for text in readable(project_for(plan, audience), project)))
    read_heads: set[str] = set()
    read_whole: set[str] = set()
    for last, head in automaton.iter(read):
        read_heads.add(head)
        start = last + 1 - len(head)
        read_whole.update(piece for piece in heads[head] if read.startswith(piece, start))
    return {
        # Where the audience reads another text with the same beginning, only the whole tells them apart.
        piece if piece[:HEAD] in read_heads else piece[:HEAD]: wanted
        for piece, wanted in reversed(whole.items())
        if piece not in read_whole
    }


def _files(folder: Path, themes: Sequence[Path]) -> Iterator[tuple[str, Iterator[str]]]:
    """Every file with its texts, its path the first of them; of the theme's own files only those it changed."""
    decoder = Decoder()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        data = path.read_bytes()
        if not any(_same(theme / name, data) for theme in themes):
            yield name, _texts(decoder, name, data)


def _texts(decoder: Decoder, name: str, data: bytes) -> Iterator[str]:
    yield decoded(name)
    yield from decoder.texts(name, data)


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _has_secret(text: str, word: str, allowed: Sequence[str]) -> bool:
    """Whether a text has a secret word, whole, and not only within texts that may pass."""
    around = [pass_ for pass_ in allowed if squash(word) in pass_]
    room = 2 * max(map(len, around), default=0)
    return any(
        not any(pass_ in squash(text[max(0, match.start - room) : match.end + room]) for pass_ in around)
        for match in find_secrets(text, (word,))
    )


def _told(hits: Sequence[Hit]) -> Iterator[str]:
    for hit in hits[:SHOWN]:
        first, *others = hit.files
        more = f" and {len(others)} more file{'s' * (len(others) > 1)}" if others else ""
        if hit.wanted.source is None:
            yield (
                f"{_safe(first)}{more} has the secret word `{_safe(hit.wanted.text)}`. Take it out of the text that "
                "it comes from, or list that text under allow_public: with a reason"
            )
        else:
            yield (
                f'{_safe(first)}{more} has "{_safe(hit.wanted.text)}", which this audience may not read. It comes from '
                f"{_safe(str(hit.wanted.source))}. Publish it there, keep it out of the portal, or, if it is harmless, "
                "list it under allow_public: with a reason"
            )
    if len(hits) > SHOWN:
        yield f"and {len(hits) - SHOWN} more such texts"


def _safe(text: str) -> str:
    """A text that cannot steer the terminal, shortened."""
    short = text if len(text) <= 120 else text[:117] + "..."
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in short)
