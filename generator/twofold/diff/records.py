"""What was added, removed, renamed and changed: the authored meaning of two revisions, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from twofold.diff.written import Data, fields
from twofold.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twofold.plan import Plan

FEEDBACK = "feedback"
"""A feedback summary, without its findings."""
PAGE = "page"
"""A hand-written page; its id is its file."""
SETTINGS = "settings"
KINDS = (*(kind.value for kind in (Kind.ITEM, Kind.RELEASE, Kind.OBJECTIVE, Kind.PERSONA, Kind.FINDING)),
         FEEDBACK, Kind.METRIC.value, PAGE, SETTINGS)  # fmt: skip
"""Everything that can change, in the order of a report."""

ALIKE = 0.6
"""The part of their fields that two records must share for one to be the other under a new id."""


class How(StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record, before and after; None where it has no value."""

    name: str
    before: Data
    after: Data


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one record."""

    kind: str
    """One of `KINDS`."""

    id: str
    """The id that it has now, or had last."""

    how: How
    was: str | None = None
    """The id before, of a renamed record."""

    title: str
    fields: tuple[Field, ...]
    """Those that differ; of an added or removed record all that have a value."""

    def field(self, name: str) -> Field | None:
        """One of its fields, if it differs."""
        return next((one for one in self.fields if one.name == name), None)


Written = dict[str, dict[str, Data]]
"""Id to field to value, of one kind."""


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every difference of two plans, in the order of `KINDS` and ids."""
    found: list[Change] = []
    for kind in KINDS:
        old, new = _differing(before, after, kind)
        removed = {id for id in old if id not in new}
        added = {id for id in new if id not in old}
        renamed = {} if kind in {PAGE, SETTINGS} else dict(_renamed(old, new, removed, added))
        for id in sorted({*old, *new} - renamed.keys()):
            was = next((earlier for earlier, now in renamed.items() if now == id), None)
            earlier, now = old.get(was or id), new.get(id)
            differing = tuple(_fields(earlier or {}, now or {}))
            if was is not None:
                how = How.RENAMED
            elif earlier is None or now is None:
                how = How.ADDED if earlier is None else How.REMOVED
            elif differing:
                how = How.CHANGED
            else:
                continue
            title = _title(now if now is not None else earlier or {}, id)
            found.append(Change(kind=kind, id=id, how=how, was=was, title=title, fields=differing))
    return tuple(found)


def applied(before: Written, made: Iterable[Change]) -> Written:
    """The records of one kind after these changes: what a report says is all there is to say."""
    after = {id: dict(record) for id, record in before.items()}
    for change in made:
        record = after.pop(change.was or change.id, {})
        if change.how is How.REMOVED:
            continue
        for field in change.fields:
            if field.after is None:
                record.pop(field.name, None)
            else:
                record[field.name] = field.after
        after[change.id] = record
    return after


def written_of(plan: Plan, kind: str, *, but: Plan | None = None) -> Written:
    """The records of a kind as they are written; without those that `but` has as the very same."""
    match kind:
        case "feedback":
            old = {} if but is None else but.summaries
            return {
                id: fields(one, without=["findings"])
                for id, one in plan.summaries.items()
                if one is not old.get(id)
            }
        case "page":
            return {source: {**fields(page.matter), "body": page.body} for source, page in plan.pages.items()}
        case "settings":
            return {"mkdocs.yml": {"name": plan.name, **fields(plan.settings)}}
        case _:
            index = plan.of(Kind(kind))
            same = {} if but is None else dict(but.of(Kind(kind)).items())
            return {
                id: {**fields(record, without=["id"]), **_place(plan, kind, id)}
                for id, record in index.items()
                if same.get(id) is not record or _place(plan, kind, id) != _place(but, kind, id)
            }


def _differing(before: Plan, after: Plan, kind: str) -> tuple[Written, Written]:
    """The records of both sides but for those that were read once for both."""
    return written_of(before, kind, but=after), written_of(after, kind, but=before)


def _place(plan: Plan | None, kind: str, id: str) -> Mapping[str, Data]:
    """The feedback summary that a finding stands in: its method and date are the finding's."""
    if kind != Kind.FINDING.value or plan is None:
        return {}
    return {FEEDBACK: plan.summary_of[id]}  # type: ignore[index] # an id of this kind


def _fields(earlier: Mapping[str, Data], now: Mapping[str, Data]) -> Iterator[Field]:
    for name in dict.fromkeys((*now, *earlier)):
        if earlier.get(name) != now.get(name):
            yield Field(name=name, before=earlier.get(name), after=now.get(name))


def _renamed(old: Written, new: Written, removed: set[str], added: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of an id that is gone and the one that took its place: by `aliases:`, else by what they hold.

    The same pairs come out when the two sides are exchanged.
    """
    by_alias = [(was, now) for was in removed for now in added if _is_alias(old, new, was, now)]
    alike = {(was, now): part for was, now, part in _candidates(old, new, removed, added)}
    pairs = (
        *sorted(by_alias, key=sorted),
        *sorted(alike, key=lambda pair: (-alike[pair], sorted(pair))),
    )
    for was, now in pairs:
        if was in removed and now in added:
            removed.remove(was)
            added.remove(now)
            yield was, now


def _is_alias(old: Written, new: Written, was: str, now: str) -> bool:
    return was in (new[now].get("aliases") or ()) or now in (old[was].get("aliases") or ())


def _candidates(
    old: Written, new: Written, removed: set[str], added: set[str]
) -> Iterator[tuple[str, str, float]]:
    """Pairs that share a title or a text, and most of the rest."""
    by_words: dict[str, set[str]] = {}
    for now in added:
        for words in _words(new[now]):
            by_words.setdefault(words, set()).add(now)
    for was in removed:
        for now in {now for words in _words(old[was]) for now in by_words.get(words, ())}:
            names = {*old[was], *new[now]} - {"aliases"}
            same = sum(old[was].get(name) == new[now].get(name) for name in names)
            if same >= ALIKE * len(names):
                yield was, now, same / len(names)


def _words(record: Mapping[str, Data]) -> Iterator[str]:
    for name in ("title", "name", "summary", "description"):
        if record.get(name):
            yield f"{name}: {record[name]}"
    for label, text in (record.get("sections") or {}).items():
        yield f"{label}: {text}"


def _title(record: Mapping[str, Data], id: str) -> str:
    for name in ("title", "name", "summary"):
        if record.get(name):
            return str(record[name])
    return id
