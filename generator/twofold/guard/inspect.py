"""The scan of a finished portal for secret words and withheld texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from twofold.audience.project import project as project_for
from twofold.guard.decode import Decoder, decoded
from twofold.guard.patterns import Patterns, Wanted, patterns, whole
from twofold.guard.readable import themes, told, with_interface
from twofold.render import shares
from twofold.render.resources import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from twofold.config import Project
    from twofold.plan import Plan
    from twofold.render.shares import Progress

SHOWN = 20
"""So many findings are told; the first ones are enough to see what went wrong."""


@dataclass(slots=True)
class Hit:
    """Where something was found that must not be there."""

    wanted: Wanted
    files: list[str] = field(default_factory=list)


def inspect(
    plan: Plan, project: Project, audience: str, folder: Path, *, progress: Progress | None = None
) -> tuple[str, ...]:
    """Why the finished portal in `folder` must not be published for a public audience; empty if it may.

    Every file is read in every way that `decode` knows, its path as well, and searched for the settings'
    `secrets:` and for texts of the plan that do not occur in what the audience may read. Files that are the
    theme's own, byte for byte, are passed over. `progress` hears of the files.
    """
    read = told(project_for(plan, audience), project)
    found = _hits(patterns(plan, project, audience, read, pieces=whole(plan)), project, folder, progress)
    if found:
        # The interface's own words take as long to gather as the rest takes together, and can only take from
        # what has been found: most portals are clean without a look at them.
        read = with_interface(read, project)
        found = _hits(patterns(plan, project, audience, read, pieces=whole(plan)), project, folder, progress)
    return tuple(_sentences(found))


def is_clean(
    plan: Plan, project: Project, audience: str, pieces: Mapping[str, Wanted], *, name: str, data: bytes
) -> bool:
    """Whether one file of a public audience's portal may be looked at before the portal is complete.

    It may not where in doubt: `inspect` knows more words that are harmless. `pieces` are those of the plan,
    and may be more, see `since`.
    """
    read = told(project_for(plan, audience), project)
    sought = patterns(plan, project, audience, read, pieces=pieces)
    return next(_found(sought, Decoder(), name, data), None) is None


def _hits(sought: Patterns, project: Project, folder: Path, progress: Progress | None) -> list[Hit]:
    """What of it is in the portal, and where, in the order of the files."""
    if not len(sought.automaton):
        return []
    # The schema of the data is the same in every portal, too.
    own = (*themes(project), PACKAGE / "export")
    files = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    numbers = {id(wanted): number for number, wanted in enumerate(sought.wanted)}
    decoder = Decoder()

    def look(path: Path) -> set[int]:
        """Look through a file, its path included; by numbers, which another process can tell."""
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if any(_same(theme / name, data) for theme in own):
            return set()
        return {numbers[id(wanted)] for wanted in _found(sought, decoder, name, data)}

    hits: dict[int, Hit] = {}
    for path, found in zip(files, shares.done(look, files, progress=progress), strict=True):
        for number in found:
            hit = hits.setdefault(number, Hit(sought.wanted[number]))
            hit.files.append(path.relative_to(folder).as_posix())
    return sorted(hits.values(), key=lambda hit: (hit.files[0], hit.wanted.text))


def _found(sought: Patterns, decoder: Decoder, name: str, data: bytes) -> Iterator[Wanted]:
    """What of it is in a file or in its path."""
    if len(sought.automaton):
        for text in chain((decoded(name),), decoder.texts(name, data)):
            yield from sought.found(text)


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _sentences(hits: Sequence[Hit]) -> Iterator[str]:
    for hit in hits[:SHOWN]:
        first, *others = hit.files
        more = f" and {len(others)} more file{'s' * (len(others) > 1)}" if others else ""
        where, text = f"{_safe(first)}{more}", _safe(hit.wanted.text)
        if hit.wanted.source is None:
            yield (
                f"{where}: the secret word `{text}`. Take it out of the text that it comes from, or list "
                "that text under `allow_public:` with a reason"
            )
        else:
            yield (
                f'{where}: "{text}", which this audience may not read. The text is from '
                f"{_safe(str(hit.wanted.source))}. Keep it out of the portal, publish it, or list it "
                "under `allow_public:` with a reason if it is harmless"
            )
    if len(hits) > SHOWN:
        yield f"and {len(hits) - SHOWN} more such texts"


def _safe(text: str) -> str:
    """A text that cannot steer the terminal, shortened."""
    short = text if len(text) <= 120 else text[:117] + "..."
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in short)
