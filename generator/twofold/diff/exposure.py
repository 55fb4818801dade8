"""What a change adds to an audience's reading and takes from it, or words otherwise.

Two projections are compared, so that it speaks of exactly what the audience's portal is made from. Texts that
read the same are the same; a text's source may differ.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from twofold.audience.published import Narrative, PublishedNote
from twofold.diff.reading import Reading, reads_alike
from twofold.diff.surroundings import surroundings
from twofold.model import Kind, Period
from twofold.plan import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.audience.published import AudiencePlan
    from twofold.diff.side import Projections, Side

FOLDERS = {
    "item": addresses.ROADMAP,
    "release": addresses.RELEASES,
    "objective": addresses.OBJECTIVES,
    "persona": addresses.PERSONAS,
    "metric": addresses.METRICS,
}
SITE = ("product", "title", "description", "site_url", "safe_harbour")
"""What an audience's plan says of the portal as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that an audience reads, as it reads it; None where it reads nothing of the kind."""

    name: str
    """A field, or `text for LABEL`."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """A record, a page or the portal itself, as one audience sees it."""

    kind: str
    id: str
    title: str
    address: str
    """Where it is read, from the portal's root."""

    says: tuple[Said, ...]
    """Of what is new or gone all that it says; of what changed only that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What changes for one audience."""

    audience: str
    newly_visible: tuple[Exposed, ...] = ()
    no_longer_visible: tuple[Exposed, ...] = ()
    changed: tuple[Exposed, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.newly_visible or self.no_longer_visible or self.changed)


def exposures(projections: Projections, before: Side, after: Side) -> dict[str, Exposure]:
    """The difference for each public audience of either side, by its name."""
    return {name: _exposure(name, old, new, before, after) for name, (old, new) in projections.items()}


def _exposure(
    audience: str, old: AudiencePlan | None, new: AudiencePlan | None, before: Side, after: Side
) -> Exposure:
    newly: list[Exposed] = []
    gone: list[Exposed] = []
    changed: list[Exposed] = []
    earlier, now = Reading(old, before), Reading(new, after)
    seen_before, seen_now = _records(old), _records(new)
    for name in sorted({*seen_before, *seen_now}):
        one, other = seen_before.get(name), seen_now.get(name)
        if one is None:
            newly.append(_exposed(name, other, _all(now, other, known=False)))
        elif other is None:
            gone.append(_exposed(name, one, _all(earlier, one, known=True)))
        elif one is not other and one != other:
            says = tuple(_differing(earlier, now, one, other))
            if says:
                changed.append(_exposed(name, other, says))
    changed += _site(old, new)
    changed += surroundings(audience, old, new, before, after, made=_of_surroundings)
    return Exposure(
        audience=audience,
        newly_visible=tuple(newly),
        no_longer_visible=tuple(gone),
        changed=tuple(changed),
    )


def _of_surroundings(id: str, name: str, before: str | None, after: str | None) -> Exposed:
    said = Said(name=name, before=before, after=after)
    return Exposed(kind="site", id=id, title=id, address="", says=(said,))


def _records(plan: AudiencePlan | None) -> Mapping[tuple[str, str], Any]:
    """All that has a place of its own, by kind and id."""
    if plan is None:
        return {}
    found: dict[tuple[str, str], Any] = {}
    for kind, records in (
        (Kind.ITEM, plan.items),
        (Kind.RELEASE, plan.releases),
        (Kind.OBJECTIVE, plan.objectives),
        (Kind.PERSONA, plan.personas),
        (Kind.FINDING, plan.findings),
        (Kind.METRIC, plan.metrics),
    ):
        found.update({(kind.value, str(id)): record for id, record in records.items()})
    found.update({("page", page.address): page for page in plan.pages.values()})
    found.update({("redirect", f"{kind.value}/{was}"): id for (kind, was), id in plan.aliases.items()})
    return found


def _exposed(name: tuple[str, str], record: Any, says: tuple[Said, ...]) -> Exposed:  # noqa: ANN401 - of any kind
    kind, id = name
    title = id
    for attribute in ("title", "name", "version"):
        title = getattr(record, attribute, None) or title
        if title != id:
            break
    return Exposed(kind=kind, id=id, title=title, address=_address(kind, id), says=says)


def _address(kind: str, id: str) -> str:
    if kind == "finding":
        return f"{addresses.FEEDBACK}/#{id}"
    if kind == "page":
        return f"{id}/" if id else ""
    return f"{FOLDERS[kind]}/{id}/" if kind in FOLDERS else f"{id}/"


def _all(reading: Reading, record: Any, *, known: bool) -> tuple[Said, ...]:  # noqa: ANN401 - of any kind
    return tuple(
        Said(name=name, before=text if known else None, after=None if known else text)
        for name, text in _said(record).items()
        if name != "id" and reading.plan is not None
    )


def _differing(earlier: Reading, now: Reading, one: Any, other: Any) -> Iterator[Said]:  # noqa: ANN401 - of any kind
    before, after = _said(one), _said(other)
    texts, texts_now = _texts(one, earlier), _texts(other, now)
    for name in dict.fromkeys((*after, *before)):
        was, text = before.get(name), after.get(name)
        if name in texts and name in texts_now:
            same = reads_alike(texts[name], texts_now[name], earlier, now)
        else:
            same = was == text
        if not same:
            yield Said(name=name, before=was, after=text)


def _said(record: Any) -> dict[str, str]:  # noqa: ANN401 - of any kind
    """Everything that a published record says, by a name for each."""
    if not is_dataclass(record):
        return {"leads to": str(record)}
    found: dict[str, str] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in {"narratives", "notes", "source", "address", "body"} or isinstance(value, Narrative):
            continue
        if field.name == "additions":
            found.update({name: _shown(added) for name, added in value.items()})
        elif value not in (None, "", (), frozenset()):
            found[field.name] = _shown(value)
    found.update({name: text.text for name, text in _texts(record).items()})
    notes: tuple[PublishedNote, ...] = getattr(record, "notes", ())
    for note in notes:
        found.update({f"note {note.id}: {name}": text for name, text in _facts_of(note).items()})
    if notes:
        # They stand in the order of the file.
        found["notes"] = ", ".join(note.id for note in notes)
    return found


def _facts_of(note: PublishedNote) -> dict[str, str]:
    return {
        name: _shown(getattr(note, name))
        for name in ("change", "item", "stage", "availability", "action", "ends")
        if getattr(note, name) is not None
    }


def _texts(record: Any, reading: Reading | None = None) -> dict[str, Narrative]:  # noqa: ANN401 - of any kind
    """A published record's Markdown texts; with a reading, links in notes begin at their release's file."""
    found = {f"text for {text.label}": text for text in getattr(record, "narratives", ())}
    for field in fields(record) if is_dataclass(record) else ():
        value = getattr(record, field.name)
        if isinstance(value, Narrative):
            found["text" if field.name == "body" else field.name] = value
    for note in getattr(record, "notes", ()):
        for label, text in note.texts:
            source = reading.file_of(Kind.RELEASE, record.id) if reading is not None else ""
            found[f"note {note.id}: text for {label}"] = Narrative(label=label, text=text, source=source)
    return found


def _shown(value: Any) -> str:  # noqa: ANN401 - of any field
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (Period, date)):
        return value.text if isinstance(value, Period) else value.isoformat()
    if isinstance(value, (tuple, frozenset)):
        return ", ".join(_shown(one) for one in (sorted(value) if isinstance(value, frozenset) else value))
    if is_dataclass(value):
        inner = (getattr(value, field.name) for field in fields(value))
        return " ".join(_shown(one) for one in inner if one is not None)
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _site(old: AudiencePlan | None, new: AudiencePlan | None) -> Iterator[Exposed]:
    """The portal's own name, description, address and caveat; a portal that begins or ends."""
    says = []
    for name in SITE:
        before, after = (getattr(plan, name) if plan is not None else None for plan in (old, new))
        if (before or None) != (after or None):
            says.append(Said(name=name, before=before or None, after=after or None))
    if says:
        title = (new or old).title if (new or old) is not None else ""  # type: ignore[union-attr] # one is there
        yield Exposed(kind="site", id="portal", title=title, address="", says=tuple(says))
