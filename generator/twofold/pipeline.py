"""The way from a folder to a portal: load → link → check → render. Declarative; the work is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from twofold import checks, config, images
from twofold.checks.catalogue import RULES
from twofold.diagnostics import Diagnostic, Report, Span
from twofold.loading import pages, records, suppressions
from twofold.model import FOLDERS
from twofold.model.fields import INTERNAL
from twofold.model.settings import SCORING
from twofold.plan import Broken, Plan, link
from twofold.source import files
from twofold.source.tree import DISK

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from pathlib import Path

    from twofold.guard.patterns import Wanted
    from twofold.loading.kept import Kept
    from twofold.loading.memory import Memory
    from twofold.render.kept import Pages
    from twofold.render.page import Page, Site
    from twofold.render.shares import Progress
    from twofold.source.tree import Tree

    Pieces: TypeAlias = Mapping[str, Wanted]

LARGE = 5_000
"""Records. From here on memory is what is short: a portal has no process beside those that make its pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A project that has been read, linked and checked."""

    project: config.Project
    plan: Plan
    report: Report
    today: date
    unread: frozenset[str] = frozenset()
    """Files of records, relative to the content folder, that could not be used."""

    @property
    def is_large(self) -> bool:
        """Whether several portals at the same time would take too much memory."""
        return len(self.plan.origins) > LARGE


def load(
    config_file: Path,
    *,
    environ: Mapping[str, str],
    today: date,
    drafts: Mapping[str, str] | None = None,
    tree: Tree = DISK,
    memory: Memory | Kept | None = None,
) -> Loaded:
    """Read, link and check a project: every diagnostic at once.

    `drafts` are texts that stand in place of files, or are to become files, by their path in the content
    folder: what the plan would be with them. `tree` is where the files come from. `memory` keeps what the
    files of records give, for another revision that has most of them in common.

    Raises:
        ConfigurationError: when `mkdocs.yml` or its settings cannot be used.
    """
    slugs = {code: rule.slug for code, rule in RULES.items()}
    project = config.read(config_file, environ=environ, rules=slugs, models=_models, tree=tree)
    read = records.load if memory is None else memory.load
    return _load(project, today=today, drafts=drafts or {}, tree=tree, read=read)


def _models() -> frozenset[str]:
    """The scoring models that the settings may name."""
    # What is installed takes longer to look through than most plans to read.
    from twofold.scoring import registry  # noqa: PLC0415

    return registry.names()


def is_repeatable(loaded: Loaded) -> bool:
    """Whether the same project gives the same again for sure: scoring models of others do as they like."""
    chosen = loaded.project.settings.scoring
    if chosen == SCORING:
        return True
    from twofold.scoring import registry  # noqa: PLC0415 - see above

    return registry.is_own(chosen)


def make_ready(audiences: Collection[str]) -> None:
    """Import what these portals are made with: once, where several processes are to make them."""
    # Rendering costs time to import, see below.
    from twofold import export  # noqa: F401, PLC0415

    if INTERNAL in audiences:
        from twofold.render import site  # noqa: F401, PLC0415
    if any(audience != INTERNAL for audience in audiences):
        from twofold import guard  # noqa: F401, PLC0415
        from twofold.images import cleaning  # noqa: F401, PLC0415
        from twofold.render import public  # noqa: F401, PLC0415


def portal(
    loaded: Loaded, audience: str, *, kept: Pages | None = None, progress: Progress | None = None
) -> Site:
    """One audience's portal, complete, before any engine has touched it.

    `kept` has the internal pages that were made last; those that would be the same are not made again.
    `progress` hears of those that are made.
    """
    if audience != INTERNAL:
        return _completed(loaded, _public(loaded, audience, progress=progress))
    kept = kept if is_repeatable(loaded) else None
    return _completed(loaded, _internal(loaded, kept=kept, progress=progress), kept=kept)


def page(loaded: Loaded, audience: str, address: str) -> Page | None:
    """One page of an audience's portal; None where it has none with this address."""
    made = _internal if audience == INTERNAL else partial(_public, audience=audience)
    return next(iter(made(loaded, only=address).pages), None)


def _internal(
    loaded: Loaded, *, only: str | None = None, kept: Pages | None = None, progress: Progress | None = None
) -> Site:
    # Rendering costs time to import, and `check` has no use for it.
    from twofold.render import site  # noqa: PLC0415

    return site.render(
        loaded.plan,
        loaded.report,
        project=loaded.project,
        audience=INTERNAL,
        themes=themes(loaded.project),
        today=loaded.today,
        only=only,
        kept=kept,
        progress=progress,
    )


def _completed(loaded: Loaded, site: Site, *, kept: Pages | None = None) -> Site:
    """A portal with its feed, calendar and data."""
    from twofold import export  # noqa: PLC0415 - see above
    from twofold.audience.project import project  # noqa: PLC0415 - see above
    from twofold.render import shares  # noqa: PLC0415 - see above
    from twofold.render.page import Files  # noqa: PLC0415 - see above

    def made() -> Mapping[str, bytes]:
        internal = site.audience == INTERNAL
        return export.bundle(
            export.whole(loaded.plan) if internal else project(loaded.plan, site.audience),
            addresses=[page.address for page in site.pages],
            files=site.files,
            today=loaded.today,
            internal=partial(export.internal, loaded.plan) if internal else None,
            kept=kept.texts if kept is not None else None,
        )

    # An engine is at work with the pages meanwhile.
    is_worth_it = len(site.pages) >= shares.WORTH and not loaded.is_large
    waiting = shares.later(made) if is_worth_it else made
    return replace(site, files=Files(site.files, export.NAMES, waiting))


def inspect(
    loaded: Loaded, audience: str, folder: Path, *, progress: Progress | None = None
) -> tuple[str, ...]:
    """The last look at a finished portal: why it must not be published; empty if it may.

    `progress` hears of the files that are looked at.
    """
    if audience == INTERNAL:
        return ()
    from twofold import guard  # noqa: PLC0415 - see above

    return guard.inspect(loaded.plan, loaded.project, audience, folder, progress=progress)


def pieces(loaded: Loaded) -> Pieces:
    """All that a plan may withhold from somebody, for `is_clean`."""
    from twofold import guard  # noqa: PLC0415 - see above

    return guard.whole(loaded.plan)


def is_clean(
    loaded: Loaded, audience: str, *, name: str, data: bytes, before: Pieces | None, changed: Collection[str]
) -> bool:
    """Whether one file of a portal may be looked at before the portal is complete.

    `before` has the pieces of an earlier plan; since then the files `changed` have changed, by their paths in
    the content folder, and no settings. Without it all are gathered, which takes longer.
    """
    if audience == INTERNAL:
        return True
    from twofold import guard  # noqa: PLC0415 - see above

    plan = loaded.plan
    found = guard.whole(plan) if before is None else guard.since(plan, before, files=changed)
    return guard.is_clean(plan, loaded.project, audience, found, name=name, data=data)


def _public(
    loaded: Loaded, audience: str, *, only: str | None = None, progress: Progress | None = None
) -> Site:
    """A public portal: the plan goes no further than the projection."""
    from twofold.audience.project import project  # noqa: PLC0415 - see above
    from twofold.render import public  # noqa: PLC0415 - see above

    return public.render(
        project(loaded.plan, audience),
        downloads=loaded.project.settings.downloads,
        read=partial(_published, loaded.project),
        themes=themes(loaded.project),
        today=loaded.today,
        only=only,
        progress=progress,
    )


def themes(project: config.Project) -> tuple[Path, ...]:
    """The owner's own theme folder, whose `twofold/` may hold templates that stand in place of ours."""
    theme = project.values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return (project.root / custom,) if isinstance(custom, str) else ()


def _published(project: config.Project, path: str) -> bytes:
    """A file of the content folder as it is published: images without what a camera notes in them."""
    from twofold import publish  # noqa: PLC0415 - see above
    from twofold.images import cleaning  # noqa: PLC0415 - see above

    try:
        return cleaning.published(
            (project.content / path).read_bytes(), path=path, folder=project.shown_content
        )
    except cleaning.ImageError as error:
        raise publish.RefusedError(f"an image cannot be published: {error}") from None


def _load(
    project: config.Project,
    *,
    today: date,
    drafts: Mapping[str, str],
    tree: Tree,
    read: Callable[..., records.Loaded],
) -> Loaded:
    settings = project.settings
    vocabulary, labels = settings.vocabulary, settings.section_labels
    found, problems = tree.walk(project.content, shown=project.shown_content)
    added = sorted(set(drafts) - {file.path for file in found})
    found = [*found, *(files.Found(path=path, location="") for path in added)]
    texts: dict[str, str] = {project.config_file.name: project.text}
    documents: list[records.Document] = []
    written: dict[str, pages.WrittenPage] = {}
    broken: list[Broken] = []
    spoilt: set[str] = set()
    assets: set[str] = set()
    for file in found:
        # By hand: two thousand path objects cost more than opening the files.
        folder, within, _ = file.path.partition("/")
        is_record = bool(within) and folder in FOLDERS and file.path.endswith(records.SUFFIXES)
        if not is_record and not file.path.endswith(".md"):
            problem = _stray(PurePosixPath(file.path), project)
            if problem is None:
                assets.add(file.path)
            else:
                problems.append(problem)
            continue
        text = _text(file, drafts, tree, shown=project.shown_content)
        if isinstance(text, Diagnostic):
            problems.append(text)
            if is_record:
                broken.append(Broken(source=file.path, text=None))
            continue
        texts[text.path] = text.text
        if is_record:
            loaded = read(text, file.path, vocabulary=vocabulary, labels=labels)
            problems.extend(loaded.problems)
            if loaded.document is None:
                broken.append(Broken(source=file.path, text=text.text))
            else:
                documents.append(loaded.document)
        else:
            page, flaws = pages.load(text, file.path, vocabulary=vocabulary)
            problems.extend(flaws)
            if page is None:
                spoilt.add(file.path)
            else:
                written[file.path] = page
    linked = link(
        documents,
        settings=settings,
        name=settings.product or project.name,
        pages=written,
        broken=broken,
        assets=frozenset(assets),
    )
    problems.extend(linked.problems)
    unusable = linked.dropped.union(file.source for file in broken)
    judged = checks.check(
        linked.plan,
        project=project,
        broken=unusable,
        sources=texts,
        data=lambda path: tree.data(project.content / path),
        today=today,
    )
    problems.extend(judged)
    heard = suppressions.hear(
        problems,
        texts=texts,
        unusable=frozenset(f"{project.shown_content}/{source}" for source in unusable | spoilt),
        trusted=project.config_file.name,
        slugs={code: rule.slug for code, rule in RULES.items()},
    )
    report = Report.of(heard.problems, texts=texts, severities=settings.rules, suppressed=heard.suppressed)
    return Loaded(project=project, plan=linked.plan, report=report, today=today, unread=unusable)


def _text(file: files.Found, drafts: Mapping[str, str], tree: Tree, *, shown: str) -> files.Text | Diagnostic:
    """A file's text, or the draft that stands in its place."""
    draft = drafts.get(file.path)
    if draft is None:
        return tree.read(file, shown=shown)
    return files.decode(draft.encode(), path=f"{shown}/{file.path}")


def _stray(path: PurePosixPath, project: config.Project) -> Diagnostic | None:
    """What is wrong with a file that is neither a record nor a page; None where something may use it."""
    name = path.as_posix()
    if path.suffix.lower() in images.SUFFIXES or name in project.named_files:
        return None
    if any(fnmatchcase(name, pattern) for pattern in project.settings.downloads):
        return None
    hint = "take it out of the content folder, or list it under `downloads:`"
    if path.parts[0] in FOLDERS:
        hint = "a record ends in .md, .yml or .yaml"
    elif path.suffix in records.SUFFIXES:
        hint = "a record lies in one of " + ", ".join(f"{folder}/" for folder in FOLDERS)
    span = Span(path=f"{project.shown_content}/{name}")
    return files.STRAY_FILE.at(span, hint=hint, what="no portal will have this file")
