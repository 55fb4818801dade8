"""Two revisions of a plan compared: all that a reviewer asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.diff import consequences, exposure, promises
from twofold.diff.records import How, changes
from twofold.diff.side import projections
from twofold.scoring.balance import balance
from twofold.scoring.protocol import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from twofold.diagnostics import Diagnostic
    from twofold.diff.consequences import Promise, Shift, Standing, Told
    from twofold.diff.exposure import Exposure
    from twofold.diff.promises import TakenBack
    from twofold.diff.records import Change
    from twofold.diff.side import Side
    from twofold.scoring.balance import Balance

_SCORED = frozenset({"item", "persona", "finding", "feedback", "settings"})
"""Kinds whose changes can move a score."""
_NOT_SCORED = frozenset(
    {"title", "titles", "name", "summary", "description", "sections", "publish", "owners", "links", "tags",
     "quotes", "target", "release", "released", "review_by", "source", "x", "related", "depends_on"}
)  # fmt: skip
"""Fields that no score comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed between two revisions of a plan, for whom, and what follows."""

    before: Side
    after: Side
    exposures: Mapping[str, Exposure]
    """By public audience."""

    taken_back: tuple[TakenBack, ...]
    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    standings: tuple[Standing, ...]
    stale: tuple[Promise, ...]
    told: Told
    balances: tuple[Balance, Balance]
    """Before and after."""

    new_diagnostics: tuple[Diagnostic, ...]
    """Of the later side."""

    solved_diagnostics: tuple[Diagnostic, ...]
    """Of the earlier side."""

    def __bool__(self) -> bool:
        """Whether anything changed that this report speaks of."""
        exposed = any(self.exposures.values())
        return bool(exposed or self.changes or self.new_diagnostics or self.solved_diagnostics)


def compare(before: Side, after: Side, *, today: date) -> Difference:
    """Compare two sides, each read with its own settings, as of one day."""
    made = changes(before.plan, after.plan)
    projected = projections(before, after)
    renamed = {
        change.was: change.id
        for change in made
        if change.how is How.RENAMED and change.kind == "item" and change.was is not None
    }
    new, solved = _diagnostics(before, after)
    return Difference(
        before=before,
        after=after,
        exposures=exposure.exposures(projected, before, after),
        taken_back=promises.taken_back(projected, renamed),
        changes=made,
        shifts=consequences.shifts(before.plan, after.plan),
        standings=_standings(before, after, made),
        stale=consequences.stale(after.plan, made),
        told=consequences.told(before.plan, after.plan, made),
        balances=(balance(before.plan, today=today), balance(after.plan, today=today)),
        new_diagnostics=new,
        solved_diagnostics=solved,
    )


def _standings(before: Side, after: Side, made: Iterable[Change]) -> tuple[Standing, ...]:
    if not any(_may_move_a_score(change) for change in made):
        return ()
    try:
        return consequences.standings(before.plan, after.plan)
    except ModelError:
        # A model of somebody else's that cannot be used has been told by the command that scores.
        return ()


def _may_move_a_score(change: Change) -> bool:
    if change.kind not in _SCORED:
        return False
    # What stands in a text, a title or a label is not scored.
    return change.how is not How.CHANGED or any(one.name not in _NOT_SCORED for one in change.fields)


def _diagnostics(before: Side, after: Side) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Those that only one side has. Lines move, so a place is its file and what is said of it."""
    old, new = before.report.diagnostics, after.report.diagnostics
    return _without(new, old), _without(old, new)


def _without(some: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    left = Counter(map(_identity, others))
    found: list[Diagnostic] = []
    for one in some:
        if left[_identity(one)]:
            left[_identity(one)] -= 1
        else:
            found.append(one)
    return tuple(found)


def _identity(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.code, diagnostic.span.path, diagnostic.message
