from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.support.published import finding, item, metric, note, objective, persona, plan, release, told
from twofold.audience.published import PublishedQuote, PublishedValue
from twofold.model import Change, Horizon, ItemId, Kind, Stage, Status
from twofold.model.exposure import addable
from twofold.model.period import parse
from twofold.views.public import ahead, extras, heard, home, metrics, objectives, releases, shelf, wording
from twofold.views.public.item import item_view

if TYPE_CHECKING:
    from twofold.audience.published import AudiencePlan
    from twofold.views.public.shelf import Shelf

TODAY = date(2026, 11, 23)


def books(plan: AudiencePlan) -> Shelf:
    return shelf.shelf(plan, today=TODAY)


def test_releases_of_one_day_stand_in_the_natural_order_of_their_versions() -> None:
    found = books(plan(*(release(version) for version in ("2026.9", "2026.10", "2026.09a"))))
    assert [one.version for one in found.releases] == ["2026.10", "2026.09a", "2026.9"]


def test_a_version_of_endless_digits_is_ordered_and_not_counted() -> None:
    assert shelf.natural("9" * 10_000) > shelf.natural("1")


def test_a_release_is_out_on_its_day_or_with_the_first_item_that_is_released() -> None:
    found = books(
        plan(
            release("today", "2026-11-23"),
            release("tomorrow", "2026-11-24"),
            release("month", "2026-11"),
            release("early", "2026-12"),
            item("a", release="early"),
        )
    )
    assert found.out == {"today", "early"}


def test_what_is_not_out_is_not_among_what_is_new() -> None:
    found = books(
        plan(release("r", "2026-12-01", notes=(note("n"),)), item("a", Status.PLANNED, release="r"))
    )
    assert releases.releases_view(found).blocks == ()
    assert [one.ref.title for one in ahead.upcoming(found)] == ["r"]


def test_a_release_that_brings_the_audience_nothing_is_not_listed() -> None:
    found = books(plan(release("empty"), release("full", "2026-06-16", notes=(note("n"),))))
    assert [block.title for block in releases.releases_view(found).blocks] == ["full"]


def test_what_came_out_without_a_release_is_listed_by_month() -> None:
    found = books(
        plan(
            release("r", "2026-10-15", notes=(note("n"),)),
            item("late", released=date(2026, 11, 2)),
            item("early", released=date(2026, 9, 2)),
            item("undated"),
        )
    )
    titles = [block.title for block in releases.releases_view(found).blocks]
    assert titles == ["November 2026", "r", "September 2026", "Available"]


def test_users_read_a_release_by_kind_of_change_and_customers_items_first() -> None:
    record = release("r", notes=(note("z", change=Change.FIXED), note("y", change=Change.ADDED), note("x")))
    one = item("a", release="r", change=Change.SECURITY)
    by_change = releases.release_view(books(plan(record, one, audience="user")), record.id)
    assert [group.title for group in by_change.groups] == [
        "Added",
        "Fixed",
        "Security",
        "Also in this release",
    ]
    items_first = releases.release_view(books(plan(record, one)), record.id)
    assert [(group.title, len(group.entries)) for group in items_first.groups] == [
        ("", 1),
        ("Also in this release", 3),
    ]


def test_every_entry_has_an_anchor_of_its_own_in_the_page_of_all_releases() -> None:
    records = [release(id, notes=(note("n"), note("a"))) for id in ("a", "a-note", "b")]
    view = releases.releases_view(books(plan(*records, item("n", release="a"))))
    anchors = [entry.anchor for block in view.blocks for group in block.groups for entry in group.entries]
    assert sorted(anchors) == sorted(set(anchors))
    assert "a_note-n" in anchors


def test_old_releases_are_one_line_each_when_the_page_is_full() -> None:
    records = [
        release(f"r{year}", f"{year}-01-01", notes=tuple(note(f"n{index}") for index in range(100)))
        for year in range(2020, 2026)
    ]
    view = releases.releases_view(books(plan(*records)))
    assert [block.title for block in view.blocks] == ["r2025", "r2024"]
    assert [block.title for block in view.earlier] == ["r2023", "r2022", "r2021", "r2020"]


def test_a_note_of_general_availability_needs_no_badge() -> None:
    notes = (note("n", stage=Stage.GENERAL), note("m", stage=Stage.PILOT))
    view = releases.release_view(books(plan(one := release("r", notes=notes))), one.id)
    assert [entry.stage for entry in view.groups[0].entries] == ["", "Pilot"]


def test_open_items_stand_under_when_they_come() -> None:
    found = books(
        plan(
            item("later", Status.PLANNED, horizon=Horizon.LATER),
            item("idea", Status.IDEA),
            item("no", Status.DECLINED),
            item("next", Status.PLANNED, horizon=Horizon.NEXT),
            item("soon", Status.PLANNED, horizon=Horizon.NOW),
            item("now", Status.IN_PROGRESS),
            item("done"),
        )
    )
    view = ahead.ahead_view(found)
    assert [(one.title, [card.ref.title for card in one.cards]) for one in view.stretches] == [
        ("Now", ["Now", "Soon"]),
        ("Next", ["Next"]),
        ("Later", ["Later"]),
        ("Ideas", ["Idea"]),
        ("Decided against", ["No"]),
    ]
    assert [card.badge.text if card.badge else "" for card in view.stretches[0].cards] == [
        "In progress",
        "Planned",
    ]


def test_a_lone_group_has_no_heading_and_its_cards_no_status() -> None:
    view = ahead.ahead_view(books(plan(item("now", Status.IN_PROGRESS), audience="user")))
    assert [(one.title, one.cards[0].badge) for one in view.stretches] == [("", None)]


def test_only_a_record_with_several_texts_says_whom_each_is_for() -> None:
    both = (told("Value.", label="customer"), told("News.", label="user"))
    found = books(plan(item("a", narratives=both), item("b", narratives=both[:1]), audience="partner"))
    assert [one.who for one in item_view(found, ItemId("a")).told] == ["For customers", "For users"]
    assert [one.who for one in item_view(found, ItemId("b")).told] == [""]


def test_a_finding_is_answered_by_what_is_released_first_and_comes_before_what_is_not() -> None:
    found = books(
        plan(
            finding("a-heard"),
            finding("b-open"),
            finding("c-done", quotes=(PublishedQuote(text="At last.", attribution=None),)),
            item("x", Status.IN_PROGRESS, answers=("b-open", "c-done")),
            item("y", answers=("c-done",)),
        )
    )
    view = heard.heard_view(found)
    assert [(title, [one.anchor for one in group]) for _, title, group in view.groups] == [
        ("Done", ["c-done"]),
        ("On its way", ["b-open"]),
        ("Also heard", ["a-heard"]),
    ]
    assert [answer.name.title for answer in view.groups[0][2][0].answers] == ["Y", "X"]


def test_an_objective_that_says_nothing_has_no_page_to_lead_to() -> None:
    found = books(plan(objective("bare"), objective("dated", period=parse("2027")), objective("served"),
                       item("a", objectives=("served",))))  # fmt: skip
    assert {aim.name.title: aim.name.ref is not None for aim in objectives.aims(found)} == {
        "Bare": False,
        "Dated": True,
        "Served": True,
    }


def test_a_figure_tells_its_value_its_course_and_which_way_is_better() -> None:
    one = metric(
        "paper",
        (date(2026, 1, 31), 6.4),
        (date(2026, 10, 31), 5.2),
        unit="hours",
        baseline=PublishedValue(date=date(2025, 10, 31), value=6.2),
    )
    (figure,) = metrics.figures(books(plan(one)))
    assert (figure.value, figure.unit) == ("5.2", "hours")
    assert figure.note == "October 2026, from 6.2 in October 2025. Lower is better."


def test_a_metric_that_was_never_measured_has_no_figure_on_the_home_page() -> None:
    found = books(plan(metric("new"), metric("old", (date(2026, 1, 31), 12000), unit="%")))
    assert [section.anchor for section in home.home_view(found).sections] == ["figures"]
    assert [figure.value for figure in home.home_view(found).sections[0].figures] == ["12,000%"]


def test_an_empty_plan_has_a_home_page_without_parts() -> None:
    assert home.home_view(books(plan())).sections == ()


def test_every_field_that_the_settings_may_add_has_a_name() -> None:
    assert {field for kind in Kind for field in addable(kind)} <= set(extras.LABELS)


@pytest.mark.parametrize(
    ("target", "shown"), [("2027-Q1", "Q1 2027"), ("2026.4", "2026.4"), ("2027", "2027")]
)
def test_an_added_target_is_a_release_that_is_seen_or_a_period(target: str, shown: str) -> None:
    found = books(
        plan(release("2026.4"), item("a", Status.PLANNED, horizon=Horizon.NEXT, additions={"target": target}))
    )
    facts = extras.added_facts(found, found.plan.items[ItemId("a")])
    assert [[one.title for one in fact.named] for fact in facts] == [[shown]]


def test_added_lists_numbers_and_records_are_told_as_such() -> None:
    one = persona("nurse", additions={"jobs": ("Chart", "Hand over"), "population": 18400, "metrics": ("m",)})
    found = books(plan(one, metric("m")))
    jobs, population, measured = sorted(
        extras.added_facts(found, one), key=lambda fact: fact.label[0:2] != "Jo"
    )
    assert jobs.entries == ("Chart", "Hand over")
    assert {population.text, measured.text} == {"18,400", ""}


def test_every_word_of_the_vocabulary_has_a_name() -> None:
    assert set(wording.STATUS) == set(Status)
    assert set(wording.CHANGE) == set(Change)
    assert set(wording.STAGE) == set(Stage)
    assert set(wording.HORIZON) == set(Horizon)


@pytest.mark.parametrize("seed", range(5))
def test_no_order_comes_from_the_order_in_which_records_were_read(seed: int) -> None:
    records = [
        *(release(f"r{index}", "2026-09-29", notes=(note("n", item="i3"),)) for index in range(4)),
        *(item(f"i{index}", title="Same", release="r1", answers=("f1", "f2")) for index in range(5)),
        *(item(f"o{index}", Status.IN_PROGRESS, title="Same", objectives=("b", "a")) for index in range(5)),
        *(finding(f"f{index}", title="Same") for index in range(4)),
        *(objective(id, title="Same") for id in "abc"),
        *(metric(id, (TODAY, 1), title="Same") for id in "abc"),
    ]
    shuffled = list(records)
    random.Random(seed).shuffle(shuffled)
    here, there = books(plan(*records)), books(plan(*shuffled))
    for view in (
        home.home_view,
        releases.releases_view,
        ahead.ahead_view,
        heard.heard_view,
        objectives.objectives_view,
        metrics.metrics_view,
    ):
        assert view(here) == view(there)
    assert item_view(here, ItemId("i3")) == item_view(there, ItemId("i3"))


def test_the_same_release_reads_the_same_whatever_else_is_on_the_roadmap() -> None:
    record = release("r", notes=(note("n"),))
    alone = plan(record, item("a", release="r"))
    more = replace(
        alone, items={**alone.items, ItemId("b"): item("b", Status.PLANNED, horizon=Horizon.LATER)}
    )
    assert releases.release_view(books(alone), record.id) == releases.release_view(books(more), record.id)
