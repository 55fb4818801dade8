"""Periods are due at their last day, and nothing else is a period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofold.model.period import Period, day_name, parse


@pytest.mark.parametrize(
    ("text", "start", "end", "name", "quarter"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31), "2026", "2026-Q4"),
        ("2026-H1", (2026, 1, 1), (2026, 6, 30), "H1 2026", "2026-Q2"),
        ("2026-H2", (2026, 7, 1), (2026, 12, 31), "H2 2026", "2026-Q4"),
        ("2026-Q1", (2026, 1, 1), (2026, 3, 31), "Q1 2026", "2026-Q1"),
        ("2026-Q3", (2026, 7, 1), (2026, 9, 30), "Q3 2026", "2026-Q3"),
        ("2026-11", (2026, 11, 1), (2026, 11, 30), "November 2026", "2026-Q4"),
        ("2028-02", (2028, 2, 1), (2028, 2, 29), "February 2028", "2028-Q1"),
        ("2026-11-30", (2026, 11, 30), (2026, 11, 30), "30 November 2026", "2026-Q4"),
        ("2026-03-01", (2026, 3, 1), (2026, 3, 1), "1 March 2026", "2026-Q1"),
    ],
)
def test_a_period_reaches_from_its_first_day_to_its_last(
    text: str, start: tuple[int, int, int], end: tuple[int, int, int], name: str, quarter: str
) -> None:
    period = parse(text)
    assert period == Period(text, date(*start), date(*end))
    assert (period.name, period.quarter, period.is_day) == (name, quarter, start == end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-",
        "2026-Q5",
        "2026-Q0",
        "2026-H3",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-02-30",
        "2026-11-31",
        "2026-11-3",
        "Q4 2026",
        "2026Q4",
        "2026-q4",
        " 2026",
        "2026\n",
        "2026-W01",
        "20261130",
        "0000",
        "٢٠٢٦",
        "2026-Q4-01",
    ],
)
def test_nothing_else_is_a_period(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


@given(st.dates())
def test_a_day_is_a_period_of_one_day(day: date) -> None:
    assert parse(day.isoformat()) == Period(day.isoformat(), day, day)


@given(st.integers(1, 9998))
def test_the_parts_of_a_year_follow_on_each_other_without_a_gap(year: int) -> None:
    for parts in (["H1", "H2"], ["Q1", "Q2", "Q3", "Q4"], [f"{month:02}" for month in range(1, 13)]):
        periods = [parse(f"{year:04}-{part}") for part in parts]
        assert periods[0].start == parse(f"{year:04}").start
        assert periods[-1].end == parse(f"{year:04}").end
        assert [period.end + timedelta(days=1) for period in periods[:-1]] == [
            period.start for period in periods[1:]
        ]


def test_the_name_of_a_day_has_no_part_in_any_locale() -> None:
    assert day_name(date(2026, 5, 1)) == "1 May 2026"


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_a_value_error(text: str) -> None:
    try:
        period = parse(text)
    except ValueError:
        return
    assert period.start <= period.end
