"""Every field of every kind has a class, and what is published follows from it: no more, no less."""

# ruff: noqa: ANN401 - about annotations, which are anything

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel

from twofold import model
from twofold.audience import published
from twofold.audience.additions import REFERENCES
from twofold.audience.published import (
    AudiencePlan,
    Narrative,
    PublishedFinding,
    PublishedItem,
    PublishedLink,
    PublishedMetric,
    PublishedNote,
    PublishedObjective,
    PublishedPage,
    PublishedPersona,
    PublishedQuote,
    PublishedRelease,
    PublishedValue,
)
from twofold.loading.pages import WrittenPage
from twofold.model import Finding, Item, Kind, Metric, Quote, ReleaseNote, Summary, Voice
from twofold.model.exposure import EXPOSURES, MODELS, addable, classes
from twofold.model.fields import Exposure
from twofold.model.metric import Baseline, Observation
from twofold.model.record import Link, Record
from twofold.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PUBLISHED = {
    Kind.ITEM: PublishedItem,
    Kind.OBJECTIVE: PublishedObjective,
    Kind.RELEASE: PublishedRelease,
    Kind.PERSONA: PublishedPersona,
    Kind.FINDING: PublishedFinding,
    Kind.METRIC: PublishedMetric,
}
EVERY_KIND = {"narratives", "links", "additions"}
"""What every published record has: texts and links by their labels, and what `show:` adds."""

LABELLED = {
    "publish": None,
    "titles": "title",
    "sections": "narratives",
    "links": "links",
    "quotes": "quotes",
    "notes": "notes",
    "texts": "texts",
    "text": "text",
    "attribution": "attribution",
    "title": "title",
    "url": "url",
}
"""Fields that decide for themselves, and what becomes of the parts with a label that the audience reads."""

COMPUTED = {Kind.ITEM: {"answers"}, Kind.FINDING: {"title"}}
"""What is published without a field of its own: an item's published findings, a finding's title."""

PARTS: tuple[tuple[type[BaseModel], type[Any]], ...] = (
    (ReleaseNote, PublishedNote),
    (Quote, PublishedQuote),
    (Link, PublishedLink),
    (Baseline, PublishedValue),
    (Observation, PublishedValue),
)

WHITE_LIST = {
    Kind.ITEM: {"id", "title", "status", "horizon", "objectives", "change", "release", "released",
                "availability", "action", "ends", "superseded_by"},
    Kind.OBJECTIVE: {"id", "title", "period"},
    Kind.RELEASE: {"id", "version", "date", "title"},
    Kind.PERSONA: {"id", "name", "role"},
    Kind.FINDING: {"id"},
    Kind.METRIC: {"id", "title", "description", "unit", "direction", "baseline", "observations"},
}  # fmt: skip
"""Section 4 of the contract, word for word."""

NEVER_WORDS = {
    "x",
    "owners",
    "reason",
    "accounts",
    "revenue",
    "voices",
    "inputs",
    "effort",
    "confidence",
    "weight",
}
"""Fields that the contract says never leave."""


def _by(exposures: Mapping[str, Exposure], wanted: Exposure) -> set[str]:
    return {name for name, exposure in exposures.items() if exposure is wanted}


def _names(of: type[Any]) -> set[str]:
    return {field.name for field in dataclass_fields(of)}


def test_every_kind_is_in_the_table() -> None:
    assert set(EXPOSURES) == set(Kind) == set(PUBLISHED)
    for kind, of_kind in MODELS.items():
        assert list(EXPOSURES[kind]) == list(of_kind.model_fields)


def test_a_field_without_a_class_is_refused() -> None:
    class Forgetful(BaseModel):
        title: str

    with pytest.raises(ValueError, match=r"Forgetful\.title"):
        classes(Forgetful)


@pytest.mark.parametrize("kind", Kind)
def test_the_white_list_is_the_contracts(kind: Kind) -> None:
    assert _by(EXPOSURES[kind], Exposure.PUBLIC) == WHITE_LIST[kind]


@pytest.mark.parametrize("kind", Kind)
def test_the_published_type_holds_the_white_list_and_what_has_labels_and_nothing_else(kind: Kind) -> None:
    exposures = EXPOSURES[kind]
    labelled = {LABELLED[name] for name in _by(exposures, Exposure.LABELLED)} - {None}
    # A finding's summary is never published, so that its title is the label's alone; a persona's is its name.
    titled = labelled - ({"title"} if kind is Kind.PERSONA else set())
    expected = _by(exposures, Exposure.PUBLIC) | titled | EVERY_KIND | COMPUTED.get(kind, set())
    assert _names(PUBLISHED[kind]) == expected


@pytest.mark.parametrize("kind", Kind)
def test_what_may_be_added_or_never_leaves_has_no_field_of_its_own(kind: Kind) -> None:
    exposures = EXPOSURES[kind]
    hidden = _by(exposures, Exposure.ADDABLE) | _by(exposures, Exposure.NEVER)
    assert not hidden & _names(PUBLISHED[kind])
    assert set(addable(kind)) == _by(exposures, Exposure.ADDABLE)


@pytest.mark.parametrize(("part", "shown"), PARTS, ids=lambda one: one.__name__)
def test_a_part_of_a_record_is_published_by_the_same_table(part: type[BaseModel], shown: type[Any]) -> None:
    exposures = classes(part)
    labelled = {LABELLED[name] for name in _by(exposures, Exposure.LABELLED)} - {None}
    assert _names(shown) == _by(exposures, Exposure.PUBLIC) | labelled


@pytest.mark.parametrize("word", sorted(NEVER_WORDS))
def test_what_the_contract_says_never_leaves_never_leaves(word: str) -> None:
    models: list[type[BaseModel]] = [*MODELS.values(), Voice]
    found = [classes(one)[word] for one in models if word in one.model_fields]
    assert found
    assert set(found) == {Exposure.NEVER}


@pytest.mark.parametrize("of", [Voice, Summary], ids=lambda one: one.__name__)
def test_voices_and_summaries_are_internal_throughout(of: type[BaseModel]) -> None:
    assert set(classes(of).values()) == {Exposure.NEVER}


def test_every_addable_reference_is_projected_as_one() -> None:
    # A field that names records and is not in REFERENCES would show the ids of hidden ones.
    for kind, of_kind in MODELS.items():
        names = {
            name
            for name in addable(kind)
            for inner in _types(of_kind.model_fields[name].annotation)
            if getattr(inner, "__supertype__", None) is str or "Evidence" in str(inner)
        }
        assert names <= set(REFERENCES), kind


# --- types ------------------------------------------------------------------------------------------------


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types(argument)


def _reachable(of: type[Any], seen: set[type[Any]]) -> set[type[Any]]:
    if of in seen:
        return seen
    seen.add(of)
    if is_dataclass(of):
        space = {**vars(model), **vars(published), "date": date}
        for hint in get_type_hints(of, localns=_space(space)).values():
            for inner in _types(hint):
                if isinstance(inner, type):
                    _reachable(inner, seen)
    return seen


def _space(space: Mapping[str, Any]) -> dict[str, Any]:
    from collections.abc import Mapping as AbstractMapping

    return {**space, "Mapping": AbstractMapping}


def test_nothing_internal_can_be_reached_from_what_is_published() -> None:
    reached = _reachable(AudiencePlan, set())
    assert {PublishedPage, PublishedNote, PublishedQuote, Narrative, PublishedLink} <= reached
    internal = [of for of in reached if issubclass(of, (BaseModel, Plan, WrittenPage))]
    assert internal == []
    modules = {of.__module__ for of in reached if of.__module__.startswith("twofold")}
    shared = {f"twofold.model.{name}" for name in ("record", "item", "metric", "release", "period")}
    allowed = {"twofold.audience.published", *shared}
    assert modules <= allowed


def test_what_is_published_cannot_be_changed() -> None:
    for of in (AudiencePlan, *PUBLISHED.values(), *(shown for _, shown in PARTS), PublishedPage, Narrative):
        parameters = vars(of)["__dataclass_params__"]
        assert parameters.frozen, of


def test_a_record_is_no_published_record() -> None:
    for one in (Item, Finding, Metric):
        assert issubclass(one, Record)
        assert not any(issubclass(one, shown) for shown in PUBLISHED.values())
