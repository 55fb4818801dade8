"""Two revisions of a project, read in the same way and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold import pipeline
from twofold.config import ConfigurationError
from twofold.diagnostics import Report
from twofold.diff.difference import Difference, compare
from twofold.diff.side import Side
from twofold.loading.memory import Memory
from twofold.plan import link
from twofold.source import git
from twofold.source.tree import DISK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from twofold.source.git import Repository
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
    repository = git.find(_existing(config_file.resolve().parent))
    if head is None and repository.bare:
        message = f"{repository.top} has no working tree; name both revisions"
        raise git.GitError(message)
    # What is the same on both sides is read once.
    memory = Memory()
    after = _side(config_file, repository, head, environ=environ, today=today, memory=memory)
    before = _earlier(config_file, repository, base, later=after, environ=environ, today=today, memory=memory)
    return compare(before, after, today=today)


def _side(
    config_file: Path,
    repository: Repository,
    name: str | None,
    *,
    environ: Mapping[str, str],
    today: date,
    memory: Memory,
) -> Side:
    tree: Tree = DISK if name is None else git.revision(repository, name)
    loaded = pipeline.load(config_file, environ=environ, today=today, tree=tree, memory=memory)
    return Side(
        name=name or WORKING_TREE,
        project=loaded.project,
        plan=loaded.plan,
        report=loaded.report,
        tree=tree,
        unread=loaded.unread,
    )


def _earlier(
    config_file: Path,
    repository: Repository,
    name: str,
    *,
    later: Side,
    environ: Mapping[str, str],
    today: date,
    memory: Memory,
) -> Side:
    """The earlier side; where there was no portal yet, or none that can be read, an empty one."""
    try:
        return _side(config_file, repository, name, environ=environ, today=today, memory=memory)
    except ConfigurationError as error:
        tree = git.revision(repository, name)
        there = tree.data(config_file.resolve()) is not None
        report = Report.of(error.diagnostics, texts=error.texts, severities={})
        settings = later.project.settings
        return Side(
            name=name,
            project=later.project,
            plan=link((), settings=settings, name=later.plan.name, pages={}).plan,
            report=report,
            tree=tree,
            unread=frozenset({config_file.name}) if there else frozenset(),
            absent=True,
        )


def _existing(folder: Path) -> Path:
    """The nearest folder that is there: a portal may be in one revision only."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
