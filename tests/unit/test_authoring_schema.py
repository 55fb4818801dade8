"""JSON Schemas: an independent validator takes the demo, and agrees with `check` on what is wrong."""

from __future__ import annotations

import json
import os
import random
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jsonschema
import pytest

from twofold import config
from twofold.authoring import fields, schema, writing
from twofold.authoring.sheet import Sheet
from twofold.loading import records
from twofold.model import FOLDERS, Item, Metric, Objective, Persona, Release, Summary, Vocabulary
from twofold.model.settings import SECTIONS, Settings
from twofold.source import yaml
from twofold.source.files import Text

if TYPE_CHECKING:
    from pydantic import BaseModel

    from twofold.authoring.writing import Data

ROOT: Final = Path(__file__).parents[2]
SAYABLE: Final = {"TF101", "TF102", "TF103", "TF104", "TF105", "TF106", "TF108"}
NAMES: Final = {
    "personas": "persona",
    "feedback": "feedback",
    "objectives": "objective",
    "roadmap": "item",
    "releases": "release",
    "metrics": "metrics",
}
WORDS: Final = Vocabulary(themes=frozenset({"offline", "late"}), products=frozenset({"bedside"}))


def validator(described: schema.Schema) -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(described)
    return jsonschema.Draft7Validator(described, format_checker=jsonschema.FormatChecker(["date"]))


SCHEMAS: Final = {
    name: validator(one) for name, one in schema.schemas(WORDS).items() if name != "mkdocs.json"
}


def demo_files() -> list[Path]:
    content = ROOT / "content"
    return sorted(
        path for folder in FOLDERS for path in (content / folder).rglob("*") if path.suffix in {".md", ".yml"}
    )


def described_by(path: Path) -> str:
    name = NAMES[path.relative_to(ROOT / "content").parts[0]]
    return f"front-matter/{name}.json" if path.suffix == ".md" else f"{name}.json"


def test_the_demo_is_valid_by_an_independent_validator() -> None:
    project = config.read(ROOT / "mkdocs.yml", environ=os.environ)
    validators = {
        name: validator(one)
        for name, one in schema.schemas(project.settings.vocabulary).items()
        if name != "mkdocs.json"
    }
    files = demo_files()
    assert len(files) > 50
    for path in files:
        sheet = Sheet.of(path.read_bytes(), path=path.name)
        assert sheet.root is not None
        found = [
            error.message
            for error in validators[described_by(path)].iter_errors(yaml.plain_values(sheet.root.data))
        ]
        assert found == [], path


def test_the_settings_of_the_demo_are_valid() -> None:
    node = yaml.read((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), path="mkdocs.yml", trusted=True)
    assert node is not None
    data = yaml.plain_values(node.data)
    ours = next(
        plugin["twofold"] for plugin in data["plugins"] if isinstance(plugin, dict) and "twofold" in plugin
    )
    del ours["audience"]  # `!ENV`, which a validator of data never meets
    assert list(SCHEMAS["settings.json"].iter_errors(ours)) == []
    assert list(SCHEMAS["settings.json"].iter_errors({"customer_wait": 0.5})) != []


# --- the same on every day as check ---


def examples(model: type[BaseModel]) -> dict[str, Data]:
    """A record with every field, made of the examples beside the fields."""
    from twofold.model.documentation import fields as documented

    found = {doc.name: as_yaml(doc.note.example) for doc in documented(model) if doc.note is not None}
    return {name: found[name] for name in fields.writable(model, markdown=False)}


def as_yaml(value: Data) -> Data:
    """Data as the reader of YAML gives it."""
    node = yaml.read(writing.flow(plain(value)), path="")
    assert node is not None
    return node.data


def plain(value: Data) -> Data:
    match value:
        case bool():
            return yaml.Plain(str(value).lower())
        case int() | float():
            return yaml.Plain(repr(value))
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            return value


def bases() -> dict[str, Data]:
    note = {"id": "n1", "change": "fixed", "stage": "beta", "user": "Told.", "ends": {"release": "2026.4"}}
    finding = {
        "id": "f1",
        "summary": "Learnt.",
        "theme": "offline",
        "voices": [{"persona": "nurse", "mentions": 3, "asked": 9, "importance": 4.5, "satisfaction": 2}],
        "quotes": [{"text": "Said.", "persona": "nurse", "publish": ["user"]}],
        "titles": {"user": "Title"},
        "links": [{"title": "Study", "url": "https://example.org/"}],
        "source": {"system": "jira", "id": "W-1"},
        "publish": ["customer"],
        "x": {"any": [1, {"thing": None}]},
    }
    return {
        "item.json": examples(Item),
        "persona.json": examples(Persona),
        "objective.json": examples(Objective),
        "release.json": {**examples(Release), "notes": as_yaml([note])},
        "feedback.json": {**examples(Summary), "findings": as_yaml([finding])},
        "metrics.json": as_yaml(
            [examples(Metric), {"id": "m2", "title": "T", "side": "user", "direction": "up"}]
        ),
    }


POOL: Final[tuple[Data, ...]] = (
    None, "", "text", "now", "planned", "in-progress", "2026-11-30", "2026-02-30", "2026-13", "2026-Q4",
    "2026-Q5", "customer", "index", "Not An Id", "a-b.c", "https://example.org/x", "ftp://x", "S",
    "offline", "bedside",
    0, 1, 3, 5, 6, -1, 2026, 0.5, 4.5, 40, True, False, [], {}, ["customer"], ["partner"], ["a"], [None], [1],
    {"release": "2026.4"}, {"release": 1.5}, {"release": []}, {"customer": "x"}, {"partner": "x"}, {"a": 1},
    [{"id": "z"}], [{"finding": "z", "fit": 2}], [{"date": "2026-01-01", "value": 3}], {"value": 3},
    {"date": "x"},
)  # fmt: skip


def mutated(data: Data, chance: random.Random) -> Data:
    """One or two things put otherwise."""
    data = deepcopy(data)
    for _ in range(chance.choice((1, 1, 2))):
        nodes = [holder for holder in holders(data) if holder]
        holder = chance.choice(nodes)
        if isinstance(holder, list):
            holder[chance.randrange(len(holder))] = plain(chance.choice(POOL))
            continue
        name = chance.choice(sorted(holder))
        match chance.randrange(5):
            case 0:
                del holder[name]
            case 1:
                holder[f"{name}s"] = holder.pop(name)
            case _:
                holder[name] = plain(chance.choice(POOL))
    return data


def holders(data: Data) -> list[Data]:
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    here = [data] if isinstance(data, (dict, list)) else []
    return here + [holder for one in inside for holder in holders(one)]


def codes(data: Data, name: str) -> set[str]:
    """What the loader says of a record that a schema could say as well."""
    folder = next(folder for folder, one in NAMES.items() if f"{one}.json" == name)
    if isinstance(data, dict):
        text = "".join(f"{json.dumps(key)}: {flow(one)}\n" for key, one in data.items())
    else:
        text = flow(data)
    loaded = records.load(Text(path="r.yml", text=text), f"{folder}/r.yml", vocabulary=WORDS, labels=SECTIONS)
    assert not {"TF002", "TF003"} & {problem.code for problem in loaded.problems}, text
    return {problem.code for problem in loaded.problems} & SAYABLE


def flow(value: Data) -> str:
    return writing.flow(value)


def beyond_a_schema(data: Data) -> bool:
    """More mentions than were asked: a comparison of two values, which draft-07 cannot express."""
    for holder in holders(data):
        if isinstance(holder, dict) and "mentions" in holder and isinstance(holder["mentions"], yaml.Plain):
            return True
    return False


@pytest.mark.parametrize("seed", range(10))
def test_a_schema_takes_what_check_takes(seed: int) -> None:
    chance = random.Random(seed)
    wrong = right = 0
    for name, base in bases().items():
        assert codes(base, name) == set(), name
        for _ in range(100):
            data = mutated(base, chance)
            found = codes(data, name)
            errors = list(SCHEMAS[name].iter_errors(yaml.plain_values(data)))
            if beyond_a_schema(data) and "TF106" in found and not errors:
                continue
            assert bool(errors) is bool(found), (name, data, found, [error.message for error in errors])
            wrong, right = wrong + bool(found), right + (not found)
    assert wrong + right > 500
    assert wrong > 100
    assert right > 50


def described_fields(name: str) -> dict[str, Data]:
    fields_of: dict[str, Data] = schema.schemas(WORDS)[name]["properties"]
    return fields_of


def test_every_field_says_what_it_is_for_and_who_reads_it() -> None:
    for name in ("item.json", "persona.json", "objective.json", "release.json", "feedback.json"):
        for field, described in described_fields(name).items():
            assert (
                "portal" in described["description"]
                or "udience" in described["description"]
                or ("settings" in described["description"])
            ), (name, field)
            assert described["examples"]


def test_a_settings_schema_knows_every_setting() -> None:
    assert set(described_fields("settings.json")) == set(Settings.model_fields)
