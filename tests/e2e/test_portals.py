"""The demo's public portals, from the command line to the files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import pytest

from twofold import pipeline
from twofold.cli.options import BUILDABLE
from twofold.model import Kind
from twofold.prose.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

ROOT: Final = Path(__file__).parents[2]
TODAY: Final = "2026-11-23"
PARTNER: Final = """
        partner:
          title: Wardline for partners
          reads: [customer, user]
"""
PRINTED: Final = "printed.txt"
LABELS: Final = {"customer": ("customer",), "user": ("user",), "partner": ("partner", "customer", "user")}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "content", folder / "content")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("      audiences:\n", f"      audiences:{PARTNER}", 1)
    settings += "\nrepo_url: https://git.example/acme/plan\nedit_uri: edit/main/content/\n"
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    done = twofold(folder)
    assert done.returncode == 0, done.stderr
    (folder / PRINTED).write_text(done.stdout, "utf-8")
    return folder


def twofold(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "twofold", "build", "-f", str(folder / "mkdocs.yml"), "--today", TODAY]
    return subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def loaded(demo: Path) -> pipeline.Loaded:
    return pipeline.load(demo / "mkdocs.yml", environ={}, today=day())


def day() -> date:
    from datetime import date

    return date.fromisoformat(TODAY)


@pytest.mark.parametrize("audience", LABELS)
def test_a_portal_tells_nothing_that_was_written_for_somebody_else(
    demo: Path, loaded: pipeline.Loaded, audience: str
) -> None:
    shown = " ".join(texts_of(demo / "site" / audience))
    assert len(shown) > 10_000
    read = {
        sentence
        for label, text in narratives(loaded)
        if label in LABELS[audience]
        for sentence in sentences(text)
    }
    withheld = {
        sentence
        for label, text in narratives(loaded)
        if label not in LABELS[audience]
        for sentence in sentences(text)
    }
    assert sum(sentence in shown for sentence in read) > 100
    assert len(withheld) > 100
    assert {sentence for sentence in withheld - read if sentence in shown} == set()


@pytest.mark.parametrize("audience", LABELS)
def test_a_portal_reads_as_if_it_were_the_only_one(demo: Path, audience: str) -> None:
    for path in pages_of(demo / "site" / audience):
        words = content(path.read_text("utf-8")).casefold()
        assert not re.search(r"\binternal\b|published to|unpublished|hidden", words), path
        assert "git.example" not in path.read_text("utf-8")


@pytest.mark.parametrize("audience", LABELS)
def test_every_link_of_a_portal_leads_somewhere(demo: Path, audience: str) -> None:
    site = demo / "site" / audience
    ids = {path: set(re.findall(r'\bid="?([^"\s>]+)', path.read_text("utf-8"))) for path in pages_of(site)}
    for path in ids:
        html = path.read_text("utf-8")
        for written in re.findall(r'(?:href|src)="?([^"\s>]+)', html):
            href = unescape(written)
            if re.match(r"https?:|mailto:|data:", href) or path.name == "404.html":
                continue
            target, _, fragment = href.partition("#")
            place = (path.parent / unquote(target)).resolve() if target else path
            place = place / "index.html" if place.is_dir() else place
            assert place.is_file(), (path, href)
            assert not fragment or place.suffix != ".html" or unquote(fragment) in ids[place], (path, href)


@pytest.mark.parametrize("audience", LABELS)
def test_the_caveat_stands_on_every_page(demo: Path, loaded: pipeline.Loaded, audience: str) -> None:
    caveat = loaded.plan.settings.safe_harbour
    for path in pages_of(demo / "site" / audience):
        if path.name == "index.html":
            assert caveat in content(path.read_text("utf-8")), path


def test_each_portal_has_its_own_name_and_pages(demo: Path) -> None:
    names = {
        audience: re.findall(
            r"<title>(.*?)</title>", (demo / "site" / audience / "index.html").read_text("utf-8")
        )
        for audience in LABELS
    }
    assert names == {
        "customer": ["Wardline for hospitals"],
        "user": ["Wardline on the ward"],
        "partner": ["Wardline for partners"],
    }
    assert (demo / "site/customer/roadmap/access-report/index.html").is_file()
    assert not (demo / "site/user/roadmap/access-report").exists()
    assert (demo / "site/user/roadmap/resume-where-you-were/index.html").is_file()
    assert not (demo / "site/customer/roadmap/resume-where-you-were").exists()


def test_a_page_places_views_of_what_its_readers_see_and_search_finds_only_its_own_text(demo: Path) -> None:
    """A page of the demo, read by customers and partners; the team's page is in no public portal."""
    address = "when-the-network-fails"
    for audience in ("customer", "partner"):
        html = (demo / "site" / audience / address / "index.html").read_text("utf-8")
        placed = "".join(re.findall(r"<tf-placed.*?</tf-placed>", html, re.DOTALL))
        assert 'href="../roadmap/offline-charting/"' in placed
        assert "The outage lasted two hours." in placed, "a published quote"
        assert "Hours on paper per ward and month" in placed
        index = json.loads((demo / "site" / audience / "search/search_index.json").read_text("utf-8"))
        found = " ".join(one["text"] for one in index["docs"] if one["location"].startswith(address))
        assert "a switch that dies" in found
        assert "We count the hours" in found, "what stands between two views"
        assert "The outage lasted two hours." not in found
    assert not (demo / "site/user" / address).exists()
    assert list((demo / "site").rglob("*quarterly-review*")) == []
    team = (demo / "site-internal/quarterly-review/index.html").read_text("utf-8")
    assert all(word in team for word in ("tf-shares", "tf-scores", "tf-heat", "tf-chart", "tf-decision"))


def test_who_reads_both_sides_is_told_whom_a_text_is_for(demo: Path) -> None:
    page = (demo / "site/partner/roadmap/offline-charting/index.html").read_text("utf-8")
    assert re.findall(r'<h2 id="(for-[a-z]+)">', page) == ["for-customers", "for-users"]
    page = (demo / "site/customer/roadmap/offline-charting/index.html").read_text("utf-8")
    assert not re.findall(r'id="for-', page)


def test_one_audience_is_built_without_the_others(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo / "content", tmp_path / "content")
    shutil.copy(demo / "mkdocs.yml", tmp_path)
    done = twofold(tmp_path, "--audience", "user")
    assert done.stdout == "user: site/user/\n", done.stderr
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["user"]
    assert not (tmp_path / "site-internal").exists()
    assert bytes_of(tmp_path / "site/user") == bytes_of(demo / "site/user")


def test_all_audiences_are_built_by_default_and_said(demo: Path) -> None:
    assert (demo / PRINTED).read_text("utf-8").splitlines() == [
        "internal: site-internal/",
        "customer: site/customer/",
        "user: site/user/",
        "partner: site/partner/",
    ]


def test_an_unknown_audience_is_refused_with_the_nearest_name(demo: Path) -> None:
    done = twofold(demo, "--audience", "patner")
    assert done.returncode == 2
    assert "did you mean 'partner'?" in done.stderr
    assert set(BUILDABLE) == {"internal", "customer", "user"}


def narratives(loaded: pipeline.Loaded) -> Iterator[tuple[str, str]]:
    """Label and Markdown of every text in the plan; what nobody outside may read is `internal`."""
    plan = loaded.plan
    for kind in (Kind.ITEM, Kind.OBJECTIVE, Kind.RELEASE, Kind.PERSONA):
        for record in plan.of(kind).values():
            seen = record.publish
            for label, text in record.sections.items():  # type: ignore[attr-defined] # these kinds have them
                yield label if label in seen else "internal", text
            yield "internal", record.description  # type: ignore[attr-defined] # these kinds have one
    for release in plan.releases.values():
        for note in release.notes:
            yield from note.texts.items()
    for item in plan.items.values():
        yield "internal", item.reason or ""
    for finding in plan.findings.values():
        yield "internal", finding.summary
    for page in plan.pages.values():
        for label in page.matter.publish or ("internal",):
            yield label, page.body


def sentences(text: str) -> Iterator[str]:
    """Sentences of a text, as they are read; short ones may occur anywhere."""
    html = render(text, prefix="", links=lambda _: None).html
    for block in re.split(r"</(?:p|li|td|th|h\d)>", html):
        for sentence in re.split(r"(?<=[.!?:]) ", plain(block)):
            if len(sentence) > 30:
                yield sentence


def texts_of(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".json", ".xml", ".ics"}:
            yield plain(path.read_text("utf-8"))


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def content(html: str) -> str:
    """The text of a page: what stands in its body, scripts aside."""
    body = html[html.find("<body") :]
    return plain(re.sub(r"<(script|style)\b.*?</\1>", " ", body, flags=re.DOTALL))


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
