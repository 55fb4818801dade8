"""Publication touches nothing that is not Twofold's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.portals import portal, published, site
from twofold import publish


def test_a_link_in_the_portals_place_is_refused_and_kept(root: Path, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (root / "site").mkdir()
    (root / "site/customer").symlink_to(tmp_path / "web")
    with pytest.raises(publish.RefusedError, match="symbolic link"):
        published(root, "new", "customer")
    assert (root / "site/customer").is_symlink()


def test_a_file_in_the_portals_place_is_refused_and_kept(root: Path) -> None:
    (root / "site-internal").write_text("notes")
    with pytest.raises(publish.RefusedError, match="is a file"):
        published(root, "new", "internal")
    assert (root / "site-internal").read_text() == "notes"


def test_a_folder_that_twofold_did_not_make_is_refused_and_kept(root: Path) -> None:
    (root / "site/customer").mkdir(parents=True)
    (root / "site/customer/thesis.tex").write_text("years of work")
    with pytest.raises(publish.RefusedError, match="not made by Twofold"):
        published(root, "new", "customer")
    assert (root / "site/customer/thesis.tex").read_text() == "years of work"


def test_an_empty_folder_is_as_good_as_none(root: Path) -> None:
    (root / "site/customer").mkdir(parents=True)
    published(root, "new", "customer")
    assert site(root, "customer") == "new"


def test_the_owners_hidden_files_outlive_a_build(root: Path) -> None:
    published(root, "old", "customer")
    (root / "site/customer/.git").mkdir()
    (root / "site/customer/.git/HEAD").write_text("ref")
    (root / "site/customer/.htaccess").write_text("deny")
    published(root, "new", "customer")
    assert (root / "site/customer/.git/HEAD").read_text() == "ref"
    assert (root / "site/customer/.htaccess").read_text() == "deny"


@pytest.mark.parametrize("part", [".twofold", ".twofold/staging"])
def test_leftovers_are_not_cleared_through_a_link(root: Path, tmp_path: Path, part: str) -> None:
    precious = tmp_path / "precious"
    (precious / "staging").mkdir(parents=True)
    (precious / "letter").write_text("kept")
    (root / part).parent.mkdir(exist_ok=True)
    (root / part).symlink_to(precious)
    with pytest.raises(publish.RefusedError, match="symbolic link"), publish.staging(root):
        pass
    assert (precious / "letter").read_text() == "kept"


def test_mkdocs_default_folder_stands_for_the_audiences_own(root: Path) -> None:
    assert publish.chosen_folder(root, "internal", root / "site") == root / "site-internal"
    assert publish.chosen_folder(root, "customer", root / "site") == root / "site/customer"


def test_another_folder_is_taken_as_asked(root: Path, tmp_path: Path) -> None:
    assert publish.chosen_folder(root, "internal", tmp_path / "out") == tmp_path / "out"
    assert publish.chosen_folder(root, "customer", Path("public")) == root / "public"


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        ("internal", "site/customer"),
        ("internal", "site/anything"),
        ("customer", "site/user"),
        ("customer", "site/customer/deeper"),
        ("customer", "site-internal"),
        ("customer", "site-internal/sub"),
        ("customer", "."),
        ("customer", ".."),
        ("customer", ".twofold/staging"),
        ("customer", "public"),
        ("customer", "public/user/below"),
    ],
)
def test_no_portal_is_built_in_above_or_below_another(root: Path, audience: str, asked: str) -> None:
    portal(root / "public/user", "there", "user")
    with pytest.raises(publish.RefusedError):
        publish.chosen_folder(root, audience, root / asked)


def test_the_internal_portal_does_not_slip_into_a_public_ones_folder(root: Path) -> None:
    portal(root / "public", "for customers", "customer")
    with (
        pytest.raises(publish.RefusedError, match="holds the customer portal"),
        publish.staging(root) as folder,
    ):
        publish.swap([(portal(folder / "x", "secret", "internal"), root / "public")], root=root)
    assert (root / "public/index.html").read_text() == "for customers"
