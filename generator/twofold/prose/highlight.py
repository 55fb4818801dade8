"""Code blocks in Material's markup, coloured by Pygments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatter import Formatter
    from pygments.lexer import Lexer

MAX_COLOURED = 4_000
"""Characters of a block beyond which it stays plain.

Lexers are regular expressions of many authors, and some take minutes over what is short and strange. These
bounds, and the list of languages, are those under which none took longer than half a second.
"""

MAX_COLOURED_IN_ALL = 20_000
"""Characters of all blocks of one text that are coloured."""

MAX_LINE = 200
"""Characters of a line beyond which its block stays plain."""

MAX_EMPTY_LINES = 4
"""Empty lines in a row beyond which their block stays plain."""

LANGUAGES = frozenset(
    """
    bash bat c c# c++ console cpp csharp css dart diff docker dockerfile elixir gherkin go graphql
    groovy haskell hcl html http ini java javascript jinja js json jsx kotlin less lua make makefile
    markdown md nginx objective-c perl php powershell properties protobuf py python r rb rs rst ruby
    rust scala scss sh shell sql swift terraform toml ts tsx typescript xml yaml yml zsh
    """.split()  # noqa: SIM905 - seventy quoted words are harder to read
)
"""The languages that are coloured."""

_SLOW = frozenset({"c#", "csharp", "groovy", "java"})
"""Languages whose lexers take the cube of a block's lines; a quarter of the length for these."""

_OPTION = re.compile(r"""(?P<name>title|hl_lines|linenums)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_LANGUAGE = re.compile(r"\{?\s*\.?(?P<name>[\w+#.-]+)")
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """What a fence's info string says: the language, and Material's options."""

    language: str = ""
    title: str = ""
    marked: frozenset[int] = frozenset()
    """Lines to mark, from 1."""
    first_number: int | None = None
    """The number of the first line, where lines are numbered."""

    @classmethod
    def of(cls, info: str) -> Fence:
        """Read an info string; what is not understood is left out."""
        named = _LANGUAGE.match(info.strip()) if not _OPTION.match(info.strip()) else None
        options = {m["name"]: m["double"] or m["single"] or "" for m in _OPTION.finditer(info)}
        number = options.get("linenums", "")
        return cls(
            language=named["name"].lower() if named is not None else "",
            title=options.get("title", ""),
            marked=frozenset(_lines(options.get("hl_lines", ""))),
            first_number=int(number[:6]) if number.isdecimal() else None,
        )


def highlighted(code: str, info: str, *, coloured: bool = True) -> str:
    """A code block as HTML. `code` ends in a line end; `info` is the fence's info string, or empty."""
    fence = Fence.of(info) if info else Fence()
    shown = _coloured(code, fence.language) if coloured and fence.language else escape(code, quote=False)
    if fence.marked or fence.first_number is not None:
        shown = _numbered(shown, fence)
    title = f'<span class="filename">{escape(fence.title, quote=False)}</span>' if fence.title else ""
    return f'<div class="highlight">{title}<pre><span></span><code>{shown}</code></pre></div>\n'


def _coloured(code: str, language: str) -> str:
    lexer = _lexer(language) if _is_tame(code, language) else None
    if lexer is None:
        return escape(code, quote=False)
    from pygments import highlight  # noqa: PLC0415 - only texts with code need it

    coloured: str = highlight(code, lexer, _formatter())
    return coloured


def _is_tame(code: str, language: str) -> bool:
    """Whether a lexer may be let loose on a block."""
    if language not in LANGUAGES or len(code) > (MAX_COLOURED // 4 if language in _SLOW else MAX_COLOURED):
        return False
    empty = 0
    for line in code.split("\n"):
        empty = 0 if line.strip() else empty + 1
        if len(line) > MAX_LINE or empty > MAX_EMPTY_LINES:
            return False
    return True


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - see above
    from pygments.util import ClassNotFound  # noqa: PLC0415 - see above

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1)
def _formatter() -> Formatter[str]:
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415 - see above

    return HtmlFormatter(nowrap=True)


def _numbered(coloured: str, fence: Fence) -> str:
    """Number and mark the lines; Pygments closes its spans at every line's end."""
    lines = coloured.removesuffix("\n").split("\n")
    width = len(str((fence.first_number or 0) + len(lines) - 1))
    out: list[str] = []
    for index, line in enumerate(lines):
        shown = f'<span class="hll">{line}</span>' if index + 1 in fence.marked else line
        if fence.first_number is not None:
            number = str(fence.first_number + index).rjust(width)
            shown = f'<span class="linenos" data-linenos="{number} "></span>{shown}'
        out.append(shown)
    return "\n".join(out) + "\n"


def _lines(listed: str) -> set[int]:
    found: set[int] = set()
    for first, last in _RANGE.findall(listed[:200]):
        found.update(range(int(first), min(int(last or first), int(first) + 5_000) + 1))
    return found
