"""`feed.xml`: what has come out, as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from twofold.export.texts import paragraph
from twofold.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from twofold.audience.published import AudiencePlan, Ends, PublishedItem, PublishedNote, PublishedRelease
    from twofold.export.places import Places
    from twofold.export.texts import Texts
    from twofold.model import Change, Period

MOST = 250
"""So many entries, the newest; older ones are in the portal and in its data."""

NEVER = "1970-01-01T00:00:00Z"
"""Stands where a feed has no entry: Atom asks for a time, and the day of the build is none of the plan's."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that has come out."""

    day: date
    rank: str
    """Orders the entries of a day: a release before what is in it."""

    name: str
    title: str
    href: str | None
    html: Callable[[], str]
    """Writes what it says; only the newest are asked."""

    change: Change | None = None


def feed(plan: AudiencePlan, places: Places, texts: Texts, *, today: date) -> str:
    """The feed of releases and released items, the newest first."""
    found = [*_releases(plan, places, texts, today), *_items(plan, places, texts, today)]
    found.sort(key=lambda entry: entry.rank)
    found.sort(key=lambda entry: entry.day, reverse=True)
    home = places.page("") or places.root or "./"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{places.name('feed', plan.audience)}</id>",
        f"<title>{_text(plan.title)}</title>",
        *([f"<subtitle>{_text(plan.description)}</subtitle>"] if plan.description else []),
        f"<updated>{_time(found[0].day) if found else NEVER}</updated>",
        f"<author><name>{_text(plan.product)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_text(places.file("feed.xml"))}"/>',
        f'<link rel="alternate" type="text/html" href="{_text(home)}"/>',
        *([f"<rights>{_text(plan.safe_harbour)}</rights>"] if plan.safe_harbour else []),
        "<generator>Twofold</generator>",
        *(line for entry in found[:MOST] for line in _lines(entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{entry.name}</id>"
    yield f"<title>{_text(entry.title)}</title>"
    yield f"<updated>{_time(entry.day)}</updated>"
    if entry.href:
        yield f'<link rel="alternate" type="text/html" href="{_text(entry.href)}"/>'
    if entry.change:
        yield f'<category term="{entry.change.value}"/>'
    yield f'<content type="html">{_text(entry.html())}</content>'
    yield "</entry>"


def _releases(plan: AudiencePlan, places: Places, texts: Texts, today: date) -> Iterator[Entry]:
    for id, release in plan.releases.items():
        items = [
            item for item in plan.items.values() if item.release == id and item.status is Status.RELEASED
        ]
        day = _out(release.date, today, early=bool(items))
        if day is not None:
            yield Entry(
                day=day,
                rank=f"0 {id}",
                name=places.name(Kind.RELEASE, id),
                title=f"{release.version}: {release.title}" if release.title else release.version,
                href=places.record(Kind.RELEASE, id),
                html=partial(_release_html, plan, release, items, places, texts),
            )


def _items(plan: AudiencePlan, places: Places, texts: Texts, today: date) -> Iterator[Entry]:
    for id, item in plan.items.items():
        day = item.released if item.status is Status.RELEASED else None
        if day is None and item.release is not None and item.status is Status.RELEASED:
            day = _out(plan.releases[item.release].date, today, early=True)
        if day is not None and day <= today:
            yield Entry(
                day=day,
                rank=f"1 {id}",
                name=places.name(Kind.ITEM, id),
                title=item.title,
                href=places.record(Kind.ITEM, id),
                html=partial(_item_html, plan, item, texts),
                change=item.change,
            )


def _out(period: Period, today: date, *, early: bool) -> date | None:
    """The day on which something came out; None for what is still to come.

    What has come out `early`, before its period is over, is dated by the period's first day.
    """
    if period.end <= today:
        return period.end
    return period.start if early and period.start <= today else None


def _release_html(
    plan: AudiencePlan, release: PublishedRelease, items: list[PublishedItem], places: Places, texts: Texts
) -> str:
    entries = [_item_line(item, places) for item in sorted(items, key=lambda item: item.id)]
    source = next((file for file, record in plan.sources.items() if record == (Kind.RELEASE, release.id)), "")
    entries.extend(_note_html(plan, note, source, texts) for note in release.notes)
    listed = "\n".join(f"<li>{entry}</li>" for entry in entries)
    parts = (texts.told(release.narratives), f"<ul>\n{listed}\n</ul>" if entries else "")
    return "\n".join(part for part in parts if part)


def _item_html(plan: AudiencePlan, item: PublishedItem, texts: Texts) -> str:
    terms = _terms(plan, item.availability, item.action, item.ends)
    return "\n".join((texts.told(item.narratives), *map(paragraph, terms))).strip()


def _item_line(item: PublishedItem, places: Places) -> str:
    href, title = places.record(Kind.ITEM, item.id), escape(item.title, quote=False)
    return f'<a href="{escape(href)}">{title}</a>' if href else title


def _note_html(plan: AudiencePlan, note: PublishedNote, source: str, texts: Texts) -> str:
    told = [texts.html(text, source=source, label=f"{note.id}-{label}") for label, text in note.texts]
    return "\n".join((*told, *map(paragraph, _terms(plan, note.availability, note.action, note.ends))))


def _terms(
    plan: AudiencePlan, availability: str | None, action: str | None, ends: Ends | None
) -> Iterator[str]:
    if availability:
        yield f"Available: {availability}"
    if action:
        yield f"What to do: {action}"
    if ends is not None and ends.period is not None:
        yield f"Ends: {ends.period.name}"
    elif ends is not None and ends.release is not None:
        yield f"Ends with: {plan.releases[ends.release].version}"


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    """A text for XML, without the signs that XML cannot hold."""
    return escape(_CONTROL.sub("", text))
