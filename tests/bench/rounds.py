"""All that is measured of one plan, in rounds: a machine that slows down slows every side of a comparison."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tests.bench.figures import Figure
from tests.bench.measure import Failed
from tests.bench.project import Project
from tests.bench.saving import saved
from tests.bench.subjects import PARTS, Subject
from tests.bench.yardsticks.composing import compose
from tests.bench.yardsticks.sites import PlainSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.measure import Sample

LOOK: Final = 0
"""The run in which memory is looked at, and not time."""

PARTING: Final = frozenset({Subject.BUILD_COLD, Subject.BUILD_EDITED, Subject.AUDIENCES_COLD})
"""What works in several processes. Of one process the system itself remembers the memory."""

LONG: Final = 40.0
"""Seconds of wall time; what takes longer is run once, since what disturbs a run weighs little in it."""


def figures(plan: Plan, wanted: frozenset[Subject], *, runs: int) -> Iterator[Figure]:
    """Run each of `wanted` so many times, one after the other and all over again.

    What has failed has no figure, so that none of its bounds holds.
    """
    samples: dict[Subject, list[Sample]] = {subject: [] for subject in wanted}
    looks: dict[Subject, list[Sample]] = {subject: [] for subject in wanted}
    for run in range(LOOK, runs + 1):
        for subject, step in plan.steps():
            if subject not in wanted - plan.failed or (run == LOOK and subject not in PARTING):
                continue
            if not any(sample.wall > LONG for sample in samples[subject]):
                with plan.noting(subject, run):
                    (looks if run == LOOK else samples)[subject].append(step(run))
    for subject in PARTS["serve"]:
        if subject in wanted:
            with plan.noting(subject, 1):
                samples[subject] = plan.saved(subject, runs)
    for subject in wanted - plan.failed:
        if samples[subject]:
            yield Figure.of(subject, plan.items, samples[subject], looks[subject])


class Plan:
    """One size's projects, each made when the first run needs it."""

    def __init__(
        self, folder: Path, *, items: int, seed: int, zensical: Path | None, tell: Callable[[str], None]
    ) -> None:
        self.folder = folder
        self.items = items
        self.seed = seed
        self.zensical = zensical
        self.failed: set[Subject] = set()
        self._tell = tell

    def steps(self) -> Iterator[tuple[Subject, Callable[[int], Sample]]]:
        """In an order in which each finds what it is about: what is unchanged comes after its like."""
        yield Subject.CHECK_COLD, lambda _: self._checked.check(cold=True)
        yield Subject.COMPOSE, lambda _: compose(self._checked.root, alone=False)
        yield Subject.CHECK_UNCHANGED, lambda _: self._checked.check(cold=False)
        yield Subject.CHECK_EDITED, self._check_edited
        yield Subject.COMPOSE_ALONE, lambda _: compose(self._checked.root, alone=True)
        yield Subject.SCORE, lambda _: self._checked.score()
        yield Subject.READ, lambda _: self._checked.ranking("read")
        yield Subject.RANK, lambda _: self._checked.ranking("rank")
        yield Subject.DIFF, lambda _: self._compared.diff()
        yield Subject.AUDIENCES_COLD, lambda run: self._built.build(cold=True, looking=run == LOOK)
        yield Subject.BUILD_COLD, lambda run: self._built.build("internal", cold=True, looking=run == LOOK)
        yield Subject.BARE, lambda _: self.plain.mkdocs(navigation=False)
        yield Subject.BUILD_UNCHANGED, lambda _: self._built.build("internal", cold=False)
        yield Subject.BUILD_EDITED, self._build_edited
        yield Subject.NAIVE, lambda _: self.plain.mkdocs(navigation=True)
        if self.zensical:
            program = self.zensical
            yield Subject.ZENSICAL, lambda _: self.plain.zensical(program)

    def saved(self, subject: Subject, runs: int) -> list[Sample]:
        """Save an item so many times in a preview."""
        project = self._saved
        if subject is Subject.SERVE_PUBLIC:
            return list(saved(project.root, project.public_item, audience="user", runs=runs))
        return list(saved(project.root, project.item, again=subject is Subject.SERVE_AGAIN, runs=runs))

    @cached_property
    def plain(self) -> PlainSite:
        """Pages like those of the internal portal."""
        portal = self._built.root / "site-internal"
        if not portal.exists():
            self._built.build("internal", cold=True)
        return PlainSite.like(portal, self.folder / "plain")

    @property
    def notes(self) -> list[str]:
        """What failed, and what the portal's pages were compared with."""
        notes = [f"{self.items:,} items: {subject} failed." for subject in sorted(self.failed)]
        if "plain" in vars(self):
            pages, length = self.plain.pages, self.plain.characters / self.plain.pages
            notes.append(f"{self.items:,} items: {pages:,} plain pages of {length:,.0f} characters each.")
        return notes

    @contextmanager
    def noting(self, subject: Subject, run: int) -> Iterator[None]:
        """Tell that something begins, and keep in mind if it fails."""
        self._tell(f"{self.items:,} items, run {run}: {subject}")
        try:
            yield
        except Failed as failure:
            self.failed.add(subject)
            self._tell(str(failure))

    def _check_edited(self, run: int) -> Sample:
        self._checked.edit(f"Checked for the {run}th time")
        return self._checked.check(cold=False)

    def _build_edited(self, run: int) -> Sample:
        self._built.edit(f"Built for the {run}th time")
        return self._built.build("internal", cold=False, looking=run == LOOK)

    @cached_property
    def _checked(self) -> Project:
        return self._project("checked")

    @cached_property
    def _built(self) -> Project:
        return self._project("built")

    @cached_property
    def _saved(self) -> Project:
        return self._project("saved")

    @cached_property
    def _compared(self) -> Project:
        project = self._project("compared")
        project.commit_and_change()
        return project

    def _project(self, name: str) -> Project:
        return Project.made(self.folder / name, items=self.items, seed=self.seed)
