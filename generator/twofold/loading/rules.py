"""The rules about fields: which there are, which are needed, and what may stand in them."""

from __future__ import annotations

from twofold.diagnostics import Rule, Severity

UNKNOWN_FIELD = Rule(
    code="TF101",
    slug="unknown-field",
    severity=Severity.ERROR,
    message="{where} has no field `{field}`",
    page="""
A record holds a field that its kind does not know. Unknown fields are errors because a misspelt one
would otherwise be ignored in silence: a `horizont:` moves nothing, a `publsh:` publishes nothing.

Fields of your own go under `x:`, which is always internal.

Wrong:

```yaml
title: Offline charting
horizont: now
```

Right:

```yaml
title: Offline charting
horizon: now
x:
  cost-centre: 4711
```
""",
)

MISSING_FIELD = Rule(
    code="TF102",
    slug="missing-field",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
A field that this kind of record needs is missing, or stands there without a value.

Wrong:

```yaml
title: Offline charting
status: planned
```

Right (a planned item also says how soon):

```yaml
title: Offline charting
status: planned
horizon: next
```
""",
)

WRONG_TYPE = Rule(
    code="TF103",
    slug="wrong-type",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
A field holds another type of value than it takes: a text where a list belongs, a number in quotes, a
list where one text belongs.

Wrong:

```yaml
publish: customer
confidence: "0.8"
```

Right:

```yaml
publish: [customer]
confidence: 0.8
```
""",
)

INVALID_VALUE = Rule(
    code="TF104",
    slug="invalid-value",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
A field holds a value that is not one of those it takes: a status that does not exist, a label that no
audience has, a theme or an effort size that the settings do not name.

Wrong:

```yaml
status: in progress
```

Right:

```yaml
status: in-progress
```
""",
)

INVALID_DATE = Rule(
    code="TF105",
    slug="invalid-date",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
A date or period has another form than Twofold reads, or is a day that no calendar has. Dates are ISO
dates (`2026-11-30`), quoted or not. A period is `2026`, `2026-H2`, `2026-Q4`, `2026-11` or
`2026-11-30`, and is due at its last day.

Wrong:

```yaml
target: Q4 2026
review_by: 2026-02-30
```

Right:

```yaml
target: 2026-Q4
review_by: 2026-02-28
```
""",
)

OUT_OF_RANGE = Rule(
    code="TF106",
    slug="out-of-range",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
A number lies outside the range that has a meaning: importance and satisfaction go from 1 to 5,
confidence and fit from 0 to 1, effort is above 0, and no more people can mention something than were
asked.

Wrong:

```yaml
- persona: ward-nurse
  mentions: 41
  asked: 40
```

Right:

```yaml
- persona: ward-nurse
  mentions: 41
  asked: 60
```
""",
)

INVALID_ID = Rule(
    code="TF108",
    slug="invalid-id",
    severity=Severity.ERROR,
    message="{problem}",
    page="""
Ids are part of addresses, so they are short and plain: small letters and digits, with single hyphens
or dots between them. A record's id is its file's name without the ending; findings, metrics and notes
carry an `id:`. The ids `index` and `index.html` are reserved.

Wrong: `content/roadmap/Offline Charting.md`

Right: `content/roadmap/offline-charting.md`
""",
)
