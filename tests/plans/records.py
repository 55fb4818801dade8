"""The files of a plan, a function for each kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tests.plans import vocabulary as words
from tests.plans.choices import some, subset
from tests.plans.outline import TODAY, Item, Outline, Record, Release, Sizes, metric_title, outline_of
from tests.plans.prose import fill, narratives, ordinal
from tests.plans.writing import SECTIONS, Bare, Fields, Value, document, yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

FINDINGS_PER_SUMMARY: Final = 20
METRICS_PER_FILE: Final = 15


def files_of(sizes: Sizes) -> Iterator[tuple[str, str]]:
    outline = outline_of(sizes)
    yield "mkdocs.yml", _settings(sizes)
    yield "content/about.md", _about(sizes)
    for index, persona in enumerate(outline.personas):
        yield f"content/{persona.path}", _persona(outline, index, persona)
    for start in range(0, sizes.findings, FINDINGS_PER_SUMMARY):
        yield _summary(outline, start)
    for index, objective in enumerate(outline.objectives):
        yield f"content/{objective.path}", _objective(outline, index, objective)
    for index, item in enumerate(outline.items):
        yield f"content/{item.path}", _item(outline, index, item)
    for release in outline.releases:
        yield f"content/{release.path}", _release(outline, release)
    for start in range(0, sizes.metrics, METRICS_PER_FILE):
        yield _metrics(outline, start)


def _settings(sizes: Sizes) -> str:
    added = [label for label in sizes.labels if label not in SECTIONS]
    plugin: dict[str, Value] = {
        "product": "Wardline",
        "themes": words.THEMES,
        "currency": "EUR",
        "secrets": ["Project Lindwurm"],
    }
    if added:
        plugin["audiences"] = {label: {"title": f"{label.capitalize()} portal"} for label in added}
    settings: Fields = {
        "site_name": "Wardline roadmap",
        "site_url": "https://roadmap.example.org/",
        "docs_dir": "content",
        "theme": {"name": "material"},
        "plugins": ["search", {"twofold": plugin}],
    }
    return yaml_text(settings)


def _about(sizes: Sizes) -> str:
    front: Fields = {"title": "About this roadmap", "publish": sizes.labels}
    return f"---\n{yaml_text(front)}---\n\nWhat we build next, and why, in the words of those who asked.\n"


def _persona(outline: Outline, index: int, persona: Record) -> str:
    sizes = outline.sizes
    chance = sizes.chance("persona", index, "text")
    [side] = chance.choices(("customer", "user", "both"), weights=(40, 50, 10))
    role, _, setting = persona.title.partition(", ")
    fields: Fields = {
        "name": "نور، ممرضة ليلية" if index == 7 else persona.title,
        "side": side,
        "role": role,
        "segment": setting,
        "publish": persona.publish,
        "goal": chance.choice(words.GOALS),
        "jobs": [f"Keep {thing} complete" for thing in chance.sample(words.THINGS, 2)],
        "pains": chance.sample(words.PAINS, 2),
        "success_criteria": [f"{chance.choice(words.THINGS).capitalize()} are found within a minute"],
        "population": chance.randrange(40, 4000, 10) if side == "user" else chance.randrange(12, 300),
        "weight": chance.choice((0.5, 1, 1, 1, 2, 3)),
        "influence": chance.randint(1, 5),
        "interest": chance.randint(1, 5),
        "evidence": some(chance, outline.findings, 3),
        "metrics": some(chance, outline.metrics, 1),
        "owners": [chance.choice(words.PEOPLE)],
    }
    return document(persona.path, fields, narratives(outline, chance, persona, persona.publish))


def _objective(outline: Outline, index: int, objective: Record) -> str:
    chance = outline.sizes.chance("objective", index, "text")
    # Every fourth one stands above those that follow it.
    parent = outline.objectives[index - index % 4].id if index % 4 else None
    fields: Fields = {
        "title": objective.title,
        "side": ("customer", "user", "both")[index % 3],
        "period": Bare(("2026", "2026-H2", "2027-Q1", "2027")[index % 4]),
        "parent": parent,
        "publish": objective.publish,
        "metrics": some(chance, outline.metrics, 2),
        "owners": [chance.choice(words.PEOPLE)],
        "review_by": TODAY + timedelta(days=chance.randrange(20, 200)),
    }
    return document(objective.path, fields, narratives(outline, chance, objective, objective.publish))


def _item(outline: Outline, index: int, item: Item) -> str:
    chance = outline.sizes.chance("item", index, "text")
    key = f"WARD-{1000 + index}"
    fields: dict[str, Value] = {
        "title": item.title,
        "status": item.status,
        "horizon": _horizon(chance, item.status),
        "publish": item.publish or None,
        "titles": {
            item.publish[0]: f"{item.thing[:1].upper()}{item.thing[1:]} {item.place}, {ordinal(index)}"
        }
        if item.publish and chance.random() < 0.1
        else None,
        "objectives": [one.id for one in chance.sample(outline.objectives, min(2, len(outline.objectives)))],
        "target": item.target,
        "evidence": _evidence(outline, chance, index),
        "personas": some(chance, [persona.id for persona in outline.personas], 2),
        "driver": chance.choice(("obligation", "enabler")) if chance.random() < 0.08 else None,
        "effort": chance.choice(("S", "M", "L", 0.5, 2, 5, 13)) if chance.random() < 0.85 else None,
        "confidence": chance.choice((0.4, 0.6, 0.8, 0.9)) if chance.random() < 0.8 else None,
        "inputs": {"reach": chance.randrange(10, 900), "impact": chance.choice((0.5, 1, 2, 3))}
        if chance.random() < 0.2
        else None,
        "depends_on": _dependencies(outline, chance, index),
        "related": [outline.items[chance.randrange(index)].id] if index and chance.random() < 0.2 else None,
        "release": Bare(item.release) if item.release else None,
        "metrics": some(chance, outline.metrics, 2),
        "owners": [chance.choice(words.PEOPLE)],
        "review_by": TODAY + timedelta(days=chance.randrange(10, 300)),
        "tags": sorted(chance.sample(words.TAGS, 2)),
        "source": {"system": "jira", "id": key, "url": f"https://jira.example.org/browse/{key}"},
        "x": {"cost_centre": chance.randrange(4000, 4999), "squad": chance.choice(words.AREAS)},
    }
    fields |= _by_status(outline, chance, item)
    if chance.random() < 0.3:
        fields["links"] = [
            {
                "title": f"Design notes on {item.thing}",
                "url": f"https://design.example.org/{item.id}",
                "publish": item.publish[:1],
            }
        ]
    return document(item.path, fields, narratives(outline, chance, item, outline.sizes.labels))


def _by_status(outline: Outline, chance: Random, item: Item) -> dict[str, Value]:
    match item.status:
        case "released":
            change = chance.choice(
                ("added", "added", "changed", "changed", "fixed", "security", "deprecated")
            )
            return {
                "change": change,
                "released": None if item.release else TODAY - timedelta(days=chance.randrange(1, 300)),
                "ends": TODAY + timedelta(days=chance.randrange(60, 400)) if change == "deprecated" else None,
                "action": "Print the new quick card" if chance.random() < 0.1 else None,
            }
        case "declined":
            better = [other.id for other in outline.items[:50] if other.status in ("planned", "released")]
            return {
                "reason": f"The pilot ward solved it without us, and {item.thing} are rebuilt next year.",
                "superseded_by": [chance.choice(better)] if better and chance.random() < 0.5 else None,
            }
        case _:
            return {}


def _horizon(chance: Random, status: str) -> str | None:
    match status:
        case "in-progress":
            return "now"
        case "planned":
            return chance.choice(("now", "next", "next", "later"))
        case "idea":
            return "later" if chance.random() < 0.4 else None
        case _:
            return None


def _evidence(outline: Outline, chance: Random, index: int) -> Value:
    if not outline.findings:
        return None
    # The first one in turn, so that a plan with as many items as findings leaves none unanswered.
    first = outline.findings[index % len(outline.findings)]
    others = some(chance, outline.findings, 3)
    return [
        {"finding": finding, "fit": chance.choice((0.3, 0.5, 0.8))} if chance.random() < 0.3 else finding
        for finding in dict.fromkeys((first, *others))
    ]


def _dependencies(outline: Outline, chance: Random, index: int) -> list[str] | None:
    """Up to two earlier items that are due no later: no cycle, and nothing waits for what comes after it."""
    item = outline.items[index]
    if item.status == "declined" or chance.random() < 0.6:
        return None
    near = [
        other.id
        for other in outline.items[max(0, index - 40) : index]
        if other.status in ("planned", "in-progress", "released") and other.due <= item.due
    ]
    return sorted(chance.sample(near, min(len(near), chance.randint(1, 2)))) or None


def _release(outline: Outline, release: Release) -> str:
    chance = outline.sizes.chance("release", release.id)
    out = release.day <= TODAY
    inside = [item for item in outline.items if item.release == release.id]
    quarter = Bare(f"{release.day.year}-Q{(release.day.month - 1) // 3 + 1}")
    notes: list[Value] = []
    for number in range(chance.randint(3, 6)):
        thing = chance.choice(words.THINGS)
        note: dict[str, Value] = {
            "id": f"note-{release.id}-{number + 1}",
            "change": chance.choice(("added", "changed", "fixed")),
            "item": chance.choice(inside).id if inside and chance.random() < 0.2 else None,
            "stage": chance.choice(("pilot", "beta", "general")) if chance.random() < 0.3 else None,
            "customer": f"The export of {thing} names the site." if chance.random() < 0.6 else None,
            "user": f"The list of {thing} remembers its filter.",
            "internal": "Found by support." if chance.random() < 0.3 else None,
        }
        notes.append(note)
    fields: Fields = {
        "version": Bare(release.id),
        "date": release.day if out else quarter,
        "title": release.title,
        "publish": release.publish,
        "owners": [chance.choice(words.PEOPLE)],
        "notes": notes,
    }
    return document(release.path, fields, narratives(outline, chance, release, release.publish))


def _summary(outline: Outline, start: int) -> tuple[str, str]:
    chance = outline.sizes.chance("feedback", start)
    number = start // FINDINGS_PER_SUMMARY + 1
    collected = TODAY - timedelta(days=chance.randrange(20, 400))
    method = chance.choice(("interview", "survey", "support", "sales", "usage", "community"))
    period = f"{collected.year}-Q{(collected.month - 1) // 3 + 1}"
    fields: Fields = {
        "title": f"{method.capitalize()} findings {period}, part {number}",
        "method": method,
        "period": Bare(period),
        "collected": collected,
        "asked": chance.randrange(12, 80),
        "findings": [
            _finding(outline, chance, index)
            for index in range(start, min(start + FINDINGS_PER_SUMMARY, outline.sizes.findings))
        ],
    }
    return f"content/feedback/{collected.year}/{method}.{number}.yml", yaml_text(fields)


def _finding(outline: Outline, chance: Random, index: int) -> Fields:
    voiced = chance.sample(outline.personas, min(len(outline.personas), chance.randint(2, 4)))
    summary = fill(
        chance, chance.choice(words.SUMMARIES), chance.choice(words.THINGS), chance.choice(words.PLACES)
    )
    labels = outline.sizes.labels
    told = subset(chance, labels) if labels and chance.random() < 0.2 else ()
    finding: dict[str, Value] = {
        "id": outline.findings[index],
        "summary": summary,
        "theme": words.THEMES[index % len(words.THEMES)],
        "publish": told or None,
        "titles": {label: f"{ordinal(index).capitalize()} things that slow the ward down" for label in told}
        or None,
        "voices": [_voice(chance, persona) for persona in voiced],
    }
    if voiced and chance.random() < 0.25:
        finding["quotes"] = [_quote(chance, voiced[0], labels)]
    return finding


def _voice(chance: Random, persona: Record) -> Fields:
    asked = chance.randrange(6, 90)
    voice: dict[str, Value] = {
        "persona": persona.id,
        "mentions": chance.randint(1, asked),
        "asked": asked,
        "importance": chance.choice((2, 3, 3.5, 4, 4.5, 5)),
    }
    if chance.random() < 0.8:
        voice["satisfaction"] = chance.choice((1, 1.5, 2, 2.5, 3, 4))
    if chance.random() < 0.1:
        voice["revenue"] = chance.randrange(10_000, 400_000, 5_000)
        voice["accounts"] = [f"Klinikum {chance.choice(('Nord', 'Süd', 'West'))}"]
    return voice


def _quote(chance: Random, persona: Record, labels: Sequence[str]) -> Fields:
    quote: dict[str, Value] = {
        "text": chance.choice(words.QUOTES),
        "persona": persona.id,
        "attribution": persona.title,
    }
    if labels and chance.random() < 0.5:
        quote["consent"] = f"Form 2026-{chance.randrange(100, 999)}, signed 2026-09-01"
        quote["publish"] = subset(chance, labels)
    return quote


def _metrics(outline: Outline, start: int) -> tuple[str, str]:
    labels = outline.sizes.labels
    entries: list[Value] = []
    for index in range(start, min(start + METRICS_PER_FILE, outline.sizes.metrics)):
        chance = outline.sizes.chance("metric", index)
        baseline, goal = chance.randrange(40, 60), chance.randrange(70, 90)
        up = index % 2 == 0
        entries.append(
            {
                "id": outline.metrics[index],
                "title": metric_title(index),
                "description": f"Measured on all wards, {ordinal(index)} of the set.",
                "side": ("customer", "user")[index % 2],
                "unit": "%",
                "direction": "up" if up else "down",
                "publish": subset(chance, labels) or None,
                "baseline": {"date": date(2025, 12, 31), "value": baseline},
                "target": {"date": date(2027, 6, 30), "value": goal if up else 100 - goal},
                "observations": [
                    {
                        "date": date(2026, month, 28),
                        "value": baseline + chance.randrange(15),
                        "n": 120 + month,
                    }
                    for month in (3, 6, 9)
                ],
            }
        )
    return f"content/metrics/set-{start // METRICS_PER_FILE + 1}.yml", yaml_text(entries)
