"""What the preview's server answers, to whom, and how it ends."""

from __future__ import annotations

import signal
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from tests.support.previewed import (
    INTERNAL_ALONE,
    SHARED,
    twofold,
    write,
)
from tests.support.previewing import PATIENCE, Preview, previewing, until

if TYPE_CHECKING:
    from pathlib import Path


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
