"""A comparison of two revisions for programs: `diff.schema.json` beside this file describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twofold.diagnostics import Diagnostic
    from twofold.diff.difference import Difference
    from twofold.diff.exposure import Exposed, Exposure
    from twofold.diff.records import Change
    from twofold.scoring.balance import Balance
    from twofold.scoring.ranking import Position

VERSION = 1
"""Changes when a program that reads the object would have to change as well."""


def render(found: Difference, *, audience: str | None = None) -> str:
    """The object as text; with an audience only what its readers may know."""
    data: dict[str, Any] = {
        "version": VERSION,
        "base": found.before.name,
        "head": found.after.name,
        "exposure": {
            name: _exposure(exposure)
            for name, exposure in found.exposures.items()
            if audience in {None, name}
        },
        "promises": [
            {"audience": one.audience, "id": one.id, "title": one.title, "what": one.what}
            for one in found.taken_back
            if audience in {None, one.audience}
        ],
    }
    if audience is None:
        data |= _whole(found)
    return json.dumps(data, indent=2).replace("\x7f", "\\u007f") + "\n"


def _whole(found: Difference) -> dict[str, Any]:
    return {
        "changes": [_change(one) for one in found.changes],
        "dates": [
            {
                "id": one.id,
                "before": one.before.isoformat(),
                "after": one.after.isoformat(),
                "dependants": list(one.dependants),
            }
            for one in found.shifts
        ],
        "scores": [
            {"id": one.id, "before": _position(one.before), "after": _position(one.after)}
            for one in found.standings
        ],
        "stale_texts": [{"id": one.id, "label": one.label, "sentence": one.sentence} for one in found.stale],
        "tell": {
            "owners": list(found.told.owners),
            "personas": list(found.told.personas),
            "accounts": list(found.told.accounts),
        },
        "balance": {"before": _balance(found.balances[0]), "after": _balance(found.balances[1])},
        "diagnostics": {
            "new": [_diagnostic(one) for one in found.new_diagnostics],
            "solved": [_diagnostic(one) for one in found.solved_diagnostics],
        },
        "unread": {
            "base": sorted(found.before.unread),
            "head": sorted(found.after.unread),
        },
    }


def _exposure(exposure: Exposure) -> dict[str, Any]:
    return {
        "newly_visible": [_exposed(one) for one in exposure.newly_visible],
        "no_longer_visible": [_exposed(one) for one in exposure.no_longer_visible],
        "changed": [_exposed(one) for one in exposure.changed],
    }


def _exposed(one: Exposed) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "address": one.address,
        "fields": [{"name": said.name, "before": said.before, "after": said.after} for said in one.says],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.id,
        "change": change.how.value,
        "was": change.was,
        "title": change.title,
        "fields": [{"name": one.name, "before": one.before, "after": one.after} for one in change.fields],
    }


def _balance(balance: Balance) -> dict[str, Any]:
    return {
        "customer_share": balance.committed.customer_share,
        "target": balance.target,
        "tolerance": balance.tolerance,
        "coverage": balance.committed.coverage,
    }


def _position(position: Position) -> dict[str, float | None]:
    return {"value": position.value, "priority": position.priority, "rank": position.rank}


def _diagnostic(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "path": one.span.path,
        "line": one.span.line,
        "column": one.span.column,
    }
