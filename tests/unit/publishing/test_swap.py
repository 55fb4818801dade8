"""Publication: nothing half and nothing lost."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.portals import portal, published, site, tree
from twofold import exchange, publish

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_public_portals_stand_under_site_and_the_internal_one_beside_it(root: Path) -> None:
    assert publish.portal_folder(root, "customer") == root / "site" / "customer"
    assert publish.portal_folder(root, "partner") == root / "site" / "partner"
    assert publish.portal_folder(root, "internal") == root / "site-internal"


@pytest.mark.usefixtures("way")
def test_a_portal_takes_the_place_of_the_old_one_and_nothing_of_it_is_left(root: Path) -> None:
    published(root, "old", "customer")
    (root / "site/customer/withdrawn.html").write_text("withdrawn")
    published(root, "new", "customer")
    assert sorted(tree(root / "site")) == [
        "customer",
        "customer/assets",
        "customer/assets/twofold.json",
        "customer/index.html",
    ]
    assert site(root, "customer") == "new"


@pytest.mark.usefixtures("way")
def test_when_idle_only_lock_and_ignore_file_are_left_in_the_workshop(root: Path) -> None:
    published(root, "old", "customer", "user")
    published(root, "new", "customer", "user")
    assert sorted(tree(root / ".twofold")) == [".gitignore", "lock", "staging"]
    assert (root / ".twofold/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_do_not_depend_on_the_umask(root: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        published(root, "new", "customer")
    finally:
        os.umask(before)
    assert tree(root / "site/customer") == {
        "assets": "0o755",
        "assets/twofold.json": "0o644",
        "index.html": "0o644",
    }
    assert stat.S_IMODE((root / "site/customer").stat().st_mode) == 0o755


@pytest.mark.usefixtures("way")
def test_a_portal_that_cannot_be_replaced_keeps_all_others_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(root, "old", "customer", "user")
    real = exchange.put

    def failing(new: Path, place: Path) -> None:
        if place.name == "user" and (new / "index.html").read_text() == "new":
            raise OSError(errno.EBUSY, "Device or resource busy", str(place))
        real(new, place)

    monkeypatch.setattr(exchange, "put", failing)
    with pytest.raises(publish.RefusedError, match="mount point"):
        published(root, "new", "customer", "user")
    assert (site(root, "customer"), site(root, "user")) == ("old", "old")


@pytest.mark.usefixtures("way")
def test_a_first_portal_goes_again_when_its_neighbour_fails(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(root, "old", "user")
    real = exchange.put

    def failing(new: Path, place: Path) -> None:
        if place.name == "user":
            raise OSError(errno.EACCES, "Permission denied", str(place))
        real(new, place)

    monkeypatch.setattr(exchange, "put", failing)
    with pytest.raises(publish.RefusedError, match="Permission denied"):
        published(root, "new", "customer", "user")
    assert not (root / "site/customer").exists()
    assert site(root, "user") == "old"


def test_an_error_while_building_leaves_the_old_site_and_no_staging(root: Path) -> None:
    published(root, "old", "customer")

    def failing() -> None:
        with publish.staging(root) as folder:
            portal(folder / "customer", "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert site(root, "customer") == "old"
    assert list((root / ".twofold/staging").iterdir()) == []


def test_a_platform_without_locks_builds_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "fcntl", None)
    published(root, "new", "customer")
    assert site(root, "customer") == "new"


def test_a_kernel_without_exchange_falls_back_to_renames(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(root, "old", "customer")
    monkeypatch.setattr(sys, "platform", "darwin")
    published(root, "new", "customer")
    assert site(root, "customer") == "new"


def test_folders_that_may_not_be_moved_are_replaced_by_copies(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(root, "old", "customer")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == root / "site/customer":
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(self))
        return real(self, target)

    monkeypatch.setattr(exchange, "exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    published(root, "new", "customer")
    assert site(root, "customer") == "new"


def test_a_site_on_another_device_is_swapped_there(root: Path, other_device: Path) -> None:
    (root / "site").symlink_to(other_device)
    published(root, "old", "customer", "user")
    published(root, "new", "customer", "user")
    assert site(root, "customer") == "new"
    assert sorted(path.name for path in other_device.iterdir()) == ["customer", "user"]


@pytest.fixture
def other_device(tmp_path: Path) -> Iterator[Path]:
    shared = Path("/dev/shm")  # noqa: S108 - another device is the point
    if not shared.is_dir() or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system here")
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(dir=shared))
    yield folder
    shutil.rmtree(folder)
