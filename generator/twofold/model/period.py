"""Periods: a year, a half, a quarter, a month or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from twofold.model.fields import ReleaseId, describe, error

_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)
PERIOD_SCHEMA = {
    "type": ["string", "integer"],
    "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$",
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, as it was written. It is due at its last day."""

    text: str
    """`2026`, `2026-H2`, `2026-Q4`, `2026-11` or `2026-11-30`."""
    start: date
    end: date

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return self.start == self.end

    @property
    def name(self) -> str:
        """As people say it: `2026`, `H2 2026`, `Q4 2026`, `November 2026`, `30 November 2026`."""
        if self.is_day:
            return day_name(self.start)
        year, _, rest = self.text.partition("-")
        if not rest:
            return year
        if rest[0] in "HQ":
            return f"{rest} {year}"
        return f"{_MONTHS[int(rest) - 1]} {year}"

    @property
    def quarter(self) -> str:
        """The quarter in which it is due: `2026-Q4`."""
        return f"{self.end.year}-Q{(self.end.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class ReleaseDate:
    """A date that is a release's: `{release: 2026.4}`."""

    release: ReleaseId


Moment = Period | ReleaseDate
"""When something is due, written as a period or as a release."""


def day_name(day: date) -> str:
    """`30 November 2026`: no locale has a part in it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def parse(text: str) -> Period:
    """Read a period.

    Raises:
        ValueError: when it has another form or names a day that no calendar has.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        message = f"`{text[:40]}` is not a period"
        raise ValueError(message)
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return Period(text, day, day)
    if match["month"]:
        first = last = int(match["month"])
    elif match["quarter"]:
        last = int(match["quarter"]) * 3
        first = last - 2
    elif match["half"]:
        last = int(match["half"]) * 6
        first = last - 5
    else:
        first, last = 1, 12
    return Period(text, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    if not isinstance(value, str):
        raise error("TF103", f"a period such as 2026-Q4 is needed, not {describe(value)}")
    try:
        return parse(value)
    except ValueError as problem:
        calendar = None if str(problem).startswith("`") else f"`{value}` is not in the calendar"
        hint = "write 2026, 2026-H2, 2026-Q4, 2026-11 or 2026-11-30"
        raise error("TF105", calendar or str(problem), hint=hint) from None


def _moment(value: object) -> Moment:
    if isinstance(value, ReleaseDate):
        return value
    if not isinstance(value, dict):
        return _period(value)
    if set(value) != {"release"} or not isinstance(value["release"], str):
        raise error(
            "TF104", "a mapping here holds `release` and nothing else", hint="write {release: 2026.4}"
        )
    return ReleaseDate(ReleaseId(str(value["release"])))


_RELEASE_SCHEMA = {
    "type": "object",
    "properties": {"release": {"type": ["string", "number"]}},
    "required": ["release"],
    "additionalProperties": False,
}
PeriodField = Annotated[Period, PlainValidator(_period), WithJsonSchema(PERIOD_SCHEMA)]
MomentField = Annotated[
    Moment, PlainValidator(_moment), WithJsonSchema({"anyOf": [PERIOD_SCHEMA, _RELEASE_SCHEMA]})
]
