"""A comparison of two revisions as headed lists: what both the terminal and a comment print."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.diff.records import KINDS, How
from twofold.diff.texts import Piece, word_by_word
from twofold.diff.words import brief, kind_word, phrases
from twofold.model.period import day_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twofold.diagnostics import Diagnostic
    from twofold.diff.consequences import Standing
    from twofold.diff.difference import Difference
    from twofold.diff.exposure import Exposed, Exposure
    from twofold.diff.records import Change
    from twofold.scoring.balance import Balance

MARKS = {How.ADDED: "+", How.REMOVED: "-", How.RENAMED: "~", How.CHANGED: "~"}
MOST_SCORES = 15
"""Items whose rank moved, most moved first."""
_TEXTS = ("description", "sections", "body", "titles", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A text that is shown word by word."""

    name: str
    pieces: tuple[Piece, ...]

    def near(self, words: int) -> tuple[Piece, ...]:
        """Its pieces, of what stayed only so many words on either side of a change."""
        last = len(self.pieces) - 1
        return tuple(
            piece
            if piece.how != "same"
            else Piece("same", _near(piece.text, words, first=number == 0, last=number == last))
            for number, piece in enumerate(self.pieces)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a list."""

    mark: str
    """`+`, `-`, `~`, or `!` for what needs a look."""

    head: str
    place: str = ""
    """Where to read it: an address, a file and line."""

    lines: tuple[str, ...] = ()
    texts: tuple[Worded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed list."""

    title: str
    entries: tuple[Entry, ...]


def summary(found: Difference) -> str:
    """All of it in one line."""
    parts = [_exposed(exposure) for exposure in found.exposures.values() if exposure]
    if found.taken_back:
        parts.append(_count(len(found.taken_back), "promise", "promises") + " taken back")
    for how in How:
        kinds = Counter(change.kind for change in found.changes if change.how is how)
        if kinds:
            listed = ", ".join(
                f"{kinds[kind]} {kind_word(kind, kinds[kind])}" for kind in KINDS if kinds[kind]
            )
            parts.append(f"{listed} {how.value}")
    if found.new_diagnostics:
        parts.append(_count(len(found.new_diagnostics), "new diagnostic", "new diagnostics"))
    return "; ".join(parts) or "Nothing changed in the plan"


def public_summary(found: Difference, audience: str) -> str:
    """What may be said of it to readers of a public portal, in one line."""
    exposure = found.exposures[audience]
    return _exposed(exposure) if exposure else f"Nothing changes for {audience}"


def public(found: Difference, audience: str) -> tuple[Section, ...]:
    """What may be shown to whoever reads a public portal: the audience's own exposure and promises."""
    exposure = found.exposures[audience]
    promises = _promises(found, {audience})
    return tuple(section for section in (_exposure(exposure), promises) if section.entries)


def sections(found: Difference) -> tuple[Section, ...]:
    """All of it, in the order in which it cannot be taken back."""
    everything = (
        *(_exposure(exposure) for exposure in found.exposures.values()),
        _promises(found, set(found.exposures)),
        *(_changes(found, kind) for kind in KINDS),
        _dates(found),
        _scores(found),
        _stale(found),
        _tell(found),
        _balance(*found.balances),
        _diagnostics("New diagnostics", "!", found.new_diagnostics),
        _diagnostics("Solved diagnostics", "-", found.solved_diagnostics),
        _unread(found),
    )
    return tuple(section for section in everything if section.entries)


def _near(text: str, words: int, *, first: bool, last: bool) -> str:
    kept = _WORD.findall(text)
    wanted = words * (2 - first - last)
    if len(kept) <= wanted + 3 or (first and last):
        return text
    begin = "" if first else "".join(kept[:words]).rstrip()
    end = "" if last else "".join(kept[-words:])
    return f"{begin} … {end}" if begin else f"… {end}"


_WORD = re.compile(r"\s*\S+\s*")


def _exposed(exposure: Exposure) -> str:
    counts = (
        (len(exposure.newly_visible), "newly visible"),
        (len(exposure.no_longer_visible), "no longer visible"),
        (len(exposure.changed), "worded otherwise"),
    )
    return f"{exposure.audience}: " + ", ".join(f"{count} {what}" for count, what in counts if count)


def _exposure(exposure: Exposure) -> Section:
    entries = (
        *(_seen("+", "newly visible", one) for one in exposure.newly_visible),
        *(_seen("-", "no longer visible", one) for one in exposure.no_longer_visible),
        *(_seen("~", "reads otherwise", one) for one in exposure.changed),
    )
    return Section(title=f"What {exposure.audience} will see", entries=entries)


def _seen(mark: str, what: str, one: Exposed) -> Entry:
    texts = (
        Worded(name=said.name, pieces=word_by_word(said.before or "", said.after or "")) for said in one.says
    )
    head = f"{one.kind} {one.title}" if one.kind != "site" else one.title
    return Entry(mark=mark, head=f"{head}: {what}", place=one.address, texts=tuple(texts))


def _promises(found: Difference, audiences: set[str]) -> Section:
    entries = tuple(
        Entry(mark="!", head=f"{one.title}: {one.what}", lines=(f"{one.audience} could count on it",))
        for one in found.taken_back
        if one.audience in audiences
    )
    return Section(title="Promises taken back", entries=entries)


def _changes(found: Difference, kind: str) -> Section:
    title = kind_word(kind, 2)
    entries = tuple(_change(found, change) for change in found.changes if change.kind == kind)
    return Section(title=f"{title[0].upper()}{title[1:]}", entries=entries)


def _change(found: Difference, change: Change) -> Entry:
    lines = list(phrases(change, found.before.plan, found.after.plan))
    if change.how in {How.ADDED, How.REMOVED}:
        lines = [_facts(change)] if _facts(change) else []
    named = f"{change.title} ({change.id})" if change.title != change.id else change.id
    texts = tuple(_worded(change)) if change.how in {How.CHANGED, How.RENAMED} else ()
    word = "" if change.how is How.CHANGED else f": {change.how.value}"
    return Entry(mark=MARKS[change.how], head=f"{named}{word}", lines=tuple(lines), texts=texts)


def _facts(change: Change) -> str:
    """What one wants to know of a record that came or went."""
    names = ("status", "horizon", "target", "release", "date", "side", "publish")
    values = ((name, change.field(name)) for name in names)
    return ", ".join(
        f"{name} {brief(field.after if field.after is not None else field.before)}"
        for name, field in values
        if field is not None
    )


def _worded(change: Change) -> Iterator[Worded]:
    for field in change.fields:
        if field.name in _TEXTS:
            old, new = dict(_texts(field.name, field.before)), dict(_texts(field.name, field.after))
            for name in dict.fromkeys((*new, *old)):
                if old.get(name) != new.get(name):
                    yield Worded(name=name, pieces=word_by_word(old.get(name, ""), new.get(name, "")))


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The texts of a field, by a name for each."""
    if isinstance(value, str):
        yield "text" if name == "body" else name, value
    elif isinstance(value, dict):
        for label, text in value.items():
            yield f"{'title' if name == 'titles' else 'text'} for {label}", str(text)
    elif isinstance(value, list):
        for note in value:
            facts = ", ".join(
                f"{key} {brief(one)}" for key, one in note.items() if key not in {"id", "texts"}
            )
            texts = "\n".join(f"{label}: {text}" for label, text in (note.get("texts") or {}).items())
            yield f"note {note['id']}", "\n".join(part for part in (facts, texts) if part)


def _dates(found: Difference) -> Section:
    entries = []
    for one in found.shifts:
        way = "later" if one.slipped else "earlier"
        waiting = f"waiting for it: {', '.join(one.dependants)}" if one.dependants else ""
        head = f"{one.title}: {way}, {day_name(one.before)} → {day_name(one.after)}"
        entries.append(
            Entry(mark="!" if one.slipped else "~", head=head, lines=(waiting,) if waiting else ())
        )
    return Section(title="Dates", entries=tuple(entries))


def _scores(found: Difference) -> Section:
    entries = [Entry(mark="~", head=f"{one.title}: {_moved(one)}") for one in found.standings[:MOST_SCORES]]
    more = len(found.standings) - MOST_SCORES
    if more > 0:
        entries.append(Entry(mark="~", head=f"{more} more items with another score or priority"))
    return Section(title="Scores", entries=tuple(entries))


def _moved(one: Standing) -> str:
    old, new = one.before, one.after
    parts = []
    if old.value != new.value:
        parts.append(f"score {_figure(old.value)} → {_figure(new.value)}")
    if old.priority != new.priority:
        parts.append(f"priority {_figure(old.priority)} → {_figure(new.priority)}")
    if old.rank != new.rank:
        parts.append(f"rank {old.rank or 'none'} → {new.rank or 'none'}")
    elif new.rank:
        parts.append(f"rank {new.rank} as before")
    return ", ".join(parts)


def _stale(found: Difference) -> Section:
    entries = tuple(
        Entry(mark="!", head=f"{one.title}: released, but its text for {one.label} still promises",
              lines=(f"“{one.sentence}”",))
        for one in found.stale
    )  # fmt: skip
    return Section(title="Texts behind their time", entries=entries)


def _tell(found: Difference) -> Section:
    told = found.told
    groups: Mapping[str, Iterable[str]] = {
        "owners": told.owners, "personas": told.personas, "accounts": told.accounts
    }  # fmt: skip
    entries = tuple(
        Entry(mark="~", head=f"{name}: {', '.join(names)}") for name, names in groups.items() if names
    )
    return Section(title="Whom to tell", entries=entries)


def _balance(before: Balance, after: Balance) -> Section:
    old, new = before.committed, after.committed
    if (old, before.target, before.tolerance) == (new, after.target, after.tolerance):
        return Section(title="Balance", entries=())
    low, high = after.target - after.tolerance, after.target + after.tolerance
    head = (
        f"customers' share of committed effort {_share(old.customer_share)} → {_share(new.customer_share)} "
        f"(to lie within {_share(max(0.0, low))} and {_share(min(1.0, high))})"
    )
    mark = "!" if after.is_balanced is False else "~"
    return Section(title="Balance", entries=(Entry(mark=mark, head=head),))


def _diagnostics(title: str, mark: str, found: Iterable[Diagnostic]) -> Section:
    entries = tuple(
        Entry(
            mark=mark,
            head=f"{one.severity.value}[{one.code}] {one.message}",
            place=f"{one.span.path}:{one.span.line}",
        )
        for one in found
    )
    return Section(title=title, entries=entries)


def _unread(found: Difference) -> Section:
    entries = tuple(
        Entry(mark="!", head=f"{path} could not be read in {side.name}: what it holds counts as not there")
        for side in (found.before, found.after)
        for path in sorted(side.unread)
    )
    return Section(title="Not compared", entries=entries)


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}"


def _share(value: float | None) -> str:
    return "none" if value is None else f"{100 * value:.0f} %"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
