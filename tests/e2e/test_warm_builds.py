"""Whatever an earlier build has left to be remembered, a build makes what it would have made without."""

from __future__ import annotations

import io
import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from random import Random
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.edits import Files, edit, made_up
from tests.support.trees import difference, tree
from twofold import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

EXAMPLES: Final = int(os.environ.get("TWOFOLD_SEQUENCES", "4"))
"""Sequences of edits. More take long: TWOFOLD_SEQUENCES=100 takes minutes."""

AUDIENCES: Final = ("internal", "customer", "user")
STEPS: Final = 4


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10_000))
def test_a_build_that_remembers_makes_what_one_makes_that_does_not(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    root, chance = tmp_path_factory.mktemp("warm"), Random(seed)
    files: Files = {}
    versions = [made_up(seed, items=4)]
    for _ in range(STEPS):
        # Now and then nothing changes, or all is as it was before.
        files = edit(versions[-1], chance, chance.randrange(3)) if chance.random() < 0.8 else versions[0]
        _write(root, files)
        versions.append(files)
        _spoil(root, chance)
        audience = ("--audience", chance.choice(AUDIENCES))
        before = {name: tree(root / name) for name in ("site", "site-internal")}
        warm = _command(root, "build", *audience)
        cold_root = tmp_path_factory.mktemp("cold")
        _write(cold_root, files)
        cold = _command(cold_root, "build", "--no-cache", *audience)
        assert warm == cold
        site = "site-internal" if audience[1] == "internal" else f"site/{audience[1]}"
        if cold[0] == 0:
            assert difference(tree(cold_root / site), tree(root / site)) == []
        else:
            assert {name: tree(root / name) for name in before} == before
        assert _command(root, "check") == _command(cold_root, "check", "--no-cache")
        shutil.rmtree(cold_root)
    shutil.rmtree(root)


def _command(root: Path, *arguments: str) -> tuple[int, str]:
    """Exit status, and what is printed to be read by programs."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        status = cli.run([*arguments, "-f", str(root / "mkdocs.yml"), "--today", "2026-11-24"])
    return status, said.getvalue().replace(str(root), "")


def _write(root: Path, files: Files) -> None:
    shutil.rmtree(root / "content", ignore_errors=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")


def _spoil(root: Path, chance: Random) -> None:
    """Delete, cut off or change what is remembered, or a page that was published."""
    kept = sorted(path for path in (root / ".twofold").glob("cache/*") if path.is_file())
    pages = sorted(root.glob("site*/**/index.html"))
    match chance.randrange(6):
        case 0:
            shutil.rmtree(root / ".twofold", ignore_errors=True)
        case 1 if kept:
            path = chance.choice(kept)
            path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])
        case 2 if kept:
            path = chance.choice(kept)
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
        case 3 if pages:
            chance.choice(pages).unlink()
        case _:
            pass
