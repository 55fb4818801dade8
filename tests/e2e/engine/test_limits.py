"""A portal holds nothing but what is meant, and nothing of another host."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import (
    MKDOCS,
    everything,
    item,
    make,
    read,
    site,
)
from twofold import publish
from twofold.engine.prepared import MisconfiguredError
from twofold.render import resources

if TYPE_CHECKING:
    from pathlib import Path


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
