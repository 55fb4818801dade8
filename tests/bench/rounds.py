"""All that is measured of one plan, in rounds: a machine that slows down slows every side of a comparison."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from tests.bench.figures import Figure
from tests.bench.project import Project
from tests.bench.saving import saved
from tests.bench.subjects import Subject
from tests.bench.yardsticks.composing import compose
from tests.bench.yardsticks.sites import PlainSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.measure import Sample

LONG: Final = 40.0
"""Seconds of wall time; what takes longer is run once, since what disturbs a run weighs little in it."""


def figures(
    plan: Plan, wanted: frozenset[Subject], *, runs: int, tell: Callable[[str], None]
) -> Iterator[Figure]:
    """Run each of `wanted` so many times, one after the other and all over again."""
    samples: dict[Subject, list[Sample]] = {}
    for run in range(1, runs + 1):
        for subject, step in plan.steps():
            if subject not in wanted or any(one.wall > LONG for one in samples.get(subject, ())):
                continue
            tell(f"{plan.items:,} items, run {run} of {runs}: {subject}")
            samples.setdefault(subject, []).append(step(run))
    if Subject.SERVE in wanted:
        tell(f"{plan.items:,} items: {Subject.SERVE}")
        samples[Subject.SERVE] = plan.saved(runs)
    for subject, found in samples.items():
        yield Figure.of(subject, plan.items, found)


class Plan:
    """One size's projects, each made when the first run needs it."""

    def __init__(self, folder: Path, *, items: int, seed: int, zensical: Path | None) -> None:
        self.folder = folder
        self.items = items
        self.seed = seed
        self.zensical = zensical

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
        yield Subject.AUDIENCES_COLD, lambda _: self._built.build(cold=True)
        yield Subject.BUILD_COLD, lambda _: self._built.build("internal", cold=True)
        yield Subject.BARE, lambda _: self.plain.mkdocs(navigation=False)
        yield Subject.BUILD_UNCHANGED, lambda _: self._built.build("internal", cold=False)
        yield Subject.BUILD_EDITED, self._build_edited
        yield Subject.NAIVE, lambda _: self.plain.mkdocs(navigation=True)
        if self.zensical:
            program = self.zensical
            yield Subject.ZENSICAL, lambda _: self.plain.zensical(program)

    def saved(self, runs: int) -> list[Sample]:
        """Save an item so many times in a preview."""
        project = self._project("saved")
        return list(saved(project.root, project.item, runs=runs))

    @cached_property
    def plain(self) -> PlainSite:
        """Pages like those of the internal portal."""
        portal = self._built.root / "site-internal"
        if not portal.exists():
            self._built.build("internal", cold=True)
        return PlainSite.like(portal, self.folder / "plain")

    @property
    def notes(self) -> list[str]:
        """What was compared with the portal's pages, as far as anything was."""
        if "plain" not in vars(self):
            return []
        pages, length = self.plain.pages, self.plain.characters / self.plain.pages
        return [
            f"{self.items:,} items: {pages:,} plain pages, {length:,.0f} characters a page as in the portal."
        ]

    def _check_edited(self, run: int) -> Sample:
        self._checked.edit(f"Checked for the {run}th time")
        return self._checked.check(cold=False)

    def _build_edited(self, run: int) -> Sample:
        self._built.edit(f"Built for the {run}th time")
        return self._built.build("internal", cold=False)

    @cached_property
    def _checked(self) -> Project:
        return self._project("checked")

    @cached_property
    def _built(self) -> Project:
        return self._project("built")

    @cached_property
    def _compared(self) -> Project:
        project = self._project("compared")
        project.commit_and_change()
        return project

    def _project(self, name: str) -> Project:
        return Project.made(self.folder / name, items=self.items, seed=self.seed)
