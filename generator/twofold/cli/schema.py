"""`twofold schema`: JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twofold.cli import authored, output
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "schema",
    short_help="Write JSON Schemas, so that editors complete and check records.",
    epilog="""\b
Examples:
  twofold schema                 into schemas/
  twofold schema .editor/schemas
""",
)
@common
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path("schemas")
)
def command(*, folder: Path, config_file: Path, today: date) -> int:
    """Write a JSON Schema (draft-07) for each kind of file into DIR, and for each front matter below it.

    With a configuration, the words that its settings allow (labels, themes, sizes, products) are part of
    them; write them anew when those change. `twofold init` sets editors up to use them.

    Exit status: 0 written (or as they were already), 2 usage or configuration.
    """
    del today  # a schema is the same on every day
    from twofold.authoring import schema, store

    # Without a project there are the three labels, and any theme.
    vocabulary = authored.project(config_file).settings.vocabulary if config_file.exists() else None
    found = schema.schemas(vocabulary)
    replacements = []
    for name, content in found.items():
        path = folder / name
        new = schema.as_text(content).encode()
        old = path.read_bytes() if path.is_file() else None
        if old != new:
            replacements.append(store.Replacement(path=path, old=old, new=new))
    with authored.told(folder):
        store.replace(replacements)
    what = f"{len(replacements)} of {len(found)}" if len(replacements) < len(found) else f"{len(found)}"
    click.echo(f"{output.nearby(folder.absolute())}/: {what} schemas written")
    return 0
