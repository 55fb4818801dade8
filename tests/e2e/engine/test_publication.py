"""What is published, and by which command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.handmade import (
    MKDOCS,
    TODAY,
    Run,
    everything,
    item,
    loaded,
    make,
    read,
    site,
)
from twofold import publish
from twofold.diagnostics import Rule, Severity, Span
from twofold.engine.build import build


def test_a_portal_that_does_not_pass_inspection_keeps_all_back(root: Path) -> None:
    make(root, site("customer"), site("user"))
    before = everything(root / "site")
    with pytest.raises(publish.RefusedError, match="a withheld text"):
        build(
            loaded(root),
            ["customer", "user"],
            today=TODAY,
            portal=lambda _, audience, **__: site(audience, item(9)),
            inspect=lambda _, audience, __: ["a withheld text"] if audience == "user" else [],
        )
    assert everything(root / "site") == before


def test_nothing_is_printed(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make(root, site(), site("customer"))
    assert capfd.readouterr() == ("", "")


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
