"""What changed lately: newest first, until today, each thing once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from tests.support.scored import plan_of
from twofold.diagnostics import Report
from twofold.scoring.balance import balance
from twofold.views.home import home_view
from twofold.views.lately import MOST_CHANGES, lately

if TYPE_CHECKING:
    from twofold.plan import Plan

TODAY: Final = date(2026, 11, 23)
METRICS: Final = "metrics/all.yml"


def metric(id: str, *days: str) -> str:
    observations = ", ".join(f"{{date: {day}, value: 1}}" for day in days)
    return f"- {{id: {id}, title: {id.upper()}, side: user, direction: up, observations: [{observations}]}}\n"


def happened(plan: Plan) -> list[tuple[str, str, list[str]]]:
    found = lately(plan, today=TODAY)
    return [(one.when, one.kind.text, [ref.title for ref, _ in one.named]) for one in found]


def test_what_happened_stands_newest_first_and_what_is_yet_to_happen_not_at_all() -> None:
    found = plan_of(
        {
            "releases/r1.yml": "version: '1'\ndate: 2026-09-29\n",
            "releases/r2.yml": "version: '2'\ndate: 2026-11\n",
            "feedback/talks.yml": "title: Talks\ncollected: 2026-10-09\n",
            "feedback/undated.yml": "title: Undated\n",
            "feedback/later.yml": "title: Later\ncollected: 2026-11-24\n",
            "roadmap/badge.yml": "title: Badge\nstatus: released\nreleased: 2026-11-23\n",
            "roadmap/lamp.yml": "title: Lamp\nstatus: released\nrelease: r1\n",
            METRICS: metric("a", "2026-09-29", "2026-12-31"),
        }
    )
    assert happened(found) == [
        ("23 November 2026", "Released", ["Badge"]),
        ("9 October 2026", "Feedback", ["Talks"]),
        ("29 September 2026", "Release", ["1"]),
        ("29 September 2026", "Measured", ["A"]),
    ]


def test_metrics_of_one_day_share_a_line_and_of_many_only_the_first_are_named() -> None:
    five = plan_of({METRICS: "".join(metric(id, "2026-10-31") for id in "edcba")})
    assert happened(five) == [("31 October 2026", "Measured", ["A", "B", "C", "D", "E"])]
    (many,) = lately(plan_of({METRICS: "".join(metric(id, "2026-10-31") for id in "abcdef")}), today=TODAY)
    assert [ref.title for ref, _ in many.named] == ["A", "B", "C", "D"]
    assert many.more is not None
    assert many.more.title == "2 more"


def test_the_latest_release_stands_in_the_list_or_by_itself_but_not_twice() -> None:
    days = [f"2026-{month:02}-01" for month in range(1, MOST_CHANGES + 2)]
    old = plan_of({"releases/r.yml": "version: '1'\ndate: 2025-12-01\n", METRICS: metric("a", *days)})
    new = plan_of({"releases/r.yml": "version: '1'\ndate: 2026-11-01\n", METRICS: metric("a", *days)})
    shown = {
        name: home_view(one, Report(), balance(one, today=TODAY), today=TODAY)
        for name, one in (("old", old), ("new", new))
    }
    assert [name for name, _ in shown["old"].releases] == ["Latest"]
    assert "Release" not in {one.kind.text for one in shown["old"].lately}
    assert shown["new"].releases == ()
    assert shown["new"].lately[0].kind.text == "Release"
    assert {len(one.lately) for one in shown.values()} == {MOST_CHANGES}
