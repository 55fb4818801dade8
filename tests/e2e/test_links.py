"""Every link of every page leads somewhere: in the demo, and in plans of all sizes and shapes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.plans import write_plan
from tests.support.linkcheck import flaws
from tests.support.strained import png, write_strained
from twofold.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT: Final = Path(__file__).parents[2]
TODAY: Final = "2026-11-23"
BASE: Final = "https://roadmap.example.org/"
SETTINGS: Final = f"""\
site_name: Wardline
site_url: {BASE}
docs_dir: content
theme:
  name: material
plugins:
  - search
  - twofold
"""

TOLD: Final = "## For customers\n\nFor you.\n\n## For users\n\nFor you, too.\n"
PERSONA: Final = f"---\nname: Ward nurse\nside: user\npublish: [customer, user]\n---\n\n{TOLD}"
ITEM: Final = f"---\ntitle: {{title}}\nstatus: {{status}}\npublish: [customer, user]\n{{more}}---\n\n{TOLD}"
IDEA: Final = ITEM.format(title="Offline charting", status="idea", more="")
DONE: Final = ITEM.format(title="Offline charting", status="released", more="released: 2026-10-01\n")
OBJECTIVE: Final = f"---\ntitle: Every shift charted\nside: both\npublish: [customer, user]\n---\n\n{TOLD}"
RELEASE: Final = f"---\nversion: '2026.3'\ndate: 2026-09-29\npublish: [customer, user]\n---\n\n{TOLD}"
METRIC: Final = "- id: hours\n  title: Hours on paper\n  side: user\n  direction: down\n  publish: [user]\n"
SUMMARY: Final = """\
title: Interviews
method: interview
findings:
  - id: paper
    summary: Nurses go back to paper.
    publish: [user]
    titles: {user: You go back to paper}
    voices: [{persona: nurse, mentions: 4, asked: 9, importance: 4}]
    quotes:
      - {text: It is slow., persona: nurse, consent: "form 7, 2026-05-01", publish: [user]}
"""
FOR_ALL: Final = "---\ntitle: {title}\npublish: [customer, user]\n---\n\n{text}\n"

SHAPES: Final[dict[str, dict[str, str | bytes]]] = {
    "nothing at all": {},
    "one item and nothing else": {"roadmap/offline.md": IDEA},
    "one persona and nothing else": {"personas/nurse.md": PERSONA},
    "one of each": {
        "personas/nurse.md": PERSONA,
        "feedback/interviews.yml": SUMMARY,
        "objectives/charted.md": OBJECTIVE,
        "roadmap/offline.md": ITEM.format(
            title="Offline charting",
            status="released",
            more="objectives: [charted]\nevidence: [paper]\npersonas: [nurse]\nrelease: '2026.3'\nmetrics: [hours]\n",
        ),
        "releases/2026.3.md": RELEASE,
        "metrics/success.yml": METRIC,
    },
    "only ideas": {f"roadmap/idea-{number}.md": IDEA for number in range(12)},
    "only releases": {
        f"releases/{version}.md": RELEASE.replace("2026.3", version) for version in ("2025.9", "2026.10", "next")
    },
    "only metrics": {"metrics/success.yml": METRIC},
    "only findings without voices or theme": {
        "feedback/a.yml": "title: A\nmethod: usage\nfindings: [{id: a, summary: Slow.}, {id: b, summary: Dark.}]\n"
    },
    "only objectives, one under another": {
        "objectives/above.md": OBJECTIVE,
        "objectives/below.md": OBJECTIVE.replace("---\ntitle", "---\nparent: above\ntitle", 1),
    },
    "declined, and what stands in its place": {
        "roadmap/old.md": ITEM.format(
            title="Fax", status="declined", more="reason: Nobody faxes.\nsuperseded_by: [new]\n"
        ),
        "roadmap/new.md": ITEM.format(title="Mail", status="released", more="released: 2026-10-01\n"),
    },
    "what depends on what, in one chain": {
        f"roadmap/step-{number}.md": ITEM.format(
            title=f"Step {number}",
            status="planned",
            more=f"horizon: now\ndepends_on: [step-{number - 1}]\n" if number else "horizon: now\n",
        )
        for number in range(6)
    },
    "earlier ids": {
        "roadmap/offline.md": ITEM.format(
            title="Offline charting", status="released", more="released: 2026-10-01\naliases: [no-network]\n"
        ),
        "roadmap/other.md": ITEM.format(title="Other", status="idea", more="related: [no-network]\n"),
        "personas/nurse.md": PERSONA.replace("---\nname", "---\naliases: [sister]\nname", 1),
        "releases/2026.3.md": RELEASE.replace("---\nversion", "---\naliases: ['26.3']\nversion", 1),
        "about.md": FOR_ALL.format(title="About", text="[Offline](roadmap/offline.md)"),
    },
    "titles in other scripts, with signs of HTML, YAML and URLs": {
        f"roadmap/t{number}.md": ITEM.format(title=title, status="idea", more="")
        for number, title in enumerate(
            (
                "'سارة: النجار'",
                "日本語の題名",
                "'<b>&amp; \"quotes\" #hash ?query=1 %20'",
                "'Überleitungsbögen für Ärzte – 100 % Δ'",
                "'👩🏽‍⚕️'",
                "'../../etc/passwd'",
                f"'{'very ' * 40}long'",
            )
        )
    },
    "themes whose names are alike": {
        "feedback/a.yml": "title: A\nmethod: survey\nfindings:\n"
        + "".join(
            f"  - {{id: f{number}, summary: Slow., theme: {theme}}}\n"
            for number, theme in enumerate(("sign-in", "'Sign in'", "日本", "'!'", "without-a-theme"))
        )
    },
    "ids that look like files, numbers and folders": {
        f"roadmap/{name}.md": IDEA for name in ("readme", "404", "404.html", "2026.3", "roadmap", "sitemap.xml")
    },
    "records in subfolders": {
        "roadmap/clinical/bedside/offline.md": DONE,
        "personas/wards/nurse.md": PERSONA,
        "about.md": FOR_ALL.format(title="About", text="[a](roadmap/clinical/bedside/offline.md)"),
    },
    "a hand-written home page": {
        "index.md": FOR_ALL.format(title="Welcome", text="[Offline](roadmap/offline.md)"),
        "roadmap/offline.md": DONE,
    },
    "hand-written pages with links and pictures": {
        "guide/start.md": FOR_ALL.format(
            title="Start",
            text="# Here\n\n## Here\n\n[next](deep/next.md#there) [self](#here) ![p](../pictures/a%20b.png)\n\n"
            "[^1] and [mail](mailto:a@example.org), [away](https://example.org/x#y)\n\n[^1]: A note.",
        ),
        "guide/deep/next.md": FOR_ALL.format(
            title="Next", text="## There\n\n[back](../start.md) [top](../../roadmap/offline.md) ![p](../../pictures/a%20b.png)"
        ),
        "pictures/a b.png": png(4, 4),
        "roadmap/offline.md": DONE.replace("For you.", "![p](../pictures/a%20b.png) [g](../guide/start.md#here)", 1),
    },
    "hand-written pages, one internal": {
        "a.md": FOR_ALL.format(title="A", text="Text."),
        "b.md": "---\ntitle: B\n---\n\n[a](a.md)\n",
        "c/d/e.md": FOR_ALL.format(title="E", text="[a](../../a.md)"),
    },
    "the same heading in every narrative": {
        "roadmap/offline.md": "---\ntitle: T\nstatus: idea\n---\n\n### Why\n\nx[^1]\n\n[^1]: a\n\n## For customers\n\n"
        "### Why\n\nx[^1]\n\n[^1]: b\n\n## For users\n\n### Why\n\nx[^1]\n\n[^1]: c\n\n## Internal\n\n### Evidence\n\n### Why\n"
    },
}  # fmt: skip

SIZES: Final[dict[str, dict[str, int]]] = {
    "small": {"seed": 1, "items": 8, "findings": 4, "personas": 3},
    "without personas": {"seed": 2, "items": 6, "findings": 0, "personas": 0},
    "without items": {"seed": 3, "items": 0, "findings": 12, "personas": 5},
    "without findings": {"seed": 4, "items": 9, "findings": 0, "personas": 4},
    "without releases": {"seed": 5, "items": 12, "findings": 5, "personas": 4, "releases": 0},
    "without objectives and metrics": {
        "seed": 6, "items": 9, "findings": 5, "personas": 4, "objectives": 0, "metrics": 0,
    },
    "many findings": {"seed": 7, "items": 5, "findings": 60, "personas": 12},
    "many items": {"seed": 8, "items": 70, "findings": 20, "personas": 9},
    "many releases": {"seed": 9, "items": 30, "findings": 10, "personas": 6, "releases": 24},
    "another many": {"seed": 10, "items": 40, "findings": 30, "personas": 10},
}  # fmt: skip


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "content").mkdir()
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def _seeded(folder: Path, sizes: dict[str, int]) -> None:
    write_plan(folder, **sizes)  # type: ignore[arg-type] # every size is a number


PLANS: Final[dict[str, Callable[[Path], None]]] = {
    **{shape: partial(_write, files=files) for shape, files in SHAPES.items()},
    **{f"seeded, {name}": partial(_seeded, sizes=sizes) for name, sizes in SIZES.items()},
    "long words and all of Markdown": write_strained,
}


@pytest.mark.parametrize("name", PLANS)
def test_a_generated_plan_makes_portals_without_a_broken_link(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    PLANS[name](tmp_path)
    status = run(["build", "-f", str(tmp_path / "mkdocs.yml"), "--today", TODAY])
    assert status == 0, capfd.readouterr().err
    assert {site: found for site in _sites(tmp_path) if (found := flaws(site, base=BASE))} == {}


def test_the_demo_has_no_broken_link(built_demo: Path) -> None:
    assert {site: found for site in _sites(built_demo) if (found := flaws(site))} == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("index.html.md", "TF009"),
        ("404.html.md", "TF009"),
        ("feed.xml.md", "TF009"),
        ("sitemap.xml/index.md", "TF009"),
        ("guide/index.html.md", "TF009"),
        ("pictures/a.png.md", "TF009"),
        ("roadmap/index.html.md", "TF108"),
        ("personas/index.html.md", "TF108"),
    ],
)
def test_a_name_that_stands_in_the_way_of_a_file_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    record = IDEA if name.startswith("roadmap/") else PERSONA
    page = record if code == "TF108" else FOR_ALL.format(title="T", text="![p](/pictures/a.png)")
    _write(tmp_path, {name: page, "home.md": "![p](pictures/a.png)\n", "pictures/a.png": png(4, 4)})
    status = run(["build", "-f", str(tmp_path / "mkdocs.yml"), "--today", TODAY])
    assert status == 1
    assert f"{name}:1:1: error[{code}]" in capfd.readouterr().err


def test_there_are_thirty_generated_plans() -> None:
    assert len(PLANS) >= 30


def _sites(folder: Path) -> list[Path]:
    found = [folder / "site-internal", *sorted((folder / "site").glob("*/"))]
    assert all((site / "index.html").is_file() for site in found)
    return found
