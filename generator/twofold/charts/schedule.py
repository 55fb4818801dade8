"""When things are due: a row each, in the columns of quarters, with arrows from what must be done before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from twofold.charts.drawing import Caption, Rule, caption, rule
from twofold.charts.geometry import TEXT, Scale, fixed, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ROWS = 80
"""A reader follows no more rows; the rest is left to lists."""

MOST_QUARTERS = 16
"""Four years; what is due later stands at the edge."""

NAMES = 268.0
QUARTER = 92.0
HEAD = 30.0
ROW = 24.0
BAR = 12.0
MARGIN = 14.0
_LEAST = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due, in the order of the rows."""

    id: str
    name: str
    start: date
    end: date
    """The period in which it is due, both days included; equal where it is known to the day."""

    kind: str
    """A CSS suffix: its status."""

    title: str
    """What is shown when it is pointed at."""

    needs: tuple[str, ...]
    """The ids of those that must be done before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row."""

    name: Caption
    x: str
    y: str
    width: str
    height: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From what must be done before to what waits for it."""

    path: str
    head: str
    """The points of its head."""

    late: bool
    """Whether the first is due after the second."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A timeline, ready to be drawn."""

    id: str
    title: str
    summary: str
    width: int
    height: int
    rules: tuple[Rule, ...]
    captions: tuple[Caption, ...]
    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]


def schedule(dues: Sequence[Due], *, today: date, id: str, title: str, summary: str) -> Schedule:
    """Lay out a timeline of the first `MOST_ROWS` of `dues`, at least one, ordered by their last day."""
    drawn = dues[:MOST_ROWS]
    first = min(_quarter(today), *(_quarter(due.start) for due in drawn))
    first = max(first, _quarter(today) - MOST_QUARTERS // 2)
    last = min(max(_quarter(today), *(_quarter(due.end) for due in drawn)), first + MOST_QUARTERS - 1)
    last = max(last, first + 3)
    count = last - first + 1
    width = NAMES + count * QUARTER + MARGIN
    height = HEAD + len(drawn) * ROW + 10
    start, end = _first_day(first), _first_day(last + 1)
    x = Scale(low=start, high=end, start=NAMES, end=NAMES + count * QUARTER)
    bars = {due.id: _bar(due, row, x, start, end) for row, due in enumerate(drawn)}
    return Schedule(
        id=id,
        title=title,
        summary=summary,
        width=round(width),
        height=round(height),
        rules=(
            *(
                rule(x.at(_first_day(quarter)), 0, x.at(_first_day(quarter)), height)
                for quarter in range(first, last + 2)
            ),
            *(rule(0, HEAD + row * ROW, width, HEAD + row * ROW, kind="row") for row in _breaks(drawn)),
            rule(x.at(today.toordinal()), HEAD - 6, x.at(today.toordinal()), height, kind="today"),
        ),
        captions=tuple(
            caption(
                x.at(_first_day(quarter)) + QUARTER / 2,
                HEAD - 12,
                f"Q{quarter % 4 + 1} {quarter // 4}",
                "middle",
            )
            for quarter in range(first, last + 1)
        ),
        bars=tuple(_drawn(due, bars[due.id]) for due in drawn),
        arrows=tuple(_arrows(drawn, bars)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    left: float
    right: float
    middle: float


def _bar(due: Due, row: int, x: Scale, start: int, end: int) -> _Place:
    left = x.at(min(max(due.start.toordinal(), start), end - 1))
    right = x.at(min(max(due.end.toordinal() + 1, start + 1), end))
    if right - left < _LEAST:
        right = left + _LEAST
    return _Place(left=left + 1, right=right - 1, middle=HEAD + row * ROW + ROW / 2)


def _drawn(due: Due, place: _Place) -> Bar:
    return Bar(
        name=caption(4, place.middle + 4, _name(due.name), "start"),
        x=fixed(place.left),
        y=fixed(place.middle - BAR / 2),
        width=fixed(place.right - place.left),
        height=fixed(BAR),
        kind=due.kind,
        title=due.title,
    )


def _name(name: str) -> str:
    # Measured less cautiously than a label: where a face is very wide, a name may touch the first column.
    return shortened(name, width=NAMES - 16, size=TEXT * 0.86)


def _arrows(dues: Sequence[Due], bars: Mapping[str, _Place]) -> list[Arrow]:
    by_id = {due.id: due for due in dues}
    arrows = []
    for due in dues:
        for need in due.needs:
            if need not in by_id or need == due.id:
                continue
            before, after = bars[need], bars[due.id]
            tip = after.left
            if tip < before.right - _LEAST:
                # Both at once: a bow on the left, since an arrow from the end would have to run backwards.
                begin, bend = before.left, 22.0
                out = min(begin, tip) - bend
                back = out
            else:
                begin, bend = before.right, max(24.0, abs(tip - before.right) / 3)
                out, back = begin + bend, tip - bend
            arrows.append(
                Arrow(
                    path=(
                        f"M{fixed(begin)} {fixed(before.middle)}C{fixed(out)} {fixed(before.middle)} "
                        f"{fixed(back)} {fixed(after.middle)} {fixed(tip - 5)} {fixed(after.middle)}"
                    ),
                    head=(
                        f"{fixed(tip)},{fixed(after.middle)} {fixed(tip - 7)},{fixed(after.middle - 4)} "
                        f"{fixed(tip - 7)},{fixed(after.middle + 4)}"
                    ),
                    late=by_id[need].end > due.end,
                    title=f"{due.name} waits for {by_id[need].name}",
                )
            )
    return arrows


def _breaks(dues: Sequence[Due]) -> list[int]:
    """The rows with which another quarter begins."""
    quarters = [_quarter(due.end) for due in dues]
    return [row for row, (one, other) in enumerate(pairwise(quarters), 1) if one != other]


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _first_day(quarter: int) -> int:
    year, index = divmod(quarter, 4)
    # The quarter after the last of all has no first day; its eve is near enough.
    return date(year, index * 3 + 1, 1).toordinal() if year <= date.max.year else date.max.toordinal()
