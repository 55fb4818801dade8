"""What a roadmap can be narrowed down by: what tells items apart, and only what the audience reads."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tests.support.scored import VECTOR, write_project
from twofold import pipeline
from twofold.views.public.filters import Choice, filters, written

if TYPE_CHECKING:
    from pathlib import Path

SEVEN = 7
NOW = {"horizon": [("now", "Now")]}
LATER = {"horizon": [("later", "Later")]}


def test_few_items_need_no_filters() -> None:
    assert filters([NOW, LATER] * 3) == ()
    assert [one.name for one in filters([NOW, LATER] * 4)] == ["horizon"]


def test_what_all_items_have_is_no_filter() -> None:
    assert filters([NOW] * SEVEN) == ()


def test_horizons_keep_their_order_and_other_choices_go_by_name() -> None:
    items = [
        {"horizon": [("later", "Later")], "tag": [("zebra", "zebra")]},
        {"horizon": [("now", "Now")], "tag": [("Ähre", "Ähre"), ("ant", "ant")]},
        {"horizon": [("next", "Next")]},
    ] * 3
    horizon, tag = filters(items)
    assert [one.value for one in horizon.choices] == ["now", "next", "later"]
    assert tag.choices[0] == Choice(value="ant", title="ant")


def test_whatever_a_tag_holds_it_stays_one_value() -> None:
    assert written({"tag": [("a&side=user", "…"), ("b c", "…")]}) == "tag=a%26side%3Duser&tag=b+c"


def test_an_audience_narrows_down_by_what_it_reads_and_nothing_else(tmp_path: Path) -> None:
    files = VECTOR | {
        "personas/cio.yml": "name: Cio\nside: customer\npublish: [customer]\n",
        "objectives/seen.yml": "title: Seen\nside: user\npublish: [customer]\n",
        "objectives/hidden.yml": "title: Hidden\nside: user\n",
    }
    for place in range(SEVEN):
        files[f"roadmap/item-{place}.yml"] = (
            f"title: Item {place}\nstatus: planned\nhorizon: {'next' if place else 'later'}\n"
            f"objectives: [{'seen' if place else 'hidden'}]\npersonas: [{'cio' if place else 'nurse'}]\n"
            f"tags: [tag-{place}]\npublish: [customer]\nsections: {{customer: Text.}}\n"
        )
    files["roadmap/secret.yml"] = "title: Secret\nstatus: planned\nhorizon: now\ntags: [tag-of-secret]\n"
    assert names(tmp_path / "plain", files, "{}") == {"horizon": {"next", "later"}, "objective": {"seen"}}
    shown = names(tmp_path / "shown", files, "{show: {customer: [item.tags, item.personas]}}")
    assert shown["persona"] == {"cio"}
    assert shown["tag"] == {f"tag-{place}" for place in range(SEVEN)}


def names(folder: Path, files: dict[str, str], settings: str) -> dict[str, set[str]]:
    """The filters of the customers' roadmap, with their values."""
    write_project(folder, files, settings)
    loaded = pipeline.load(folder / "mkdocs.yml", environ={}, today=date(2026, 11, 23))
    html = next(page.html for page in pipeline.portal(loaded, "customer").pages if page.address == "roadmap")
    selects = re.findall(r'<select id="[^"]*" name="([a-z]+)".*?</select>', html)
    return {
        name: set(
            re.findall(
                r'<option value="([^"]+)"', html.partition(f'name="{name}"')[2].partition("</select>")[0]
            )
        )
        for name in selects
    }
