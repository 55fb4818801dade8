"""What one look at a file tells, kept with its records: after an edit, most files are as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twofold.plan import Plan


def where(
    tell: Callable[[str, str], bool], *, named: str, plan: Plan, sources: Mapping[str, str]
) -> frozenset[str]:
    """The paths of those files of which `tell` says yes, of the path and the text alone.

    `named` stands for `tell` and for all else that it depends on. `sources` are the files' texts by path.
    """
    documents = {origin.document.path: origin.document for origin in plan.origins.values()}
    found: set[str] = set()
    for path, text in sources.items():
        document = documents.get(path)
        if document is None:
            told = tell(path, text)
        elif named in document.told:
            told = document.told[named]
        else:
            told = document.told[named] = tell(path, text)
        if told:
            found.add(path)
    return frozenset(found)
