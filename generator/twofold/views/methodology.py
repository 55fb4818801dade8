"""How scores are made: formulas, sources, the settings in force, and the test vector computed now."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.plan import addresses
from twofold.scoring import vector
from twofold.views import words
from twofold.views.ways import PRIORITIES, Way, ways

if TYPE_CHECKING:
    from twofold.plan import Plan
    from twofold.scoring.protocol import Input
    from twofold.scoring.ranking import Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """A setting that scores depend on."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorRow:
    """A figure of the test vector."""

    name: str
    expected: str
    computed: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodologyView:
    """All that the page prints."""

    template = "methodology.html"

    title: str
    ways: tuple[Way, ...]
    model: str
    formula: str
    about: tuple[str, ...]
    """The model's description, a paragraph each."""

    inputs: tuple[Input, ...]
    settings: tuple[SettingRow, ...]
    records: tuple[tuple[str, str], ...]
    """The test vector's files: path and text."""

    vector: tuple[VectorRow, ...]
    agrees: bool


def methodology_view(plan: Plan, ranking: Ranking) -> MethodologyView:
    """Gather the page."""
    rows = _vector()
    model = ranking.model
    about = inspect.cleandoc(type(model).__doc__ or "")
    return MethodologyView(
        title="Methodology",
        ways=ways(PRIORITIES, addresses.METHODOLOGY),
        model=model.title,
        formula=model.formula,
        about=tuple(" ".join(part.replace("`", "").split()) for part in about.split("\n\n") if part.strip()),
        inputs=tuple(model.inputs),
        settings=_settings(plan, ranking),
        records=tuple(vector.RECORDS.items()),
        vector=rows,
        agrees=all(row.agrees for row in rows),
    )


def _settings(plan: Plan, ranking: Ranking) -> tuple[SettingRow, ...]:
    settings = plan.settings
    target = settings.customer_weight if settings.balance_target is None else settings.balance_target
    found = (
        ("scoring", ranking.name, "the model behind rank and priority"),
        ("customer_weight", words.number(settings.customer_weight), "how much the customers’ score weighs"),
        ("balance_target", words.number(target), "the customers’ share of committed effort aimed at"),
        ("balance_tolerance", words.number(settings.balance_tolerance), "how far from it the share may lie"),
        (
            "sizes",
            ", ".join(f"{name} = {words.number(weeks)}" for name, weeks in settings.sizes.items()),
            "effort sizes in person-weeks",
        ),
    )
    return tuple(SettingRow(name=name, value=value, meaning=meaning) for name, value, meaning in found)


def _vector() -> tuple[VectorRow, ...]:
    one = vector.vector()
    if one.priority is None:
        return ()
    computed = {
        "customer": one.customer,
        "user": one.user,
        "value": (one.value.score,),
        "priority": (one.priority.score,),
    }
    names = ("", ", low", ", high")
    return tuple(
        VectorRow(
            name=f"{figure}{end}",
            expected=f"{should:.6f}",
            computed=f"{is_now:.6f}",
            agrees=abs(should - is_now) < 1e-6,
        )
        for figure, expected in vector.EXPECTED.items()
        for end, should, is_now in zip(names, expected, computed[figure], strict=False)
    )
