"""A publication that was killed is finished or cleared up by the next."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import twofold
from tests.support.portals import portal, published, site
from twofold import publish

SOURCE = Path(twofold.__file__).parent.parent
BOTH = """
with publish.staging(root) as folder:
    names = ('customer', 'user')
    pairs = [(portal(folder / name, 'new', name), publish.portal_folder(root, name)) for name in names]
    publish.swap(pairs, root=root)
"""


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
