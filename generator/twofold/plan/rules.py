"""The rules about references: TF201 to TF208."""

from __future__ import annotations

from twofold.diagnostics import Rule, Severity
from twofold.model import Kind


def _unknown(number: int, kind: Kind, *, field: str, wrong: str, right: str, home: str) -> Rule:
    article = "an" if kind.value[0] in "aeio" else "a"
    return Rule(
        code=f"TF{number}",
        slug=f"unknown-{kind.value}",
        severity=Severity.ERROR,
        message=f"there is no {kind.value} `{{target}}`",
        page=f"""
A record names {article} {kind.value} that the plan does not have. {home} An earlier id still resolves
where the {kind.value} lists it under `aliases:`.

A {kind.value} whose own file could not be read is not reported again here.

Wrong:

```yaml
{field}: {wrong}
```

Right:

```yaml
{field}: {right}
```
""",
    )


_FILE = "Its id is the name of its file without the ending."
_LISTED = "Its id is the `id:` in the list that it stands in."

UNKNOWN = {
    Kind.PERSONA: _unknown(
        201, Kind.PERSONA, field="personas", wrong="[ward-nurs]", right="[ward-nurse]", home=_FILE
    ),
    Kind.FINDING: _unknown(
        202, Kind.FINDING, field="evidence", wrong="[network-drop]", right="[network-drops]", home=_LISTED
    ),
    Kind.ITEM: _unknown(
        203, Kind.ITEM, field="depends_on", wrong="[ofline-charting]", right="[offline-charting]", home=_FILE
    ),
    Kind.OBJECTIVE: _unknown(
        204, Kind.OBJECTIVE, field="objectives", wrong="[safe-ward]", right="[safer-wards]", home=_FILE
    ),
    Kind.RELEASE: _unknown(205, Kind.RELEASE, field="release", wrong="2026.03", right="2026.3", home=_FILE),
    Kind.METRIC: _unknown(
        206, Kind.METRIC, field="metrics", wrong="[overtime]", right="[charting-overtime]", home=_LISTED
    ),
}
"""Kind to the rule for a reference that leads nowhere."""

DEPENDENCY_CYCLE = Rule(
    code="TF207",
    slug="dependency-cycle",
    severity=Severity.ERROR,
    message="these {what} wait for each other: {cycle}",
    page="""
Items that depend on each other in a circle can never be started, and objectives that are each
other's parents have no top. Take out the link that is the least true.

Wrong: `offline-charting` depends on `local-store`, and `local-store` on `offline-charting`.

Right:

```yaml
# roadmap/offline-charting.md
depends_on: [local-store]
```
""",
)

DUPLICATE_ID = Rule(
    code="TF208",
    slug="duplicate-id",
    severity=Severity.ERROR,
    message="the {kind} `{id}` is there already: {other}",
    page="""
Two records of one kind have the same id, or an alias is an id that another record has. A reference
could then mean either. The second one is left out until it is renamed.

Folders below the first do not count: `roadmap/2026/offline.md` and `roadmap/offline.md` are both
the item `offline`. A Markdown and a YAML record of the same name collide as well.

Wrong: `content/roadmap/offline.md` beside `content/roadmap/offline.yml`

Right: one of them, or another name for the second.
""",
)
