"""Rules about voices: how many stand behind them, and whether they can be scored."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from twofold.diagnostics import Rule, Severity
from twofold.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twofold.diagnostics import Diagnostic
    from twofold.loading.records import Document
    from twofold.model import Voice
    from twofold.plan import Origin, Plan

ENOUGH = 5
"""From how many on an answer is more than a few people's."""

THIN_EVIDENCE = Rule(
    code="TF404",
    slug="thin-evidence",
    severity=Severity.WARNING,
    message="only {asked} asked{who}: too few to go by",
    page="""
Fewer than five were asked, so one more conversation could turn the figure round. The score allows for
it (see its range), but whoever argues with it should know.

Where the persona's `population` is known and all of them were asked, it is a census and says all there
is to say: three of three managing directors are enough.

It is said at the voice's `asked`; where several voices take the summary's, once, there.

Wrong:

```yaml
voices:
  - {persona: cio, mentions: 1, asked: 2, importance: 5}
```

Right:

```yaml
voices:
  - {persona: cio, mentions: 3, asked: 12, importance: 5}
```

Right, for a persona of whom there are only two, both of them asked:

```yaml
# personas/group-cio.md
population: 2
```
""",
)

UNSIZED_VOICE = Rule(
    code="TF405",
    slug="unsized-voice",
    severity=Severity.WARNING,
    message="this voice has no {missing}: it is shown, not scored",
    page="""
A voice needs three figures to count: how many of those `asked` brought it up (`mentions`), how many
that were, and how important it is to them (`importance`, 1 to 5). Without one of them it is shown
beside the others, and no item gains by it.

`asked` may stand once, in the summary, for all its voices. `satisfaction` may be left out; the middle is
then assumed, and shown so.

Wrong:

```yaml
voices:
  - {persona: cio, mentions: 3}
```

Right:

```yaml
voices:
  - {persona: cio, mentions: 3, asked: 12, importance: 4}
```
""",
)

_MEANING = {
    "mentions": "how many brought it up",
    "asked": "how many were asked",
    "importance": "1 to 5",
}
"""What a voice needs to be scored, in the order of reading."""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Apply the rules about voices."""
    documents: dict[str, Document] = {}
    inheriting: Counter[str] = Counter()
    for id, finding in plan.findings.items():
        origin = plan.origins[Kind.FINDING, id]
        for index, voice in enumerate(finding.voices):
            asked = plan.asked(id, voice)
            yield from _unsized(voice, index, origin, asked=asked)
            if asked is None or asked >= ENOUGH:
                continue
            persona = plan.personas.get(voice.persona)
            # A persona that is not in the plan may be small enough for a census.
            if persona is None or (persona.population is not None and asked >= persona.population):
                continue
            if voice.asked is None:
                documents[plan.summary_of[id]] = origin.document
                inheriting[plan.summary_of[id]] += 1
                continue
            of = f" of {persona.population:,}" if persona.population is not None else ""
            size = f"{asked}{of} {_were(asked)}"
            span = origin.span(("voices", index, "asked"))
            hint = _hint(asked, population=persona.population)
            yield THIN_EVIDENCE.at(span, hint=hint, asked=size, who=f" (`{voice.persona}`)")
    for summary, voices in inheriting.items():
        asked = plan.summaries[summary].asked or 0
        who = "" if voices == 1 else f", for {voices} voices"
        span = documents[summary].span(("asked",))
        hint = _hint(asked, population=None)
        yield THIN_EVIDENCE.at(span, hint=hint, asked=f"{asked} {_were(asked)}", who=who)


def _unsized(voice: Voice, index: int, origin: Origin, *, asked: int | None) -> Iterator[Diagnostic]:
    given = {"mentions": voice.mentions, "asked": asked, "importance": voice.importance}
    missing = [name for name, value in given.items() if value is None]
    if missing:
        names = [f"`{name}`" for name in missing]
        listed = " and no ".join((", no ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
        hint = "add " + ", ".join(f"`{name}:` ({_MEANING[name]})" for name in missing)
        yield UNSIZED_VOICE.at(origin.span(("voices", index, "persona")), hint=hint, missing=listed)


def _hint(asked: int, *, population: int | None) -> str:
    more = (ENOUGH if population is None else min(ENOUGH, population)) - asked
    census = ", or give the persona's `population` where these are all" if population is None else ""
    return f"ask {more} more{census}"


def _were(asked: int) -> str:
    return "was" if asked == 1 else "were"
