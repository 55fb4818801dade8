"""The order of items, and how far it can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.scored import plan_of
from twofold.scoring.interval import Estimate
from twofold.scoring.ranking import WEIGHTS, rank, tied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.scoring.ranking import Ranking, Scored

PEOPLE = {
    "personas/cio.yml": "name: Cio\nside: customer\n",
    "personas/nurse.yml": "name: Nurse\nside: user\n",
    "feedback/talks.yml": (
        "asked: 100\n"
        "findings:\n"
        "  - {id: dear, summary: Dear., voices: [{persona: cio, mentions: 80, importance: 5, satisfaction: 1}]}\n"
        "  - {id: slow, summary: Slow., voices: [{persona: nurse, mentions: 80, importance: 5, satisfaction: 1}]}\n"
        "  - {id: dull, summary: Dull., voices: [{persona: nurse, mentions: 10, importance: 5, satisfaction: 1}]}\n"
        "  - {id: moot, summary: Moot., voices: [{persona: nurse, mentions: 9}]}\n"
    ),
}


def ranking(items: Mapping[str, str], **settings: object) -> Ranking:
    files = {f"roadmap/{id}.yml": f"title: {id}\n{text}" for id, text in items.items()}
    return rank(plan_of({**PEOPLE, **files}, **settings))


def by_id(found: Ranking) -> dict[str, Scored]:
    return {one.id: one for one in found.items}


def test_what_is_open_is_ranked_and_nothing_else() -> None:
    found = ranking(
        {
            "a": "status: idea\neffort: 1\nevidence: [dull]\n",
            "b": "status: planned\nhorizon: next\neffort: 1\nevidence: [slow]\n",
            "c": "status: in-progress\neffort: 1\nevidence: [slow, dear]\n",
            "d": "status: released\neffort: 1\nevidence: [slow]\n",
            "e": "status: declined\nreason: R.\neffort: 1\nevidence: [slow]\n",
        }
    )
    assert [(one.rank, one.id) for one in found.items] == [(1, "c"), (2, "b"), (3, "a")]


def test_equal_priorities_stand_in_the_order_of_ids_and_are_tied() -> None:
    same = "status: idea\neffort: 1\nevidence: [slow]\n"
    found = ranking({"b": same, "a": same, "c": same})
    assert [(one.id, one.rank, one.band) for one in found.items] == [("a", 1, 1), ("b", 2, 1), ("c", 3, 1)]


def test_without_effort_an_item_is_ranked_last_whatever_its_value() -> None:
    found = ranking(
        {"a": "status: idea\nevidence: [slow, dear]\n", "b": "status: idea\neffort: 50\nevidence: [dull]\n"}
    )
    assert [(one.id, one.rank, one.priority is None) for one in found.items] == [
        ("b", 1, False),
        ("a", 2, True),
    ]
    assert [one.id for one in found.not_estimated] == ["a"]


def test_the_best_and_worst_rank_are_those_under_any_customer_weight() -> None:
    items = {
        "dear": "status: idea\neffort: 1\nevidence: [dear]\n",
        "slow": "status: idea\neffort: 1\nevidence: [slow]\n",
        "dull": "status: idea\neffort: 1\nevidence: [dull]\n",
    }
    seen: dict[str, list[int]] = {id: [] for id in items}
    for weight in WEIGHTS:
        for one in ranking(items, customer_weight=weight).items:
            assert one.rank is not None
            seen[one.id].append(one.rank)
    found = by_id(ranking(items))
    assert {id: (one.rank_best, one.rank_worst) for id, one in found.items()} == {
        id: (min(ranks), max(ranks)) for id, ranks in seen.items()
    }
    assert len(WEIGHTS) == 21
    assert (found["dear"].rank_best, found["dear"].rank_worst) == (1, 3)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((5, 4, 6), (4, 3, 5.001), True),
        ((5, 4, 6), (4, 3, 5), False),
        ((5, 4, 6), (4.5, 4.4, 4.6), True),
        ((5, 4, 6), (3, 1, 3.9), False),
        ((5, 5, 5), (5, 5, 5), True),
        ((5, 5, 5), (4, 3, 5), True),
        ((5, 5, 5), (4, 4, 4), False),
    ],
)
def test_ranges_that_overlap_by_more_than_half_of_the_smaller_are_tied(
    one: tuple[float, float, float], other: tuple[float, float, float], *, expected: bool
) -> None:
    assert tied(Estimate(*one), Estimate(*other)) is expected
    assert tied(Estimate(*other), Estimate(*one)) is expected


def test_what_is_assumed_is_told() -> None:
    found = by_id(
        ranking(
            {
                "a": "status: idea\neffort: 1\nevidence: [slow]\n",
                "b": "status: idea\neffort: 1\nconfidence: 0.5\nevidence: [slow]\n",
            }
        )
    )
    assert (found["a"].confidence, found["a"].confidence_assumed) == (1, True)
    assert (found["b"].confidence, found["b"].confidence_assumed) == (0.5, False)
    assert not found["a"].satisfaction_assumed


def test_an_item_is_strongest_for_the_persona_with_the_largest_need() -> None:
    found = by_id(
        ranking(
            {
                "a": "status: idea\neffort: 1\nevidence: [{finding: dear, fit: 0.5}, slow]\n",
                "b": "status: idea\neffort: 1\nevidence: [moot]\n",
            }
        )
    )
    assert (found["a"].strongest, found["b"].strongest) == ("nurse", None)


def test_a_voice_that_is_not_sized_is_not_scored() -> None:
    (one,) = ranking({"a": "status: idea\neffort: 1\nevidence: [moot]\n"}).items
    assert one.user == (0, 0, 0)


@pytest.mark.parametrize(
    ("settings", "before", "after"),
    [
        ({"customer_weight": 0.9}, ["slow", "dear"], ["dear", "slow"]),
        ({"sizes": {"S": 9}}, ["slow", "dear"], ["dear", "slow"]),
        ({"scoring": "rice"}, ["slow", "dear"], ["dear", "slow"]),
    ],
)
def test_a_setting_changes_the_order(
    settings: dict[str, object], before: list[str], after: list[str]
) -> None:
    items = {
        "dear": "status: idea\neffort: 2\nevidence: [dear]\ninputs: {reach: 9, impact: 1}\n",
        "slow": "status: idea\neffort: S\nevidence: [slow]\ninputs: {reach: 1, impact: 1}\n",
    }
    assert [one.id for one in ranking(items).items] == before
    assert [one.id for one in ranking(items, **settings).items] == after


def test_an_effort_next_to_nothing_is_no_priority_without_end() -> None:
    (one,) = ranking({"a": "status: idea\neffort: 5e-324\nevidence: [slow]\n"}).items
    assert (one.rank, one.priority, one.problem) == (None, None, "its figures are too large to reckon with")
