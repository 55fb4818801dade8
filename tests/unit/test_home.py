"""The first sentence of the internal portal's home page."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.scored import plan_of
from twofold.diagnostics import Report
from twofold.scoring.balance import balance
from twofold.views.home import home_view

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("sides", "whose"),
    [
        ((), "What customers and users need, "),
        (("user",), "What customers and users need, "),
        (("customer", "user", "user"), "What 1 customer persona and 2 user personas need, "),
        (("both",), "What 1 customer persona and 1 user persona need, "),
    ],
)
def test_the_home_page_names_the_personas_of_both_sides_or_nobody(sides: tuple[str, ...], whose: str) -> None:
    texts = {f"personas/p{number}.yml": f"name: P\nside: {side}\n" for number, side in enumerate(sides)}
    plan = plan_of({**texts, "roadmap/a.yml": "title: A\nstatus: idea\n"})
    assert home_view(plan, Report(), balance(plan, today=TODAY), today=TODAY).lead.startswith(whose)
