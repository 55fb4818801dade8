"""The rule about secret words: not in anything that any public audience reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import BaseModel

from twofold.audience.additions import REFERENCES
from twofold.audience.visibility import reads
from twofold.checks.glance import where
from twofold.checks.owners import of_owner
from twofold.checks.places import in_lines, in_span, in_text, in_value
from twofold.diagnostics import Rule, Severity, Span
from twofold.model import Kind, Release
from twofold.model.exposure import EXPOSURES, classes
from twofold.model.fields import Exposure
from twofold.prose.words import find_secrets, may_have

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from twofold.audience.readers import Reader
    from twofold.audience.visibility import Visible
    from twofold.config import Project
    from twofold.diagnostics import Diagnostic
    from twofold.model import Record
    from twofold.model.record import Location
    from twofold.plan import Plan
    from twofold.plan.plan import Name
    from twofold.plan.texts import PlacedText

SECRET_WORD = Rule(
    code="TF603",
    slug="secret-word",
    severity=Severity.ERROR,
    message="the secret word “{word}” stands in what {readers} may read",
    page="""
A word under `secrets:` stands where a public audience would read it: in a narrative, a title, a note, a
quote, a link, the text of an image, a hand-written page, a setting that names a portal, or an id, which is
part of an address. Code names, customers' names and partners belong under `secrets:`.

The word is found whatever hides it: another case, hyphens, signs that nobody sees, HTML entities, emphasis
in its middle, an ending behind an apostrophe. Letters before or after it make it another word.

What only the team reads may have it: the internal description, `## Internal`, and all that is not published.

Wrong, with `secrets: [Lindwurm]`:

```markdown
---
title: Charting without a network (Lindwurm)
status: in-progress
publish: [customer]
---
```

Right: the word stays where the team reads it.

```markdown
---
title: Charting without a network (Lindwurm)
titles: {customer: Charting without a network}
status: in-progress
publish: [customer]
---
```

A text that is known to be harmless is listed under `allow_public:`, with the reason.
""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A text that some public audiences read."""

    text: str
    readers: tuple[str, ...]
    at: Callable[[tuple[int, int]], Span]
    """From a part of the text, first and last sign, to its place."""

    hint: str = "take it out, or leave it to the team"


def check(
    plan: Plan,
    placed: Iterable[PlacedText],
    *,
    project: Project,
    seen: Sequence[tuple[Reader, Visible]],
    sources: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Apply the rule about secret words; `sources` are the files' texts by path."""
    words = plan.settings.secrets
    if not words:
        return
    # Looking through a file as it is costs a tenth of taking every published text out of its records.
    telling = where(
        partial(_may_tell, words=words), named=f"secrets {_digest(words)}", plan=plan, sources=sources
    )
    files = {path: sources[path] for path in sources if path in telling}
    harmless = [allowed.text for allowed in plan.settings.allow_public]
    for piece in _suspects(_pieces(plan, placed, project, seen, files), words):
        for match in find_secrets(piece.text, words):
            found = (match.start, match.end)
            if not any(_covers(text, piece.text, found) for text in harmless):
                listed = " and ".join(f"`{name}`" for name in piece.readers)
                yield SECRET_WORD.at(piece.at(found), hint=piece.hint, word=match.word, readers=listed)


def _may_tell(path: str, text: str, words: Sequence[str]) -> bool:
    return may_have(f"{path}\n{text}", words) or _ESCAPED.search(text) is not None


def _digest(words: Sequence[str]) -> str:
    # What is kept goes to the disk, and a secret word may come from the environment.
    return blake2b(repr(words).encode("utf-8", "surrogatepass")).hexdigest()


def _suspects(pieces: Iterable[Piece], words: Sequence[str]) -> Iterator[Piece]:
    """Those that may have one of the words: many texts at once are looked through much faster."""
    pieces = iter(pieces)
    while batch := list(islice(pieces, 256)):
        if find_secrets("\n".join(piece.text for piece in batch), words):
            yield from batch


def _covers(harmless: str, text: str, found: tuple[int, int]) -> bool:
    begin = text.find(harmless)
    while begin >= 0:
        if begin <= found[0] and found[1] <= begin + len(harmless):
            return True
        begin = text.find(harmless, begin + 1)
    return False


def _pieces(
    plan: Plan,
    placed: Iterable[PlacedText],
    project: Project,
    seen: Sequence[tuple[Reader, Visible]],
    sources: Mapping[str, str],
) -> Iterator[Piece]:
    """What is read by anybody, out of the files in `sources` and the settings."""
    for (kind, id), origin in plan.origins.items():
        if origin.document.path not in sources:
            continue
        here = [(one, records) for one, records in seen if id in records[kind]]
        if here:
            yield from _of_record(plan, (kind, id), here, sources)
    for text in placed:
        if f"{project.shown_content}/{text.source}" not in sources:
            continue
        readers = tuple(one.name for one, records in seen if reads(one, records, text, plan))
        if readers:
            yield Piece(text=text.text, readers=readers, at=partial(in_text, text, texts=sources))
    yield from _of_pages(plan, [one for one, _ in seen], sources)
    public = tuple(one.name for one, _ in seen)
    for value, span, readers in of_owner(plan, project, seen):
        at = partial(in_span, span, project.text, value)
        yield Piece(text=value, readers=readers or public, at=at, hint="take it out")


_ESCAPED = re.compile(r"\\[xuU]")
"""What can spell a letter in double quotes without showing it."""


def _of_pages(plan: Plan, everybody: Sequence[Reader], sources: Mapping[str, str]) -> Iterator[Piece]:
    """Titles, descriptions and names of hand-written pages."""
    for source, page in plan.pages.items():
        readers = tuple(one.name for one in everybody if one.reads(page.matter.publish))
        if readers and page.path in sources:
            rows = sources.get(page.path, "").split("\n")[: page.body_line - 1]
            for value in (page.matter.title, page.matter.description):
                if value is not None:
                    at = partial(in_lines, page.path, rows, value)
                    yield Piece(text=value, readers=readers, at=at)
            named = partial(_whole, Span(path=page.path))
            yield Piece(text=source, readers=readers, at=named, hint=_RENAME)


_RENAME = "rename it: this name is in the address"


def _whole(span: Span, found: tuple[int, int]) -> Span:
    del found
    return span


def _of_record(
    plan: Plan, name: Name, here: list[tuple[Reader, Visible]], sources: Mapping[str, str]
) -> Iterator[Piece]:
    (kind, id), origin = name, plan.origins[name]
    record = plan.of(kind)[id]
    place = origin.span(("id",)) if origin.location else Span(path=origin.document.path)
    everybody = tuple(one.name for one, _ in here)
    yield Piece(text=id, readers=everybody, at=partial(_whole, place), hint=_RENAME)
    readers: dict[Location, list[str]] = {}
    values: dict[Location, str] = {}
    for one, records in here:
        for location, value in _strings(plan, kind, record, one, records):
            values[location] = value
            readers.setdefault(location, []).append(one.name)
    for location, value in values.items():
        at = partial(in_value, origin.document, (*origin.location, *location), value, texts=sources)
        yield Piece(text=value, readers=tuple(readers[location]), at=at)


def _strings(
    plan: Plan, kind: Kind, record: Record, one: Reader, records: Visible
) -> Iterator[tuple[Location, str]]:
    """The texts of a record that an audience reads, but for those in Markdown; each with its place."""
    labels = one.common(record.publish)
    shown = plan.settings.show.get(one.name, ())
    title = next((label for label in labels if label in record.titles), None)
    if title is not None:
        yield ("titles", title), record.titles[title]
    for name, exposure in EXPOSURES[kind].items():
        own_title = name == ("name" if kind is Kind.PERSONA else "title")
        match exposure:
            case Exposure.PUBLIC:
                read = name not in {"id", "description"} and not (own_title and title)
            case Exposure.ADDABLE:
                read = name not in REFERENCES and f"{kind}.{name}" in shown
            case _:
                read = False
        if read:
            yield from _inside((name,), getattr(record, name))
    yield from _labelled(record, one)
    if isinstance(record, Release):
        yield from _of_notes(plan, record, labels, records)


def _labelled(record: Record, one: Reader) -> Iterator[tuple[Location, str]]:
    """Links and quotes, each by its own labels."""
    for index, link in enumerate(record.links):
        if one.reads(link.publish):
            yield from ((("links", index, "title"), link.title), (("links", index, "url"), link.url))
    for index, quote in enumerate(getattr(record, "quotes", ())):
        if one.reads(quote.publish):
            yield ("quotes", index, "text"), quote.text
            yield from _inside(("quotes", index, "attribution"), quote.attribution)


def _of_notes(
    plan: Plan, release: Release, labels: Iterable[str], records: Visible
) -> Iterator[tuple[Location, str]]:
    told = set(labels)
    for index, note in enumerate(release.notes):
        hidden = note.item is not None and plan.items.canonical(note.item) not in records[Kind.ITEM]
        if told.isdisjoint(note.texts) or hidden:
            continue
        for name, exposure in classes(type(note)).items():
            if exposure is Exposure.PUBLIC and name != "item":
                yield from _inside(("notes", index, name), getattr(note, name))


_NAMED = frozenset({"objectives", "superseded_by", "release"})
"""Fields that name other records, whose ids are looked at where they stand."""


def _inside(location: Location, value: object) -> Iterator[tuple[Location, str]]:
    if location[-1] in _NAMED:
        return
    match value:
        case str():
            yield location, str(value)
        case tuple():
            for index, inner in enumerate(value):
                yield from _inside((*location, index), inner)
        case Mapping():
            for name, inner in value.items():
                yield from _inside((*location, name), inner)
        case BaseModel():
            for name in type(value).model_fields:
                yield from _inside((*location, name), getattr(value, name))
