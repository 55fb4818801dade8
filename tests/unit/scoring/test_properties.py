"""What holds for every plan, whatever is in it."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.scored import plan_of
from twofold.scoring.interval import share
from twofold.scoring.ranking import rank

if TYPE_CHECKING:
    from twofold.scoring.interval import Estimate
    from twofold.scoring.ranking import Scored

Outline = dict[str, Any]
FEW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PERSONAS = ("amy", "ben", "cat", "dan")
FINDINGS = ("f1", "f2", "f3", "f4")
ANSWERS = st.sampled_from([1, 1.5, 2, 3, 4, 4.7, 5])


@st.composite
def voices(draw: st.DrawFn) -> dict[str, Any]:
    asked = draw(st.integers(1, 60))
    voice: dict[str, Any] = {
        "persona": draw(st.sampled_from(PERSONAS)),
        "asked": asked,
        "mentions": draw(st.integers(0, asked)),
        "importance": draw(ANSWERS),
    }
    satisfaction = draw(st.none() | ANSWERS)
    return voice if satisfaction is None else {**voice, "satisfaction": satisfaction}


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    personas = {}
    for id in PERSONAS:
        persona: dict[str, Any] = {"name": id, "side": draw(st.sampled_from(["customer", "user", "both"]))}
        persona["weight"] = draw(st.sampled_from([0, 0.5, 1, 2, 1e300]))
        population = draw(st.none() | st.integers(1, 80))
        personas[id] = persona if population is None else {**persona, "population": population}
    findings = []
    for id in FINDINGS:
        finding: dict[str, Any] = {"id": id, "summary": id, "voices": draw(st.lists(voices(), max_size=3))}
        theme = draw(st.sampled_from([None, "a", "b"]))
        findings.append(finding if theme is None else {**finding, "theme": theme})
    items = {}
    for id in ("one", "two"):
        cited = draw(st.lists(st.sampled_from(FINDINGS), unique=True, min_size=1))
        evidence = [{"finding": one, "fit": draw(st.sampled_from([0, 0.3, 1]))} for one in cited]
        effort = draw(st.sampled_from([0.5, 3, 8]))
        items[id] = {"title": id, "status": "idea", "effort": effort, "evidence": evidence}
    return {"personas": personas, "findings": findings, "items": items}


def scored(outline: Outline, **chosen: object) -> dict[str, Scored]:
    # JSON is YAML.
    files = {f"personas/{id}.yml": json.dumps(one) for id, one in outline["personas"].items()}
    files["feedback/talks.yml"] = json.dumps({"findings": outline["findings"]})
    files |= {f"roadmap/{id}.yml": json.dumps(one) for id, one in outline["items"].items()}
    return {one.id: one for one in rank(plan_of(files, **chosen)).items}


def figures(one: Scored) -> tuple[Estimate, Estimate, Estimate, Estimate]:
    assert one.priority is not None
    return one.customer, one.user, one.value, one.priority


@FEW
@given(outlines(), st.sampled_from([0, 0.33, 0.5, 1]))
def test_scores_lie_in_0_to_100_and_within_their_ranges(outline: Outline, weight: float) -> None:
    for one in scored(outline, customer_weight=weight).values():
        for found in figures(one):
            assert 0 <= found.low <= found.score <= found.high
        assert max(one.customer.high, one.user.high, one.value.high) <= 100
        assert one.rank is not None
        assert one.rank_best is not None
        assert one.rank_worst is not None
        assert 1 <= one.rank_best <= one.rank <= one.rank_worst <= 2


@FEW
@given(outlines(), st.data())
def test_more_mentions_of_the_same_asked_never_lower_a_score(outline: Outline, data: st.DataObject) -> None:
    before = scored(outline)
    more = deepcopy(outline)
    for finding in more["findings"]:
        for voice in finding["voices"]:
            voice["mentions"] = data.draw(st.integers(voice["mentions"], voice["asked"]))
    after = scored(more)
    for id, one in before.items():
        for old, new in zip(figures(one), figures(after[id]), strict=True):
            assert all(now >= then - 1e-12 for then, now in zip(old, new, strict=True))


@FEW
@given(outlines(), st.integers(2, 9))
def test_a_larger_sample_at_the_same_share_never_widens_a_range(outline: Outline, times: int) -> None:
    larger = deepcopy(outline)
    for finding in larger["findings"]:
        for voice in finding["voices"]:
            voice["mentions"] *= times
            voice["asked"] *= times
    before, after = scored(outline), scored(larger)
    for id, one in before.items():
        for old, new in zip(figures(one), figures(after[id]), strict=True):
            assert new.high - new.low <= old.high - old.low + 1e-9


@FEW
@given(outlines(), st.randoms(use_true_random=False))
def test_order_changes_nothing(outline: Outline, chance: Any) -> None:  # noqa: ANN401 - hypothesis' random
    shuffled = deepcopy(outline)
    for kind in ("personas", "items"):
        entries = list(shuffled[kind].items())
        chance.shuffle(entries)
        shuffled[kind] = dict(entries)
    chance.shuffle(shuffled["findings"])
    for finding in shuffled["findings"]:
        chance.shuffle(finding["voices"])
    for item in shuffled["items"].values():
        chance.shuffle(item["evidence"])
    assert scored(shuffled) == scored(outline)


@FEW
@given(outlines())
def test_an_unrelated_item_changes_no_score(outline: Outline) -> None:
    with_more = deepcopy(outline)
    with_more["items"]["three"] = {**outline["items"]["one"], "title": "three"}
    before, after = scored(outline), scored(with_more)
    assert {id: figures(after[id]) for id in before} == {id: figures(one) for id, one in before.items()}


@FEW
@given(outlines(), st.sampled_from([1e-6, 0.1, 3, 1000]))
def test_scaling_all_weights_of_a_side_changes_nothing(outline: Outline, factor: float) -> None:
    # A persona of both sides has one weight: with one side's scaled, it would change its part in the other.
    plain = deepcopy(outline)
    for persona in plain["personas"].values():
        persona["side"] = "user" if persona["side"] == "both" else persona["side"]
        persona["weight"] = min(persona["weight"], 4)
    heavier = deepcopy(plain)
    for persona in heavier["personas"].values():
        persona["weight"] *= factor if persona["side"] == "user" else 1
    before, after = scored(plain), scored(heavier)
    for id, one in before.items():
        for old, new in zip(figures(one), figures(after[id]), strict=True):
            assert new == pytest.approx(old)


@FEW
@given(outlines())
def test_a_finding_of_the_same_theme_that_says_it_again_changes_nothing(outline: Outline) -> None:
    themed = deepcopy(outline)
    for finding in themed["findings"]:
        finding.setdefault("theme", finding["id"])
    again = deepcopy(themed)
    again["findings"] += [{**one, "id": f"{one['id']}-again"} for one in themed["findings"]]
    for item in again["items"].values():
        item["evidence"] += [{**one, "finding": f"{one['finding']}-again"} for one in item["evidence"]]
    assert scored(again) == scored(themed)


@given(st.integers(1, 10**400), st.integers(1, 10**400), st.none() | st.integers(1, 10**400))
def test_no_count_is_too_large(one: int, other: int, population: int | None) -> None:
    found = share(min(one, other), max(one, other), population)
    assert 0 <= found.low <= found.score <= found.high <= 1
