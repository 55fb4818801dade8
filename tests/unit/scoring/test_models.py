"""Models are plug-ins: those that come along are registered as any other, and a broken one is told as such."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.scored import VECTOR, plan_of
from twofold import ext
from twofold.scoring import registry
from twofold.scoring.protocol import ModelError
from twofold.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twofold.scoring.ranking import Scored

ROOT = Path(__file__).parents[3]


class Loudest:
    """As a plug-in writes it: what most people shout."""

    title = "Loudest"
    formula = "volume × confidence"
    inputs: Sequence[ext.Input] = (ext.Input(name="volume", meaning="decibels", minimum=1),)
    needs_effort = False

    def priority(self, candidate: ext.Candidate, *, value: float) -> float | None:
        del value
        return candidate.inputs["volume"] * candidate.confidence


class Mute(Loudest):
    def priority(self, candidate: ext.Candidate, *, value: float) -> float | None:
        raise KeyError(candidate.id, value)


class Talkative(Loudest):
    def priority(self, candidate: ext.Candidate, *, value: float) -> float | None:
        return f"{value} for {candidate.id}"  # type: ignore[return-value] # the mistake that is tested


class Endless(Loudest):
    def priority(self, candidate: ext.Candidate, *, value: float) -> float | None:
        del candidate, value
        return float("nan")


class Nothing:
    title = "Nothing"


def scored(
    monkeypatch: pytest.MonkeyPatch, model: str, inputs: str = "{volume: 90}", name: str = "loud"
) -> Scored:
    points = (EntryPoint(name=name, value=f"{__name__}:{model}", group=registry.GROUP),)
    monkeypatch.setattr(registry, "_points", lambda: points)
    monkeypatch.setattr(EntryPoint, "load", lambda point: globals()[point.value.rpartition(":")[2]])
    item = f"{VECTOR['roadmap/offline-charting.yml']}inputs: {inputs}\n"
    (one,) = rank(plan_of({**VECTOR, "roadmap/offline-charting.yml": item}), model="loud").items
    return one


def test_a_plug_in_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    one = scored(monkeypatch, "Loudest")
    assert (one.rank, one.priority) == (1, (72, 72, 72))


@pytest.mark.parametrize(
    ("inputs", "problem"),
    [("{}", "lacks `volume` under `inputs`"), ("{volume: 0.5}", "`volume` is 0.5, below 1")],
)
def test_an_item_without_what_the_model_asks_for_is_listed_apart(
    inputs: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = scored(monkeypatch, "Loudest", inputs)
    assert (one.rank, one.rank_best, one.priority, one.problem) == (None, None, None, problem)


def test_what_is_no_number_ranks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scored(monkeypatch, "Endless").problem == "its figures are too large to reckon with"


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("Mute", r"`loud` failed for `offline-charting`: KeyError: .* \(test_models\.py, line \d+\)"),
        ("Talkative", "`loud` gave str for `offline-charting`, not a number"),
        ("Nothing", "is no model: it has no `formula`, no `inputs`, no `needs_effort`, no `priority`"),
        ("Missing", "cannot be loaded: KeyError"),
    ],
)
def test_a_broken_plug_in_is_told_as_one(model: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match=message):
        scored(monkeypatch, model)


def test_two_packages_cannot_bring_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint(name="kano", value=value, group=registry.GROUP) for value in ("b:B", "a:A", "a:A")]
    monkeypatch.setattr(registry, "_points", lambda: tuple(points))
    with pytest.raises(ModelError, match="two packages bring a scoring model `kano`: a:A and b:B"):
        registry.find("kano")


def test_an_unknown_model_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ModelError, match="no scoring model `ryce`; the nearest is `rice`"):
        registry.find("ryce")


def test_the_models_that_come_along_are_registered_as_plug_ins_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    registered = set(project["entry-points"]["twofold.scoring"])
    assert registered == {"balanced", "opportunity", "rice", "wsjf"} <= registry.names()


@pytest.mark.parametrize("name", ["balanced", "opportunity", "rice", "wsjf"])
def test_a_model_tells_its_inputs_its_scale_and_its_source(name: str) -> None:
    model = registry.find(name)
    told = type(model).__doc__ or ""
    assert "Scale:" in told
    assert "Source:" in told
    assert all(one.meaning for one in model.inputs)


def test_what_plug_ins_may_use_is_this_and_nothing_else() -> None:
    # Whoever takes a name away here breaks somebody's plug-in.
    assert sorted(ext.__all__) == ["Candidate", "Input", "Model", "Rating"]
    assert sorted(ext.Candidate.__dataclass_fields__) == [
        "confidence", "customer", "effort", "id", "inputs", "ratings", "user",
    ]  # fmt: skip
    assert sorted(ext.Input.__dataclass_fields__) == ["meaning", "minimum", "name", "optional"]
    assert ext.Rating._fields == ("importance", "satisfaction")
