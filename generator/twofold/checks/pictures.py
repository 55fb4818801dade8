"""The rule about images: those that a public portal would show can be read, and so be cleaned."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from twofold.audience.visibility import reads
from twofold.diagnostics import Span
from twofold.images import CLEANED
from twofold.plan.destinations import destination
from twofold.prose.links import Kind, Lead, extract, lead, may_link
from twofold.source.files import UNREADABLE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from twofold.audience.readers import Reader
    from twofold.audience.visibility import Visible
    from twofold.config import Project
    from twofold.diagnostics import Diagnostic
    from twofold.plan import Plan
    from twofold.plan.texts import PlacedText


def check(
    plan: Plan,
    placed: Iterable[PlacedText],
    *,
    project: Project,
    seen: Sequence[tuple[Reader, Visible]],
    data: Callable[[str], bytes | None],
) -> Iterator[Diagnostic]:
    """Apply the rule about images; `data` gives the bytes of a file of the content folder."""
    images = frozenset(path for path in plan.assets if PurePosixPath(path).suffix.lower() in CLEANED)
    if not images or not seen:
        return
    public = images & {*project.named_files, *_public(plan, placed, images, seen)}
    if not public:
        return
    from twofold.images.cleaning import ImageError, clean  # noqa: PLC0415 - few plans have images

    for path in sorted(public):
        reason = None
        try:
            if found := data(path):
                clean(found, name="the image")
        except ImageError as error:
            reason = str(error)
        except OSError as error:
            reason = error.strerror or str(error)
        if reason is not None:
            span = Span(path=f"{project.shown_content}/{path}")
            hint = "no public portal can have it: save it anew, or take it out"
            yield UNREADABLE_FILE.at(span, hint=hint, reason=reason)


def _public(
    plan: Plan, placed: Iterable[PlacedText], images: frozenset[str], seen: Sequence[tuple[Reader, Visible]]
) -> Iterator[str]:
    """The images that texts show which somebody outside reads, and those that are to be downloaded there."""
    downloads = {
        path for path in images if any(fnmatchcase(path, pattern) for pattern in plan.settings.downloads)
    }
    for text in placed:
        if not may_link(text.text) or not any(reads(one, records, text, plan) for one, records in seen):
            continue
        for link in extract(text.text):
            if lead(link.url) is Lead.FILE:
                path = destination(link.url, source=text.source).source
                if link.kind is Kind.IMAGE or path in downloads:
                    yield path
