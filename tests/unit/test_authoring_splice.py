"""Changes in place: nothing beside the value changes, the value reads back, and it can be taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from twofold.authoring import splice, writing
from twofold.authoring.fields import resolve
from twofold.authoring.sheet import Edit, Sheet
from twofold.diagnostics import Diagnostic
from twofold.loading import records
from twofold.model import Finding, Item, Metric, Persona, Record, Summary, Vocabulary
from twofold.model.settings import SECTIONS
from twofold.source import yaml
from twofold.source.files import decode

if TYPE_CHECKING:
    from twofold.authoring.writing import Data

LABELS: Final = frozenset({"customer", "user", "internal"})
WORDS: Final = (
    "note",
    "on time",
    "a: b",
    "x #y",
    "- z",
    "it's",
    '"so"',
    "[1, 2]",
    "{a}",
    "ünï 😀",
    "no",
    "true",
)
ODD_WORDS: Final = (
    "1.10",
    "0x1F",
    "~",
    "null",
    "&a",
    "*b",
    "!c",
    "%d",
    "@e",
    "`f`",
    "|",
    ">",
    "?",
    ": ",
    "\\n",
)

texts = st.lists(st.sampled_from((*WORDS, *ODD_WORDS)), min_size=1, max_size=4).map(" ".join)
long_texts = st.lists(texts, min_size=1, max_size=4).map("\n".join)
any_text = st.one_of(
    texts,
    long_texts,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30),
)


@dataclass(frozen=True)
class Written:
    """A record file, and where its record stands in it."""

    text: str
    source: str
    location: tuple[str | int, ...]
    model: type[Record]


class Pen:
    """Writes YAML in every style, with a comment wherever one may stand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments = 0

    def either(self) -> bool:
        return self.draw(st.booleans())

    def comment(self) -> str:
        if not self.draw(st.booleans()):
            return ""
        self.comments += 1
        return f"  # remark {self.comments}: kept"

    def between(self, indent: int) -> list[str]:
        rows: list[str] = []
        if self.draw(st.integers(0, 4)) == 0:
            self.comments += 1
            rows.append(" " * indent + f"# remark {self.comments}: kept")
        if self.draw(st.integers(0, 6)) == 0:
            rows.append("")
        return rows

    def scalar(self, value: str, indent: int, *, typed: bool = False) -> str:
        """A scalar behind `key: ` in some style, its comment and the rows below it included."""
        if typed:
            return f" {value}{self.comment()}"
        ways = [f" {writing.double(value)}{self.comment()}"]
        if (quoted := writing.single(value)) is not None:
            ways.append(f" {quoted}{self.comment()}")
            words = quoted.split(" ")
            if len(words) > 2 and all(words):
                ways.append(f" {words[0]}\n{' ' * (indent + 1)}{' '.join(words[1:])}{self.comment()}")
        if writing.plain_in_block(value):
            ways.append(f" {value}{self.comment()}")
            words = value.split(" ")
            if len(words) > 1:
                ways.append(f" {words[0]}\n{' ' * (indent + 2)}{' '.join(words[1:])}{self.comment()}")
        for block in (writing.literal(value, indent=indent + 3), writing.folded(value, indent=indent + 2)):
            if block is not None:
                sign, _, rows = block.partition("\n")
                ways.append(f" {sign}{self.comment()}\n{rows}" + "\n" * self.draw(st.integers(0, 2)))
                ways.append(f" {sign[0]}+{self.comment()}\n{rows}\n\n")
        return self.draw(st.sampled_from(ways))

    def field(self, name: str, value: Data, indent: int) -> list[str]:
        margin = " " * indent
        match value:
            case str():
                typed = isinstance(value, yaml.Plain)
                return [*self.between(indent), f"{margin}{name}:{self.scalar(value, indent, typed=typed)}"]
            case list() if value and self.either():
                deeper = indent + self.draw(st.sampled_from((0, 2, 4)))
                rows = [*self.between(indent), f"{margin}{name}:{self.comment()}"]
                for one in value:
                    rows += self.between(deeper)
                    if isinstance(one, dict) and self.draw(st.booleans()):
                        rows += self.element(one, deeper)
                    else:
                        rows.append(f"{' ' * deeper}- {writing.flow(one)}{self.comment()}")
                return rows
            case dict() if value and self.either():
                rows = [*self.between(indent), f"{margin}{name}:{self.comment()}"]
                return rows + [row for key, one in value.items() for row in self.field(key, one, indent + 2)]
            case _:
                return [*self.between(indent), f"{margin}{name}: {writing.flow(value)}{self.comment()}"]

    def element(self, fields: dict[str, Data], indent: int) -> list[str]:
        rows = [row for key, one in fields.items() for row in self.field(key, one, indent + 2)]
        first = next(number for number, row in enumerate(rows) if row and not row.lstrip().startswith("#"))
        rows = [*(row[2:] for row in rows[:first]), *rows[first:]]
        rows[first] = f"{' ' * indent}- {rows[first][indent + 2 :]}"
        return rows


def number(low: float, high: float) -> st.SearchStrategy[yaml.Plain]:
    return st.floats(low, high, allow_nan=False).map(lambda value: yaml.Plain(repr(round(value, 3))))


ids = st.sampled_from(("network-drops", "a.b", "x1", "2026.3", "late"))
some_ids = st.lists(ids.map(str), max_size=3)
days = st.dates().map(lambda day: f"{day:%Y-%m-%d}".zfill(10))
labels = st.lists(st.sampled_from(sorted(LABELS)), max_size=3, unique=True)

PARTLY: Final = {"finding": "late", "fit": yaml.Plain("0.5")}
VALUES: Final[dict[type[Record], dict[str, st.SearchStrategy[Data]]]] = {
    Item: {
        "title": any_text,
        "status": st.sampled_from(("idea", "released", "declined")),
        "horizon": st.sampled_from(("now", "next", "later")),
        "objectives": some_ids,
        "target": st.sampled_from(("2026", "2026-Q4", "2026-11-30", {"release": "2026.4"})),
        "effort": st.one_of(number(0.5, 90), st.sampled_from(("S", "M", "L"))),
        "confidence": number(0, 1),
        "availability": any_text,
        "action": any_text,
        "publish": labels,
        "titles.user": any_text,
        "tags": st.lists(texts, max_size=4),
        "review_by": days,
        "inputs.reach": number(0, 5000),
        "evidence": st.lists(st.one_of(ids, st.just(PARTLY)), max_size=3),
    },
    Finding: {
        "summary": any_text,
        "theme": any_text,
        "voices": st.lists(st.just({"persona": "nurse", "mentions": yaml.Plain("3")}), max_size=2),
        "publish": labels,
        "titles.customer": any_text,
        "owners": st.lists(texts, max_size=3),
    },
    Metric: {
        "title": any_text,
        "description": any_text,
        "direction": st.sampled_from(("up", "down")),
        "unit": any_text,
        "baseline.value": number(-9, 9),
        "target.value": number(-9, 9),
        "target.date": days,
        "tags": st.lists(texts, max_size=4),
    },
    Persona: {
        "name": any_text,
        "goal": any_text,
        "jobs": st.lists(texts, max_size=3),
        "weight": number(0, 9),
    },
}  # fmt: skip

NEEDED: Final[dict[type[Record], dict[str, Data]]] = {
    Item: {"title": "Offline", "status": "idea"},
    Finding: {"id": "late", "summary": "Handover is late."},
    Metric: {"id": "overtime", "title": "Overtime", "side": "user", "direction": "down"},
    Persona: {"name": "Nurse", "side": "user"},
}
COMPANIONS: Final[dict[str, dict[str, Data]]] = {
    "baseline.value": {"date": "2026-01-01"},
    "target.date": {"value": yaml.Plain("1")},
}


def nested(fields: dict[str, Data]) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, value in fields.items():
        first, _, second = path.partition(".")
        if second:
            found.setdefault(first, dict(COMPANIONS.get(path, {})))[second] = value
        else:
            found[first] = value
    return found


@st.composite
def files(draw: st.DrawFn) -> Written:
    model = draw(st.sampled_from(sorted(VALUES, key=lambda one: one.__name__)))
    chosen = draw(st.lists(st.sampled_from(sorted(VALUES[model])), max_size=6, unique=True))
    fields = {**NEEDED[model], **nested({name: draw(VALUES[model][name]) for name in chosen})}
    fields = {name: fields[name] for name in draw(st.permutations(sorted(fields)))}
    pen = Pen(draw)
    location: tuple[str | int, ...] = ()
    if model in {Finding, Metric}:
        location = (draw(st.integers(0, 1)),)
        other = {**NEEDED[model], "id": "other"}
        elements = [fields, other] if location == (0,) else [other, fields]
        indent = 0
        rows = []
        if model is Finding:
            location = ("findings", *location)
            indent = draw(st.sampled_from((0, 2)))
            rows = ["title: Talks", "findings:"]
        for element in elements:
            if draw(st.integers(0, 3)):
                rows += pen.element(element, indent)
            else:
                rows.append(f"{' ' * indent}- {writing.flow(element)}{pen.comment()}")
        folder = "feedback" if model is Finding else "metrics"
    else:
        folder = "personas" if model is Persona else "roadmap"
        rows = [row for name, value in fields.items() for row in pen.field(name, value, 0)]
    text = "\n".join(rows)
    suffix = "yml" if model is Metric or draw(st.booleans()) else "md"
    if suffix == "md":
        text = f"---\n{text}\n---\n\nWhat the team knows.\n\n## For users\n\nOne thing.\n"
    if draw(st.booleans()):
        text = text.rstrip("\n") + "\n" * draw(st.integers(0, 1))
    newline = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    bom = draw(st.sampled_from(("", "", "\ufeff")))
    return Written(bom + text.replace("\n", newline), f"{folder}/record.{suffix}", location, model)


def loaded(text: str, source: str) -> records.Document | None:
    decoded = decode(text.encode(), path=source)
    assert not isinstance(decoded, Diagnostic)
    return records.load(decoded, source, vocabulary=Vocabulary(), labels=SECTIONS).document


def record(text: str, file: Written) -> Data:
    document = loaded(text, file.source)
    assert document is not None
    content = document.content
    if isinstance(content, Summary):
        return content.findings[int(file.location[1])]
    return content[int(file.location[0])] if isinstance(content, tuple) else content


def put(sheet: Sheet, file: Written, field: str, value: Data) -> Edit:
    assert sheet.root is not None
    data = sheet.root.find(file.location).data
    path = resolve(file.model, field, data, markdown=file.source.endswith(".md"), labels=LABELS)
    location = (*file.location, *path.location)
    orders = ((),) * len(file.location) + path.orders
    return splice.put(sheet, location, value, orders=orders, text=path.text)


def at(data: Data, location: tuple[str | int, ...]) -> Data:
    for step in location:
        data = data[step] if not isinstance(data, dict) or step in data else None
        if data is None:
            return None
    return data


@given(file=files(), data=st.data())
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_random_edit_changes_its_value_and_not_one_byte_beside_it(
    file: Written, data: st.DataObject
) -> None:
    before = loaded(file.text, file.source)
    assume(before is not None)
    field = data.draw(st.sampled_from(sorted(VALUES[file.model])))
    value = data.draw(VALUES[file.model][field])
    sheet = Sheet(file.text, path=file.source)
    assert sheet.root is not None
    location = (*file.location, *field.split("."))
    old = at(sheet.root.data, location)

    edit = put(sheet, file, field, value)
    text = edit.apply(file.text)

    # Beside the span nothing changes, and the span is within what held the value.
    end = edit.start + len(edit.old)
    assert text[: edit.start] == file.text[: edit.start]
    assert text[edit.start + len(edit.new) :] == file.text[end:]
    assert edit.inverse.apply(text) == file.text
    if old is None:
        assert edit.old == "" or at(sheet.root.data, location[:-1]) is None
    elif isinstance(old, str):
        node = sheet.root.find(location)
        assert sheet.at(node.start) <= edit.start <= end <= sheet.at(node.end)
        # What people wrote beside the value is still there.
        assert re.findall("# remark [0-9]+: kept", text) == re.findall("# remark [0-9]+: kept", file.text)
    # Line ends are the file's own.
    for odd in {"\n", "\r\n", "\r"} - set(re.findall("\r\n|\r|\n", file.text)):
        assert odd not in edit.new.replace("\r\n", "") or len(odd) == 2

    # It reads back, here and through the loader, and everything else is as it was.
    after = Sheet(text, path=file.source)
    assert after.root is not None
    assert at(after.root.data, location) == value
    assert after.body == sheet.body
    # A baseline without its date reads back, and is then refused by its model.
    assume(field not in COMPANIONS or loaded(text, file.source) is not None)
    one, other = record(file.text, file), record(text, file)
    changed = field.partition(".")[0]
    for name in type(one).model_fields:
        if name != changed:
            assert getattr(one, name) == getattr(other, name)

    # Set back, the old value is there again.
    if old is not None:
        back = put(after, file, field, old).apply(text) if old != value else text
        again = Sheet(back, path=file.source).root
        assert again is not None
        assert at(again.data, location) == old
        assert record(back, file) == one


@given(file=files(), data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_taking_out_a_new_field_restores_the_file(file: Written, data: st.DataObject) -> None:
    assume(loaded(file.text, file.source) is not None)
    field = data.draw(st.sampled_from([name for name in sorted(VALUES[file.model]) if "." not in name]))
    sheet = Sheet(file.text, path=file.source)
    assert sheet.root is not None
    location = (*file.location, field)
    assume(at(sheet.root.data, location) is None)
    text = put(sheet, file, field, data.draw(VALUES[file.model][field])).apply(file.text)
    after = Sheet(text, path=file.source)
    assert splice.remove(after, location).apply(text) == file.text
