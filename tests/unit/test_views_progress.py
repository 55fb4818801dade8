"""Where a metric stands."""

from __future__ import annotations

from datetime import date

import pytest

from twofold.model import Direction, Metric, Side
from twofold.model.metric import Baseline, Observation, Target
from twofold.views.progress import Judged, Standing, judge

START, END = date(2026, 1, 1), date(2027, 1, 1)


def metric(
    *values: float,
    baseline: float | None = 40,
    target: float | None = 10,
    by: date | None = END,
    direction: Direction = Direction.DOWN,
    day: date = date(2026, 7, 2),
) -> Metric:
    """A metric whose last value was seen on `day`: halfway, in a year of 365 days (182 of them)."""
    return Metric(
        id="m",
        title="M",
        side=Side.USER,
        direction=direction,
        baseline=None if baseline is None else Baseline(date=START, value=baseline),
        target=None if target is None else Target(date=by, value=target),
        observations=tuple(
            Observation(date=day.replace(day=day.day - (len(values) - 1 - index)), value=value)
            for index, value in enumerate(values)
        ),
    )


def test_the_expected_value_is_on_the_straight_line() -> None:
    assert judge(metric(20)) == Judged(standing=Standing.ON_TRACK, expected=40 - 30 * 182 / 365)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        (10, Standing.REACHED),
        (9, Standing.REACHED),
        (11, Standing.ON_TRACK),
        (40 - 30 * 182 / 365, Standing.ON_TRACK),
        (25.1, Standing.BEHIND),
        (60, Standing.BEHIND),
    ],
)
def test_the_latest_value_is_compared_in_the_direction_that_is_better(
    value: float, standing: Standing
) -> None:
    assert judge(metric(value)).standing is standing
    mirrored = metric(100 - value, baseline=60, target=90, direction=Direction.UP)
    assert judge(mirrored).standing is standing


def test_the_latest_counts_whatever_the_order_in_the_file() -> None:
    shuffled = metric(20, 39)
    shuffled = shuffled.model_copy(update={"observations": shuffled.observations[::-1]})
    assert judge(shuffled).standing is Standing.BEHIND


def test_after_the_target_s_day_only_the_target_will_do() -> None:
    assert judge(metric(11, day=date(2027, 2, 2))) == Judged(standing=Standing.BEHIND, expected=10)


def test_a_value_from_before_the_baseline_is_compared_with_the_baseline() -> None:
    assert judge(metric(39, day=date(2025, 7, 2))) == Judged(standing=Standing.ON_TRACK, expected=40)


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        (metric(), Standing.NOT_MEASURED),
        (metric(target=None), Standing.NOT_MEASURED),
        (metric(20, target=None), Standing.NO_TARGET),
        (metric(20, by=None), Standing.NEARER),
        (metric(50, by=None), Standing.FURTHER),
        (metric(40, by=None), Standing.UNCHANGED),
        (metric(5, by=None), Standing.REACHED),
        (metric(30, 20, baseline=None), Standing.NEARER),
        (metric(20, 30, baseline=None), Standing.FURTHER),
        (metric(20, baseline=None), Standing.UNCOMPARED),
        (metric(20, by=START), Standing.NEARER),
    ],
)
def test_without_a_line_only_nearer_or_further_is_said(given: Metric, standing: Standing) -> None:
    assert judge(given) == Judged(standing=standing)
