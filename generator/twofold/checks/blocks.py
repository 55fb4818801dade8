"""Rules about the views that pages place: a block is read as strictly as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.audience.readers import public_readers
from twofold.diagnostics import Span
from twofold.loading.diagnose import near
from twofold.loading.rules import INVALID_VALUE, MISSING_FIELD, OUT_OF_RANGE, UNKNOWN_FIELD, WRONG_TYPE
from twofold.model import Horizon, Kind, Side, Status
from twofold.plan.rules import UNKNOWN
from twofold.prose.blocks import LIMIT, VIEW, VIEWS, limit, texts
from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twofold.audience.readers import Reader
    from twofold.diagnostics import Diagnostic
    from twofold.loading.pages import WrittenPage
    from twofold.plan import Plan
    from twofold.plan.texts import PlacedText

VALUES = {
    "horizon": [one.value for one in Horizon],
    "status": [one.value for one in Status],
    "side": [Side.CUSTOMER.value, Side.USER.value],
}
"""Filters that take a fixed set of values."""

RECORDS = {
    "objective": Kind.OBJECTIVE,
    "persona": Kind.PERSONA,
    "release": Kind.RELEASE,
    "metric": Kind.METRIC,
}
"""Filters that name records, by their present ids: an earlier one may be nothing that the audience reads."""

ADDED = {
    **{(view, "persona"): "item.personas" for view in ("roadmap", "timeline")},
    **{(view, "tag"): "item.tags" for view in ("roadmap", "timeline")},
    ("objectives", "side"): "objective.side",
    ("objectives", "tag"): "objective.tags",
    ("metrics", "objective"): "objective.metrics",
    ("metrics", "side"): "metric.side",
    ("metrics", "tag"): "metric.tags",
    ("personas", "side"): "persona.side",
    ("personas", "tag"): "persona.tags",
    ("feedback", "theme"): "finding.theme",
    ("feedback", "tag"): "finding.tags",
}
"""Filters of a view by what an audience reads only where `show:` adds it."""

INTERNAL = {
    **{(view, "side"): "whom an item serves" for view in ("roadmap", "timeline")},
    **{("feedback", name): "who said something" for name in ("persona", "side")},
}
"""Filters of a view by what no public audience reads, and what that is."""


def check(plan: Plan, placed: Iterable[PlacedText]) -> Iterator[Diagnostic]:
    """Apply the rules about blocks in hand-written pages."""
    for text in placed:
        page = plan.pages.get(text.source)
        # Most pages place nothing, which needs no parser to be seen.
        if page is None or "twofold" not in text.text:
            continue
        from twofold.source.markdown import blocks  # noqa: PLC0415 - only for pages that may have one

        for token in blocks(text.text):
            if token.type == "fence" and token.info.strip() == "twofold" and token.map:
                path, line = text.at(token.map[0] + 1)
                yield from _block(plan, page, token.content, path=path, line=line)


def _block(plan: Plan, page: WrittenPage, content: str, *, path: str, line: int) -> Iterator[Diagnostic]:
    fence = Span(path=path, line=line)
    try:
        root = yaml.read(content, path=path, first_line=line + 1)
    except yaml.Refusal as refusal:
        yield refusal.diagnostic
        return
    if root is None or root.data is None or (isinstance(root.data, dict) and root.data.get(VIEW) is None):
        add = f"add `view:` with one of {_listed(VIEWS)}"
        yield MISSING_FIELD.at(fence, problem="a `twofold` block needs `view`", hint=add)
        return
    if not isinstance(root.data, dict):
        yield WRONG_TYPE.at(fence, problem="a `twofold` block holds fields, such as `view: roadmap`")
        return
    view = root.data[VIEW]
    if not isinstance(view, str) or view not in VIEWS:
        hint = _hint(str(view), [*VIEWS])
        problem = f"there is no view `{view}` to place; there are {_listed(VIEWS)}"
        yield INVALID_VALUE.at(_value(root, VIEW, path, line), problem=problem, hint=hint)
        return
    readers = [one for one in public_readers(plan.settings) if one.reads(page.matter.publish)]
    if readers and not VIEWS[view].is_public:
        problem = f"`{view}` is for the team: {readers[0].name} would see nothing of it"
        hint = "take the block out, or keep the page internal"
        yield INVALID_VALUE.at(_value(root, VIEW, path, line), problem=problem, hint=hint)
    for name in root.data:
        yield from _option(plan, readers, root, name, path=path, line=line)


def _option(
    plan: Plan, readers: Iterable[Reader], root: yaml.Node, name: str, *, path: str, line: int
) -> Iterator[Diagnostic]:
    view, value = root.data[VIEW], root.data[name]
    span = _value(root, name, path, line)
    known = [*VIEWS[view].filters, *([LIMIT] if VIEWS[view].is_list else [])]
    if name == VIEW:
        return
    if name not in known:
        hint = _hint(name, known)
        yield UNKNOWN_FIELD.at(
            _key(root, name, path, line), where=f"the view `{view}`", field=name, hint=hint
        )
    elif name == LIMIT:
        if limit(value) is None:
            yield OUT_OF_RANGE.at(span, problem="`limit` is a whole number from 1 on")
    elif (values := texts(value)) is None:
        yield WRONG_TYPE.at(span, problem=f"`{name}` takes a text or a list of texts")
    else:
        if VIEWS[view].is_public:
            yield from _unread(plan, readers, view, name, span)
        for one in values:
            yield from _value_of(plan, name, one, span)


def _value_of(plan: Plan, name: str, value: str, span: Span) -> Iterator[Diagnostic]:
    if name in VALUES and value not in VALUES[name]:
        problem = f"`{name}` is one of {_listed(VALUES[name])}, not `{value}`"
        yield INVALID_VALUE.at(span, problem=problem, hint=_hint(value, VALUES[name]))
    if name == "theme" and value not in (themes := _themes(plan)):
        problem = f"there is no theme `{value}`"
        yield INVALID_VALUE.at(span, problem=problem, hint=_hint(value, themes))
    if name in RECORDS and (present := (index := plan.of(RECORDS[name])).canonical(value)) != value:
        hint = f"its id is `{present}` now" if present else _hint(value, [*index])
        yield UNKNOWN[RECORDS[name]].at(span, target=value, hint=hint)


def _unread(plan: Plan, readers: Iterable[Reader], view: str, name: str, span: Span) -> Iterator[Diagnostic]:
    """A filter by what a reader of the page does not read would leave nothing."""
    for reader in readers:
        if (view, name) in INTERNAL:
            problem = f"{INTERNAL[view, name]} is internal: `{name}` would show {reader.name} nothing"
            yield INVALID_VALUE.at(span, problem=problem, hint="take it out, or keep the page internal")
            return
        needed = ADDED.get((view, name))
        if needed and needed not in plan.settings.show.get(reader.name, ()):
            problem = f"{reader.name} does not read `{needed}`: `{name}` would show it nothing"
            hint = f"add it: `show: {{{reader.name}: [{needed}]}}`"
            yield INVALID_VALUE.at(span, problem=problem, hint=hint)


def _themes(plan: Plan) -> list[str]:
    """Those of the settings; where there are none, those that findings have."""
    found = (finding.theme for finding in plan.findings.values())
    if plan.settings.themes is not None:
        return [*plan.settings.themes]
    return sorted({theme for theme in found if theme is not None})


def _hint(word: str, known: list[str]) -> str | None:
    found = near(word, known)
    return f"did you mean `{found}`?" if found else None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _value(root: yaml.Node, name: str, path: str, line: int) -> Span:
    mark = root.find((name,)).start
    return Span(path=path, line=line + 1 + mark.line, column=mark.column + 1)


def _key(root: yaml.Node, name: str, path: str, line: int) -> Span:
    mark = root.key_mark((name,)) or root.start
    return Span(path=path, line=line + 1 + mark.line, column=mark.column + 1, length=len(name))
