"""What is wrong, or may be, with a linked plan: a file per family of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.audience.readers import public_readers
from twofold.audience.visibility import visible
from twofold.checks import (
    age,
    balance,
    blocks,
    dates,
    delivery,
    dependencies,
    evidence,
    items,
    objectives,
    pictures,
    privacy,
    publication,
    secrets,
    texts,
    voices,
)
from twofold.plan.texts import texts as every_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from twofold.config import Project
    from twofold.diagnostics import Diagnostic
    from twofold.plan import Plan


def check(
    plan: Plan,
    *,
    project: Project,
    broken: frozenset[str],
    sources: Mapping[str, str],
    data: Callable[[str], bytes | None],
    today: date,
) -> Iterator[Diagnostic]:
    """Apply every rule that needs the whole plan.

    `broken` are the record files, relative to the content folder, that could not be used; `sources` the
    texts of all files by their path in diagnostics. `data` gives the bytes of a file of the content folder.
    """
    placed = tuple(every_text(plan))
    seen = tuple((one, visible(plan, one)) for one in public_readers(plan.settings))
    yield from dates.check(plan, today=today)
    yield from delivery.check(plan, today=today)
    yield from dependencies.check(plan)
    yield from evidence.check(plan, broken=broken)
    yield from voices.check(plan)
    yield from items.check(plan)
    yield from objectives.check(plan)
    yield from age.check(plan, today=today)
    yield from balance.check(plan, project=project, broken=broken, today=today)
    yield from publication.check(plan, placed, seen=seen, sources=sources)
    yield from secrets.check(plan, placed, project=project, seen=seen, sources=sources)
    yield from privacy.check(plan, placed, sources=sources)
    yield from pictures.check(plan, placed, project=project, seen=seen, data=data)
    yield from blocks.check(plan, placed)
    yield from texts.check(plan, placed, project=project, broken=broken, sources=sources)
