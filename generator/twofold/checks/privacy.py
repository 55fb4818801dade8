"""Rules about people: what they said is theirs, and what tells who they are stays out of the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twofold.checks.places import in_text, in_value
from twofold.diagnostics import Rule, Severity
from twofold.model import Finding, Kind, Summary
from twofold.model.fields import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twofold.diagnostics import Diagnostic
    from twofold.loading.records import Document
    from twofold.model.record import Location
    from twofold.plan import Plan
    from twofold.plan.texts import PlacedText

QUOTE_WITHOUT_CONSENT = Rule(
    code="TF605",
    slug="quote-without-consent",
    severity=Severity.ERROR,
    message="this quote is published for {labels} and has no `consent`",
    page="""
Somebody's words are to leave the internal portal, and nothing says that they agreed. `consent` holds a
reference and the date, so that the agreement can be found again; it is never published itself.

Without `publish` a quote stays internal and needs none. A quote takes nothing over from its finding: the
finding may be published and the quote not.

Wrong:

```yaml
quotes:
  - text: I chart in the car park.
    attribution: Ward nurse, 600-bed hospital
    publish: [customer]
```

Right:

```yaml
quotes:
  - text: I chart in the car park.
    attribution: Ward nurse, 600-bed hospital
    consent: Form 2026-118, signed 2026-07-02
    publish: [customer]
```
""",
)

PERSONAL_DATA = Rule(
    code="TF606",
    slug="personal-data",
    severity=Severity.WARNING,
    message="{what} in feedback",
    page="""
An e-mail address or a telephone number stands in a feedback summary. It names one person. A repository
is copied to many machines, and its history forgets nothing, so what is committed here cannot be taken
back by taking it out later.

A finding needs no names: it counts how many said it. Keep the address in the system from which the
feedback came, and refer to the conversation there with `source:`.

Wrong:

```yaml
- id: network-drops
  summary: Two wards lose the network every night (ask Anna, anna@st-anna.example or +49 30 901820).
```

Right:

```yaml
- id: network-drops
  summary: Two wards lose the network every night.
  source: {system: crm, id: "4711"}
```
""",
)

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
_GAP = r"(?:[ \u00a0]?[(/.\u2010\u2011-][ \u00a0]?|\)[ \u00a0/-]?|[ \u00a0])"
_PHONE = re.compile(
    rf"""
    (?<![\w+.,:/€$£-])
    (?: (?P<abroad>(?:\+|00)[ ]?[1-9]\d{{0,2}}(?:{_GAP}?\d){{6,13}})
      | (?P<home>(?:\(0[1-9]\d{{0,4}}\)[ ]?\d|0[1-9])(?:{_GAP}?\d){{5,12}})
      | (?P<american>(?:\(\d{{3}}\)[ ]?|\d{{3}}[-.\u2011 ])\d{{3}}[-.\u2011 ]\d{{4}})
      | (?P<named>(?i:tel|phone|telephone|mobile|cell|fax|telefon|tél)[.:]{{1,2}}[ ]?\d(?:{_GAP}?\d){{4,13}})
    )
    (?![\w@%€$£]|[-./,:]\d|[ ]?(?:EUR|USD|GBP|CHF|€|%))
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![./-]?\d)")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_SIGNS = re.compile(r"@|\d{2}")


def check(plan: Plan, placed: Iterable[PlacedText], *, sources: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Apply the rules about people; `sources` are the files' texts by path."""
    for (kind, id), origin in plan.origins.items():
        if kind is not Kind.FINDING:
            continue
        for index, quote in enumerate(plan.findings[id].quotes):  # type: ignore[index] # an id of this kind
            labels = [label for label in dict.fromkeys(quote.publish) if label != INTERNAL]
            if labels and quote.consent is None:
                span = origin.span(("quotes", index, "publish"))
                hint = "add `consent:` with its reference and date, or take `publish` out"
                named = " and ".join(f"`{label}`" for label in labels)
                yield QUOTE_WITHOUT_CONSENT.at(span, hint=hint, labels=named)
    documents = {document.source: document for document in plan.documents.values()}
    for document in documents.values():
        yield from _personal(document, sources)
    for text in placed:
        if text.source in documents:
            for what, found in personal_data(text.text):
                yield PERSONAL_DATA.at(in_text(text, found, texts=sources), hint=_OUT, what=what)


_OUT = "take it out; where it came from keeps it"


def personal_data(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """E-mail addresses and telephone numbers: what it is, and from where to where."""
    if _SIGNS.search(text) is None:
        return
    for match in _MAIL.finditer(text):
        yield "an e-mail address", match.span()
    for match in _PHONE.finditer(text):
        if _is_number_of_a_person(match):
            yield "a telephone number", match.span()


def _is_number_of_a_person(match: re.Match[str]) -> bool:
    text = match[0]
    digits = sum(sign.isdigit() for sign in text)
    if match["american"] or match["named"]:
        return True
    if _DATE.match(text) or _ADDRESS.fullmatch(text):
        return False
    groups = re.findall(r"\d+", text)
    if match["abroad"]:
        # A great round number with a plus before it is an amount.
        round_number = len(groups) > 2 and all(group == "000" for group in groups[-2:])
        return 8 <= digits <= 15 and not round_number
    if len(groups) == 1:
        return 10 <= digits <= 13
    # Hyphens alone join the parts of identifiers too: a telephone number has one, or begins and ends as one.
    hyphens_only = not set(text) & set(" /().\u00a0")
    shape = [len(group) for group in groups]
    return 8 <= digits <= 13 and (
        not hyphens_only or (len(shape) == 2 and shape[1] >= 6) or shape in ([3, 4, 4], [4, 3, 4], [3, 3, 4])
    )


def _personal(document: Document, sources: Mapping[str, str]) -> Iterator[Diagnostic]:
    for location, value in _values(document.content):
        for what, found in personal_data(value):
            span = in_value(document, location, value, found, texts=sources)
            yield PERSONAL_DATA.at(span, hint=_OUT, what=what)


def _values(content: object) -> Iterator[tuple[Location, str]]:
    """The texts of a summary in which people are spoken of; its description is read as Markdown."""
    if not isinstance(content, Summary):
        return
    if content.title is not None:
        yield ("title",), content.title
    for index, finding in enumerate(content.findings):
        for location, value in _of_finding(finding):
            yield ("findings", index, *location), value


def _of_finding(finding: Finding) -> Iterator[tuple[Location, str]]:
    yield ("summary",), finding.summary
    for label, title in finding.titles.items():
        yield ("titles", label), title
    for index, voice in enumerate(finding.voices):
        for number, account in enumerate(voice.accounts):
            yield ("voices", index, "accounts", number), account
    for index, quote in enumerate(finding.quotes):
        yield ("quotes", index, "text"), quote.text
        if quote.attribution is not None:
            yield ("quotes", index, "attribution"), quote.attribution
    for index, link in enumerate(finding.links):
        yield ("links", index, "title"), link.title
        yield ("links", index, "url"), link.url
