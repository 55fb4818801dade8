"""Charts: what they print can be read, and is the same wherever it was worked out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twofold.charts.geometry import Box, Scale, fixed, shortened, text_width, ticks
from twofold.charts.labels import Mark, place
from twofold.charts.line import Goal, Line, Seen, line, months
from twofold.charts.scatter import NARROW, WIDE, Room, Scatter, Spot, scatter
from twofold.charts.schedule import MOST_ROWS, Due, Schedule, schedule

TODAY = date(2026, 11, 23)
FIELD = Box(left=0, top=0, right=600, bottom=400)

names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
marks = st.lists(
    st.builds(
        Mark,
        id=names,
        text=names,
        x=st.floats(0, 600, allow_nan=False),
        y=st.floats(0, 400, allow_nan=False),
        radius=st.sampled_from([3.0, 6.0]),
    ),
    max_size=60,
)


@given(marks)
def test_no_two_labels_overlap_and_each_stays_in_the_frame(given_marks: list[Mark]) -> None:
    labels = place(given_marks, frame=FIELD)
    assert all(FIELD.holds(label.box) for label in labels)
    assert not any(one.box.overlaps(other.box) for one, other in combinations(labels, 2))


@given(marks)
def test_no_label_covers_a_point(given_marks: list[Mark]) -> None:
    points = [
        Box(
            left=one.x - one.radius,
            top=one.y - one.radius,
            right=one.x + one.radius,
            bottom=one.y + one.radius,
        )
        for one in given_marks
    ]
    labels = place(given_marks, frame=FIELD)
    assert not any(label.box.overlaps(point) for label in labels for point in points)


@given(marks)
def test_the_same_marks_get_the_same_labels(given_marks: list[Mark]) -> None:
    assert place(given_marks, frame=FIELD) == place(given_marks, frame=FIELD)


def test_the_first_mark_keeps_its_label_where_only_one_has_room() -> None:
    narrow = Box(left=0, top=0, right=60, bottom=24)
    crowd = [Mark(id=str(index), text="Nurse", x=6, y=12, radius=4) for index in range(5)]
    assert [label.id for label in place(crowd, frame=narrow)] == ["0"]


def spots(count: int) -> list[Spot]:
    kinds = ("customer", "user", "both")
    return [
        Spot(
            id=f"p{index}",
            label=f"Persona number {index}",
            x=1 + index * 7 % 5,
            y=1 + index * 3 % 5,
            kind=kinds[index % 3],
            title=f"Persona {index}",
        )
        for index in range(count)
    ]


def mapped(count: int, room: Room = WIDE) -> Scatter:
    return scatter(
        spots(count),
        room=room,
        id="map",
        title="Map",
        summary="All",
        across="Interest",
        upwards="Influence",
        corners=("a", "b", "c", "d"),
    )


@pytest.mark.parametrize("room", [WIDE, NARROW])
@pytest.mark.parametrize("count", [1, 5, 50, 300])
def test_the_map_shows_every_point_and_names_as_many_as_have_room(count: int, room: Room) -> None:
    chart, frame = mapped(count, room), room.frame
    assert len(chart.dots) == count
    assert len(chart.labels) + chart.unlabelled == count
    assert all(frame.left <= float(dot.x) <= frame.right for dot in chart.dots)
    assert all(frame.top <= float(dot.y) <= frame.bottom for dot in chart.dots)


def test_five_points_are_all_named() -> None:
    assert mapped(5).unlabelled == 0


def test_points_on_one_place_stand_apart() -> None:
    crowd = [Spot(id=str(index), label="", x=5, y=5, kind="user", title="") for index in range(7)]
    chart = scatter(crowd, id="m", title="", summary="", across="", upwards="", corners=("", "", "", ""))
    assert len({(dot.x, dot.y) for dot in chart.dots}) == 7


def test_points_carry_their_side_as_a_shape() -> None:
    assert {dot.kind for dot in mapped(5).dots} == {"customer", "user", "both"}


def seen(*values: float) -> list[Seen]:
    first = date(2026, 1, 31)
    return [
        Seen(day=first + timedelta(days=30 * index), value=value, label=f"{value:g}", title="")
        for index, value in enumerate(values)
    ]


def drawn(points: list[Seen], start: Seen | None = None, goal: Goal | None = None) -> Line:
    return line(
        points, start=start, goal=goal, id="l", title="", summary="", written=lambda value: f"{value:g}"
    )


@pytest.mark.parametrize(
    "values",
    [
        (5,),
        (5, 5, 5),
        (0,),
        (-3, 4),
        (1e-9, 2e-9),
        (1e300, -1e300),
        tuple(range(300)),
    ],
    ids=["one", "level", "zero", "signs", "tiny", "huge", "many"],
)
def test_a_line_stays_in_its_picture(values: tuple[float, ...]) -> None:
    chart = drawn(seen(*values))
    assert len(chart.dots) == len(values)
    for dot in chart.dots:
        assert 0 <= float(dot.x) <= chart.width
        assert 0 <= float(dot.y) <= chart.height


def test_the_way_leads_from_the_baseline_to_the_target() -> None:
    start = Seen(day=date(2026, 1, 1), value=40, label="40", title="")
    goal = Goal(day=date(2027, 1, 1), value=10, label="10", title="")
    way = drawn(seen(30), start, goal).way
    assert way is not None
    assert (float(way.x1) < float(way.x2), float(way.y1) < float(way.y2)) == (True, True)


def test_a_target_without_a_day_is_a_level_line() -> None:
    goal = Goal(day=None, value=10, label="10", title="")
    way = drawn(seen(30), None, goal).way
    assert way is not None
    assert way.y1 == way.y2


def test_the_scale_of_months_has_few_marks() -> None:
    first, last = date(2026, 1, 15).toordinal(), date(2026, 12, 31).toordinal()
    assert [name for _, name in months(first, last, most=8)] == [
        "Mar 2026", "May 2026", "Jul 2026", "Sep 2026", "Nov 2026",
    ]  # fmt: skip
    assert len(months(date.min.toordinal(), date.max.toordinal(), most=8)) <= 9


def due(id: str, end: date, *needs: str, days: int = 30) -> Due:
    start = end - timedelta(days=days)
    return Due(id=id, name=id * 20, start=start, end=end, kind="planned", title=id, needs=needs)


def timetable(*dues: Due) -> Schedule:
    return schedule(dues, today=TODAY, id="t", title="", summary="")


def test_an_arrow_says_when_what_is_needed_comes_too_late() -> None:
    chart = timetable(due("a", date(2026, 12, 31), "b"), due("b", date(2027, 3, 31)))
    assert [(arrow.title.split(" waits ")[0][:1], arrow.late) for arrow in chart.arrows] == [("a", True)]


def test_an_arrow_to_a_row_that_is_not_drawn_is_left_out() -> None:
    assert timetable(due("a", date(2026, 12, 31), "elsewhere", "a")).arrows == ()


def test_a_timeline_draws_no_more_rows_than_can_be_followed() -> None:
    chart = timetable(*(due(f"i{index}", TODAY + timedelta(days=index)) for index in range(500)))
    assert len(chart.bars) == MOST_ROWS


@pytest.mark.parametrize("end", [date(1, 2, 1), date(2026, 11, 23), date(9999, 12, 31)])
def test_a_bar_stays_in_its_picture(end: date) -> None:
    chart = timetable(due("a", end))
    bar = chart.bars[0]
    assert float(bar.x) >= 0
    assert float(bar.x) + float(bar.width) <= chart.width


def test_coordinates_have_at_most_one_decimal() -> None:
    chart = mapped(50)
    numbers = [*(dot.x for dot in chart.dots), *(label.y for label in chart.labels)]
    assert all(re.fullmatch(r"\d+(\.[1-9])?", number) for number in numbers)
    assert (fixed(-0.01), fixed(2.0), fixed(2.25)) == ("0", "2", "2.2")


@example(-1.934732399543516e-35, 1.0000000000000002e-06)
@example(1e11, 2e-05)
@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12))
def test_ticks_are_few_and_enclose_the_values(low: float, room: float) -> None:
    high = low + room
    found = ticks(low, high, most=5)
    slack = 1e-6 * max(abs(low), abs(high), 1)
    assert len(found) <= 7
    if len(found) > 1:
        assert found[0] <= low + slack
        assert found[-1] >= high - slack


def test_a_scale_takes_values_that_no_difference_can_hold() -> None:
    assert Scale(low=-1.7e308, high=1.7e308, start=0, end=100).at(0) == 50


@given(names, st.floats(20, 200))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shortened(text, width=width)) <= max(width, text_width("…"))


def test_pictures_are_drawn_at_a_size_in_which_letters_can_be_read() -> None:
    # The content of a desk's page and of a phone's has this much room.
    assert mapped(5).width <= 900
    assert mapped(5, NARROW).width <= 358
