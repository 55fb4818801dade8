"""The vocabulary: every field is explained, and both forms of a record say the same."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from twofold.loading import records
from twofold.model import FOLDERS, Finding, Item, Metric, Objective, Persona, Release, Summary
from twofold.model.documentation import FieldDoc, fields
from twofold.model.fields import ID_PATTERN, Effort, Note, Vocabulary, suggest_id
from twofold.model.settings import SECTIONS, Settings
from twofold.source import yaml
from twofold.source.files import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

VOCABULARY = Vocabulary(products=frozenset({"bedside"}))
KINDS: tuple[type[Any], ...] = (*FOLDERS.values(), Finding)


def _models(model: type[BaseModel], seen: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """A model and all that stand in its fields."""
    if model.__name__ not in seen:
        seen[model.__name__] = model
        for info in model.model_fields.values():
            for inner in _inside(info.annotation):
                _models(inner, seen)
    return seen


def _inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)


RECORDS: dict[str, type[BaseModel]] = {}
for kind in KINDS:
    _models(kind, RECORDS)
SETTINGS = _models(Settings, {})
FIELDS = [(model, field) for model in RECORDS.values() for field in fields(model)]
SETTING_FIELDS = [(model, field) for model in SETTINGS.values() for field in fields(model)]


def _name(value: object) -> str | None:
    if isinstance(value, FieldDoc):
        return value.name
    return value.__name__ if isinstance(value, type) else None


@pytest.mark.parametrize(("model", "field"), [*FIELDS, *SETTING_FIELDS], ids=_name)
def test_a_field_has_a_sentence_that_explains_it(model: type[BaseModel], field: FieldDoc) -> None:
    assert field.docstring, f"{model.__name__}.{field.name} has no docstring under it"
    assert field.docstring.endswith(".")
    assert field.docstring[0].isupper() or field.docstring[0] in "`1"


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=_name)
def test_a_field_of_a_record_says_who_may_read_it(model: type[BaseModel], field: FieldDoc) -> None:
    notes = [extra for extra in model.model_fields[field.name].metadata if isinstance(extra, Note)]
    assert notes == [field.note]


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=_name)
def test_the_example_of_a_field_is_one_that_it_takes(model: type[BaseModel], field: FieldDoc) -> None:
    assert field.note is not None
    written = pyyaml.safe_dump({"value": field.note.example}, allow_unicode=True)
    node = yaml.read(written, path="example.yml")
    assert node is not None
    info = model.model_fields[field.name]
    adapter: TypeAdapter[Any] = TypeAdapter(_annotated(info.annotation, tuple(info.metadata)))
    value = adapter.validate_python(node.data["value"], context=VOCABULARY)
    assert value is not None


def _annotated(annotation: Any, metadata: tuple[Any, ...]) -> Any:  # noqa: ANN401 - types, of any form
    for extra in metadata:
        annotation = Annotated[annotation, extra]
    return annotation


def test_a_docstring_is_found_in_the_class_that_declares_the_field() -> None:
    found = {field.name: field.docstring for field in fields(Item)}
    assert found["title"] == "What the item is called."
    assert found["owners"] == "Who looks after the record."
    assert list(found)[:2] == ["publish", "titles"]


def test_a_required_field_has_no_default_and_an_optional_one_has() -> None:
    found = {field.name: field for field in fields(Persona)}
    assert (found["name"].required, found["name"].default) == (True, None)
    assert (found["weight"].required, found["weight"].default) == (False, 1.0)
    assert (found["role"].required, found["role"].default) == (False, None)


@pytest.mark.parametrize("model", [*RECORDS.values(), *SETTINGS.values()], ids=lambda model: model.__name__)
def test_a_model_cannot_be_changed_and_refuses_what_it_does_not_know(model: type[BaseModel]) -> None:
    assert model.model_config.get("frozen") is True
    assert model.model_config.get("extra") == "forbid"


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_the_contract_names_the_required_fields(model: type[BaseModel]) -> None:
    # `id` of a record in a file of its own is the file's name.
    required = {field.name for field in fields(model) if field.required} - (
        {"id"} if model not in {Finding, Metric} else set()
    )
    assert (
        required
        == {
            Persona: {"name", "side"},
            Summary: set(),
            Finding: {"id", "summary"},
            Objective: {"title", "side"},
            Item: {"title", "status"},
            Release: {"version", "date"},
            Metric: {"id", "title", "side", "direction"},
        }[model]
    )


def test_effort_is_weeks_or_a_size_and_remembers_which() -> None:
    assert _item("effort: M").effort == Effort(weeks=3.0, size="M")
    assert _item("effort: 2.5").effort == Effort(weeks=2.5)


def test_evidence_is_an_id_or_an_id_with_its_fit() -> None:
    item = _item("evidence: [one, {finding: two, fit: 0.5}]")
    assert [(answer.finding, answer.fit) for answer in item.evidence] == [("one", 1.0), ("two", 0.5)]


def test_an_item_in_progress_is_now_without_saying_so() -> None:
    assert _item("", status="in-progress").horizon == "now"


def test_a_text_field_keeps_a_number_as_it_was_typed() -> None:
    assert _item("owners: [1.10, 007, true]").owners == ("1.10", "007", "true")


def test_a_free_field_keeps_numbers_as_numbers() -> None:
    assert _item("x: {a: 1, b: [1.5, true, 'true', 0x1F, null]}").x == {
        "a": 1,
        "b": [1.5, True, "true", 31, None],
    }


@given(st.text(max_size=60))
def test_a_suggested_id_is_an_id_or_nothing(text: str) -> None:
    suggested = suggest_id(text)
    assert suggested == "" or re.fullmatch(ID_PATTERN, suggested)


# Without the line separators that are refused.
LETTERS = st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029")
FIELD_VALUES = st.fixed_dictionaries(
    {
        "title": st.text(LETTERS, min_size=1, max_size=20),
        "status": st.sampled_from(["idea", "released", "declined"]),
    },
    optional={
        "publish": st.lists(st.sampled_from(["customer", "user", "internal"]), max_size=2),
        "owners": st.lists(st.text(LETTERS, min_size=1, max_size=9), max_size=2),
        "effort": st.one_of(st.integers(1, 99), st.sampled_from(["S", "M", "L"]), st.floats(0.25, 9)),
        "confidence": st.floats(0, 1),
        "review_by": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        "target": st.sampled_from(["2026", 2026, "2026-Q4", {"release": "2026.4"}]),
        "evidence": st.lists(st.one_of(st.just("a-b"), st.just({"finding": "c", "fit": 0.25})), max_size=2),
        "x": st.dictionaries(
            st.text(LETTERS, min_size=1, max_size=5), st.integers() | st.text(LETTERS, max_size=5), max_size=2
        ),
    },
)
PROSE = st.lists(
    st.sampled_from(["A word.", "- a list", "", "> quoted", "`## code`", "Ünïcode 漢字"]), max_size=4
).map(lambda lines: "\n".join(lines).strip("\n"))


@given(
    values=FIELD_VALUES,
    description=PROSE,
    sections=st.dictionaries(st.sampled_from(sorted(SECTIONS.values())), PROSE.filter(bool), max_size=3),
)
def test_the_markdown_form_and_the_yaml_form_are_equal(
    values: dict[str, Any], description: str, sections: dict[str, str]
) -> None:
    titles = {label: title for title, label in SECTIONS.items()}
    body = "\n\n".join([description, *(f"## {titles[label]}\n\n{text}" for label, text in sections.items())])
    front = _yaml(values)
    texts = {"description": description, "sections": sections}
    markdown = _load(f"---\n{front}---\n{body}\n", "roadmap/same.md")
    written = _load(_yaml({**values, **texts}), "roadmap/same.yml")
    assert markdown == written
    assert isinstance(markdown, Item)


def _yaml(values: object) -> str:
    class Dumper(pyyaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            del data
            return True

    return pyyaml.dump(values, Dumper=Dumper, allow_unicode=True)


def _item(extra: str, *, status: str = "idea") -> Item:
    record = _load(f"title: T\nstatus: {status}\n{extra}\n", "roadmap/t.yml")
    assert isinstance(record, Item)
    return record


def _load(text: str, source: str) -> object:
    loaded = records.load(
        Text(path=f"content/{source}", text=text), source, vocabulary=Vocabulary(), labels=SECTIONS
    )
    assert loaded.document is not None, loaded.problems
    return loaded.document.content
