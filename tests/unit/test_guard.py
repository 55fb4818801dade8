"""The guard: nothing withheld is published, whatever it hides in, and nothing harmless is held back."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.plans import TODAY, write_plan
from twofold import pipeline
from twofold.publish import RefusedError
from twofold.render import shares

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
site_name: Wardline roadmap
site_description: What we plan until the tender of the northern clinics is decided.
docs_dir: content
theme: {name: material}
nav:
  - Home: index.md
  - The merger with Acme: plans/merger.md
plugins:
  - twofold:
      product: Wardline
      secrets: [Lindwurm, Project Drachenfels]
      audiences:
        partner: {title: Portal of the Nordic partners, reads: [customer]}
      rules: {"TF3*": off, "TF4*": off, "TF5*": off}
"""
ITEM = """---
title: Charting that survives a network failure
titles: {customer: Charting without a network}
status: planned
horizon: now
publish: [customer]
effort: M
owners: [Dana Whitfield]
aliases: [project-osprey-migration]
tags: [two-word tag for tenders]
reason: Legal wants it out of the tender
links:
  - {title: Design study of the pilot, url: "https://design.example.org/osprey/pilot", publish: []}
x: {cost centre of the ward: 4711-A for the north}
---
Grown out of a request by two hospitals. See [the first](https://wiki.example.org/pages/osprey)
**long** study,
which was `never` finished.

## For customers
Nurses go on charting when the network fails. Half of it is done.

## For users
Tap once to open the chart, and a second time to close it.

## Internal
Sales promised this to St. Anna Hospital in the spring. *It* must not be told before the tender is won.
"""
HIDDEN = """---
title: Takeover of the Baltic registry
status: idea
---
## Internal
Nobody outside knows of this yet, and it stays so until the board has met in December and has agreed to all of
it.
"""
FEEDBACK = """
title: Interviews at three clinics
method: interview
asked: 12
findings:
  - id: night-drops
    summary: The night shift loses the network every time.
    voices: [{persona: nurse, mentions: 4, accounts: [Klinikum am Südpark]}]
    quotes: [{text: I write it on my hand and hope., persona: nurse, consent: "Form 118 by the clinic"}]
"""
PERSONA = """---
name: Ward nurse at night
side: user
publish: [user]
---
## Internal
Tired of passwords, all of them.
"""
PAGE = "---\ntitle: The merger with Acme\n---\nWe sign in March, <!-- ask the notary in Bonn --> or later.\n"
HELD = "The night shift loses the network every time."
PUBLIC = "<!doctype html><html><body><p>Nurses go on charting when the network fails.</p></body></html>"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "mkdocs.yml": SETTINGS,
        "content/roadmap/charting.md": ITEM,
        "content/roadmap/takeover-of-the-registry.md": HIDDEN,
        "content/feedback/interviews-in-march.yml": FEEDBACK,
        "content/personas/nurse.md": PERSONA,
        "content/plans/merger.md": PAGE,
    }
    for name, text in files.items():
        target = tmp_path / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path / "project"


def inspected(
    project: Path, files: dict[str, bytes], *, more: str = "", audience: str = "customer"
) -> tuple[str, ...]:
    """What the guard says of a portal with these files."""
    config = project / "mkdocs.yml"
    if more:
        config.write_text(config.read_text().replace("      secrets:", f"      {more}\n      secrets:"))
    loaded = pipeline.load(config, environ={}, today=date(2026, 11, 23))
    folder = project.parent / "portal"
    for name, data in {"index.html": PUBLIC.encode(), **files}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return pipeline.inspect(loaded, audience, folder)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, after: bytes = b"") -> bytes:
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b"") + after


def html(inside: str) -> bytes:
    return PUBLIC.replace("</body>", f"{inside}</body>").encode()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{HELD}</w:t>" * 9)
    return file.getvalue()


def escapes(text: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" for sign in text)


FULL_WIDTH = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in HELD)
CODED = base64.b64encode(HELD.encode()).decode()
WORDS = HELD.split()
FEED = '<feed><content type="html">&lt;p&gt;{}&lt;/p&gt;</content></feed>'
LEAKS = {
    "text": ("a.html", html(f"<p>{HELD}</p>")),
    "comment": ("a.html", html(f"<!-- {HELD} -->")),
    "comment with tags": ("a.html", html(f"<!-- <p>{HELD.replace('night', '<b>night</b>')}</p> -->")),
    "attribute": ("a.html", html(f'<i data-note="{HELD}"></i>')),
    "alternative text": ("a.html", html(f'<img src="x.png" alt="{HELD}">')),
    "script": ("a.html", html(f"<script>var note = '{HELD}'</script>")),
    "several lines": ("a.html", html("<p>\n" + "\n      ".join(WORDS) + "</p>")),
    "tags between": ("a.html", html(f"<p>{' <i>'.join(WORDS)}</p>")),
    "tags within words": ("a.html", html(f"<p>{HELD.replace('ne', 'n<wbr>e')}</p>")),
    "comment within words": ("a.html", html(f"<p>{HELD.replace('ne', 'n<!-- x -->e')}</p>")),
    "spans without spaces": ("a.html", html("".join(f"<span>{word}</span>" for word in WORDS))),
    "entities": ("a.html", html("".join(f"&#{ord(sign)};" for sign in HELD))),
    "entities twice": ("a.html", html("".join(f"&amp;#x{ord(sign):x};" for sign in HELD))),
    "percent": ("a.html", html(f'<a href="mailto:?body={quote(HELD)}">x</a>')),
    "all percent": ("a.html", html("".join(f"%{ord(sign):02X}" for sign in HELD))),
    "upper case": ("a.html", html(HELD.upper())),
    "zero width": ("a.html", html("\u200b".join(HELD))),
    "soft hyphens": ("a.html", html(HELD.replace("network", "net\u00adwork").replace("shift", "shi&shy;ft"))),
    "full width": ("a.html", html(FULL_WIDTH)),
    "hard spaces": ("a.html", html(HELD.replace(" ", "\u00a0"))),
    "base64": ("a.html", html(f'<img src="data:text/plain;base64,{CODED}">')),
    "base64 amid": ("a.html", html(f"<p>token/{CODED}</p>")),
    "search index": ("search/search_index.json", json.dumps({"docs": [{"text": f"<p>{HELD}</p>"}]}).encode()),
    "json escapes": ("a.json", f'{{"a": "{escapes(HELD)}"}}'.encode()),
    "json key": ("a.json", json.dumps({HELD: 1}).encode()),
    "json key that is there twice": ("a.json", f'{{"a": "{HELD}", "a": 1}}'.encode()),
    "broken json": ("a.json", f'{{"a": "{HELD}", '.encode()),
    "feed": ("feed.xml", FEED.format(HELD.replace("shift", "&lt;b&gt;shift&lt;/b&gt;")).encode()),
    "feed with character data": (
        "feed.xml",
        f"<feed><content><![CDATA[<p>{HELD}</p>]]></content></feed>".encode(),
    ),
    "calendar": ("calendar.ics", f"DESCRIPTION:{HELD[:20]}\r\n {HELD[20:]}\r\n".encode()),
    "calendar escapes": ("calendar.ics", ("DESCRIPTION:" + HELD.replace(" ", "\\n")).encode()),
    "script file": ("a.js", f'const a = "{HELD[:20]}" + "{HELD[20:]}"'.encode()),
    "script escapes": ("a.js", f"const a = '{escapes(HELD)}'".encode()),
    "style": ("a.css", f"a::after {{ content: '{HELD}' }}".encode()),
    "style escapes": (
        "a.css",
        ("a::after { content: '" + "".join(f"\\{ord(s):x} " for s in HELD) + "' }").encode(),
    ),
    "gzip": ("sitemap.xml.gz", gzip.compress(f"<loc>{HELD}</loc>".encode())),
    "gzip twice": ("a.gz", gzip.compress(gzip.compress(HELD.encode()))),
    "zip": ("a.docx", zipped()),
    "file name": (f"files/{'-'.join(WORDS)}html", b""),
    "folder name": (f"{'_'.join(WORDS)}/index.html", b""),
    "UTF-16": ("a.txt", HELD.encode("utf-16")),
    "UTF-16 without mark": ("a.txt", HELD.encode("utf-16-be")),
    "bytes": ("a.bin", b"\xff\xfe\x00\x81" + HELD.encode() + b"\x00"),
    "png text": ("a.png", png(chunk(b"tEXt", b"Comment\0" + HELD.encode()))),
    "png packed text": ("a.png", png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(HELD.encode())))),
    "png international text": (
        "a.png",
        png(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(HELD.encode()))),
    ),
    "png trailing bytes": ("a.png", png(after=HELD.encode())),
    "jpeg exif": ("a.jpg", b"\xff\xd8\xff\xe1\x00\x60Exif\0\0MM\0*" + HELD.encode() + b"\xff\xd9"),
    "jpeg wide exif": (
        "a.jpg",
        b"\xff\xd8\xff\xe1\x00\x90Exif\0\0MM\0*" + HELD.encode("utf-16-le") + b"\xff\xd9",
    ),
    "svg title": ("a.svg", f'<svg xmlns="x"><title>{HELD}</title></svg>'.encode()),
    "svg text": ("a.svg", "<svg><text>{}</text></svg>".format("</tspan><tspan>".join(WORDS)).encode()),
}


def test_a_portal_of_what_the_audience_may_read_passes(project: Path) -> None:
    assert (
        inspected(project, {"a.html": html("<h1>Charting without a network</h1> Half of it is done.")}) == ()
    )


@pytest.mark.parametrize("leak", LEAKS)
def test_a_withheld_text_is_found_in_whatever_it_hides(project: Path, leak: str) -> None:
    name, data = LEAKS[leak]
    found = inspected(project, {name: data})
    assert [line for line in found if line.startswith(f"{name[:117]}")], found
    assert all(HELD in line and "content/feedback/interviews-in-march.yml:7 (" in line for line in found)


@pytest.mark.parametrize(
    ("text", "source"),
    {
        "Charting that survives a network failure": "roadmap/charting.md:2 (item charting, title)",
        "Tap once to open the chart, and a second time to close it.": "sections.user",
        "Grown out of a request by two hospitals.": "item charting, description",
        "See the first long study, which was never finished": "item charting, description",
        "It must not be told before the tender is won": "sections.internal",
        "Dana Whitfield": "item charting, owners[0]",
        "Legal wants it out of the tender": "item charting, reason",
        "https://design.example.org/osprey/pilot": "links[0].url",
        "https://wiki.example.org/pages/osprey": "item charting, description",
        "Design study of the pilot": "links[0].title",
        "project-osprey-migration": "aliases[0]",
        "two-word tag for tenders": "tags[0]",
        "4711-A for the north": "x.cost centre of the ward",
        "cost centre of the ward": "x.cost centre of the ward",
        "Takeover of the Baltic registry": "item takeover-of-the-registry, title",
        "roadmap/takeover-of-the-registry/": "item takeover-of-the-registry, id",
        "Nobody outside knows of this yet, and it stays so": "takeover-of-the-registry, sections.internal",
        "Klinikum am Südpark": "voices[0].accounts[0]",
        "I write it on my hand and hope": "quotes[0].text",
        "Form 118 by the clinic": "quotes[0].consent",
        "Interviews at three clinics": "feedback summary interviews-in-march, title",
        "interviews-in-march": "feedback summary interviews-in-march",
        "Ward nurse at night": "persona nurse, name",
        "Tired of passwords, all of them": "persona nurse, sections.internal",
        "The merger with Acme": "the title of content/plans/merger.md",
        "We sign in March, or later.": "the text of content/plans/merger.md",
        "ask the notary in Bonn": "the text of content/plans/merger.md",
        "plans/merger": "the address of content/plans/merger.md",
        "What we plan until the tender of the northern clinics": "`site_description:` in mkdocs.yml",
        "Portal of the Nordic partners": "the settings of the audience partner",
    }.items(),
)
def test_every_text_of_the_plan_is_guarded(project: Path, text: str, source: str) -> None:
    found = inspected(project, {"a.html": html(f"<p>{text}</p>")})
    assert len(found) == 1, found
    assert source in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Lindwurm",
        "the lindwurm-plan",
        "LIND\u00adWURM",
        "Lind&#8203;wurm’s",
        "\uff4c\uff49\uff4e\uff44\uff57\uff55\uff52\uff4d",
        "Lind<b>wurm</b>",
        "Lind-wurm",
        "L&#105;ndwurm",
        "project_drachenfels",
        "ProjectDrachenfels",
        "project&nbsp;Drachenfels",
        "%4Cindwurm",
        "<!-- Lindwurm -->",
        '<i title="Lindwurm">',
    ],
)
def test_a_secret_word_is_found_in_every_spelling(project: Path, text: str) -> None:
    [found] = inspected(project, {"a.html": html(f"<p>see {text} there</p>")})
    assert found.startswith("a.html: the secret word `")


@pytest.mark.parametrize("text", ["Lindwurmer", "Blindwurm", "a project", "Drachenfels"])
def test_another_word_is_no_secret(project: Path, text: str) -> None:
    assert inspected(project, {"a.html": html(f"<p>see {text} there</p>")}) == ()


def test_a_text_that_is_allowed_passes_and_nothing_else_does(project: Path) -> None:
    allowed = "allow_public: [{text: Lindwurm Street 5, reason: ours}, {text: Dana Whitfield, reason: known}]"
    page = html("<p>Dana Whitfield, Lindwurm Street 5</p>")
    assert inspected(project, {"a.html": page}, more=allowed) == ()
    [found] = inspected(project, {"a.html": page + b"Lindwurm Lane"})
    assert "Lindwurm" in found


def test_short_texts_and_single_words_are_left_out(project: Path) -> None:
    assert inspected(project, {"a.html": html("<p>planned, interview, M, Acme, nurse, 4711</p>")}) == ()


def test_the_theme_and_the_interface_are_not_withheld(project: Path) -> None:
    page = project / "content/plans/contents.md"
    page.write_text(
        "---\ntitle: Table of contents\n---\nCopy to clipboard\n\nBack to top\n\nSkip to content\n"
    )
    assert (
        inspected(project, {"a.html": html("<p>Table of contents, Copy to clipboard, Skip to content</p>")})
        == ()
    )


def test_two_harmless_texts_side_by_side_are_no_leak(project: Path) -> None:
    (project / "content/roadmap/other.md").write_text(
        "---\ntitle: Charting without a networks\nstatus: idea\n---\n"
    )
    assert inspected(project, {"a.html": html("<p>Charting without a network <b>soon</b></p>")}) == ()
    apart = "<p>Charting without: a networks</p><ul><li>Charting without a</li><li>networks</li></ul>"
    assert inspected(project, {"a.html": html(apart)}) == ()
    found = inspected(project, {"a.html": html("<p>Charting without a networks</p>")})
    assert len(found) == 1


def test_a_beginning_made_of_two_harmless_texts_is_no_leak(project: Path) -> None:
    (project / "content/roadmap/other.md").write_text(
        "---\ntitle: When the network fails, charting without a network needs another server\nstatus: idea\n---\n"
    )
    apart = "<p>Nurses go on charting when the network fails. <b>Charting without a network</b></p>"
    assert inspected(project, {"a.html": html(apart)}) == ()
    beginning = "<p>When the network fails, charting without a network needs another</p>"
    assert len(inspected(project, {"a.html": html(beginning)})) == 1


@pytest.mark.parametrize("processes", [1, 3])
def test_a_leak_is_told_whichever_process_finds_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(shares, "_at_a_time", lambda: processes)
    files = {f"{number:03}.html": html("<p>Half of it is done.</p>") for number in range(shares.WORTH)}
    # Every third file, so that each process meets some, and all are told in the order of the files.
    leaks = sorted(files)[::3]
    [found] = inspected(project, {**files, **dict.fromkeys(leaks, html(f"<p>{HELD}</p>"))})
    assert found.startswith(f'000.html and {len(leaks) - 1} more files: "{HELD}"')


def test_the_internal_portal_is_not_scanned(project: Path) -> None:
    assert inspected(project, {"a.html": html(f"<p>{HELD} Lindwurm</p>")}, audience="internal") == ()


def test_what_is_told_cannot_steer_the_terminal(project: Path) -> None:
    [found] = inspected(project, {"\x1b[2J.html": html(HELD)})
    assert "\x1b" not in found


def test_a_leak_refuses_the_publication_and_the_old_site_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from twofold.engine.build import build
    from twofold.render import public

    loaded = pipeline.load(project / "mkdocs.yml", environ={}, today=TODAY)
    build(loaded, ["customer"], today=TODAY)
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    monkeypatch.setattr(public, "CAVEAT", f"<p>{HELD}</p>")
    with pytest.raises(RefusedError, match="The night shift"):
        build(loaded, ["customer"], today=TODAY)
    assert before == {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", [1, 5, 31])
def test_made_up_plans_are_published_without_a_false_alarm(tmp_path: Path, seed: int) -> None:
    from twofold.engine.build import build

    write_plan(tmp_path, seed=seed, items=30, findings=30, personas=12)
    loaded = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=TODAY)
    assert build(loaded, ["customer", "user"], today=TODAY, warn=lambda _: None)
