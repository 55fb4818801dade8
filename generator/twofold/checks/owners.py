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

SHOWN = ("site_name", "site_author", "site_url", "copyright", "extra", "nav")
"""MkDocs' settings that public portals show: no address of the repository, no `site_description`."""

Text = tuple[str, Span, tuple[str, ...]]
"""A text, its place, and the audiences that read it; none where all do."""


def of_owner(plan: Plan, project: Project, seen: Sequence[tuple[Reader, Visible]]) -> Iterator[Text]:
    """The texts that the owner has put into the configuration and public portals show."""
    places = _Places(project)
    hidden = _hidden(plan, seen)
    shown: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = [((name,), ()) for name in SHOWN]
    shown += [((*places.own, name), ()) for name in ("product", "safe_harbour")]
    for one, _ in seen:
        above = (*places.own, "audiences", one.name)
        shown += [((*above, name), (one.name,)) for name in ("title", "description", "site_url", "nav")]
    if any(field.endswith(".product") for fields in plan.settings.show.values() for field in fields):
        shown.append(((*places.own, "products"), ()))
    for location, readers in shown:
        node = places.find(location)
        if node is not None:
            for mark, text in _strings(node, hidden, nav=location[-1] == "nav"):
                yield text, places.at(mark), readers


class _Places:
    """`mkdocs.yml` with the places of its values; what it inherits has none."""

    def __init__(self, project: Project) -> None:
        self.path = project.config_file.name
        root = yaml.read(project.text, path=self.path, trusted=True) if project.text else None
        self.root: Node = root or yaml.Node({}, _START, _START)
        self.own = self._find_own()

    def find(self, location: tuple[str | int, ...]) -> Node | None:
        """The value at a location; None where there is none."""
        node = self.root
        for step in location:
            children = node.children
            if isinstance(children, dict) and step in children:
                node = children[str(step)]
            elif isinstance(children, list) and isinstance(step, int):
                node = children[step]
            else:
                return None
        return node

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
