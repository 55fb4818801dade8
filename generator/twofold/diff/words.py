"""A change in the plan's own words: promoted, slipped, declined, new evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from twofold.diff.records import FEEDBACK, Change, Field, How
from twofold.model.period import parse
from twofold.plan import Plan

if TYPE_CHECKING:
    from twofold.model import Period

_HORIZONS = ("now", "next", "later")
_STATUSES = {
    "idea": "back to an idea",
    "planned": "planned",
    "in-progress": "started",
    "released": "released",
    "declined": "declined",
}
_TEXTS = frozenset({"description", "sections", "body", "notes", "titles"})
"""Fields whose texts are shown word by word."""
_LONG = 60


def phrases(change: Change, before: Plan, after: Plan) -> tuple[str, ...]:
    """What happened to a record, a phrase each; none for what was added or removed whole."""
    if change.how in {How.ADDED, How.REMOVED}:
        return ()
    found: list[str] = [f"was `{change.was}`"] if change.was is not None else []
    for field in change.fields:
        found.extend(_phrases(change, field, before, after))
    return tuple(found)


def shift(before: Period, after: Period) -> str:
    """`slipped by one quarter`, `brought forward by 12 days`: by the last days of both."""
    days = (after.end - before.end).days
    way = "slipped" if days > 0 else "brought forward"
    months = (after.end.year - before.end.year) * 12 + after.end.month - before.end.month
    whole = before.is_day == after.is_day and (not before.is_day or before.end.day == after.end.day)
    if not days:
        return "dated otherwise"
    if not whole or not months:
        return f"{way} by {_count(abs(days), 'day')}"
    months = abs(months)
    if months % 12 == 0:
        return f"{way} by {_count(months // 12, 'year')}"
    if months % 3 == 0:
        return f"{way} by {_count(months // 3, 'quarter')}"
    return f"{way} by {_count(months, 'month')}"


def _phrases(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    if field.name in _TEXTS:
        return  # Word by word, elsewhere.
    own = _OWN.get((change.kind, field.name)) or _OWN.get(("", field.name))
    if own is not None:
        yield from own(change, field, before, after)
    elif _are_words(field.before) and _are_words(field.after):
        yield from _list(f"{field.name} with", f"{field.name} without", field.before, field.after)
    else:
        yield _from_to(field)


def _from_to(field: Field) -> str:
    return f"{field.name}: {brief(field.before)} → {brief(field.after)}"


def _horizon(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change, before, after
    old, new = field.before, field.after
    if old not in _HORIZONS or new not in _HORIZONS:
        yield _from_to(field)
        return
    way = "promoted" if _HORIZONS.index(new) < _HORIZONS.index(old) else "put back"
    yield f"{way} from {old} to {new}"


def _evidence(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change, before, after
    old, new = field.before, field.after
    if _findings(old) != _findings(new):
        yield from _list("new evidence", "evidence withdrawn", _findings(old), _findings(new))
    yield from _refitted(old, new)


def _reason(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del before, after
    status = change.field("status")
    if status is None or status.after != "declined":  # else it is said with the status
        yield _from_to(field)


def _status(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del before, after
    word = _STATUSES.get(field.after, str(field.after))
    reason = change.field("reason")
    release = change.field("release")
    if field.after == "declined" and reason is not None and reason.after:
        yield f"{word}: {reason.after}"
    elif field.after == "released" and release is not None and release.after:
        yield f"{word} with {release.after}"
    else:
        yield word


def _moved(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change
    old, new = _period(field.before, before), _period(field.after, after)
    if old is None or new is None or old.end == new.end:
        yield _from_to(field)
    else:
        yield f"{shift(old, new)}: {brief(field.before)} → {brief(field.after)}"


def _period(value: Any, plan: Plan) -> Period | None:  # noqa: ANN401 - a period, a release's id, or a mapping with it
    if value is None:
        return None
    id = value["release"] if isinstance(value, dict) else value
    release = plan.releases.get(id)
    if release is not None:
        return release.date
    try:
        return parse(str(value))
    except ValueError:
        return None


def _findings(evidence: Any) -> list[str]:  # noqa: ANN401 - as it is written
    return [one["finding"] for one in evidence or ()]


def _refitted(old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    fits = {one["finding"]: one.get("fit", 1.0) for one in old or ()}
    for one in new or ():
        fit, was = one.get("fit", 1.0), fits.get(one["finding"])
        if was is not None and was != fit:
            yield f"fit of {one['finding']} {was:g} → {fit:g}"


def _observed(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change, before, after
    old, new = field.before, field.after
    known = {one["date"]: one for one in old or ()}
    for one in new or ():
        was = known.pop(one["date"], None)
        if was is None:
            yield f"observed {one['value']:g} on {one['date']}"
        elif was != one:
            yield f"value of {one['date']} {was['value']:g} → {one['value']:g}"
    for date in known:
        yield f"value of {date} taken out"


def _voices(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change, before, after
    old, new = field.before, field.after
    known = {one["persona"]: one for one in old or ()}
    for one in new or ():
        was = known.pop(one["persona"], None)
        if was is None:
            yield f"new voice: {one['persona']} {_voice(one)}".rstrip()
        elif was != one:
            differ = [name for name in dict.fromkeys((*one, *was)) if one.get(name) != was.get(name)]
            values = ", ".join(f"{name} {brief(was.get(name))} → {brief(one.get(name))}" for name in differ)
            yield f"voice of {one['persona']}: {values}"
    for persona in known:
        yield f"voice of {persona} taken out"


def _voice(voice: dict[str, Any]) -> str:
    if "mentions" not in voice:
        return ""
    return (
        f"({voice['mentions']} of {voice['asked']})"
        if "asked" in voice
        else f"({voice['mentions']} mentions)"
    )


def _published(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change, before, after
    yield from _list("published for", "no longer published for", field.before, field.after)


def _list(plus: str, minus: str, old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    more = [str(one) for one in new or () if one not in (old or ())]
    less = [str(one) for one in old or () if one not in (new or ())]
    if more:
        yield f"{plus} {', '.join(more)}"
    if less:
        yield f"{minus} {', '.join(less)}"
    if not more and not less:
        yield f"{plus.removeprefix('new ').partition(' ')[0]} in another order"


def _sized(change: Change, field: Field, before: Plan, after: Plan) -> Iterator[str]:
    del change, before, after
    yield f"effort {_effort(field.before)} → {_effort(field.after)}"


def _effort(value: Any) -> str:  # noqa: ANN401 - as above
    if value is None:
        return "not estimated"
    return str(value) if isinstance(value, str) else _count(value, "week")


def _are_words(value: Any) -> bool:  # noqa: ANN401 - as above
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def brief(value: Any) -> str:  # noqa: ANN401 - any written value
    """A value on one line, short."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, dict):
        text = ", ".join(f"{key} {brief(one)}" for key, one in value.items())
    elif isinstance(value, list):
        text = ", ".join(brief(one) for one in value)
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def _count(number: float, unit: str) -> str:
    return f"one {unit}" if number == 1 else f"{number:g} {unit}s"


def kind_word(kind: str, count: int) -> str:
    """`item`, `items`, `feedback summaries`."""
    words = {FEEDBACK: ("feedback summary", "feedback summaries"), "settings": ("setting", "settings")}
    one, many = words.get(kind, (kind, f"{kind}s"))
    return one if count == 1 else many


_Phrase = Callable[[Change, Field, Plan, Plan], Iterator[str]]
_OWN: dict[tuple[str, str], _Phrase] = {
    ("item", "status"): _status,
    ("item", "horizon"): _horizon,
    ("item", "target"): _moved,
    ("item", "release"): _moved,
    ("item", "evidence"): _evidence,
    ("item", "reason"): _reason,
    ("item", "effort"): _sized,
    ("release", "date"): _moved,
    ("metric", "observations"): _observed,
    ("finding", "voices"): _voices,
    ("", "publish"): _published,
}
"""Kind (any where it is empty) and field, and how their changes are told."""
