"""A record's texts: what each side is told, and what the team should know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.model.fields import INTERNAL
from twofold.plan.destinations import section_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.model import Narrated

TELLS = {"customer": "For customers", "user": "For users"}
"""The title over what a label is told; an added audience's is made from its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A Markdown text of a record, not yet rendered."""

    text: str
    source: str
    """POSIX path, relative to the content folder, of the file that its links are relative to."""

    prefix: str
    """What the ids in it begin with, so that several texts can stand in one page."""

    top: int = 3
    """The level that no heading in it may stand above: a record's sections have second-level headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A narrative, with whom it is for."""

    label: str
    title: str
    anchor: str
    prose: Prose


def narratives(record: Narrated, source: str) -> dict[str, Prose]:
    """A record's texts by label; its description comes first in the internal one."""
    texts = {
        label: Prose(text=text, source=source, prefix=f"{label}-")
        for label, text in record.sections.items()
        if text.strip() and label != INTERNAL
    }
    parts = (record.description.strip(), record.sections.get(INTERNAL, "").strip())
    internal = "\n\n".join(part for part in parts if part)
    if internal:
        texts[INTERNAL] = Prose(text=internal, source=source, prefix="internal-")
    return texts


def stories(texts: Mapping[str, Prose]) -> tuple[Story, ...]:
    """The narratives of all labels but the internal one: customers, users, then added audiences."""
    order = [*TELLS, *sorted(label for label in texts if label not in {*TELLS, INTERNAL})]
    return tuple(
        Story(label=label, title=told_to(label), anchor=section_anchor(label), prose=texts[label])
        for label in order
        if label in texts
    )


def told_to(label: str) -> str:
    """The title over what a label is told."""
    return TELLS.get(label, f"For {label}")
