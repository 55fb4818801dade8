"""`twofold serve` and `mkdocs serve`: real processes, real files, real HTTP."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from tests.support.previewing import PATIENCE, Preview, previewing, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = """\
site_name: Wardline
docs_dir: content
theme:
  name: material
  custom_dir: theme
plugins:
  - search
  - twofold
"""
ITEM = """\
---
title: {title}
status: idea
---

{text}
"""
SHARED = """\
---
title: Shared
status: planned
horizon: next
publish: [customer]
---

## For customers

{text}
"""
INTERNAL_ALONE = ("--addr", "127.0.0.1:0", "--audience", "internal")
OVERLAY = 'id="twofold-preview"'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def item(root: Path, name: str, title: str, text: str = "Nurses chart offline.") -> None:
    write(root / f"content/roadmap/{name}.md", ITEM.format(title=title, text=text))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "plan"
    write(root / "mkdocs.yml", CONFIG)
    write(root / "theme/main.html", '{% extends "base.html" %}')
    item(root, "offline", "Offline charting")
    return root


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    with previewing(root, *INTERNAL_ALONE) as running:
        running.says("Built ")
        yield running


def twofold(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "twofold", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- what changes is shown --------------------------------------------------------------------------------


def test_an_edited_item_is_shown_without_a_restart(root: Path, preview: Preview) -> None:
    assert "<h1" in preview.page("roadmap/offline/")
    item(root, "offline", "Charting anywhere")
    assert OVERLAY not in preview.shows("roadmap/offline/", "Charting anywhere")
    assert "Offline charting" not in preview.page("roadmap/")
    assert "roadmap/offline.md changed: rebuilt " in preview.printed


def test_files_may_come_go_and_change_their_names(root: Path, preview: Preview) -> None:
    item(root, "handover", "Shift handover")
    preview.shows("roadmap/", "Shift handover", "Offline charting")
    preview.says("roadmap/handover.md added: rebuilt ")
    folder = root / "content/roadmap"
    (folder / "handover.md").rename(folder / "shift-handover.md")
    preview.shows("roadmap/shift-handover/", "Shift handover")
    assert preview.get("/internal/roadmap/handover/")[0] == 404
    preview.says("roadmap/handover.md renamed to roadmap/shift-handover.md: rebuilt ")
    (folder / "shift-handover.md").unlink()
    until(lambda: preview.get("/internal/roadmap/shift-handover/")[0] == 404)
    preview.says("roadmap/shift-handover.md deleted: rebuilt ")
    write(root / "content/how.md", "---\ntitle: How we plan\n---\n\nTogether.\n")
    preview.shows("how/", "How we plan")


def test_an_editor_that_writes_beside_and_renames_is_one_change(root: Path, preview: Preview) -> None:
    target = root / "content/roadmap/offline.md"
    beside = target.with_name("offline.md~")
    beside.write_text(ITEM.format(title="Saved by an editor", text=""), encoding="utf-8")
    beside.replace(target)
    preview.shows("roadmap/offline/", "Saved by an editor")
    assert "roadmap/offline.md changed: rebuilt " in preview.printed
    assert preview.printed.count("rebuilt") == 1


def test_settings_and_what_they_inherit_count(root: Path, preview: Preview) -> None:
    write(root / "mkdocs.yml", CONFIG.replace("site_name: Wardline", "INHERIT: base.yml"))
    write(root / "base.yml", "site_name: Wardline two\n")
    preview.shows("", "Wardline two")
    write(root / "base.yml", "site_name: Wardline three\n")
    preview.shows("", "Wardline three")


def test_another_content_folder_is_watched_from_then_on(root: Path, preview: Preview) -> None:
    shutil.copytree(root / "content", root / "elsewhere")
    write(root / "mkdocs.yml", CONFIG.replace("docs_dir: content", "docs_dir: elsewhere"))
    preview.says("mkdocs.yml changed: rebuilt ")
    write(root / "elsewhere/roadmap/offline.md", ITEM.format(title="Moved", text=""))
    preview.shows("roadmap/offline/", "Moved")


def test_a_template_of_the_owner_and_a_watched_file_count(root: Path) -> None:
    write(root / "mkdocs.yml", CONFIG + "watch: [notes]\n")
    write(root / "notes/a.txt", "one")
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("Built ")
        write(
            root / "theme/main.html", '{% extends "base.html" %}{% block footer %}Our own foot{% endblock %}'
        )
        preview.shows("", "Our own foot")
        write(root / "notes/a.txt", "two")
        preview.says("notes/a.txt changed: rebuilt ")
        write(root / "theme/main.html", '{% extends "base.html" %}{% block %}')
        shown = preview.shows("", OVERLAY)
        assert "theme/main.html:1" in shown
        assert "Our own foot" in shown
        assert "theme/main.html:1: " in preview.printed


def test_a_change_while_a_site_is_built_is_built_afterwards(root: Path, preview: Preview) -> None:
    for number in range(6):
        item(root, "offline", f"Title {number}")
        # Into the middle of a build, as often as not.
        with pytest.raises(subprocess.TimeoutExpired):
            preview.process.wait(0.3)
    preview.shows("roadmap/offline/", "Title 5")


# --- what is broken ---------------------------------------------------------------------------------------


def test_a_broken_record_is_told_here_and_there_and_the_last_good_site_stays(
    root: Path, preview: Preview
) -> None:
    write(root / "content/roadmap/offline.md", "---\ntitle: A <b>& B\nstatus: soon <script>\n---\n")
    page = preview.shows("roadmap/offline/", OVERLAY)
    assert "Offline charting" in page
    assert "content/roadmap/offline.md:3:9" in page
    assert "TF104" in page
    assert "soon &lt;script&gt;" in page.partition(OVERLAY)[2]
    assert "soon <script>" not in page
    assert 'role="alert"' in page
    checked = twofold(root, "check").stdout
    # All of it but the closing line, which counts files.
    assert checked.rpartition("\n\n")[0] in preview.printed
    assert "roadmap/offline.md changed: not rebuilt" in preview.printed
    item(root, "offline", "Mended")
    assert OVERLAY not in preview.shows("roadmap/offline/", "Mended")


def test_a_first_build_that_fails_shows_why_and_the_site_comes_when_mended(root: Path) -> None:
    write(root / "content/roadmap/offline.md", "---\ntitle: Offline\nstatus: soon\n---\n")
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("TF104")
        status, _, page = preview.get("/internal/roadmap/offline/")
        assert status == 503
        assert OVERLAY in page
        assert "content/roadmap/offline.md:3:9" in page
        assert "no site to show yet" in page
        item(root, "offline", "Offline at last")
        assert OVERLAY not in preview.shows("roadmap/offline/", "Offline at last")


def test_a_broken_configuration_is_told_and_mended(root: Path) -> None:
    broken = CONFIG.replace("  - twofold\n", "  - twofold:\n      curency: EUR\n")
    write(root / "mkdocs.yml", broken)
    with previewing(root, *INTERNAL_ALONE) as preview:
        page = preview.shows("", OVERLAY, "curency")
        assert "mkdocs.yml:9:7" in page
        write(root / "mkdocs.yml", CONFIG)
        assert OVERLAY not in preview.shows("", "Wardline")
        write(root / "mkdocs.yml", CONFIG + "nav: [\n")
        assert "Offline charting" in preview.shows("roadmap/", OVERLAY)
        # Still watched, though nobody can tell at present what `docs_dir` is.
        item(root, "offline", "Offline and on")
        write(root / "mkdocs.yml", CONFIG)
        preview.shows("roadmap/", "Offline and on")


def test_a_content_folder_that_comes_later_is_found(root: Path) -> None:
    (root / "content").rename(root / "away")
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.shows("", OVERLAY, "content folder")
        (root / "away").rename(root / "content")
        preview.shows("roadmap/", "Offline charting")


# --- nothing of it is published ---------------------------------------------------------------------------


def test_published_portals_are_not_touched_and_hold_nothing_of_the_preview(root: Path) -> None:
    assert twofold(root, "build").returncode == 0
    before = contents(root / "site-internal")
    public = contents(root / "site")
    with previewing(root, *INTERNAL_ALONE) as preview:
        page = preview.shows("roadmap/offline/", "Offline charting")
        assert "/.twofold/preview.js" in page
        item(root, "offline", "Charting anywhere")
        preview.shows("roadmap/offline/", "Charting anywhere")
        assert contents(root / "site-internal") == before
        assert contents(root / "site") == public
        # A build goes on beside a preview.
        assert twofold(root, "build").returncode == 0
        assert preview.interrupt() == 0
    after = contents(root / "site-internal")
    assert after != before
    for path, data in (after | contents(root / "site")).items():
        for mark in (b"twofold-preview", b"/.twofold/", b"EventSource", f":{preview.port}".encode()):
            assert mark not in data, path
    assert sorted(path.name for path in (root / ".twofold").iterdir()) == [".gitignore", "lock", "staging"]
    assert not any((root / ".twofold/staging").iterdir())


def test_what_a_killed_preview_has_left_is_cleared_by_the_next(root: Path) -> None:
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("Built ")
        preview.process.kill()
        preview.process.wait()
    previews = root / ".twofold/preview"
    left = {path.name for path in previews.iterdir()}
    assert len(left) == 2
    with previewing(root, *INTERNAL_ALONE) as one, previewing(root, *INTERNAL_ALONE) as other:
        one.says("Built ")
        other.says("Built ")
        here = {path.name for path in previews.iterdir()}
        assert len(here) == 4
        assert not here & left
    assert not previews.exists()


# --- several portals --------------------------------------------------------------------------------------


def test_each_portal_has_what_its_audience_reads_and_a_way_to_the_others(root: Path) -> None:
    write(root / "content/roadmap/shared.md", SHARED.format(text="For those who buy."))
    with previewing(root) as preview:
        preview.says("Built ")
        status, _, page = preview.get("/customer/roadmap/shared/")
        assert status == 200
        assert "For those who buy." in page
        bar = page.partition('<nav id="twofold-switcher"')[2].partition("</nav>")[0]
        assert '<a href="/internal/roadmap/shared/">internal</a>' in bar
        assert '<a href="/customer/roadmap/shared/" aria-current="true">customer</a>' in bar
        assert '<a href="/user/">user (not this page)</a>' in bar
        assert preview.get("/customer/roadmap/offline/")[0] == 404
        write(root / "content/roadmap/shared.md", SHARED.format(text="For those who pay."))
        until(lambda: "For those who pay." in preview.get("/customer/roadmap/shared/")[2])
    assert not (root / "site").exists()


def test_one_portal_alone_has_no_switcher(preview: Preview) -> None:
    assert 'id="twofold-switcher"' not in preview.page("roadmap/")


# --- the server -------------------------------------------------------------------------------------------


def test_the_root_leads_to_the_first_audience_and_folders_get_their_slash(preview: Preview) -> None:
    status, headers, _ = preview.get("/")
    assert (status, headers["location"]) == (302, "/internal/")
    assert preview.get("/internal")[1]["location"] == "/internal/"
    assert preview.get("/internal/roadmap?q=1")[1]["location"] == "/internal/roadmap/?q=1"
    status, _, page = preview.get("/internal/nothing/here/")
    assert status == 404
    assert "/internal/assets/stylesheets/" in page
    assert preview.get("/nobody/")[0] == 404


def test_only_the_site_is_served(preview: Preview) -> None:
    for path in (
        "/internal/../../mkdocs.yml",
        "/internal/%2e%2e/%2e%2e/%2e%2e/mkdocs.yml",
        "/internal/..%2f..%2f..%2fmkdocs.yml",
        "/internal/..%5c..%5cmkdocs.yml",
        "/internal//etc/passwd",
        "/internal/%00",
        "/internal/.twofold/",
        "//127.0.0.1/mkdocs.yml",
        "/internal/" + "a" * 5000,
        "/.twofold/../mkdocs.yml",
    ):
        status, _, text = preview.get(path)
        assert status == 404, path
        assert "docs_dir" not in text, path


def test_a_link_in_the_served_folder_leads_nowhere(root: Path, preview: Preview) -> None:
    (folder,) = (root / ".twofold/preview").glob("*/internal/*")
    (folder / "secret.txt").symlink_to(root / "mkdocs.yml")
    (folder / "out").symlink_to(root)
    assert preview.get("/internal/secret.txt")[0] == 404
    assert preview.get("/internal/out/mkdocs.yml")[0] == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("wardline.localhost", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
        ("[", 403),
    ],
)
def test_another_sites_name_reads_nothing(host: str, status: int) -> None:
    from twofold.engine.guard import known_host

    assert known_host(host, bound="127.0.0.1") is (status == 200)


def test_a_request_under_another_name_is_refused(preview: Preview) -> None:
    for path in ("/", "/internal/", "/.twofold/events/internal", "/.twofold/preview.js"):
        status, _, text = preview.get(path, Host="evil.example")
        assert status == 403
        assert "Wardline" not in text


def test_only_reading_is_answered(preview: Preview) -> None:
    for method, status in (("POST", 501), ("PUT", 501), ("HEAD", 200)):
        connection = HTTPConnection(preview.host, preview.port, timeout=PATIENCE)
        connection.request(method, "/internal/")
        answer = connection.getresponse()
        assert answer.status == status
        connection.close()


def test_a_port_in_use_is_a_clear_message(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = twofold(root, "serve", "--addr", f"127.0.0.1:{port}")
    assert run.returncode == 2
    assert f"cannot serve on 127.0.0.1:{port}: something else is running there" in run.stderr
    assert "--addr 127.0.0.1:" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (root / ".twofold").exists()


@pytest.mark.parametrize(
    "addr", ["8000", "localhost", "localhost:", "localhost:x", ":8000", "localhost:70000"]
)
def test_a_misspelt_address_is_a_usage_error(root: Path, addr: str) -> None:
    run = twofold(root, "serve", "--addr", addr)
    assert run.returncode == 2
    assert "HOST:PORT" in run.stderr


def test_an_audience_that_there_is_not_is_a_usage_error(root: Path) -> None:
    run = twofold(root, "serve", "--addr", "127.0.0.1:0", "--audience", "nobody")
    assert run.returncode == 2
    assert "there is no audience 'nobody'" in run.stderr


def test_a_folder_without_configuration_is_a_usage_error(tmp_path: Path) -> None:
    run = twofold(tmp_path, "serve", "--addr", "127.0.0.1:0")
    assert run.returncode == 2
    assert "mkdocs.yml is not there" in run.stderr


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_it_cleanly(root: Path, kind: signal.Signals) -> None:
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("Built ")
        # Somebody listening does not hold it up.
        connection = HTTPConnection(preview.host, preview.port, timeout=PATIENCE)
        connection.request("GET", "/.twofold/events/internal")
        assert connection.getresponse().status == 200
        assert preview.interrupt(kind) == 0
        connection.close()
    assert "Traceback" not in preview.printed
    assert preview.printed.endswith("The preview has ended.\n")


def test_an_interruption_during_the_first_build_ends_it_cleanly(root: Path) -> None:
    with previewing(root, *INTERNAL_ALONE) as preview:
        assert preview.interrupt() == 0
    assert "Traceback" not in preview.printed
    assert not (root / ".twofold/preview").exists()


def test_open_opens_the_browser(root: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    write(browser, f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n')
    browser.chmod(0o755)
    with previewing(root, "--addr", "127.0.0.1:0", "--open", BROWSER=f"{browser} %s") as preview:
        opened = tmp_path / "opened"
        assert until(lambda: opened.exists() and opened.read_text().strip()) == preview.url


# --- mkdocs serve -----------------------------------------------------------------------------------------


def test_mkdocs_serve_shows_an_edited_record_and_keeps_the_last_good_site(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with previewing(root, "-a", f"127.0.0.1:{port}", module="mkdocs") as preview:

        def shows(text: str) -> None:
            until(lambda: text in preview.get("/roadmap/offline/")[2], lambda: preview.printed)

        preview.says("Serving on")
        shows("Offline charting")
        item(root, "offline", "Charting anywhere")
        shows("Charting anywhere")
        write(root / "content/roadmap/offline.md", "---\ntitle: Broken\nstatus: soon\n---\n")
        preview.says("content/roadmap/offline.md:3:9: error TF104")
        preview.says("The last good site stays")
        shows("Charting anywhere")
        item(root, "offline", "Mended")
        shows("Mended")
        assert "Traceback" not in preview.printed
        assert not (root / "site-internal").exists()
