"""Hand-made sites through the real MkDocs and Material."""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.config.defaults import MkDocsConfig

import twofold
from twofold import pipeline, publish
from twofold.diagnostics import Diagnostic, Report, Rule, Severity, Span
from twofold.engine.build import build
from twofold.engine.prepared import MisconfiguredError
from twofold.render import resources
from twofold.render.page import Entry, Heading, Page, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    made = Site(
        audience=audience,
        title=f"Wardline R&D {audience}",
        pages=tuple(sorted(pages, key=lambda page: page.address)),
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
        portal=lambda _, audience: by_audience[audience],
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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    return tmp_path


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


@pytest.fixture
def mkdocs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    run = Run(root)
    monkeypatch.chdir(root)
    monkeypatch.setattr(pipeline, "load", run.load)
    monkeypatch.setattr(pipeline, "portal", lambda _, audience: site(audience))
    monkeypatch.setattr(pipeline, "inspect", lambda *_: ())
    monkeypatch.setattr("mkdocs.__main__._enable_warnings", lambda: None)
    yield run
    logger = logging.getLogger("mkdocs")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)


# --- titles -----------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(root: Path) -> Path:
    page = item(
        3,
        title=HOSTILE,
        description=HOSTILE,
        html=f'<h1 id="x">{escape(HOSTILE)}</h1><h2 id="y">{escape(HOSTILE)}</h2>',
        headings=(Heading(id="y", title=HOSTILE, level=2),),
    )
    entries = (
        Entry(title=HOSTILE, address=""),
        Entry(title=HOSTILE, children=(Entry(title=HOSTILE, address="roadmap/item-3"),)),
        Entry(title="How", address="how-we-plan"),
    )
    files = {"feed.xml": b"<feed/>"}
    make(
        root,
        site(
            "internal",
            page,
            title=HOSTILE,
            navigation=entries,
            files=files,
            redirects={"old": "roadmap/item-3"},
        ),
    )
    return root


def test_a_title_with_markup_is_dead_on_every_page(hostile: Path) -> None:
    pages = sorted((hostile / "site-internal").rglob("*.html"))
    assert len(pages) == 8
    for page in pages:
        text = page.read_text()
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page


def test_a_title_with_markup_reads_as_typed(hostile: Path) -> None:
    text = read(hostile, "roadmap/item-3/index.html")
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    assert title is not None
    assert "&lt;/title&gt;" in title[1]
    # Neither escaped twice.
    assert "&amp;lt;" not in text


def test_an_owners_own_template_does_not_wake_a_title(root: Path) -> None:
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text('{% extends "base.html" %}')
    config = MKDOCS.replace("name: material", "name: material\n  custom_dir: theme")
    make(root, site("internal", item(3, title=HOSTILE)), config=config)
    text = read(root, "roadmap/item-3/index.html")
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'content="noindex, nofollow"' in text
    assert 'class="tf-internal"' in text


def test_a_title_with_markup_is_dead_in_the_search_index(hostile: Path) -> None:
    for entry in search_index(hostile):
        assert "<" not in entry["title"], entry


# --- search -----------------------------------------------------------------------------------------------


def test_search_has_sections_with_their_anchors_and_boosts(root: Path) -> None:
    make(root, site())
    index = search_index(root)
    assert [entry["location"] for entry in index if entry["location"].startswith("roadmap/")] == [
        "roadmap/",
        "roadmap/item-1/",
        "roadmap/item-1/#why",
        "roadmap/item-1/#who",
        "roadmap/item-2/",
        "roadmap/item-2/#why",
        "roadmap/item-2/#who",
    ]
    assert [entry["boost"] for entry in index if "boost" in entry] == [2.0]
    assert next(entry for entry in index if entry["location"] == "roadmap/item-1/#why") == {
        "location": "roadmap/item-1/#why",
        "title": "Why &amp; how",
        "text": "<p>The network drops.</p>",
    }


def test_a_page_that_is_not_searchable_is_not_in_the_index(root: Path) -> None:
    make(root, site("internal", item(3, searchable=False)))
    assert not [entry for entry in search_index(root) if "item-3" in entry["location"]]
    assert "Item 3" in read(root, "roadmap/item-3/index.html")


def test_search_is_on_unless_it_is_switched_off(root: Path) -> None:
    make(root, site(), config=MKDOCS.replace("  - search\n", ""))
    assert search_index(root)
    make(root, site(), config=MKDOCS.replace("  - search\n", "  - search: {enabled: false}\n"))
    assert not (root / "site-internal/search").exists()


def test_each_portal_has_a_search_index_of_its_own(root: Path) -> None:
    make(root, site("internal", item(7)), site("customer"))
    assert [e for e in search_index(root, "internal") if "item-7" in e["location"]]
    assert not [e for e in search_index(root, "customer") if "item-7" in e["location"]]


def test_search_finds_words_beside_punctuation(root: Path) -> None:
    make(root, site())
    separator = json.loads(read(root, "search/search_index.json"))["config"]["separator"]
    assert re.split(separator, "(offline) charting, 1.10. Really?") == [
        "",
        "offline",
        "charting",
        "1.10",
        "Really",
        "",
    ]


# --- where a page belongs ---------------------------------------------------------------------------------


def test_a_page_outside_the_navigation_shows_where_it_belongs(root: Path) -> None:
    make(root, site())
    text = read(root, "roadmap/item-1/index.html")
    path = re.search(r'<nav class="md-path".*?</nav>', text, re.DOTALL)
    assert path is not None
    assert re.findall(r'href="([^"]+)"', path[0]) == ["../..", "../"]
    active = re.findall(r'<li class="md-nav__item md-nav__item--active">\s*<a href="([^"]+)"', text)
    assert active == ["../"]
    assert "item-2" not in text


def test_a_hub_is_active_on_its_own_pages_only(root: Path) -> None:
    make(root, site())
    assert "md-nav__item--active" not in read(root, "how-we-plan/index.html")


def test_the_users_nav_names_hubs_and_pages_by_their_paths(root: Path) -> None:
    nav = """\
nav:
  - Start: index.md
  - "Plans & R&D":
    - roadmap/index.md
    - Our way: how-we-plan.md
  - Web: https://example.org/
"""
    assert make(root, site(), config=MKDOCS + nav) == []
    text = read(root, "how-we-plan/index.html")
    links = re.findall(
        r'<a href="([^"]+)" class="md-nav__link[^"]*">\s*<span class="md-ellipsis">\s*(.*?)\s*</span>', text
    )
    assert links == [
        ("..", "Start"),
        ("../roadmap/", "Plans &amp; R&amp;D"),
        ("./", "Our way"),
        ("https://example.org/", "Web"),
    ]


def test_a_nav_entry_that_is_no_page_is_reported_with_the_nearest_name(root: Path) -> None:
    heard = make(root, site(), config=MKDOCS + "nav:\n  - roadmap/index.md\n  - how-we-pan.md\n")
    assert len(heard) == 1
    assert "how-we-pan.md" in heard[0]
    assert "did you mean 'how-we-plan.md'" in heard[0]


def test_a_public_portal_tells_nothing_of_nav_entries_it_does_not_have(root: Path) -> None:
    nav = "nav:\n  - roadmap/index.md\n  - Merger talks:\n    - The merger: merger.md\n"
    assert make(root, site("customer"), config=MKDOCS + nav) == []
    with_entry = everything(root / "site/customer")
    assert not [name for name, (_, data) in with_entry.items() if b"erger" in data]
    make(root, site("customer"), config=MKDOCS + "nav:\n  - roadmap/index.md\n")
    assert everything(root / "site/customer") == with_entry


def test_an_audiences_own_nav_and_address_win(root: Path) -> None:
    own = {
        "customer": Audience(
            nav=[{"Ways": "how-we-plan.md"}], site_url="https://c.example", description='"So"'
        )
    }
    make(root, site("customer"), audiences=own)
    text = read(root, "how-we-plan/index.html", "customer")
    assert '<link rel="canonical" href="https://c.example/how-we-plan/">' in text
    assert 'content="&#34;So&#34;"' in text
    assert "Ways" in text


# --- the internal portal ----------------------------------------------------------------------------------


def test_only_the_internal_portal_has_banner_and_robots(root: Path) -> None:
    make(root, site("internal", redirects={"old": "roadmap"}), site("customer", redirects={"old": "roadmap"}))
    for page in (root / "site-internal").rglob("*.html"):
        assert 'content="noindex, nofollow"' in page.read_text(), page
    assert 'class="tf-internal"' in read(root, "404.html")
    for page in (root / "site/customer").rglob("*.html"):
        assert "noindex" not in page.read_text(), page
        assert "tf-internal" not in page.read_text(), page


def test_a_record_links_to_its_file_in_the_internal_portal_only(root: Path) -> None:
    make(root, site("internal", item(3, source="roadmap/a b.md")), site("customer"))
    assert "https://github.com/acme/plan/edit/master/content/roadmap/item-1.md" in read(
        root, "roadmap/item-1/index.html"
    )
    assert "content/roadmap/a%20b.md" in read(root, "roadmap/item-3/index.html")
    assert 'rel="edit"' not in read(root, "roadmap/index.html")
    assert not [n for n, (_, data) in everything(root / "site/customer").items() if b"acme/plan" in data]


def test_the_templates_of_an_installed_package_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (resources.overrides_folder() / "main.html").is_file()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "lib" / "twofold")
    assert resources.overrides_folder() == tmp_path / "overrides"
    (tmp_path / "lib/twofold/overrides").mkdir(parents=True)
    assert resources.overrides_folder() == tmp_path / "lib/twofold/overrides"


# --- nothing but what is meant ----------------------------------------------------------------------------


def test_nothing_of_the_content_folder_is_copied_but_what_mkdocs_yml_names(
    root: Path, tmp_path: Path
) -> None:
    content = root / "content"
    (tmp_path / "outside.txt").write_text("outside")
    (content / "prices.xlsx").write_text("prices")
    (content / "notes.md").write_text("# Notes\n")
    (content / "index.html").write_text("mine")
    (content / "brand").mkdir()
    (content / "brand/logo.svg").write_text("<svg/>")
    (content / "brand/more.css").write_text("p{}")
    (content / "brand/unused.css").write_text("p{}")
    (content / "link.txt").symlink_to(tmp_path / "outside.txt")
    (content / "loop").symlink_to(content)
    os.mkfifo(content / "pipe.md")
    os.mkfifo(content / "pipe.css")
    config = MKDOCS.replace("name: material", "name: material\n  logo: brand/logo.svg")
    config += "extra_css: [brand/more.css, pipe.css, link.txt, ../mkdocs.yml, gone.css]\n"
    heard = make(root, site(), config=config)
    found = everything(root / "site-internal")
    assert [name for name in found if not name.startswith("assets/")] == [
        "404.html",
        "brand/logo.svg",
        "brand/more.css",
        "how-we-plan/index.html",
        "index.html",
        "roadmap/index.html",
        "roadmap/item-1/index.html",
        "roadmap/item-2/index.html",
        "search/search_index.json",
        "sitemap.xml",
        "sitemap.xml.gz",
    ]
    assert [re.findall("'(.*?)'", line)[0] for line in heard] == [
        "pipe.css",
        "link.txt",
        "../mkdocs.yml",
        "gone.css",
    ]


def test_no_page_loads_anything_from_another_host(root: Path) -> None:
    config = MKDOCS + "extra:\n  analytics: {provider: google, property: G-1}\n  consent: {title: Cookies}\n"
    heard = make(root, site(redirects={"old": "roadmap"}), site("customer"), config=config)
    assert [line.split(" has no effect")[0] for line in heard] == [
        "twofold: mkdocs.yml: extra: analytics",
        "twofold: mkdocs.yml: extra: consent",
    ]
    for page in [*(root / "site-internal").rglob("*.html"), *(root / "site").rglob("*.html")]:
        text = page.read_text()
        loaded_from = re.findall(r"<(?:script|img|iframe|source|video)\b[^>]*?\bsrc=[\"']?([^\"' >]+)", text)
        for tag in re.findall(r"<link\b[^>]*>", text):
            if not re.search(r'rel="(canonical|alternate|prev|next|edit)"', tag):
                loaded_from += re.findall(r'href="([^"]+)"', tag)
        assert not [address for address in loaded_from if re.match(r"(?:[a-z]+:)?//", address)], page
        assert 'data-md-component="source"' not in text
        assert "gstatic" not in text


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("extra_css: ['https://cdn.example/x.css']\n", "extra_css names https://cdn.example/x.css"),
        ("extra_javascript: [//cdn.example/x.js]\n", "extra_javascript names //cdn.example/x.js"),
        ("use_directory_urls: false\n", "use_directory_urls"),
        ("extra_templates: [page.html]\n", "extra_templates"),
    ],
)
def test_a_setting_that_breaks_a_promise_is_refused_with_its_name(root: Path, lines: str, says: str) -> None:
    make(root, site())
    before = everything(root / "site-internal")
    with pytest.raises(MisconfiguredError, match=re.escape(says)):
        make(root, site(), config=MKDOCS + lines)
    assert everything(root / "site-internal") == before


@pytest.mark.parametrize(
    ("config", "says"),
    [
        (MKDOCS.replace("  - twofold:\n      anything: goes\n", ""), "does not use Twofold"),
        (MKDOCS.replace("name: material", "name: mkdocs"), "need 'material'"),
        (MKDOCS + "theme: {name: nosuch}\n", "."),
        (MKDOCS.replace("https://plan.example/", "5"), "site_url"),
    ],
)
def test_an_mkdocs_yml_that_cannot_work_says_why(root: Path, config: str, says: str) -> None:
    with pytest.raises(MisconfiguredError, match=says):
        make(root, site(), config=config)
    assert not (root / "site-internal").exists()


@pytest.mark.parametrize("name", ["../x.txt", "/x.txt", ".git/hooks/x", "a/../../x", "index.html"])
def test_a_file_without_a_fit_place_refuses_the_portal(root: Path, name: str) -> None:
    with pytest.raises(publish.RefusedError):
        make(root, site(files={name: b"x"}))
    assert not (root / "site-internal").exists()


# --- redirects --------------------------------------------------------------------------------------------


def test_an_old_address_leads_to_the_new_one_without_a_script(root: Path) -> None:
    make(
        root, site("customer", item(3, title=HOSTILE), redirects={"roadmap/old": "roadmap/item-3", "a/b": ""})
    )
    text = read(root, "roadmap/old/index.html", "customer")
    assert '<meta http-equiv="refresh" content="0; url=../item-3/">' in text
    assert '<link rel="canonical" href="https://plan.example/roadmap/item-3/">' in text
    assert "<script" not in text
    assert "url=../../" in read(root, "a/b/index.html", "customer")
    assert "roadmap/old" not in read(root, "sitemap.xml", "customer")
    assert "roadmap/old" not in read(root, "search/search_index.json", "customer")


def test_a_redirect_does_not_take_a_pages_place(root: Path) -> None:
    with pytest.raises(publish.RefusedError, match="that of a page"):
        make(root, site(redirects={"roadmap": "how-we-plan"}))


# --- publication ------------------------------------------------------------------------------------------


def test_a_portal_that_does_not_pass_inspection_keeps_all_back(root: Path) -> None:
    make(root, site("customer"), site("user"))
    before = everything(root / "site")
    with pytest.raises(publish.RefusedError, match="a withheld text"):
        build(
            loaded(root),
            ["customer", "user"],
            today=TODAY,
            portal=lambda _, audience: site(audience, item(9)),
            inspect=lambda _, audience, __: ["a withheld text"] if audience == "user" else [],
        )
    assert everything(root / "site") == before


def test_nothing_is_printed(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make(root, site(), site("customer"))
    assert capfd.readouterr() == ("", "")


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for number, (umask, zone, seed) in enumerate([("000", "UTC", "1"), ("077", "Asia/Kathmandu", "2")]):
        folder = tmp_path / f"copy-{number}"
        (folder / "content").mkdir(parents=True)
        environ = {
            **os.environ,
            "PYTHONPATH": str(Path(twofold.__file__).parent.parent),
            "TZ": zone,
            "PYTHONHASHSEED": seed,
        }
        command = f'umask {umask}; exec "$0" "$1" "$2"'
        subprocess.run(["sh", "-c", command, sys.executable, __file__, str(folder)], env=environ, check=True)
        results.append({**everything(folder / "site"), **everything(folder / "site-internal")})
    assert results[0] == results[1]
    assert b"2026-11" not in results[0]["sitemap.xml"][1]
    assert gzip.decompress(results[0]["sitemap.xml.gz"][1]) == results[0]["sitemap.xml"][1]


# --- MkDocs' own commands ---------------------------------------------------------------------------------


def test_mkdocs_build_publishes_the_audiences_portal_in_its_folder(root: Path, mkdocs: Run) -> None:
    assert mkdocs("build", "-q").exit_code == 0
    assert "Item 1" in read(root, "roadmap/item-1/index.html")
    assert not (root / "site").exists()
    mkdocs.settings["audience"] = "customer"
    assert mkdocs("build", "-q", "--strict").exit_code == 0
    assert (root / "site/customer/index.html").is_file()


def test_mkdocs_build_with_errors_in_the_content_says_so_and_keeps_the_old_portal(
    root: Path, mkdocs: Run
) -> None:
    mkdocs("build", "-q")
    before = everything(root / "site-internal")
    rule = Rule(
        code="TF101", slug="unknown-field", severity=Severity.ERROR, message="no field '{name}'", page=""
    )
    mkdocs.problems.append(rule.at(Span(path="content/x.md", line=3), name="statsu\x1b[2J", hint="`status`"))
    result = mkdocs("build", "-q")
    assert result.exit_code == 1
    assert "content/x.md:3:1: error TF101 no field 'statsu\\x1b[2J' (`status`)" in result.output
    assert everything(root / "site-internal") == before


def test_mkdocs_build_in_strict_mode_publishes_nothing_after_a_warning(root: Path, mkdocs: Run) -> None:
    (root / "mkdocs.yml").write_text(MKDOCS + "nav: [gone.md]\n")
    assert mkdocs("build", "--strict").exit_code == 1
    assert not (root / "site-internal").exists()
    assert list((root / ".twofold/staging").iterdir()) == []


def test_mkdocs_build_into_another_folder_spares_other_portals(root: Path, mkdocs: Run) -> None:
    assert mkdocs("build", "-q", "-d", "public").exit_code == 0
    assert (root / "public/roadmap/index.html").is_file()
    make(root, site("customer"))
    before = everything(root / "site")
    for folder in ("site/customer", "site/other"):
        result = mkdocs("build", "-q", "-d", folder)
        assert result.exit_code == 1
        assert "is not the folder of the internal portal" in result.output
    assert everything(root / "site") == before


def test_gh_deploy_refuses_the_internal_portal_unless_it_is_allowed(
    root: Path, mkdocs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed: list[str] = []
    monkeypatch.setattr(
        "mkdocs.commands.gh_deploy.gh_deploy", lambda config, **_: deployed.append(config.site_dir)
    )
    result = mkdocs("gh-deploy", "-q")
    assert result.exit_code == 1
    assert "would publish the internal portal" in result.output
    mkdocs.settings["allow_internal_deploy"] = True
    assert mkdocs("gh-deploy", "-q").exit_code == 0
    mkdocs.settings["audience"] = "customer"
    mkdocs.settings["allow_internal_deploy"] = False
    assert mkdocs("gh-deploy", "-q").exit_code == 0
    assert deployed == [str(root / "site-internal"), str(root / "site/customer")]


def test_mkdocs_serve_watches_the_content_and_touches_no_portal(
    root: Path, mkdocs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mkdocs.livereload import LiveReloadServer

    seen: list[Any] = []

    def served(server: LiveReloadServer, **_: object) -> None:
        server.builder()  # As after a change.
        home = Path(server.root, "index.html").read_text()
        seen.append((sorted(server._watched_paths), "Wardline" in home))

    monkeypatch.setattr(LiveReloadServer, "serve", served)
    result = mkdocs("serve", "-q", "-a", "127.0.0.1:0")
    assert result.exit_code == 0, result.output
    assert seen == [([str(root / "content"), str(root / "mkdocs.yml")], True)]
    assert not (root / "site-internal").exists()
    assert not (root / ".twofold").exists()


if __name__ == "__main__":
    make(Path(sys.argv[1]), site(), site("customer"))
