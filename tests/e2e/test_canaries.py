"""Every text of a plan is a word of its own: which words reach which portal's files?"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.canaries import READS, Aviary, text_fields
from tests.support.planting import plan
from tests.support.trees import tree

if TYPE_CHECKING:
    from pathlib import Path

WORD: Final = re.compile(rb"kx7q\d{4}z", re.IGNORECASE)

NOT_SHOWN: Final[dict[str, str]] = {}
"""Fields of records that the internal portal does not show, and why."""

UNSEEN: Final[dict[str, str]] = {
    "settings.site_name": "each portal has a title of its own",
    "settings.safe_harbour": "stands only where something is announced",
}
"""Fields that an audience may read and its portal does not show, and why."""


@pytest.fixture(scope="module")
def aviary() -> Aviary:
    return Aviary()


@pytest.fixture(scope="module")
def found(aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """For each audience the words in its portal's files, and the files in which each is."""
    folder = tmp_path_factory.mktemp("canaries")
    plan(aviary).write(folder)
    done = subprocess.run(
        [sys.executable, "-m", "twofold", "build", "--today", "2026-11-23"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    places = {name: folder / "site" / name for name in READS} | {"internal": folder / "site-internal"}
    return {name: words_of(place) for name, place in places.items()}


def words_of(folder: Path) -> dict[str, list[str]]:
    words: defaultdict[str, list[str]] = defaultdict(list)
    for name, data in tree(folder).items():
        plain = gzip.decompress(data) if name.endswith(".gz") else data
        for word in {match.decode().lower() for match in WORD.findall(name.encode() + b"\n" + plain)}:
            words[word].append(name)
    return words


def test_every_field_that_holds_text_has_its_canaries(aviary: Aviary, found: object) -> None:
    assert found
    assert text_fields() - {bird.path for bird in aviary.birds.values()} == set()


@pytest.mark.parametrize("audience", READS)
def test_no_word_is_outside_its_audience(
    audience: str, aviary: Aviary, found: dict[str, dict[str, list[str]]]
) -> None:
    leaked = {
        f"{aviary.birds[word].path} ({word})": files[:3]
        for word, files in found[audience].items()
        if audience not in aviary.birds[word].readers
    }
    assert leaked == {}


@pytest.mark.parametrize("audience", READS)
def test_an_audience_finds_nearly_all_that_it_may_read(
    audience: str, aviary: Aviary, found: dict[str, dict[str, list[str]]]
) -> None:
    mine = {word: bird.path for word, bird in aviary.birds.items() if audience in bird.readers}
    missing = {
        word: path for word, path in mine.items() if word not in found[audience] and path not in UNSEEN
    }
    assert len(missing) <= len(mine) / 100, sorted(set(missing.values()))


def test_the_internal_portal_has_nearly_all(aviary: Aviary, found: dict[str, dict[str, list[str]]]) -> None:
    expected = {word: bird.path for word, bird in aviary.birds.items() if bird.internal}
    missing = {word: path for word, path in expected.items() if word not in found["internal"]}
    told = {path for path in missing.values() if path not in NOT_SHOWN}
    assert told == set()
    assert len(missing) <= len(expected) / 100


def test_a_portal_for_which_nothing_is_published_has_only_the_settings_words(
    aviary: Aviary, found: dict[str, dict[str, list[str]]]
) -> None:
    assert {aviary.birds[word].path.partition(".")[0] for word in found["board"]} <= {"settings"}
