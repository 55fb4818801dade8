"""Makes the reference pages from the code: records, settings, commands, diagnostics, and so on."""

from __future__ import annotations

import inspect
import json
import tomllib
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

import click
from mkdocs.structure.files import File, Files

from twofold import ext
from twofold.checks.blocks import ADDED, INTERNAL, VALUES
from twofold.checks.catalogue import RULES
from twofold.cli import COMMANDS, group
from twofold.model import FOLDERS, Finding, Metric
from twofold.model.documentation import fields
from twofold.model.feedback import Quote, Summary, Voice
from twofold.model.fields import Exposure
from twofold.model.item import Evidence
from twofold.model.metric import Baseline, Observation, Target
from twofold.model.record import Link, Origin, Record
from twofold.model.release import ReleaseNote
from twofold.model.settings import AllowedText, Audience, Settings
from twofold.prose.blocks import LIMIT, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from pydantic import BaseModel

    from twofold.model.documentation import FieldDoc

PARTS: tuple[type[BaseModel], ...] = (
    Voice,
    Quote,
    Evidence,
    ReleaseNote,
    Baseline,
    Target,
    Observation,
    Link,
    Origin,
)
"""What stands inside records."""

GROUPS = {
    "mkdocs.plugins": "MkDocs' own: the name under `plugins:` in `mkdocs.yml`.",
    "twofold.scoring": "Models for the setting `scoring`; other packages may add theirs.",
}
"""Group of entry points to what it is for."""

TAKES = {
    **{name: ", ".join(f"`{value}`" for value in values) for name, values in VALUES.items()},
    "objective": "ids of objectives: that it serves, or that what answers it serves",
    "persona": "ids of personas: that it serves, or whose voice it has",
    "metric": "ids of metrics",
    "tag": "tags",
    "release": "ids of releases: in which it is, or is meant to be",
    "theme": "themes of findings",
}
"""Option of a view in a page to what it takes."""

WORDS = {
    Exposure.PUBLIC: "everybody who sees the record",
    Exposure.LABELLED: "by its own labels",
    Exposure.ADDABLE: "the team; `show:` may add it",
    Exposure.NEVER: "the team only, always",
}
"""Class of a field to who may read it."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages; MkDocs calls this."""
    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def pages() -> dict[str, str]:
    """Every page of the reference: path to Markdown."""
    found = {
        "reference/records.md": "".join(_records()),
        "reference/settings.md": "".join(_settings()),
        "reference/commands.md": "".join(_commands()),
        "reference/diagnostics.md": "".join(_diagnostics()),
        "reference/exposure.md": "".join(_exposure()),
        "reference/entry-points.md": "".join(_entry_points()),
        "reference/views.md": "".join(_views()),
    }
    for rule in RULES.values():
        found[f"reference/diagnostics/{rule.code}.md"] = (
            f"# {rule.code} {rule.slug}\n\nSeverity: {rule.severity.value}. "
            f"`rules: {{{rule.code}: off}}` switches it off.\n\n{rule.page.strip()}\n"
        )
    return found


def _kinds() -> Iterator[tuple[str, str, type[BaseModel]]]:
    for folder, model in FOLDERS.items():
        yield model.__name__, folder, model
        if model is Summary:
            yield Finding.__name__, folder, Finding


def _records() -> Iterator[str]:
    yield "# Records\n\n"
    yield "A record is Markdown with YAML front matter, or YAML alone with its texts under `description:` "
    yield "and `sections:`. Its first folder below the content folder tells its kind.\n"
    for name, folder, model in _kinds():
        where = "in the `findings:` of a summary" if model is Finding else f"in `{folder}/`"
        where = f"in a list, in `{folder}/`" if model is Metric else where
        yield f"\n## {name}\n\n{(model.__doc__ or '').strip()} It stands {where}.\n\n"
        yield from _table(model, without=Record)
    yield f"\n## On every kind\n\n{(Record.__doc__ or '').strip()}\n\n"
    yield from _table(Record)
    for part in PARTS:
        yield f"\n## {_spaced(part.__name__)}\n\n{(part.__doc__ or '').strip()}\n\n"
        yield from _table(part)


def _table(model: type[BaseModel], *, without: type[BaseModel] | None = None) -> Iterator[str]:
    yield "| field | meaning | example | who reads it |\n|---|---|---|---|\n"
    common = without.model_fields if without else {}
    own = [field for field in fields(model) if field.name not in common]
    for field in sorted(own, key=lambda field: not field.required):
        name = f"**`{field.name}`** (required)" if field.required else f"`{field.name}`"
        who = WORDS[field.note.exposure] if field.note else ""
        yield f"| {name} | {_cell(field.docstring)} | {_example(field)} | {who} |\n"


def _settings() -> Iterator[str]:
    yield "# Settings\n\nThey stand in `mkdocs.yml`, under `plugins:`, `twofold:`. "
    yield "An unknown one is an error.\n\n"
    for model, title in ((Settings, ""), (Audience, "An audience"), (AllowedText, "An allowed text")):
        if title:
            yield f"\n## {title}\n\n{(model.__doc__ or '').strip()}\n\n"
        yield "| setting | meaning | default |\n|---|---|---|\n"
        for field in fields(model):
            default = "required" if field.required else f"`{_plain(field.default)}`"
            yield f"| `{field.name}` | {_cell(field.docstring)} | {default} |\n"


def _commands() -> Iterator[str]:
    yield "# Commands\n\n"
    context = click.Context(group, info_name="twofold")
    yield f"```text\n{group.get_help(context)}\n```\n"
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is not None:
            inner = click.Context(command, info_name=name, parent=context)
            yield f"\n## {name}\n\n```text\n{command.get_help(inner)}\n```\n"


def _diagnostics() -> Iterator[str]:
    yield "# Diagnostics\n\n`twofold explain CODE` prints the same pages.\n\n"
    yield "| code | name | severity |\n|---|---|---|\n"
    for rule in RULES.values():
        yield f"| [{rule.code}](diagnostics/{rule.code}.md) | {rule.slug} | {rule.severity.value} |\n"


def _exposure() -> Iterator[str]:
    yield "# Who may read what\n\nWhat an audience may read of a record that it sees.\n"
    for name, _, model in _kinds():
        yield f"\n## {name}\n\n| class | fields |\n|---|---|\n"
        for exposure in Exposure:
            marked = ((field.name, field.note) for field in fields(model))
            named = [f"`{name}`" for name, note in marked if note and note.exposure is exposure]
            if named:
                yield f"| {exposure.value}: {WORDS[exposure]} | {', '.join(named)} |\n"


def _views() -> Iterator[str]:
    yield "# Views in a page\n\nWhat a fence named `twofold` in a hand-written page may ask for; "
    yield "[Write texts](../how-to/texts.md#place-a-view-in-a-page) shows how.\n\n"
    yield "| `view:` | shows | can be narrowed down by | who has it |\n|---|---|---|---|\n"
    for name, view in VIEWS.items():
        options = ", ".join(f"`{one}`" for one in (*view.filters, *([LIMIT] if view.is_list else []))) or "–"
        who = "every audience, of what it reads" if view.is_public else "the team"
        yield f"| `{name}` | {_cell(view.shows)} | {options} | {who} |\n"
    yield "\nHealth and the explanation of the scores are about the whole plan and stay on their pages.\n"
    yield "\n## Options\n\n| option | takes | needs in a published page |\n|---|---|---|\n"
    names = dict.fromkeys(name for view in VIEWS.values() for name in view.filters)
    for name in names:
        needed = [
            f"under `{view}`: `show:` adds `{field}`" for (view, one), field in ADDED.items() if one == name
        ]
        needed += [f"never under `{view}`" for view, one in INTERNAL if one == name]
        yield f"| `{name}` | {TAKES[name]} | {'; '.join(needed) or '–'} |\n"
    yield f"| `{LIMIT}` | a whole number from 1 on: at most so many entries | – |\n"


def _entry_points() -> Iterator[str]:
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield "# Entry points\n\nWhat Twofold offers to other programs, and where they join in.\n\n"
    yield "| command | what it does |\n|---|---|\n"
    for name in project["scripts"]:
        yield f"| `{name}`, `python -m {name}` | {_first(group.help)} [Commands](commands.md). |\n"
    for name, entries in project["entry-points"].items():
        yield f"\n## {name}\n\n{GROUPS[name]}\n\n| name | what it is |\n|---|---|\n"
        for entry, target in entries.items():
            yield f"| `{entry}` | {_first(inspect.getdoc(resolve_name(target)))} |\n"
    yield f"\n## twofold.ext\n\n{_first(ext.__doc__)} An example is in "
    yield "[Write a model](../how-to/scores.md#write-a-model).\n\n| name | what it is |\n|---|---|\n"
    for name in ext.__all__:
        yield f"| `{name}` | {_first(inspect.getdoc(getattr(ext, name)))} |\n"


def _first(text: str | None) -> str:
    return _cell((text or "").partition("\n\n")[0])


def _example(field: FieldDoc) -> str:
    return f"`{_cell(_plain(field.note.example))}`" if field.note else ""


def _plain(value: object) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=str)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _spaced(name: str) -> str:
    return (
        "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()
    )
