"""Rules about the way from what was learnt to what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.checks.due import COMMITTED
from twofold.diagnostics import Rule, Severity
from twofold.model import Driver, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic
    from twofold.model import FindingId, PersonaId
    from twofold.plan import Plan

ITEM_WITHOUT_EVIDENCE = Rule(
    code="TF401",
    slug="item-without-evidence",
    severity=Severity.WARNING,
    message="this item is {status} and cites no finding",
    page="""
An item is planned or in progress to meet a need, and no finding says that anybody has it. Its scores
are 0 on both sides, and nobody will be able to say whom it was for.

Ideas may wait for their evidence. What a law or a contract demands is an `obligation`, what other items
need is an `enabler`; neither needs a finding.

Wrong:

```yaml
title: Offline charting
status: planned
horizon: now
```

Right:

```yaml
title: Offline charting
status: planned
horizon: now
evidence: [network-drops]
```
""",
)

UNANSWERED_FINDING = Rule(
    code="TF402",
    slug="unanswered-finding",
    severity=Severity.WARNING,
    message="no item answers `{finding}`",
    page="""
Somebody took the time to say this, and no item cites it under `evidence`. Any item is an answer: an
idea says that it was heard, and a declined one says no, with a reason.

While an item's file cannot be read, this rule is silent: that item may be the answer.

Wrong: a finding `printer-queues` that stands in no item's `evidence`.

Right:

```yaml
# roadmap/printing.md
title: Printing without a queue
status: declined
reason: The hospitals' own print servers; we would be guests there.
evidence: [printer-queues]
```
""",
)

UNSERVED_PERSONA = Rule(
    code="TF403",
    slug="unserved-persona",
    severity=Severity.WARNING,
    message="no open or released item serves this persona",
    page="""
Nothing on the roadmap is for this persona: no item that is open or released cites a finding in which
they have a voice, and none names them under `personas`. A voice with `mentions: 0` (they were asked and
did not bring it up) and evidence with `fit: 0` serve nobody.

That may be on purpose, for a while. Where it lasts, the persona is either not one of the product's, or
the next one to leave.

While the file of an item or a feedback summary cannot be read, this rule is silent.

Wrong: a persona `night-doctor` that no finding and no item mentions.

Right:

```yaml
# roadmap/offline-charting.md
personas: [night-doctor]
```
""",
)


def check(plan: Plan, *, broken: frozenset[str]) -> Iterator[Diagnostic]:
    """Apply the rules about evidence.

    `broken` are the record files, relative to the content folder, that could not be used. What they name
    is not known, so that nothing is said about records that they may name.
    """
    unread = {source.partition("/")[0] for source in broken}
    yield from _unbacked(plan)
    if "roadmap" not in unread:
        yield from _unanswered(plan)
    if unread.isdisjoint({"roadmap", "feedback"}):
        yield from _unserved(plan)


def _unbacked(plan: Plan) -> Iterator[Diagnostic]:
    for id, item in plan.items.items():
        if item.status in COMMITTED and item.driver is Driver.NEED and not item.evidence:
            span = plan.origins[Kind.ITEM, id].span(("status",))
            hint = "add `evidence:`, or say `driver: obligation` or `driver: enabler`"
            status = "planned" if item.status is Status.PLANNED else "in progress"
            yield ITEM_WITHOUT_EVIDENCE.at(span, hint=hint, status=status)


def _unanswered(plan: Plan) -> Iterator[Diagnostic]:
    for id in plan.findings:
        links = plan.backlinks.get((Kind.FINDING, id), ())
        if not any(link.kind is Kind.ITEM and link.field == "evidence" for link in links):
            span = plan.origins[Kind.FINDING, id].span(("id",))
            hint = "cite it in an item's `evidence:`; a declined item is an answer, too"
            yield UNANSWERED_FINDING.at(span, hint=hint, finding=id)


def _unserved(plan: Plan) -> Iterator[Diagnostic]:
    # Gathered as written, earlier ids among them: each is looked up once, not at every mention.
    named: set[PersonaId] = set()
    cited: set[FindingId] = set()
    for item in plan.items.values():
        if item.status is not Status.DECLINED:
            named.update(item.personas)
            cited.update(answer.finding for answer in item.evidence if answer.fit > 0)
    answered = {plan.findings.canonical(id) for id in cited}
    heard: set[PersonaId] = set()
    for id, finding in plan.findings.items():
        speakers = {voice.persona for voice in finding.voices if voice.mentions != 0}
        heard |= speakers
        if id in answered:
            named |= speakers
    served = {plan.personas.canonical(id) for id in named}
    voiced = {plan.personas.canonical(id) for id in heard}
    for persona in plan.personas:
        if persona not in served:
            hint = "cite what they said in an item's `evidence:`, or name them under `personas:`"
            if persona not in voiced:
                hint = "no finding has a voice of theirs: ask them, or name them under an item's `personas:`"
            yield UNSERVED_PERSONA.at(plan.origins[Kind.PERSONA, persona].span(("name",)), hint=hint)
