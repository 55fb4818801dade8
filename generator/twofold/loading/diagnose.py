"""From what a model refused to diagnostics at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from twofold.diagnostics import Diagnostic, Span
from twofold.loading.rules import (
    INVALID_DATE,
    INVALID_ID,
    INVALID_VALUE,
    MISSING_FIELD,
    OUT_OF_RANGE,
    UNKNOWN_FIELD,
    WRONG_TYPE,
)
from twofold.model.fields import describe
from twofold.source import yaml
from twofold.source.limits import TOO_LARGE_OR_DEEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from twofold.model.record import Location

_RULES = (UNKNOWN_FIELD, MISSING_FIELD, WRONG_TYPE, INVALID_VALUE, INVALID_DATE, OUT_OF_RANGE, INVALID_ID)
_BY_CODE = {rule.code: rule for rule in _RULES}
_BY_TYPE = {
    "missing": MISSING_FIELD,
    "extra_forbidden": UNKNOWN_FIELD,
    "enum": INVALID_VALUE,
    "literal_error": INVALID_VALUE,
    "string_pattern_mismatch": INVALID_VALUE,
    "string_too_short": INVALID_VALUE,
    "greater_than": OUT_OF_RANGE,
    "greater_than_equal": OUT_OF_RANGE,
    "less_than": OUT_OF_RANGE,
    "less_than_equal": OUT_OF_RANGE,
    "finite_number": OUT_OF_RANGE,
    "int_from_float": WRONG_TYPE,
}
_EXPECTED = {
    "string": "a text",
    "tuple": "a list",
    "list": "a list",
    "dict": "a mapping",
    "mapping": "a mapping",
    "model": "a mapping",
    "float": "a number",
    "int": "a whole number",
    "bool": "`true` or `false`",
}


_ELSEWHERE = {
    "id": "the id is the file's name",
    "texts": "name the label itself, such as `user:`",
}
"""Fields that are known, but not written like this."""

MAX_FLAWS = 1000
"""How many flaws of a file are listed. Whoever wrote more on purpose wants the list to take for ever."""

HINTS = 100
"""How many flaws of a file get a near-miss hint, and among how many names it is looked for: it takes time."""

_KEY = "[key]"
"""What pydantic puts at the end of the location of a mapping's key."""


class Places:
    """A file's YAML and where it stands: turns locations into spans.

    Made from its text, or, where that has been done, from what was read of it.
    """

    __slots__ = ("_is_read", "_root", "first_line", "path", "text")

    def __init__(
        self, *, path: str, first_line: int, text: str | None = None, root: yaml.Node | None = None
    ) -> None:
        self.path = path
        self.first_line = first_line
        self.text = text
        self._root = root
        self._is_read = text is None

    @property
    def root(self) -> yaml.Node | None:
        """The YAML with its places, read when the first of them is asked for: most records never are."""
        if self.text is not None and not self._is_read:
            self._root = yaml.read(self.text, path=self.path, first_line=self.first_line)
            self._is_read = True
        return self._root

    def span(self, location: Location = (), *, key: bool = False) -> Span:
        """Where a value stands, or (with `key`) the name of its field; the nearest place that there is."""
        if self.root is None:
            return Span(path=self.path, line=self.first_line)
        if location and location[-1] == _KEY:
            location, key = location[:-1], True
        if key and (mark := self.root.key_mark(location)):
            return self._at(mark, len(str(location[-1])))
        node = self.root.find(location)
        length = node.end.column - node.start.column if node.start.line == node.end.line else 1
        return self._at(node.start, length)

    def lines(self, location: Location) -> tuple[int, int]:
        """The file's first and last line of a value."""
        if self.root is None:
            return self.first_line, self.first_line
        node = self.root.find(location)
        # A block scalar ends at the start of the line after it.
        last = node.end.line - (node.end.column == 0 and node.end.line > node.start.line)
        return self.first_line + node.start.line, self.first_line + last

    def keys(self, location: Location) -> list[str]:
        """The names of the fields of the mapping at a location."""
        node = self.root.find(location) if self.root is not None else None
        return list(node.keys) if node is not None and node.keys is not None else []

    def _at(self, mark: yaml.Mark, length: int) -> Span:
        return Span(
            path=self.path, line=self.first_line + mark.line, column=mark.column + 1, length=max(1, length)
        )


def diagnose(invalid: ValidationError, model: type[BaseModel], places: Places) -> Iterator[Diagnostic]:
    """Say all that a model found wrong, each at its place."""
    for number, flaw in enumerate(invalid.errors(include_url=False)):
        guess = number < HINTS
        if number == MAX_FLAWS:
            what = f"more than {MAX_FLAWS:,} things are wrong in this file; those from here on are not listed"
            yield TOO_LARGE_OR_DEEP.at(places.span(flaw["loc"], key=True), what=what)
            return
        location: Location = flaw["loc"]
        owner = _owner(model, location)
        # A field that stands there without a value is a field that is missing.
        there = flaw["type"] == "missing" and str(location[-1]) in places.keys(location[:-1])
        empty = there or (flaw["input"] is None and flaw["type"] not in _BY_CODE)
        if flaw["type"] == "missing" or empty:
            yield _missing(location, owner, places, empty=empty, guess=guess)
        elif flaw["type"] == "extra_forbidden":
            yield _unknown(location, owner, places, guess=guess)
        else:
            rule = _BY_CODE.get(flaw["type"]) or _BY_TYPE.get(flaw["type"], WRONG_TYPE)
            # A field that another one makes necessary is not there to be pointed at.
            span = places.span(location[:-1] if rule is MISSING_FIELD else location)
            yield rule.at(span, hint=_hint(flaw, guess=guess), problem=_problem(flaw))


def near(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant, if there is one."""
    from difflib import get_close_matches  # noqa: PLC0415 - 5 ms that a plan without a typo does not need

    found = get_close_matches(word, known, n=1, cutoff=0.6)
    if found:
        return found[0]
    folded = {other.casefold().replace("_", "-"): other for other in known}
    return folded.get(word.casefold().replace("_", "-").replace(" ", "-"))


def _missing(
    location: Location, owner: type[BaseModel], places: Places, *, empty: bool, guess: bool
) -> Diagnostic:
    name = str(location[-1]) if location else ""
    if not name or name.isdigit():
        return MISSING_FIELD.at(
            places.span(location), problem="the file holds no record", hint="write its fields"
        )
    if empty:
        span = places.span(location, key=True)
        return MISSING_FIELD.at(
            span, problem=f"`{name}` has no value", hint=f"write one, or take `{name}:` out"
        )
    spare = [field for field in places.keys(location[:-1]) if field not in owner.model_fields]
    meant = near(name, spare[:HINTS]) if guess else None
    hint = f"is `{meant}` meant to be it?" if meant else f"add `{name}:`"
    return MISSING_FIELD.at(
        places.span(location[:-1]), problem=f"{_article(owner)} needs `{name}`", hint=hint
    )


def _unknown(location: Location, owner: type[BaseModel], places: Places, *, guess: bool) -> Diagnostic:
    name = str(location[-1])
    span = places.span(location, key=True)
    if name.endswith(" "):
        # `loading.records` marks these so: known fields that have another place in this form.
        name = name.rstrip()
        elsewhere = _ELSEWHERE.get(name, "in a Markdown record, write it in the body")
        return UNKNOWN_FIELD.at(
            places.span((*location[:-1], name), key=True), hint=elsewhere, where=_article(owner), field=name
        )
    meant = near(name, list(owner.model_fields)) if guess else None
    own = "fields of your own go under `x:`" if "x" in owner.model_fields else None
    hint = f"did you mean `{meant}`?" if meant else own
    return UNKNOWN_FIELD.at(span, hint=hint, where=_article(owner), field=name)


def _problem(flaw: ErrorDetails) -> str:
    context: dict[str, Any] = flaw.get("ctx", {})
    if "problem" in context:
        return str(context["problem"])
    name = f"`{_name(flaw)}`"
    value = describe(flaw["input"])
    bounds = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}
    for bound, words in bounds.items():
        if bound in context:
            return f"{name} must be {words} {context[bound]:g}, not {value}"
    match flaw["type"]:
        case "enum" | "literal_error":
            return f"{name} cannot be {value}"
        case "string_too_short":
            return f"{name} is empty"
        case "string_pattern_mismatch":
            return f"{name} cannot be {value}"
        case "int_from_float":
            return f"{name} must be a whole number, not {value}"
        case other:
            expected = _EXPECTED.get(other.partition("_")[0], "another type of value")
            return f"{name} must be {expected}, not {value}"


def _hint(flaw: ErrorDetails, *, guess: bool) -> str | None:
    context: dict[str, Any] = flaw.get("ctx", {})
    if context.get("hint"):
        return str(context["hint"])
    known: list[str] = list(context.get("known") or ())
    if flaw["type"] in {"enum", "literal_error"}:
        known = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
    if known:
        meant = near(str(flaw["input"]), known) if guess else None
        return (
            f"did you mean `{meant}`?" if meant else "known: " + ", ".join(f"`{word}`" for word in known[:12])
        )
    if flaw["type"] in {"tuple_type", "list_type"} and isinstance(flaw["input"], str):
        return f"write [{flaw['input']}]"
    return None


def _name(flaw: ErrorDetails) -> str:
    names = [str(step) for step in flaw["loc"] if isinstance(step, str) and step != _KEY]
    return names[-1] if names else "this file"


def _article(owner: type[BaseModel]) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in owner.__name__).strip()
    words = "setting" if words == "settings" else words
    return f"an {words}" if words[0] in "aeio" else f"a {words}"


def _owner(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """The model that holds the last field of a location."""
    for step in location[:-1]:
        info = model.model_fields.get(str(step))
        if info is not None:
            model = next(_models(info.annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
