"""How a text reads to an audience: two sources with the same reading are the same text."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from twofold.plan.destinations import destination
from twofold.prose.links import Target

if TYPE_CHECKING:
    from twofold.audience.published import AudiencePlan, Narrative
    from twofold.diff.side import Side
    from twofold.model import Kind


# What can stand in a line without being read: addresses, names of notes, code's languages, escapes.
_UNREAD = re.compile(r"[\[\]<>`~{}&\\|!=:]")
_WORDS = re.compile(r"[^\W\d_]+")


def reads_alike(one: Narrative, other: Narrative, earlier: Reading, now: Reading) -> bool:
    """Whether two texts read the same, each to its side's audience."""
    # That spares the parser, which starts slowly.
    if _differs_in_words(one.text, other.text):
        return False
    if one == other and _UNREAD.search(one.text) is None:
        return True
    return earlier.html(one) == now.html(other)


def _differs_in_words(one: str, other: str) -> bool:
    """Whether two texts surely read differently: in words of lines where every word is read."""
    # Comments and notes that nothing refers to go over lines.
    if "<" in one or "<" in other or "[^" in one or "[^" in other:
        return False
    old, new = one.split("\n"), other.split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    lines, lines_now = "\n".join(old), "\n".join(new)
    if _UNREAD.search(lines) is not None or _UNREAD.search(lines_now) is not None:
        return False
    return _WORDS.findall(lines) != _WORDS.findall(lines_now)


class Reading:
    """One side's audience, which follows links to what it sees."""

    def __init__(self, plan: AudiencePlan | None, side: Side) -> None:
        self.plan = plan
        sources = plan.sources if plan is not None else {}
        self._files = {record: source for source, record in sources.items() if record is not None}
        self._downloads = side.project.settings.downloads
        self._html = lru_cache(maxsize=None)(self._rendered)

    def file_of(self, kind: Kind, id: str) -> str:
        """The file of a record that the audience sees: what links in its texts are relative to."""
        return self._files.get((kind, id), "")

    def html(self, text: Narrative) -> str:
        """A text as it reads, with its links leading to records and pages."""
        return self._html(text.text, text.source)

    def _rendered(self, text: str, source: str) -> str:
        # The parser is loaded only where texts differ.
        from twofold.prose.render import render  # noqa: PLC0415

        made = render(text, prefix="", links=lambda link: self._target(link, source))
        return f"{made.html}\0{made.card}\0{made.plain}"

    def _target(self, link: str, source: str) -> Target | None:
        # In the form of a path: the sanitiser would take any other address out, and it would be as none.
        goal = destination(link, source=source)
        plan = self.plan
        if plan is None:
            return None
        fragment = f"#{goal.fragment}" if goal.fragment else ""
        named = plan.sources.get(f"{goal.source}#{goal.fragment}", plan.sources.get(goal.source))
        if named is not None:
            return Target(href=f"{named[0].value}/{named[1]}{fragment}")
        if goal.source in plan.pages:
            return Target(href=f"page/{plan.pages[goal.source].address}{fragment}")
        if (
            any(fnmatchcase(goal.source, pattern) for pattern in self._downloads)
            or goal.source in plan.assets
        ):
            return Target(href=f"file/{goal.source}")
        return None
