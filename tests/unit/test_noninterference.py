"""Whatever changes above an audience, it reads the same: plans by the dozen, all that is hidden changed.

`TWOFOLD_EXAMPLES=500` tries more plans than the usual forty-eight.
"""

# ruff: noqa: ANN401 - compares values of any type

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.plans import TODAY, write_plan
from tests.support.contents import PageFile, read
from tests.support.mutations import mutate
from twofold import pipeline
from twofold.audience.project import project
from twofold.diagnostics import Severity
from twofold.model import Kind
from twofold.model.exposure import addable
from twofold.prose.blocks import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.contents import Contents

EXAMPLES = int(os.environ.get("TWOFOLD_EXAMPLES", "48"))
AUDIENCES = ("customer", "user", "partner")
READS: tuple[list[str], ...] = ([], ["customer"], ["user", "customer"])

plans = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # A plan follows from its seed; a smaller seed is no simpler plan.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
seeds = st.integers(0, 2**32 - 1)


def made(seed: int, folder: Path) -> Contents:
    """A plan with three public audiences, some of them with more than the white list, and with pages."""
    chance = Random(seed)
    write_plan(
        folder,
        seed=seed,
        items=chance.randint(3, 16),
        findings=chance.randint(1, 10),
        personas=chance.randint(1, 7),
        labels=AUDIENCES,
    )
    contents = read(folder)
    contents.twofold["audiences"]["partner"]["reads"] = chance.choice(READS)
    every = [f"{kind}.{name}" for kind in Kind for name in addable(kind)]
    contents.twofold["show"] = {name: chance.sample(every, chance.randint(0, 6)) for name in AUDIENCES}
    views = [name for name, view in VIEWS.items() if view.is_public]
    blocks = "\n".join(f"```twofold\nview: {view}\n```\n" for view in views)
    page = PageFile(source="placed.md", matter={"publish": list(AUDIENCES)}, body=f"# Placed\n\n{blocks}")
    contents.pages.append(page)
    return contents


def written(contents: Contents, folder: Path, chance: Random) -> pipeline.Loaded:
    contents.write(folder, chance)
    loaded = pipeline.load(folder / "mkdocs.yml", environ={}, today=TODAY)
    errors = [one for one in loaded.report.diagnostics if one.severity is Severity.ERROR]
    assert errors == [], "the mutation made a plan that would not be built"
    return loaded


def before_and_after(
    seed: int, audience: str, *, moves: bool
) -> tuple[pipeline.Loaded, pipeline.Loaded, Counter[str], tempfile.TemporaryDirectory[str]]:
    """A plan, and what it becomes when all that the audience may not read has changed."""
    place = tempfile.TemporaryDirectory()
    folders = [Path(place.name, name) for name in ("made", "before", "after")]
    for folder in folders:
        folder.mkdir()
    contents = made(seed, folders[0])
    before = written(contents, folders[1], Random(seed))
    done = mutate(contents, audience, Random(seed), moves=moves)
    return before, written(contents, folders[2], Random(seed + 1)), done, place


def different(one: Any, other: Any) -> dict[str, tuple[object, object]]:
    """The fields in which two values of a type differ."""
    return {
        field.name: (getattr(one, field.name), getattr(other, field.name))
        for field in fields(one)
        if getattr(one, field.name) != getattr(other, field.name)
    }


@given(seed=seeds, audience=st.sampled_from(AUDIENCES), moves=st.booleans())
@plans
def test_nothing_depends_on_what_the_audience_may_not_read(seed: int, audience: str, moves: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    before, after, _, place = before_and_after(seed, audience, moves=moves)
    with place:
        one, other = project(before.plan, audience), project(after.plan, audience)
        if not moves:
            # Where a file stands is part of the projection, for the links in it; no portal shows that.
            assert different(one, other) == {}
        assert orders(one) == orders(other)
        assert contents_of(pipeline.portal(before, audience)) == contents_of(pipeline.portal(after, audience))


def orders(plan: Any) -> dict[str, list[object]]:
    """The order of every mapping, which equality does not look at."""
    return {
        field.name: list(value)
        for field in fields(plan)
        if hasattr(value := getattr(plan, field.name), "keys") and field.name != "sources"
    }


def contents_of(site: Any) -> dict[str, object]:
    """All of a site, page by page; where its files stand is for the engine, which does not print it."""
    pages = {page.address: replace(page, source=None) for page in site.pages}
    assert len(pages) == len(site.pages)
    return {
        **pages,
        "": pages.get(""),
        "site": replace(site, pages=()),
        "order": list(pages),
        "files": list(site.files),
    }


def test_the_mutation_changes_everything_that_it_is_meant_to_change() -> None:
    """A mutation that does nothing would prove nothing."""
    total: Counter[str] = Counter()
    for seed in range(8):
        audience, other = ("customer", "user") if seed % 2 else ("user", "customer")
        before, after, done, place = before_and_after(seed, audience, moves=True)
        with place:
            assert before.plan != after.plan
            assert project(before.plan, other) != project(after.plan, other)
            total += done
    assert {name for name in NEEDED if total[name] == 0} == set()


KINDS = tuple(kind.value for kind in Kind)
NEEDED = {
    *(
        f"{kind}.{name} changed"
        for kind in KINDS
        for name in ("owners", "x", "tags", "source", "aliases", "review_by")
    ),
    *(f"item.{name} changed" for name in ("effort", "confidence", "inputs", "reason", "driver", "target")),
    *(f"persona.{name} changed" for name in ("weight", "population", "influence", "interest", "goal")),
    *(f"item.{name} with hidden ones" for name in ("objectives", "evidence", "depends_on", "superseded_by")),
    *(f"a hidden {kind} added" for kind in (*KINDS, "page")),
    *(f"a hidden record {done}" for done in ("deleted", "renamed", "rewritten")),
    *(f"an unread {what}" for what in ("text of a note", "quote", "link", "title")),
    *(f"a hidden {what}" for what in ("note taken out", "parent", "release in release", "release in ends")),
    *("a record hidden by its status", "a note on a hidden item", "a title behind another"),
    *("published for others", "an observation's n", "a file moved", "an entry in another list"),
    *("a list renamed", "a picture of a hidden page", "a home page for others"),
    *("a link from a hidden text", "another audience's settings", "an audience added", "another order"),
}


LEAKS: dict[str, Callable[[Any, Any], object]] = {
    "a count": lambda plan, _: len(plan.items),
    "an order": lambda plan, shown: sorted(shown.items, key=lambda id: (str(plan.items[id].effort), id)),
    "a neighbour": lambda plan, shown: [[one for one in plan.items if one < id][-1:] for id in shown.items],
    "a day": lambda plan, shown: [plan.items[id].review_by for id in shown.items],
    "a picture": lambda plan, _: sorted(plan.assets),
}
"""Ways in which portals give hidden things away."""


def test_leaks_that_are_put_in_on_purpose_are_found() -> None:
    found: Counter[str] = Counter()
    for seed in range(5):
        before, after, _, place = before_and_after(seed, "customer", moves=False)
        with place:
            for name, leak in LEAKS.items():
                pair = [leak(one.plan, project(one.plan, "customer")) for one in (before, after)]
                found[name] += pair[0] != pair[1]
    assert {name for name in LEAKS if found[name] == 0} == set()
