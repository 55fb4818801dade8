"""What the preview's server answers, and to whom."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from tests.support.previewed import (
    INTERNAL_ALONE,
    small_plan,
)
from tests.support.previewing import PATIENCE, Preview, previewing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_plan(tmp_path_factory.mktemp("served") / "plan")


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[Preview]:
    """One for all: these tests only ask."""
    with previewing(root, *INTERNAL_ALONE) as running:
        running.says("Built ")
        yield running


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
