"""What an audience may read: the projection, the settings that show, the words of interface and theme."""

from __future__ import annotations

import ast
import importlib.util
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twofold.guard.decode import decoded
from twofold.guard.pieces import plain
from twofold.model import Kind, Period
from twofold.model.period import day_name
from twofold.plan import addresses
from twofold.prose.words import GAP, squash
from twofold.render.resources import PACKAGE, overrides_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twofold.audience.published import AudiencePlan
    from twofold.config import Project

UNREAD = frozenset({"assets", "sources", "source"})
"""Fields of the projection that tell where files stand; no reader learns that."""

FOLDERS = {
    Kind.ITEM: addresses.ROADMAP,
    Kind.RELEASE: addresses.RELEASES,
    Kind.OBJECTIVE: addresses.OBJECTIVES,
    Kind.PERSONA: addresses.PERSONAS,
    Kind.METRIC: addresses.METRICS,
}
"""Under which address the records of a kind have their pages."""

INTERFACE = ("charts", "engine", "export", "prose", "render", "views")
"""Packages whose texts are the portal's own words."""

INTERFACE_FILES = (
    "model/period.py",
    "model/settings.py",
    "plan/addresses.py",
    "plan/destinations.py",
    "plan/texts.py",
)

DESCRIPTION = "site_description"
"""The setting of MkDocs that only the internal portal shows."""

PAGES = (".html", ".xml")


def told(plan: AudiencePlan, project: Project) -> str:
    """Every text that plan and settings tell the audience, squashed, with gaps between them."""
    return GAP.join(dict.fromkeys(squash(decoded(text)) for text in _own(plan, project)))


def with_interface(told: str, project: Project) -> str:
    """The same, and the words of interface and theme."""
    return GAP.join((told, _common(themes(project))))


def _own(plan: AudiencePlan, project: Project) -> Iterator[str]:
    """What this plan and these settings show."""
    for text in _of_projection(plan):
        yield text
        if (read := plain(text)) is not text:
            yield read
    yield from (f"{FOLDERS[kind]}/{id}/" for kind, ids in _ids(plan).items() for id in ids)
    yield from _of_settings(plan, project)
    yield from (allowed.text for allowed in project.settings.allow_public)


def _ids(plan: AudiencePlan) -> Mapping[Kind, Iterable[str]]:
    return {
        Kind.ITEM: plan.items,
        Kind.RELEASE: plan.releases,
        Kind.OBJECTIVE: plan.objectives,
        Kind.PERSONA: plan.personas,
        Kind.METRIC: plan.metrics,
    }


def description(project: Project) -> str:
    """What `mkdocs.yml` says of the site."""
    return str(project.values.get(DESCRIPTION) or "")


def themes(project: Project) -> tuple[Path, ...]:
    """The folders of the theme: Material's, Twofold's and the owner's own."""
    material = importlib.util.find_spec("material")
    found = (material.submodule_search_locations if material else None) or []
    places = [Path(place) / "templates" for place in found]
    own = project.values.get("theme")
    custom = own.get("custom_dir") if isinstance(own, dict) else None
    if isinstance(custom, str):
        places.append(project.root / custom)
    return (*places, overrides_folder())


@lru_cache(maxsize=8)
def _common(themes: Sequence[Path]) -> str:
    """The words of interface and theme: the same for every audience."""
    files = [PACKAGE / name for name in INTERFACE_FILES]
    files += [path for name in INTERFACE for path in sorted((PACKAGE / name).rglob("*.py"))]
    texts = [text for path in files for text in _constants(path)]
    texts.extend(text for folder in themes for text in _of_templates(folder))
    return GAP.join(dict.fromkeys(map(squash, texts)))


def _constants(path: Path) -> Iterator[str]:
    """The texts in a module, but not its documentation."""
    # Not by `ast.walk`, which takes four times as long.
    inner: list[object] = [ast.parse(path.read_bytes())]
    while inner:
        node = inner.pop()
        match node:
            case list():
                inner.extend(node)
            case ast.Constant(value=str(text)):
                yield text
            case ast.Expr(value=ast.Constant()):
                continue  # A text that stands alone is documentation,
            case ast.Call(func=ast.Name(id="Rule")):
                continue  # and so is the page of a rule.
            case ast.AST():
                inner.extend(vars(node).values())


def _of_templates(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        # Material has ten thousand icons, none with a word in it.
        folders[:] = sorted(name for name in folders if name != ".icons")
        for name in sorted(names):
            if name.endswith(PAGES):
                yield (Path(place) / name).read_text(encoding="utf-8", errors="replace")


def _of_projection(value: Any) -> Iterator[str]:  # noqa: ANN401 - any field
    inner: Iterable[Any] = ()
    match value:
        case Period():
            yield from (value.text, value.name)
        case Enum():
            yield str(value.value)
        case str():
            yield value
        case date():
            yield from (value.isoformat(), day_name(value))
        case Mapping():
            inner = (*value.keys(), *value.values())
        case tuple() | list() | frozenset():
            inner = value
        case _ if is_dataclass(value):
            inner = (getattr(value, field.name) for field in fields(value) if field.name not in UNREAD)
    for one in inner:
        yield from _of_projection(one)


def _of_settings(plan: AudiencePlan, project: Project) -> Iterator[str]:
    """What the settings show to this audience: all of MkDocs' own, and of Twofold's what concerns it."""
    settings = project.settings
    yield from (project.name, settings.safe_harbour, *(settings.products or {}).values())
    yield from (title for title, label in settings.section_labels.items() if label in plan.labels)
    own = settings.audiences.get(plan.audience)
    pages = {page.source for page in plan.pages.values()} | {page.address for page in plan.pages.values()}
    values = dict(project.values)
    values.pop(DESCRIPTION, None)
    for nav in (values.pop("nav", None), own.nav if own else None):
        yield from _of_nav(nav, frozenset(pages))
    plugins = values.pop("plugins", None)
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(plugin, dict):
            yield from _of_projection({name: value for name, value in plugin.items() if name != "twofold"})
    yield from _of_projection(values)


def _of_nav(nav: object, pages: frozenset[str]) -> Iterator[str]:
    """The titles of those entries that lead somewhere; a section's only if something in it does."""
    for entry in nav if isinstance(nav, list | tuple) else ():
        if isinstance(entry, dict):
            for title, target in entry.items():
                if isinstance(target, str):
                    if _leads(target, pages):
                        yield from (str(title), target)
                elif inner := tuple(_of_nav(target, pages)):
                    yield from (str(title), *inner)
        elif isinstance(entry, str) and _leads(entry, pages):
            yield entry


def _leads(target: str, pages: frozenset[str]) -> bool:
    name = target.removeprefix("./").strip("/")
    bare = name.removesuffix(".md").removesuffix("/index")
    hub = bare.partition("/")[0] in {*addresses.HUBS, "index"}
    return "://" in target or name in pages or bare in pages or hub
