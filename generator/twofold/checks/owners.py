"""The texts of `mkdocs.yml` that public portals show, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.diagnostics import Span
from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twofold.audience.readers import Reader
    from twofold.audience.visibility import Visible
    from twofold.config import Project
    from twofold.plan import Plan
    from twofold.source.yaml import Mark, Node

SHOWN = ("site_name", "site_description", "site_author", "site_url", "copyright", "extra", "nav")
"""MkDocs' settings that every portal shows; addresses of the repository are taken out of public ones."""

Text = tuple[str, Span, tuple[str, ...]]
"""A text, its place, and the audiences that read it; none where all do."""


def of_owner(plan: Plan, project: Project, seen: Sequence[tuple[Reader, Visible]]) -> Iterator[Text]:
    """The texts that the owner has put into the configuration and public portals show."""
    places = _Places(project)
    hidden = _hidden(plan, seen)
    for name in SHOWN:
        node = places.root.find((name,)) if places.has((name,)) else None
        if node is not None:
            yield from (
                (text, places.at(mark), ()) for mark, text in _strings(node, hidden, nav=name == "nav")
            )
    settings = plan.settings
    for name, value in (("product", settings.product), ("safe_harbour", settings.safe_harbour)):
        if value and places.has((*places.own, name)):
            yield value, places.at(places.root.find((*places.own, name)).start), ()
    for one, _ in seen:
        for name in ("title", "description", "site_url", "nav"):
            location = (*places.own, "audiences", one.name, name)
            if places.has(location):
                node = places.root.find(location)
                for mark, text in _strings(node, hidden, nav=name == "nav"):
                    yield text, places.at(mark), (one.name,)
    if any(field.endswith(".product") for fields in settings.show.values() for field in fields):
        for id, title in (settings.products or {}).items():
            yield title, places.at(places.root.find((*places.own, "products", id)).start), ()


class _Places:
    """`mkdocs.yml` with the places of its values; what it inherits has none."""

    def __init__(self, project: Project) -> None:
        self.path = project.config_file.name
        root = yaml.read(project.text, path=self.path, trusted=True) if project.text else None
        self.root: Node = root or yaml.Node({}, _START, _START)
        self.own = self._find_own()

    def has(self, location: tuple[str | int, ...]) -> bool:
        node = self.root
        for step in location:
            children = node.children
            if isinstance(children, dict) and isinstance(step, str) and step in children:
                node = children[step]
            elif isinstance(children, list) and isinstance(step, int):
                node = children[step]
            else:
                return False
        return True

    def at(self, mark: Mark) -> Span:
        return Span(path=self.path, line=mark.line + 1, column=mark.column + 1)

    def _find_own(self) -> tuple[str | int, ...]:
        plugins = self.root.find(("plugins",)).children
        if isinstance(plugins, list):
            for index, plugin in enumerate(plugins):
                if isinstance(plugin.children, dict) and "twofold" in plugin.children:
                    return ("plugins", index, "twofold")
        return ("plugins", "twofold")


class _Start:
    line = 0
    column = 0


_START = _Start()


def _hidden(plan: Plan, seen: Sequence[tuple[Reader, Visible]]) -> frozenset[str]:
    """Names by which a navigation may call what no public audience sees."""
    names: set[str] = set()
    for source, page in plan.pages.items():
        if not any(one.reads(page.matter.publish) for one, _ in seen):
            names |= {source, page.address, f"{page.address}.md"}
    for (kind, id), origin in plan.origins.items():
        if not origin.location and not any(id in records[kind] for _, records in seen):
            names |= {origin.document.source, origin.document.source.rpartition(".")[0]}
    return frozenset(names)


def _strings(node: Node, hidden: frozenset[str], *, nav: bool) -> Iterator[tuple[Mark, str]]:
    """The texts in a value; of a navigation the titles of what somebody finds a page behind."""
    children = node.children
    if isinstance(children, dict):
        for name, child in children.items():
            inner = list(_strings(child, hidden, nav=nav))
            if nav and (inner or _leads(child, hidden)):
                yield (node.keys or {}).get(name, child.start), name
            yield from inner
    elif isinstance(children, list):
        for child in children:
            yield from _strings(child, hidden, nav=nav)
    elif isinstance(node.data, str) and (not nav or _leads(node, hidden)):
        yield node.start, str(node.data)


def _leads(node: Node, hidden: frozenset[str]) -> bool:
    return isinstance(node.data, str) and node.data.removeprefix("./").strip("/") not in hidden
