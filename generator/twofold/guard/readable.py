"""What an audience may read: the projection, the settings that show, the words of interface and theme."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twofold.guard.pieces import plain
from twofold.model import Kind, Period
from twofold.model.period import day_name
from twofold.plan import addresses
from twofold.render.resources import PACKAGE, overrides_folder
from twofold.source import yaml
from twofold.source.files import Text, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twofold.audience import AudiencePlan
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

PAGES = (".html", ".xml")


def readable(plan: AudiencePlan, project: Project) -> Iterator[str]:
    """Every text that the audience may read."""
    for text in _of_projection(plan):
        yield text
        if (read := plain(text)) is not text:
            yield read
    yield from (f"{FOLDERS[kind]}/{id}/" for kind, ids in _ids(plan).items() for id in ids)
    yield from _of_settings(plan, project)
    yield from interface()
    for folder in themes(project):
        yield from _of_templates(folder)
    yield from (allowed.text for allowed in project.settings.allow_public)


def _ids(plan: AudiencePlan) -> Mapping[Kind, Iterable[str]]:
    return {
        Kind.ITEM: plan.items,
        Kind.RELEASE: plan.releases,
        Kind.OBJECTIVE: plan.objectives,
        Kind.PERSONA: plan.personas,
        Kind.METRIC: plan.metrics,
    }


def themes(project: Project) -> tuple[Path, ...]:
    """The folders of the theme: Material's, Twofold's and the owner's own."""
    material = importlib.util.find_spec("material")
    found = (material.submodule_search_locations if material else None) or []
    places = [Path(place) / "templates" for place in found]
    own = _values(project).get("theme")
    custom = own.get("custom_dir") if isinstance(own, dict) else None
    if isinstance(custom, str):
        places.append(project.root / custom)
    return (*places, overrides_folder())


@lru_cache(maxsize=1)
def interface() -> tuple[str, ...]:
    """Every text in the code of the interface, documentation apart."""
    files = [PACKAGE / name for name in INTERFACE_FILES]
    files += [path for name in INTERFACE for path in sorted((PACKAGE / name).rglob("*.py"))]
    return tuple(dict.fromkeys(text for path in files if path.is_file() for text in _constants(path)))


def _constants(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_bytes())
    # A text that stands alone is documentation, and so is the page of a rule.
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule":
            told.update(id(keyword.value) for keyword in node.keywords)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@lru_cache(maxsize=8)
def _of_templates(folder: Path) -> tuple[str, ...]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in PAGES and ".icons" not in path.parts)
    return tuple(path.read_text(encoding="utf-8", errors="replace") for path in paths)


def _of_projection(value: Any) -> Iterator[str]:  # noqa: ANN401 - any field
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
            for key, inner in value.items():
                yield from _of_projection(key)
                yield from _of_projection(inner)
        case tuple() | list() | frozenset():
            for inner in value:
                yield from _of_projection(inner)
        case _ if is_dataclass(value):
            for field in fields(value):
                if field.name not in UNREAD:
                    yield from _of_projection(getattr(value, field.name))


def _of_settings(plan: AudiencePlan, project: Project) -> Iterator[str]:
    """What the settings show to this audience: all of MkDocs' own, and of Twofold's what concerns it."""
    settings = project.settings
    yield from (project.name, settings.safe_harbour, *(settings.products or {}).values())
    yield from (title for title, label in settings.section_labels.items() if label in plan.labels)
    own = settings.audiences.get(plan.audience)
    pages = {page.source for page in plan.pages.values()} | {page.address for page in plan.pages.values()}
    values = _values(project)
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


def _values(project: Project) -> dict[str, Any]:
    """The values of `mkdocs.yml` and of what it inherits, the latter under keys of their own."""
    values: dict[str, Any] = {}
    path: Path | None = project.config_file
    for depth in range(8):
        text = decode(path.read_bytes(), path=path.name) if path is not None and path.is_file() else None
        node = yaml.read(text.text, path=text.path, trusted=True) if isinstance(text, Text) else None
        found = node.data if node is not None and isinstance(node.data, dict) else {}
        values.update({key: value for key, value in found.items() if key not in values})
        parent = found.get("INHERIT")
        if path is None or not isinstance(parent, str) or depth == 7:
            break
        path = path.parent / parent
    return values
