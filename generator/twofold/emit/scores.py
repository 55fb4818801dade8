"""Scores for programs: JSON and CSV, unrounded."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twofold.model import PersonaId
    from twofold.plan import Plan
    from twofold.scoring.derivation import Derivation, PersonaStep, SideStep, ThemeStep, VoiceStep
    from twofold.scoring.interval import Estimate
    from twofold.scoring.ranking import Scored

STEERING = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet takes for a formula (OWASP, CSV injection)."""

COLUMNS = (
    *("rank", "id", "title", "status", "horizon", "strongest_for"),
    *(f"{figure}{end}" for figure in ("customer", "user", "value") for end in ("", "_low", "_high")),
    *("confidence", "confidence_assumed", "satisfaction_assumed", "effort"),
    *("priority", "priority_low", "priority_high", "rank_best", "rank_worst", "band", "problem"),
)
"""Of the CSV, in their order."""


def entry(plan: Plan, one: Scored) -> dict[str, Any]:
    """One item for JSON."""
    item = plan.items[one.id]
    return {
        "id": one.id,
        "rank": one.rank,
        "customer": _figures(one.customer),
        "user": _figures(one.user),
        "value": one.value.score,
        "confidence": one.confidence,
        "effort": one.effort,
        "priority": one.priority.score if one.priority else None,
        "rank_best": one.rank_best,
        "rank_worst": one.rank_worst,
        "value_low": one.value.low,
        "value_high": one.value.high,
        "priority_low": one.priority.low if one.priority else None,
        "priority_high": one.priority.high if one.priority else None,
        "band": one.band,
        "title": item.title,
        "status": item.status.value,
        "horizon": item.horizon.value if item.horizon else None,
        "strongest_for": one.strongest,
        "confidence_assumed": one.confidence_assumed,
        "satisfaction_assumed": one.satisfaction_assumed,
        "problem": one.problem or None,
    }


def as_json(entries: Sequence[Mapping[str, Any]]) -> str:
    """A list, an entry a line, in ASCII."""
    lines = ",\n".join(f"  {json.dumps(one, allow_nan=False)}" for one in entries)
    # The one control character that JSON leaves as it is.
    return (f"[\n{lines}\n]\n" if lines else "[]\n").replace("\x7f", "\\u007f")


def as_csv(entries: Sequence[Mapping[str, Any]]) -> str:
    """A row for each entry; the three figures of a side are columns of their own."""
    rows = [_flat(one) for one in entries]
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def derivation(found: Derivation) -> dict[str, Any]:
    """The steps to one item's score."""
    return {
        "personas": [_persona(step) for step in found.personas],
        "unscored_voices": [{"finding": finding, "persona": one} for finding, one in found.unscored],
        "customer": _side(found.customer),
        "user": _side(found.user),
        "customer_weight": found.customer_weight,
        "model": found.model.title,
        "formula": found.model.formula,
        "inputs": dict(found.candidate.inputs),
    }


def _persona(step: PersonaStep) -> dict[str, Any]:
    themes = [_theme(theme) for theme in step.themes]
    return {"persona": step.persona, "need": _figures(step.need), "themes": themes}


def _theme(step: ThemeStep) -> dict[str, Any]:
    voices = [_voice(voice) for voice in step.voices]
    return {"theme": step.theme or None, "need": _figures(step.need), "voices": voices}


def _voice(step: VoiceStep) -> dict[str, Any]:
    weighed = step.weighed
    return {
        "finding": step.finding,
        "mentions": weighed.mentions,
        "asked": weighed.asked,
        "population": weighed.population,
        "sample": weighed.share.sample,
        "share": {"score": weighed.share.score, "low": weighed.share.low, "high": weighed.share.high},
        "importance": weighed.importance,
        "satisfaction": weighed.satisfaction,
        "satisfaction_assumed": step.satisfaction_assumed,
        "pain": weighed.pain,
        "fit": step.fit,
        "need": _figures(step.need),
    }


def _side(step: SideStep) -> dict[str, Any]:
    weights: Mapping[PersonaId, float] = step.weights
    return {**_figures(step.score), "weights": dict(weights), "not_heard": list(step.unheard)}


def _figures(found: Estimate) -> dict[str, float]:
    return {"score": found.score, "low": found.low, "high": found.high}


def _flat(one: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in one.items():
        if isinstance(value, dict) and "score" in value:
            found |= {name: value["score"], f"{name}_low": value["low"], f"{name}_high": value["high"]}
        elif not isinstance(value, dict):
            found[name] = value
    return found


def _safe(value: object) -> object:
    """A cell that no spreadsheet reckons with."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(STEERING):
        return f"'{value}"
    return "" if value is None else value
