"""The internal portal's pages of scores, and that no audience gets anything of them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.support.scored import VECTOR, write_project
from twofold import pipeline
from twofold.charts.ranges import range_mark, share_mark
from twofold.scoring import vector
from twofold.scoring.models import Balanced

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twofold.pipeline import Loaded

TODAY = date(2026, 11, 23)
PLAN = {
    **VECTOR,
    "personas/chef.yml": "name: Chef\nside: customer\n",
    "feedback/more.yml": (
        "asked: 50\n"
        "findings:\n"
        "  - {id: dear, summary: Dear., theme: cost, voices: [{persona: chef, mentions: 48, importance: 5, satisfaction: 1}]}\n"
        "  - {id: calm, summary: Calm., theme: cost, voices: [{persona: nurse, mentions: 0, importance: 5}]}\n"
    ),
    "roadmap/discount.yml": "title: Discount\nstatus: planned\nhorizon: now\nevidence: [dear]\neffort: 30\n",
    "roadmap/discounts.yml": "title: Discounts\nstatus: in-progress\nevidence: [dear]\neffort: 30\n",
    "roadmap/later.yml": "title: Later\nstatus: idea\nevidence: [f1, dear]\n",
    "roadmap/done.yml": "title: Done\nstatus: released\nreleased: 2026-05-05\nevidence: [f1]\neffort: 2\npublish: [customer, user]\n",
    "roadmap/empty.yml": "title: Empty\nstatus: in-progress\neffort: 2\n",
}


def loaded(folder: Path, settings: str = "{}") -> Loaded:
    write_project(folder, PLAN, settings)
    return pipeline.load(folder / "mkdocs.yml", environ={}, today=TODAY)


def pages(folder: Path, settings: str = "{}", audience: str = "internal") -> dict[str, str]:
    found = pipeline.portal(loaded(folder, settings), audience)
    return {page.address: _text(page.html) for page in found.pages}


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace(" ,", ",")


def test_scores_stand_in_the_order_of_ranks_with_what_is_missing_apart(tmp_path: Path) -> None:
    text = pages(tmp_path)["scores"]
    ranked, _, rest = text.partition("Not estimated")
    assert ranked.index("Offline charting") < ranked.index("Discount ") < ranked.index("Discounts")
    assert "Later" in rest
    assert "Of the customers Cfo" in rest
    assert "their order says little" in ranked
    assert "32–50" in ranked


def test_the_home_page_begins_with_how_the_effort_divides(tmp_path: Path) -> None:
    text = pages(tmp_path)[""]
    strip = "Customers 100 % 0 % Users Unbalanced: 100 % of the committed effort is for customers"
    assert -1 < text.find(strip) < text.index("committed items")


def test_the_map_names_the_corner_of_each_open_item(tmp_path: Path) -> None:
    text = pages(tmp_path)["balance"].partition("The map as a table")[2]
    for title, corner in (
        ("Offline charting", "Loved, not bought"),
        ("Discount", "Closes deals, risks adoption"),
        ("Later", "Serves both"),
    ):
        assert corner in text.partition(f" {title} ")[2][:120], title


def test_balance_says_how_it_stands_to_the_target_and_who_stands_behind_nothing(tmp_path: Path) -> None:
    text = pages(tmp_path)["balance"]
    assert (
        "Unbalanced: 100 % of the committed effort is for customers, above the 35 to 65 % aimed at." in text
    )
    assert "nobody who was asked has the need: Empty" in text
    text = pages(tmp_path, "{balance_target: 0.9, balance_tolerance: 0.2}")["balance"]
    assert "Balanced: 100 %" in text


def test_who_was_not_asked_is_told_from_who_is_content(tmp_path: Path) -> None:
    text = pages(tmp_path)["needs"]
    cost = text.partition(" Cost ")[2].partition(" Offline ")[0]
    assert cost.count("not asked") == 3
    assert cost.endswith(" 0 0–4")


def test_another_weight_can_be_tried_where_the_priority_is_a_line_over_the_value(tmp_path: Path) -> None:
    html = _balance(tmp_path)
    assert html.count("data-reckon=") == 4
    assert 'data-weight="0.5"' in html
    waits = "inputs: {time_criticality: 3, risk_reduction: 2}\n"
    plan = {path: text + waits if path.startswith("roadmap/") else text for path, text in PLAN.items()}
    assert _balance(tmp_path / "wsjf", "{scoring: wsjf}", plan).count("data-reckon=") == 4


def test_a_model_that_the_page_cannot_reckon_is_named_in_place_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = _balance(tmp_path / "opportunity", "{scoring: opportunity}")
    assert "Under the model Opportunity, no customer weight changes the order." in html
    assert "data-reckon" not in html
    monkeypatch.setattr(Balanced, "priority", lambda _, candidate, *, value: value**2 / candidate.effort)
    html = _balance(tmp_path / "square")
    assert "The model Balanced cannot be reckoned in the page" in html
    assert "data-reckon" not in html


def _balance(folder: Path, settings: str = "{}", plan: Mapping[str, str] = PLAN) -> str:
    write_project(folder, plan, settings)
    portal = pipeline.portal(pipeline.load(folder / "mkdocs.yml", environ={}, today=TODAY), "internal")
    return next(page.html for page in portal.pages if page.address == "balance")


def test_an_items_page_shows_every_step(tmp_path: Path) -> None:
    text = pages(tmp_path)["roadmap/offline-charting"]
    for step in (
        "12 × (40 − 1) / (40 − 12) = 16.71",
        "3 of 12: 0.25 × 16.71 / (16.71 + 2) = 0.2233",
        "Score = 100 × 1.1941 / 3 = 39.80 (32.26–49.74)",
        "confidence 0.8, effort 8 person-weeks",
        "Rank 1 of 4",
    ):
        assert step in text
    assert "Not open, so it has no rank." in pages(tmp_path)["roadmap/done"]


def test_the_methodology_shows_the_test_vector_computed_and_the_settings_in_force(tmp_path: Path) -> None:
    text = pages(tmp_path, "{customer_weight: 0.7, sizes: {XS: 0.5}, scoring: rice}")["methodology"]
    assert "It comes out as it should." in text
    assert text.count("39.804063 39.804063 yes") == 1
    assert "customer_weight 0.7" in text
    assert "balance_target 0.7" in text
    assert "XS = 0.5" in text
    assert "RICE: reach × impact × confidence ÷ effort" in text


def test_a_vector_that_does_not_come_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vector.EXPECTED, "value", (24.1,))
    assert "do not trust these scores" in pages(tmp_path)["methodology"]


@pytest.mark.parametrize("audience", ["customer", "user"])
def test_no_audience_gets_anything_of_it(audience: str, tmp_path: Path) -> None:
    found = pages(tmp_path, audience=audience)
    assert {"scores", "balance", "needs", "methodology"}.isdisjoint(found)
    assert [address for address, text in found.items() if "customer weight" in text or "Wilson" in text] == []


def test_a_range_that_is_hardly_there_is_still_seen() -> None:
    mark = range_mark(10, 10, 10, most=50)
    assert float(mark.x2) - float(mark.x1) >= 1
    assert mark.x1 == mark.x


def test_a_shares_target_and_tolerance_stay_within_the_bar() -> None:
    mark = share_mark(1, target=0.95, tolerance=0.15)
    assert (mark.split, mark.rest) == ("240", "0")
    assert float(mark.near) + float(mark.near_width) <= 240
