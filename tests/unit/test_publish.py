"""Publication: nothing half, nothing lost, nothing that is not ours."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import twofold
from twofold import exchange, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(twofold.__file__).parent.parent


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a folder in the place of another."""
    name: str = request.param
    if name == "two renames":
        monkeypatch.setattr(exchange, "exchanged", lambda *_: False)
    return name


def portal(folder: Path, text: str, audience: str = "customer") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text)
    publish.mark(folder, audience)
    return folder


def site(root: Path, audience: str) -> str:
    return (publish.portal_folder(root, audience) / "index.html").read_text()


def published(root: Path, text: str, *audiences: str) -> None:
    with publish.staging(root) as folder:
        pairs = [(portal(folder / name, text, name), publish.portal_folder(root, name)) for name in audiences]
        publish.swap(pairs, root=root)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in sorted(folder.rglob("*"))
    }


def child(root: Path, body: str) -> subprocess.CompletedProcess[bytes]:
    """Run `body` in a process of its own, with `root` and the module."""
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom twofold import exchange, publish\n"
        "root = Path(sys.argv[1])\n"
        "def portal(folder, text, audience='customer'):\n"
        "    folder.mkdir(parents=True, exist_ok=True)\n"
        "    (folder / 'index.html').write_text(text)\n"
        "    publish.mark(folder, audience)\n"
        "    return folder\n"
        "def die(*_):\n    os.kill(os.getpid(), signal.SIGKILL)\n" + textwrap.dedent(body)
    )
    environ = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.run([sys.executable, "-c", code, str(root)], env=environ, check=False, timeout=60)


BOTH = """
with publish.staging(root) as folder:
    names = ('customer', 'user')
    pairs = [(portal(folder / name, 'new', name), publish.portal_folder(root, name)) for name in names]
    publish.swap(pairs, root=root)
"""


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


def test_a_build_killed_in_staging_leaves_the_old_site_and_the_next_one_clears_up(root: Path) -> None:
    published(root, "old", "customer")
    assert (
        child(
            root, "with publish.staging(root) as f:\n    portal(f / 'customer', 'half')\n    die()"
        ).returncode
        == -9
    )
    assert site(root, "customer") == "old"
    assert len(list((root / ".twofold/staging").iterdir())) == 1
    published(root, "new", "customer")
    assert site(root, "customer") == "new"
    assert list((root / ".twofold/staging").iterdir()) == []


def test_a_build_killed_between_two_portals_is_finished_by_the_next(root: Path) -> None:
    published(root, "old", "customer", "user")
    patch = """
    real = exchange.put
    def put(new, place):
        die() if place.name == 'user' else real(new, place)
    exchange.put = put
    """
    assert child(root, textwrap.dedent(patch) + BOTH).returncode == -9
    assert (site(root, "customer"), site(root, "user")) == ("new", "old")
    with publish.staging(root):
        assert (site(root, "customer"), site(root, "user")) == ("new", "new")
    assert not (root / ".twofold/swap.json").exists()


def test_a_build_killed_between_two_renames_is_finished_by_the_next(root: Path) -> None:
    published(root, "old", "customer", "user")
    patch = """
    exchange.exchanged = lambda *_: False
    real = Path.rename
    def rename(self, target):
        if Path(target).name == 'customer' and self.name == 'customer':
            die()
        return real(self, target)
    Path.rename = rename
    """
    assert child(root, textwrap.dedent(patch) + BOTH).returncode == -9
    assert not (root / "site/customer").exists()
    with publish.staging(root):
        assert (site(root, "customer"), site(root, "user")) == ("new", "new")


def test_a_journal_moves_only_what_staging_holds(root: Path, tmp_path: Path) -> None:
    published(root, "old", "customer")
    victim = portal(tmp_path / "elsewhere", "mine")
    entry = f'[{{"new": "{victim}", "place": "{root}/site/customer", "inode": {victim.stat().st_ino}}}]'
    (root / ".twofold/swap.json").write_text(entry)
    with publish.staging(root):
        pass
    assert victim.is_dir()
    assert site(root, "customer") == "old"


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '[{"new": 1}]', "\x00"])
def test_a_broken_journal_is_no_obstacle(root: Path, text: str) -> None:
    published(root, "old", "customer")
    (root / ".twofold/swap.json").write_text(text)
    published(root, "new", "customer")
    assert site(root, "customer") == "new"


def test_a_second_build_waits_and_then_says_why_it_stops(root: Path) -> None:
    with (
        publish.staging(root),
        pytest.raises(publish.RefusedError, match="another build is running"),
        publish.staging(root, patience=0.1),
    ):
        pytest.fail("two at once")


def test_a_dead_holder_does_not_keep_the_lock(root: Path) -> None:
    child(root, "with publish.staging(root):\n    die()")
    with publish.staging(root, patience=0) as folder:
        assert folder.is_dir()


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
