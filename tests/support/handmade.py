"""Hand-made sites, built by the real MkDocs and Material."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig

from twofold import publish
from twofold.diagnostics import Diagnostic, Report
from twofold.engine.build import build
from twofold.render.page import Entry, Heading, Page, Site
from twofold.render.sections import sections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from click.testing import Result


HOSTILE = '</title></script><script>alert("x")</script><img src=x onerror=alert(1)>&amp;'
TODAY = date(2026, 11, 23)
MKDOCS = """\
site_name: Wardline R&D
site_url: https://plan.example/
docs_dir: content
repo_url: https://github.com/acme/plan
theme:
  name: material
  features: [navigation.footer]
plugins:
  - search
  - twofold:
      anything: goes
"""

# For a checkout that is not installed.
INSTALLED: dict[str, EntryPoint] = vars(MkDocsConfig.plugins)["installed_plugins"]
INSTALLED.setdefault(
    "twofold", EntryPoint("twofold", "twofold.engine.plugin:TwofoldPlugin", "mkdocs.plugins")
)


@dataclass(frozen=True)
class Audience:
    description: str | None = None
    site_url: str | None = None
    nav: Sequence[Any] | None = None


@dataclass(frozen=True)
class Settings:
    audience: str = "internal"
    allow_internal_deploy: bool = False
    audiences: dict[str, Audience] | None = None


@dataclass(frozen=True)
class Project:
    root: Path
    settings: Any

    @property
    def config_file(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def content(self) -> Path:
        return self.root / "content"


@dataclass(frozen=True)
class Loaded:
    project: Project
    report: Report
    is_large: bool = False


def item(number: int, **changes: Any) -> Page:  # noqa: ANN401 - any field
    made = Page(
        address=f"roadmap/item-{number}",
        title=f"Item {number}",
        html=(
            f'<h1 id="item">Item {number}</h1><p>Nurses chart offline.</p>'
            '<h2 id="why">Why &amp; how</h2><p>The network drops.</p><h3 id="who">Who</h3><p>All wards.</p>'
        ),
        headings=(Heading(id="why", title="Why & how", level=2), Heading(id="who", title="Who", level=3)),
        source=f"roadmap/item-{number}.md",
        anchors=frozenset({"item", "why", "who"}),
    )
    return replace(made, **changes)


def site(audience: str = "internal", *extra: Page, **changes: Any) -> Site:  # noqa: ANN401 - any field
    pages = (
        Page(address="", title="Home", html='<h1 id="home">Wardline</h1><p>Welcome.</p>'),
        Page(address="how-we-plan", title="How we plan", html="<h1>How</h1>", source="how-we-plan.md"),
        Page(address="roadmap", title="Roadmap", html='<h1 id="roadmap">Roadmap</h1>', boost=2.0),
        item(1),
        item(2),
        *extra,
    )
    found = (replace(page, sections=sections(page.html)) for page in pages)
    made = Site(
        audience=audience,
        title=f"Wardline R&D {audience}",
        pages=tuple(sorted(found, key=lambda page: page.address)),
        navigation=(Entry(title="Home", address=""), Entry(title="Roadmap", address="roadmap")),
        internal=audience == "internal",
    )
    return replace(made, **changes)


def loaded(root: Path, **settings: Any) -> Loaded:  # noqa: ANN401 - any field
    made = Settings(**{"audiences": {}, **settings})
    return Loaded(project=Project(root=root, settings=made), report=Report())


def make(
    root: Path,
    *sites: Site,
    config: str = MKDOCS,
    **settings: Any,  # noqa: ANN401 - any setting
) -> list[str]:
    """Build `sites`; give the warnings."""
    (root / "mkdocs.yml").write_text(config)
    by_audience = {one.audience: one for one in sites}
    heard: list[str] = []
    build(
        loaded(root, **settings),
        list(by_audience),
        today=TODAY,
        portal=lambda _, audience, **__: by_audience[audience],
        warn=heard.append,
    )
    return heard


def read(root: Path, name: str, audience: str = "internal") -> str:
    return (publish.portal_folder(root, audience) / name).read_text()


def search_index(root: Path, audience: str = "internal") -> list[dict[str, Any]]:
    docs: list[dict[str, Any]] = json.loads(read(root, "search/search_index.json", audience))["docs"]
    return docs


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Run:
    """MkDocs' own command line over a stand-in for the pipeline."""

    root: Path
    settings: dict[str, Any] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def __call__(self, *arguments: str) -> Result:
        from click.testing import CliRunner
        from mkdocs.__main__ import cli

        return CliRunner().invoke(cli, [*arguments])

    def load(self, config_file: Path, **_: object) -> Loaded:
        assert config_file == self.root / "mkdocs.yml"
        report = Report.of(self.problems, texts={}, severities={})
        return replace(loaded(self.root, **self.settings), report=report)
