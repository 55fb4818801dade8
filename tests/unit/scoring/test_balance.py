"""How the effort divides between customers and users."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.support.scored import plan_of
from twofold.model import Horizon
from twofold.scoring.balance import Shares, balance, quarters_ago, within
from twofold.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.scoring.balance import Balance

TODAY = date(2026, 11, 23)
PEOPLE = {
    "personas/cio.yml": "name: Cio\nside: customer\n",
    "personas/nurse.yml": "name: Nurse\nside: user\n",
    "objectives/cost.yml": "title: Cost\nside: customer\naliases: [price]\n",
    "releases/2026.1.yml": "version: '2026.1'\ndate: 2026-02-03\n",
    "releases/2026.4.yml": "version: '2026.4'\ndate: 2026-Q4\n",
    "feedback/talks.yml": (
        "asked: 10\n"
        "findings:\n"
        "  - {id: dear, summary: Dear., voices: [{persona: cio, mentions: 6, importance: 5, satisfaction: 1}]}\n"
        "  - {id: slow, summary: Slow., voices: [{persona: nurse, mentions: 2, importance: 5, satisfaction: 1}]}\n"
    ),
}


def balanced(items: Mapping[str, str], **settings: object) -> Balance:
    files = {f"roadmap/{id}.yml": f"title: {id}\n{text}" for id, text in items.items()}
    return balance(plan_of({**PEOPLE, **files}, **settings), today=TODAY)


def test_an_items_effort_is_split_as_its_two_scores() -> None:
    item = {"a": "status: planned\nhorizon: next\neffort: 8\nevidence: [dear, slow]\n"}
    (one,) = rank(plan_of({**PEOPLE, "roadmap/a.yml": f"title: a\n{item['a']}"})).items
    assert one.customer.score == pytest.approx(3 * one.user.score)
    found = balanced(item).committed
    assert (found.customer_effort, found.user_effort) == pytest.approx((6, 2))
    assert found.customer_share == pytest.approx(0.75)


def test_what_belongs_to_neither_side_is_reported_apart() -> None:
    found = balanced(
        {
            "a": "status: planned\nhorizon: now\neffort: 1\nevidence: [dear]\n",
            "b": "status: in-progress\neffort: 2\n",
            "c": "status: planned\nhorizon: later\neffort: 3\ndriver: obligation\nevidence: [slow]\n",
            "d": "status: planned\nhorizon: later\neffort: 4\ndriver: enabler\n",
            "e": "status: planned\nhorizon: later\nevidence: [slow]\n",
            "f": "status: idea\neffort: 50\nevidence: [slow]\n",
        }
    )
    assert found.committed == Shares(
        customer_effort=1, unbacked_effort=2, obligation_effort=3, enabler_effort=4, items=5, estimated=4
    )
    assert (found.committed.customer_share, found.committed.coverage) == (1, 0.8)
    assert found.unbacked == ("b",)


def test_it_is_told_by_horizon_and_by_first_objective() -> None:
    found = balanced(
        {
            "a": "status: in-progress\neffort: 1\nevidence: [dear]\nobjectives: [price]\n",
            "b": "status: planned\nhorizon: next\neffort: 2\nevidence: [slow]\n",
        }
    )
    assert {horizon: one.customer_share for horizon, one in found.by_horizon.items()} == {
        Horizon.NOW: 1,
        Horizon.NEXT: 0,
        Horizon.LATER: None,
    }
    assert {id: one.customer_share for id, one in found.by_objective.items()} == {"cost": 1, None: 0}


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        ("released: 2026-11-23", True),
        ("released: 2026-01-01", True),
        ("released: 2025-12-31", False),
        ("released: 2026-11-24", False),
        ("release: 2026.1", True),
        ("release: 2026.4", True),
    ],
)
def test_what_came_out_in_this_quarter_and_the_three_before_counts_as_delivered(
    when: str, *, counts: bool
) -> None:
    found = balanced({"a": f"status: released\neffort: 2\nevidence: [slow]\n{when}\n"})
    assert (found.delivered.user_effort, found.committed.items) == (2 if counts else 0, 0)
    assert found.since == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2026, 4, 1), date(2025, 7, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(1, 1, 1), date(1, 1, 1)),
    ],
)
def test_four_quarters_reach_back_to_a_first_day(today: date, since: date) -> None:
    assert quarters_ago(today) == since


@pytest.mark.parametrize(
    ("share", "target", "tolerance", "expected"),
    [(0.65, 0.5, 0.15, True), (0.66, 0.5, 0.15, False), (0.35, 0.5, 0.15, True), (None, 0.5, 0.15, None)],
)
def test_the_very_end_of_the_tolerance_is_within(
    share: float | None, target: float, tolerance: float, *, expected: bool | None
) -> None:
    assert within(share, target, tolerance) is expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, (0.5, 0.15, True)),
        ({"customer_weight": 0.9}, (0.9, 0.15, False)),
        ({"customer_weight": 0.9, "balance_target": 0.6}, (0.6, 0.15, True)),
        ({"balance_tolerance": 0.01, "balance_target": 0.55}, (0.55, 0.01, False)),
        ({"sizes": {"S": 9}}, (0.5, 0.15, False)),
    ],
)
def test_settings_move_the_target_the_tolerance_and_the_shares(
    settings: dict[str, object], expected: tuple[float, float, bool]
) -> None:
    items = {
        "a": "status: in-progress\neffort: S\nevidence: [dear]\n",
        "b": "status: in-progress\neffort: 1\nevidence: [slow]\n",
    }
    found = balanced(items, **settings)
    assert (found.target, found.tolerance, found.is_balanced) == expected


def test_efforts_without_measure_still_have_a_share() -> None:
    huge = "status: in-progress\neffort: 1.7e308\nevidence: "
    found = balanced({"a": f"{huge}[dear]\n", "b": f"{huge}[dear]\n", "c": f"{huge}[slow]\n"})
    assert found.committed.customer_share == pytest.approx(0.5, abs=0.02)
