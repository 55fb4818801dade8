"""One side of a comparison: a plan, and where it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.audience.project import project, project_both
from twofold.audience.published import AudiencePlan
from twofold.audience.readers import public_readers

if TYPE_CHECKING:
    from twofold.config import Project
    from twofold.diagnostics import Report
    from twofold.plan import Plan
    from twofold.source.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A plan at one moment, with all that its portals are made from."""

    name: str
    """The revision as it was asked for, or what stands for the working tree."""

    project: Project
    plan: Plan
    report: Report
    tree: Tree
    unread: frozenset[str] = frozenset()
    """Files that could not be used: what they hold is not in the plan."""

    absent: bool = False
    """Whether there was no portal at all, or none that could be read; the plan is empty then."""


Projections = Mapping[str, tuple[AudiencePlan | None, AudiencePlan | None]]
"""What each public audience of either side may read, before and after; None where there was, or is, none."""


def projections(before: Side, after: Side) -> Projections:
    """Project both sides for every public audience that either of them has."""
    known = [
        set() if side.absent else {one.name for one in public_readers(side.plan.settings)}
        for side in (before, after)
    ]
    names = dict.fromkeys(one.name for side in (before, after) for one in public_readers(side.plan.settings))
    return {
        name: project_both(before.plan, after.plan, name)
        if all(name in some for some in known)
        else (
            project(before.plan, name) if name in known[0] else None,
            project(after.plan, name) if name in known[1] else None,
        )
        for name in names
    }


def same_file(before: Side, after: Side, path: str) -> bool:
    """Whether a file, named from the project's root, is the same on both sides; line ends do not count."""
    old, new = before.project.root / path, after.project.root / path
    if before.tree.digest(old) == after.tree.digest(new):
        return True
    earlier, now = before.tree.data(old), after.tree.data(new)
    if earlier is None or now is None:
        return False
    return earlier.replace(b"\r\n", b"\n") == now.replace(b"\r\n", b"\n")
