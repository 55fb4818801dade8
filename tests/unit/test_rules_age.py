"""Months, as `evidence_age` counts them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from twofold.checks.age import later


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 5, 23), 18, date(2026, 11, 23)),
        (date(2024, 8, 31), 18, date(2026, 2, 28)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 8), 0.5, date(2026, 11, 23)),
        (date(2026, 1, 31), 1.1, date(2026, 3, 3)),
        (date(9999, 12, 31), 0.01, date(9999, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_of_the_month_or_on_its_last(
    day: date, months: float, expected: date
) -> None:
    assert later(day, months) == expected


@pytest.mark.parametrize("months", [1, 0.5, 1e300, 96_000])
def test_what_lies_beyond_the_calendar_has_no_day(months: float) -> None:
    assert later(date(9999, 12, 31), months) is None


@given(
    some.dates(max_value=date(8000, 1, 1)),
    some.integers(min_value=0, max_value=1200),
    some.integers(min_value=0, max_value=40),
)
def test_a_later_day_is_never_stale_before_an_earlier_one(day: date, months: int, days: int) -> None:
    other = date.fromordinal(day.toordinal() + days)
    first, second = later(day, months), later(other, months)
    assert first is not None
    assert second is not None
    assert day <= first <= second
    assert 27 * months <= (first - day).days <= 31 * months
