"""Headings of narratives: what counts as one, and what only looks like one.

A heading that a reader would take for a narrative's and the grammar would not decides who reads the text
below it, so it is an error (TF109), and so is one that a fence or a comment swallows.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from twofold.diagnostics import Rule, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.token import Token

    from twofold.diagnostics import Diagnostic

UNMAPPED_SECTION = Rule(
    code="TF107",
    slug="unmapped-section",
    severity=Severity.WARNING,
    message="The section “{title}” is mapped to no label, so it stays internal",
    page="""\
A second-level section has a title that the settings do not map to a label. Its text, with its heading,
is part of the record's internal description.

That is the safe reading, but seldom the one meant: a narrative with a misspelt title is missing from the
portal it was written for.

Wrong, where the titles are the usual ones:

    ## For the customer

    Charting goes on when the network is down.

Right:

    ## For customers

    Charting goes on when the network is down.

A title in another language is mapped in the settings: `sections: {Para clientes: customer}`. A heading that
belongs inside a narrative is written a level lower, `###`.
""",
)

NEAR_MISS = Rule(
    code="TF109",
    slug="near-miss-or-swallowed-section",
    severity=Severity.ERROR,
    message="{what}",
    page="""\
A line reads like the heading of a narrative and is none, because of how it is written or where it stands.

The text below it would go to whoever reads the section before it: `##Internal` without the space is a line
of the narrative above, and what follows it would be published. The same holds for another case, another
level, an underlined heading, invisible characters, and for a heading that a fence, a comment, raw HTML or a
list swallows.

Wrong:

    ## For users
    Charting works offline.
    ##Internal
    The pilot ward lost two charts.

Right:

    ## For users
    Charting works offline.

    ## Internal
    The pilot ward lost two charts.

Headings of narratives stand at the margin, outside of fences, comments and lists. One that is meant
as an example is quoted (`> ## Internal`) or, in a fence, indented by four spaces.
""",
)

LOOSE = 48
"""Characters that a line may have beyond the longest title and still be looked at as a heading."""

EXAMPLE_INDENT = 8
"""Columns from which an indented line is an example on purpose; below, it may be a heading gone astray."""

_LEADING_MARKS = re.compile(r"(?:[-+*]|\d{1,9}[.)]|:|~|\[\^[^\]\s]+\]:)[ \t]+")
_SECOND_LEVEL = re.compile(r" {0,3}##(?!#)")
_HASHES = "#\uff03\ufe5f"
_BOLD = re.compile(r"(\*\*|__)(?P<title>[^*_]+)\1[ \t]*:?\Z")
_UNSEEN = frozenset({"Cf", "Zs", "Cc", "Mn"})

_CONTAINERS = {
    "list_item_open": "a list item",
    "container_open": "an admonition or a tab",
    "footnote_reference_open": "a footnote",
    "dd_open": "a definition",
    "blockquote_open": "a quote",
    "alert_open": "a quote",
}


class Head(NamedTuple):
    """A heading of second level; a tuple, since every section of a plan makes one (a third of the cost)."""

    row: int
    """Its line in the body, from 0."""
    title: str | None
    """Its title; None where it only resembles a mapped one, so that its section is internal."""
    length: int = 1
    """Its lines: one, or more where it is underlined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """The titles that are mapped to labels, and what lines are compared with."""

    exact: frozenset[str]
    folded: Mapping[str, str]
    """Title without case, spaces and signs, to the title."""
    longest: int
    """Characters of the longest line that is looked at as a heading."""

    @staticmethod
    @lru_cache(maxsize=64)
    def of(titles: tuple[str, ...]) -> Titles:
        """Prepare the titles once for all bodies."""
        folded = {fold(title): title for title in titles}
        folded.pop("", None)
        longest = max(map(len, titles), default=0) + LOOSE
        return Titles(exact=frozenset(titles), folded=folded, longest=longest)

    def resembled(self, line: str) -> str | None:
        """The title whose heading a line looks like, whatever is wrong with it; None for other lines."""
        if len(line) > self.longest:
            return None
        rest = _bare(line)
        while (marks := _LEADING_MARKS.match(rest)) is not None:
            rest = _bare(rest[marks.end() :])
        if rest and rest[0] in _HASHES:
            return self.folded.get(fold(rest))
        bold = _BOLD.match(rest.rstrip())
        return self.folded.get(fold(bold["title"])) if bold is not None else None

    def nearest(self, title: str) -> str | None:
        """The title most like another one, or None."""
        from difflib import get_close_matches  # noqa: PLC0415 - 5 ms that most plans never need

        close = get_close_matches(fold(title[: self.longest]), self.folded, n=1, cutoff=0.6)
        return self.folded[close[0]] if close else None


def title_of(line: str) -> str:
    """The title of a `##` line: without the spaces around it and without the closing signs."""
    text = line.lstrip(" ")[2:].strip(" \t")
    if text.endswith("#"):
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            text = bare.rstrip(" \t")
    return text


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A title without case, spaces, signs and characters nobody sees; of wide letters, the plain ones."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, text.casefold()))


def _bare(line: str) -> str:
    """Without leading spaces of any kind and without characters nobody sees."""
    rest = line.lstrip()
    while rest and not rest[0].isascii() and unicodedata.category(rest[0]) in _UNSEEN:
        rest = rest[1:].lstrip()
    return rest


def by_structure(
    body: str, lines: list[str], titles: Titles, *, path: str, first_line: int
) -> tuple[list[Head], list[Diagnostic]]:
    """The headings of second level as the parser sees them, and every line that looks like one and is none.

    The body must be within the limits. `lines` are its lines, `first_line` the file's line of the first.
    """
    from twofold.source.markdown import blocks  # noqa: PLC0415 - the parser is loaded when it is needed

    tokens = blocks(body)
    heads: list[Head] = []
    taken: set[int] = set()
    found: list[Diagnostic] = []

    def report(row: int, title: str, reason: str, hint: str) -> None:
        line = lines[row]
        shown = line.strip()
        span = Span(
            path=path,
            line=first_line + row,
            column=len(line) - len(line.lstrip()) + 1,
            length=max(1, len(shown)),
        )
        what = f"“{shown}” reads like the section “{title}” and is none: {reason}"
        found.append(NEAR_MISS.at(span, hint=hint, what=what))

    for position, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or token.tag != "h2" or token.map is None:
            continue
        row, end = token.map
        underlined = token.markup == "-"
        title: str = tokens[position + 1].content if underlined else title_of(lines[row])
        meant = titles.folded.get(fold(title)) if len(title) <= titles.longest else None
        taken.update(range(row, end))
        if meant is None or (title in titles.exact and not underlined):
            heads.append(Head(row=row, title=title, length=end - row))
            continue
        heads.append(Head(row=row, title=None, length=end - row))
        reason = "it is underlined" if underlined else _difference(title, titles.exact)
        report(row, meant, reason, f"Write “## {meant}”")

    suspects = {
        row: resembled
        for row, line in enumerate(lines)
        if row not in taken and (resembled := titles.resembled(line)) is not None
    }
    suspects.update(_underlined(tokens, titles))
    owners = _owners(tokens, suspects)
    for row, suspected in sorted(suspects.items()):
        verdict = _verdict(lines[row], row, suspected, owners[row], first_line)
        if verdict is not None:
            report(row, suspected, *verdict)
    found.sort(key=lambda diagnostic: diagnostic.order)
    return heads, found


def _underlined(tokens: list[Token], titles: Titles) -> dict[int, str]:
    """Headings of other levels or in containers that are underlined, and have a mapped title."""
    return {
        token.map[0]: titles.folded[fold(content)]
        for token, inline in pairwise(tokens)
        if token.type == "heading_open"
        and token.map is not None
        and token.markup in {"=", "-"}
        and (token.tag != "h2" or token.level)
        and len(content := inline.content) <= titles.longest
        and fold(content) in titles.folded
    }


def _owners(tokens: list[Token], suspects: Mapping[int, str]) -> dict[int, list[Token]]:
    """For each suspect line the blocks in which it stands, outermost first."""
    owners: dict[int, list[Token]] = {index: [] for index in suspects}
    for token in tokens:
        if token.map is not None and token.type != "inline":
            for index, stack in owners.items():
                if token.map[0] <= index < token.map[1]:
                    stack.append(token)
    return owners


def _verdict(line: str, row: int, title: str, owners: list[Token], first_line: int) -> tuple[str, str] | None:
    """Why a line that looks like a heading is none, and a hint; None where it may stay."""
    margin = f"Write “## {title}” at the margin, on a line of its own"
    if line.lstrip().startswith(">"):
        # Quoted on purpose. A line without the sign, which a quote takes in as its own, is judged as any.
        return None
    innermost = owners[-1] if owners else None
    if innermost is not None and innermost.type in {"fence", "html_block"}:
        return _swallowed(innermost, first_line) if _SECOND_LEVEL.match(line) else None
    nested = len(owners) > 1
    if innermost is not None and innermost.type == "code_block":
        if nested or not line.expandtabs(4)[:EXAMPLE_INDENT].strip():
            return None
        return "it is indented, which makes it code", f"{margin}; as an example, quote it (“> ## {title}”)"
    if _BOLD.match(line.strip()) is not None:
        # Bold text is a heading to the eye where it begins a paragraph at the margin, and nowhere else.
        begins = (
            innermost is not None and innermost.type == "paragraph_open" and (innermost.map or [-1])[0] == row
        )
        return ("it is bold text", f"{margin}, or word it otherwise") if begins and not nested else None
    if nested:
        reason = f"it stands in {_container(owners)}"
    elif innermost is not None and innermost.type == "heading_open":
        reason = "it is underlined" if innermost.markup in {"=", "-"} else "it has another level"
    elif line[:4].isspace():
        reason = "it is indented, which makes it a line of the paragraph above"
    else:
        reason = _difference(line.strip(), frozenset({title}))
    return reason, margin


def _swallowed(block: Token, first_line: int) -> tuple[str, str]:
    """Say which fence, comment or HTML keeps a heading from being one."""
    opened = first_line + (block.map or [0])[0]
    if block.type == "fence":
        what, end = "fence", "Close"
    else:
        what, end = ("comment" if block.content.lstrip().startswith("<!--") else "raw HTML"), "End"
    hint = f"{end} the {what} of line {opened} before it; as an example, indent it by four spaces"
    return f"the {what} that begins in line {opened} swallows it", hint


def _container(owners: list[Token]) -> str:
    """The innermost container by name."""
    return next((_CONTAINERS[t.type] for t in reversed(owners) if t.type in _CONTAINERS), "another block")


def _difference(written: str, exact: frozenset[str]) -> str:
    """In words, what is wrong with the way a heading is written."""
    if not written.isascii() and not any(written.lstrip("# ") == title for title in exact):
        return "it has characters that cannot be seen, or that are not what they look like"
    if written.startswith("#"):
        spaced = written.lstrip("#")[:1] in {" ", "\t"}
        return "it has another level" if spaced else "there is no space after the “##”"
    if any(written.casefold() == title.casefold() for title in exact):
        return "it is written in another case"
    return "its title has other signs or spaces"
