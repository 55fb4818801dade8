"""The demo in a git repository, everything hidden changed: the same portals, byte for byte."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.contents import PageFile, read
from tests.support.inventions import picture
from tests.support.mutations import mutate
from tests.support.trees import difference, tree

if TYPE_CHECKING:
    from tests.support.contents import Contents

ROOT: Final = Path(__file__).parents[2]
PUBLIC: Final = ("customer", "user", "partner")
NAV: Final = [
    {"Start": "index.md"},
    {"Plan": "roadmap"},
    {"More": [{"About us": "pages/about.md"}, {"For the team": "pages/team.md"}]},
    {"Only for the team": [{"Team": "pages/team.md"}]},
    {"For both": "pages/users.md"},
]


def demo() -> Contents:
    """The demo with a third audience, pages for some, pictures and a navigation."""
    contents = read(ROOT)
    contents.beside = {}
    chance = Random(7)
    own = contents.twofold
    own["audiences"]["partner"] = {"title": "Wardline for partners", "reads": ["customer", "user"]}
    own["show"]["partner"] = ["item.target", "item.depends_on", "finding.theme"]
    contents.settings |= {
        "nav": deepcopy(NAV),
        "repo_url": "https://git.example/plan",
        "site_url": "https://plan.example/",
    }
    contents.pages += [
        PageFile(
            "pages/about.md",
            {"title": "About us", "publish": ["customer", "user"]},
            "Read [how](team-and-all.md).\n\n![A ward](../pictures/ward.png)\n",
        ),
        PageFile(
            "pages/team-and-all.md", {"publish": ["customer", "user", "internal"]}, "# How\n\nThis way.\n"
        ),
        PageFile("pages/team.md", {"title": "Our team"}, "![Us](../pictures/team.png)\n"),
        PageFile("pages/users.md", {"title": "For users", "publish": ["user"]}, "## First\n\nHello.\n"),
    ]
    contents.others |= {"pictures/ward.png": picture(chance), "pictures/team.png": picture(chance)}
    return contents


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original") / "plan"
    folder.mkdir()
    demo().write(folder)
    commit(folder, author="Ada <ada@example.org>", day="2025-02-03T04:05:06+0000")
    return folder


@pytest.fixture(scope="module")
def built(original: Path) -> tuple[str, Path]:
    return build(original), original / "site"


@pytest.mark.parametrize("audience", PUBLIC)
def test_a_portal_is_the_same_whatever_changes_above_it(
    audience: str, original: Path, built: tuple[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "another place" / "plan"
    shutil.copytree(original / ".git", folder / ".git")
    contents = demo()
    done = mutate(contents, audience, Random(audience))
    assert done["a hidden entry of the navigation"] > 0
    contents.write(folder, Random(1))
    for number, author in enumerate(("Bo <bo@example.net>", "Cy <cy@example.com>")):
        (folder / "content" / "roadmap" / "again.yml").write_text(
            f"title: Again {number}\nstatus: idea\n", encoding="utf-8"
        )
        commit(folder, author=author, day=f"2026-0{number + 1}-03T04:05:06-0700")
    said = build(folder)
    printed, site = built
    assert difference(tree(site / audience), tree(folder / "site" / audience)) == []
    assert said == printed
    assert printed == "customer: site/customer/\nuser: site/user/\npartner: site/partner/\n"


def test_the_portals_are_there_and_full(built: tuple[str, Path]) -> None:
    _, site = built
    for audience in PUBLIC:
        files = tree(site / audience)
        assert {"index.html", "sitemap.xml", "search/search_index.json"} <= set(files)
        assert sum(name.endswith(".html") for name in files) > 20
    assert "pictures/ward.png" in tree(site / "customer")
    assert not any("team.png" in name for audience in PUBLIC for name in tree(site / audience))


def test_what_an_audience_does_read_changes_its_portal(
    original: Path, built: tuple[str, Path], tmp_path: Path
) -> None:
    """Else the comparison would compare nothing."""
    folder = tmp_path / "plan"
    shutil.copytree(original, folder, ignore=shutil.ignore_patterns("site", ".twofold"))
    page = folder / "content" / "pages" / "about.md"
    page.write_text(re.sub("A ward", "Another ward", page.read_text("utf-8")), "utf-8")
    build(folder)
    _, site = built
    assert difference(tree(site / "customer"), tree(folder / "site" / "customer")) != []
    assert difference(tree(site / "user"), tree(folder / "site" / "user")) != []


def build(folder: Path) -> str:
    """Build the public portals with the command; gives what it prints."""
    audiences = [argument for name in PUBLIC for argument in ("--audience", name)]
    done = subprocess.run(
        [sys.executable, "-m", "twofold", "build", *audiences, "--today", "2026-11-23"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(folder: Path, *, author: str, day: str) -> None:
    name, _, address = author.rstrip(">").partition(" <")
    environ = {
        **os.environ,
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": address,
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": address,
        "GIT_COMMITTER_DATE": day,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    if not (folder / ".git").is_dir():
        subprocess.run(["git", "init", "-q", "."], cwd=folder, env=environ, check=True)
    subprocess.run(["git", "add", "-A", "."], cwd=folder, env=environ, check=True)
    subprocess.run(["git", "commit", "-q", "-m", f"By {name}"], cwd=folder, env=environ, check=True)
