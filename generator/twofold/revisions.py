"""Two revisions of a project, read in the same way and compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twofold import pipeline
from twofold.config import ConfigurationError
from twofold.diagnostics import Report
from twofold.diff.difference import Difference, compare
from twofold.diff.side import Side
from twofold.loading.memory import Memory
from twofold.plan import link
from twofold.source import git
from twofold.source.git_command import GitError
from twofold.source.tree import Disk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from twofold.source.files import Text
    from twofold.source.git import Repository, Revision
    from twofold.source.tree import Tree

WORKING_TREE = "the working tree"


def difference(
    config_file: Path, base: str, head: str | None, *, environ: Mapping[str, str], today: date
) -> Difference:
    """Compare two revisions, each read with its own settings; without `head` with the working tree.

    Nothing is checked out, and nothing of the working tree is touched.

    Raises:
        GitError: when a revision cannot be read.
        ConfigurationError: when the later side cannot be used at all.
    """
    repository = git.find(_existing(config_file.resolve().parent), environ=environ)
    if head is None and repository.bare:
        message = f"{repository.top} has no working tree; name both revisions"
        raise GitError(message)
    read = _Reading(config_file=config_file, repository=repository, environ=environ, today=today)
    after = read.side(head)
    return compare(read.earlier(base, later=after), after, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How both sides are read, and what they have in common: that is read once."""

    config_file: Path
    repository: Repository
    environ: Mapping[str, str]
    today: date
    memory: Memory = field(default_factory=Memory)
    kept: dict[str, Text] = field(default_factory=dict)

    def side(self, name: str | None) -> Side:
        tree: Tree = Disk(kept=self.kept) if name is None else self.revision(name)
        loaded = pipeline.load(
            self.config_file, environ=self.environ, today=self.today, tree=tree, memory=self.memory
        )
        return Side(
            name=name or WORKING_TREE,
            project=loaded.project,
            plan=loaded.plan,
            report=loaded.report,
            tree=tree,
            unread=loaded.unread,
        )

    def earlier(self, name: str, *, later: Side) -> Side:
        """The earlier side; where there was no portal yet, or none that can be read, an empty one."""
        try:
            return self.side(name)
        except ConfigurationError as error:
            tree = self.revision(name)
            there = tree.data(self.config_file.resolve()) is not None
            return Side(
                name=name,
                project=later.project,
                plan=link((), settings=later.project.settings, name=later.plan.name, pages={}).plan,
                report=Report.of(error.diagnostics, texts=error.texts, severities={}),
                tree=tree,
                unread=frozenset({self.config_file.name}) if there else frozenset(),
                absent=True,
            )

    def revision(self, name: str) -> Revision:
        return git.revision(self.repository, name, kept=self.kept)


def _existing(folder: Path) -> Path:
    """The nearest folder that is there: a portal may be in one revision only."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
