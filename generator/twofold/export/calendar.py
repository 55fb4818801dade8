"""`calendar.ics`: releases, targets and ends, as iCalendar (RFC 5545). No clock has a part in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from twofold.model import Kind, Status
from twofold.model.period import Period, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.audience.published import Addition, AudiencePlan, Ends
    from twofold.export.places import Places
    from twofold.export.texts import Texts
    from twofold.model import ReleaseId

WIDTH = 75
"""Octets of a line, its end not counted."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with a date."""

    period: Period
    what: str
    """Orders the events of a day, and is part of the event's name."""

    kind: Kind
    id: str
    summary: str
    about: str = ""


def calendar(plan: AudiencePlan, places: Places, texts: Texts) -> str:
    """The calendar of a portal, in the order of time."""
    found = [*_releases(plan, texts), *_items(plan, texts), *_metrics(plan)]
    found.sort(key=lambda one: (one.period.start, one.period.end, one.what, one.kind, one.id))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Twofold//Roadmap//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(plan.title)}",
        f"X-WR-CALNAME:{_text(plan.title)}",
    ]
    about = "\n\n".join(part for part in (plan.description, plan.safe_harbour) if part)
    if about:
        lines += [f"DESCRIPTION:{_text(about)}", f"X-WR-CALDESC:{_text(about)}"]
    for event in found:
        lines.extend(_lines(event, plan, places))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _lines(event: Event, plan: AudiencePlan, places: Places) -> Iterator[str]:
    period = event.period
    # What is not known to the day is not settled, and only then the caveat matters.
    settled = period.is_day and event.what in {"release", "released"}
    about = "\n\n".join(part for part in (event.about, "" if settled else plan.safe_harbour) if part)
    href = places.record(event.kind, event.id)
    yield "BEGIN:VEVENT"
    yield f"UID:{places.name(event.what, f'{event.kind}/{event.id}').removeprefix('urn:uuid:')}"
    yield f"DTSTAMP:{_day(period.start)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(period.start)}"
    # The first day that is no longer part of it.
    if period.end < date.max:
        yield f"DTEND;VALUE=DATE:{_day(period.end + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event.summary)}"
    if about:
        yield f"DESCRIPTION:{_text(about)}"
    if href and places.root:
        yield f"URL:{href}"
    yield f"STATUS:{'CONFIRMED' if settled else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _releases(plan: AudiencePlan, texts: Texts) -> Iterator[Event]:
    for id, release in plan.releases.items():
        title = f"{plan.product} {release.version}"
        yield Event(
            period=release.date,
            what="release",
            kind=Kind.RELEASE,
            id=id,
            summary=f"{title}: {release.title}" if release.title else title,
            about=texts.brief(release.narratives),
        )


def _items(plan: AudiencePlan, texts: Texts) -> Iterator[Event]:
    for id, item in plan.items.items():
        dates: dict[str, tuple[str, Period | None]] = {
            "ends": (f"Ends: {item.title}", _ends(plan, item.ends)),
        }
        if item.status is Status.RELEASED:
            day = None if item.released is None or item.release else item.released.isoformat()
            dates["released"] = (f"Released: {item.title}", parse(day) if day else None)
        elif item.status is not Status.DECLINED:
            dates["target"] = (f"Target: {item.title}", _target(plan, item.additions.get("target")))
        for what, (summary, period) in dates.items():
            if period is not None:
                about = texts.brief(item.narratives)
                yield Event(period=period, what=what, kind=Kind.ITEM, id=id, summary=summary, about=about)


def _metrics(plan: AudiencePlan) -> Iterator[Event]:
    for id, metric in plan.metrics.items():
        target = metric.additions.get("target")
        named = dict(one for one in target if isinstance(one, tuple)) if isinstance(target, tuple) else {}
        if isinstance(day := named.get("date"), str):
            value = f"{named['value']:g} {metric.unit or ''}".strip()
            summary = f"Target: {metric.title}, {value}"
            yield Event(period=parse(day), what="target", kind=Kind.METRIC, id=id, summary=summary)


def _ends(plan: AudiencePlan, ends: Ends | None) -> Period | None:
    if ends is None:
        return None
    return ends.period if ends.release is None else plan.releases[ends.release].date


def _target(plan: AudiencePlan, target: Addition | None) -> Period | None:
    """When an item is due, as the projection writes it: with a release, or in a period."""
    if not isinstance(target, str):
        return None
    release = plan.releases.get(cast("ReleaseId", target))
    return parse(target) if release is None else release.date


def _day(day: date) -> str:
    # Not by strftime, which writes years under 1000 as the platform likes.
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, no sign cut in two; all but the first begin with a blank."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > WIDTH:
            yield part
            part, size = " ", 1
        part += sign
        size += octets
    yield part
