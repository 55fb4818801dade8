"""The one Markdown that Twofold reads: GitHub's, where it is reviewed, with Material's blocks.

CommonMark with GitHub's tables, strikethrough, task lists, bare web addresses, footnotes and alerts;
definition lists; and Material's admonitions, details, tabs and attribute lists. The configuration is fixed:
two repositories never read the same text differently.

The parser is safe to call on any text that `limits` lets pass, and stays bounded on others: a reference
repeated a thousand times, or a bracket that never closes, runs out of fuel and stays the text it is.
"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from twofold.source.markdown_limits import Excess, limits

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["Excess", "blocks", "limits", "paragraph", "parse", "parser"]

MAX_ADDRESS = 2_000
"""Characters of a link's destination. What is longer is no link."""

LABEL_FUEL = 300_000
"""Steps that one text may spend on looking for the ends of link labels."""

REFERENCE_FUEL = 200_000
"""Characters that one text's references may expand to (cmark-gfm bounds the same)."""

_NESTING = 100
"""Tokens in one another; 32 levels of containers are at most 64 of them, and a table four more."""

_PARENTHESES = 32
"""Parentheses in one another within a destination; CommonMark's parsers agree on this."""

_TERMINATORS = re.compile(r"[\n&*<\[\]\\_`~{@]|!\[|https?://|www\.|mailto:")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s<\x00-\x20]{1,2000}")
_HOST = re.compile(r"(?:https?://|www\.)(?:[^\W_]|[.-]|_(?=[^/?#]*\.[^._/?#]*\.))+")
_MAILBOX = re.compile(r"(?:mailto:)?[A-Za-z0-9.+_-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_LOCAL_PART = re.compile(r"(?:^|[^A-Za-z0-9.+_/-])(?P<local>[A-Za-z0-9.+_-]{1,64})\Z")
_DOMAIN = re.compile(r"@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8}")
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;\Z")
_POINTED = re.compile(r"<((?:\\[^\n]|[^<>\\\n])*)>")
_STOP = re.compile(r"[()\x00-\x20\x7f]|\\.?", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")


@cache
def parser() -> MarkdownIt:
    """The parser, made once. It keeps nothing between two texts."""
    # Imported here because `check` reads most plans without ever needing it (60 ms).
    from markdown_it import MarkdownIt, rules_inline  # noqa: PLC0415
    from markdown_it.helpers import parseLinkTitle  # noqa: PLC0415
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote.index import footnote_def  # noqa: PLC0415

    from twofold.source.markdown_blocks import attributes_plugin, container_plugin  # noqa: PLC0415

    made = MarkdownIt(
        "commonmark",
        {
            "maxNesting": _NESTING,
            "html": True,
            "xhtmlOut": False,
            "tasklists": True,
            "alerts": True,
            "strikethrough_single_tilde": True,
            "store_labels": True,
        },
    )
    made.enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False)
    made.block.ruler.at("footnote_def", _outermost(footnote_def), {"alt": ["paragraph", "reference"]})
    made.use(deflist_plugin)
    made.use(container_plugin)
    made.block.ruler.before("table", "sentence", _sentence)
    made.inline.ruler.before("escape", "address", _address)
    made.use(attributes_plugin)
    made.inline.ruler.at("link", _placed(rules_inline.link, noting=True))
    made.inline.ruler.at("image", _placed(rules_inline.image))
    made.inline.ruler.at("autolink", _placed(rules_inline.autolink))
    made.core.ruler.at("inline", _inline)
    made.inline.terminator_re = _TERMINATORS
    helpers: Any = SimpleNamespace(
        parseLinkDestination=_destination,
        parseLinkLabel=_label_end,
        parseLinkTitle=parseLinkTitle,
    )
    made.helpers = helpers
    # Which links lead somewhere is decided where they are known; refused ones must be found to be reported.
    overridden: Any = made
    overridden.validateLink = _any_link
    overridden.normalizeLink = overridden.normalizeLinkText = _as_written
    return made


def parse(text: str) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of a text, and what was met beside them.

    A link's and an image's token has its offsets in its paragraph under `meta["pos"]` and `meta["end"]`. Of
    the second value, `unresolved` lists `(paragraph, offset, source)` of references and footnotes without a
    definition.
    """
    made, environment = parser(), _environment()
    return made.parse(text, environment), environment


def paragraph(text: str) -> list[Token]:
    """The tokens within a text that is known to be one paragraph."""
    from markdown_it.token import Token  # noqa: PLC0415 - see `parser`

    made, found = parser(), Token("inline", "", 0, content=text, children=[])
    children: list[Token] = []
    made.inline.parse(text, made, {**_environment(), "paragraph": found}, children)
    return children


def _environment() -> dict[str, Any]:
    return {"references": _References(), "unresolved": [], "fuel": LABEL_FUEL}


def blocks(text: str) -> list[Token]:
    """The tokens of a text's blocks only; their text is not looked into."""
    made = parser()
    found: list[Token] = []
    made.block.parse(text, made, {"references": _References()}, found)
    return found


class _References(dict[str, Any]):
    """Reference definitions that expand to a bounded length, so that no text grows with its square."""

    def __init__(self) -> None:
        super().__init__()
        self.fuel = REFERENCE_FUEL

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, default)
        if found is not None:
            self.fuel -= len(found["href"]) + len(found["title"])
            if self.fuel < 0:
                return default
        return found


def _inline(state: StateCore) -> None:
    """Parse the paragraphs, telling the rules which one they are in."""
    from markdown_it.token import Token  # noqa: PLC0415 - see `parser`

    for token in state.tokens:
        if token.type == "inline":
            state.env["paragraph"] = token
            if token.children is None:
                token.children = []
            if token.content and not _TERMINATORS.search(token.content):
                # Nothing in it that a rule could begin with: most paragraphs are text alone.
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _sentence(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """A line alone that begins with a letter: a paragraph, which no rule before the last would find out."""
    from markdown_it.rules_block import paragraph  # noqa: PLC0415 - see `parser`

    below = start + 1
    if (below < state.lineMax and not state.isEmpty(below)) or state.is_code_block(start):
        return False
    if not state.src[state.bMarks[start] + state.tShift[start]].isalpha():
        return False
    below = state.skipEmptyLines(below)
    # What a definition follows is a term.
    if below < state.lineMax and state.src[state.bMarks[below] + state.tShift[below]] in ":~":
        return False
    return paragraph(state, start, end, silent)


def _outermost(rule: Any) -> Any:
    """The rule for footnotes, but not within a footnote: the plugin would lose half of the outer one."""

    def outermost(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
        if state.env.get("note"):
            return False
        state.env["note"] = not silent
        try:
            found: bool = rule(state, start, end, silent)
        finally:
            state.env["note"] = False
        return found

    return outermost


def _placed(rule: Any, *, noting: bool = False) -> Any:
    """The rule, noting where in its paragraph a link stands, and references that lead nowhere."""

    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
        start, count = state.pos, len(state.tokens)
        mark = state.src[start]
        if mark not in "[!<":
            return False
        if rule(state, silent):
            if not silent:
                for token in state.tokens[count:]:
                    if token.type in {"link_open", "image"}:
                        token.meta.setdefault("pos", start)
                        token.meta.setdefault("end", state.pos)
                        break
            return True
        if noting and mark == "[" and not silent:
            _note_unresolved(state, start)
        return False

    return placed


def _note_unresolved(state: StateInline, start: int) -> None:
    """Remember `[^name]` and `[text][name]` without a definition; a plain `[x]` is just text."""
    if state.src.startswith("[^", start):
        found = _FOOTNOTE.match(state.src, start)
        if found is not None and ":" + found[1] not in state.env.get("footnotes", {}).get("refs", {}):
            state.env["unresolved"].append((state.env["paragraph"], start, found[0]))
        return
    end = _label_end(state, start, disableNested=True)
    if end < 0 or not state.src.startswith("][", end):
        return
    label_end = state.src.find("]", end + 2, min(state.posMax, end + 1000))
    if label_end > end + 2 and "[" not in state.src[end + 2 : label_end]:
        state.env["unresolved"].append((state.env["paragraph"], start, state.src[start : label_end + 1]))


def _label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803 - the parser's signature
    """Where the label that begins at `start` ends, or -1: the parser's own, with fuel."""
    position, state.pos = state.pos, start + 1
    level, found, fuel = 1, -1, state.env.get("fuel", LABEL_FUEL)
    source, skip = state.src, state.md.inline.skipToken
    while state.pos < state.posMax and fuel > 0:
        fuel -= 1
        marker = source[state.pos]
        if marker == "]":
            level -= 1
            if level == 0:
                found = state.pos
                break
        before = state.pos
        state.env["fuel"] = fuel
        skip(state)
        fuel = state.env["fuel"]
        if marker == "[":
            if before == state.pos - 1:
                level += 1
            elif disableNested:
                break
    state.env["fuel"] = fuel
    state.pos = position
    return found


def _destination(string: str, pos: int, maximum: int) -> SimpleNamespace:
    """A link's destination, as the parser finds it, but by leaps and of a bounded length."""
    from markdown_it.common.utils import unescapeAll  # noqa: PLC0415 - see `parser`

    maximum = min(maximum, pos + MAX_ADDRESS)
    if string[pos : pos + 1] == "<":
        match = _POINTED.match(string, pos, maximum)
        if match is None:
            return SimpleNamespace(ok=False, pos=0, str="")
        return SimpleNamespace(ok=True, pos=match.end(), str=unescapeAll(match[1]))
    begin, level = pos, 0
    while (stop := _STOP.search(string, pos, maximum)) is not None:
        sign, pos = stop[0], stop.start()
        if sign == "(":
            level += 1
            if level > _PARENTHESES:
                break
        elif sign == ")" and level:
            level -= 1
        elif sign[0] != "\\" or sign == "\\ ":
            break
        pos = stop.end()
    else:
        pos = maximum
    if level or pos == begin:
        return SimpleNamespace(ok=False, pos=0, str="")
    return SimpleNamespace(ok=True, pos=pos, str=unescapeAll(string[begin:pos]))


def _any_link(url: str) -> bool:  # noqa: ARG001 - the parser's signature
    return True


def _as_written(url: str) -> str:
    return url


def _address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Bare web and mail addresses, as cmark-gfm finds them: no bare host names, so `README.md` stays text."""
    if silent or state.linkLevel > 0:
        return False
    sign, start = state.src[state.pos], state.pos
    if sign == "@":
        return _mailbox(state)
    if sign not in "hwm" or _in_brackets(state):
        return False
    before = state.src[start - 1] if start else " "
    match = _ADDRESS.match(state.src, start, state.posMax)
    if match is None or (before.isalpha() if sign == "h" else not (before.isspace() or before in "*_~(")):
        return False
    if sign == "m":
        match = _MAILBOX.match(state.src, start, state.posMax)
        shown = match[0] if match else ""
    else:
        shown = _trimmed(match[0]) if _HOST.match(match[0]) and "." in match[0] else ""
    if len(shown) <= len("https://"):
        return False
    _push_link(state, "http://" + shown if sign == "w" else shown, shown)
    state.pos += len(shown)
    return True


def _in_brackets(state: StateInline) -> bool:
    """Whether a bracket is open, in which cmark-gfm looks for no address either."""
    near = max(0, state.pos - MAX_ADDRESS)
    return state.src.rfind("[", near, state.pos) > state.src.rfind("]", near, state.pos)


def _mailbox(state: StateInline) -> bool:
    local = _LOCAL_PART.search(state.pending[-65:])
    domain = _DOMAIN.match(state.src, state.pos, state.posMax)
    if local is None or domain is None or domain[0][-1] in "-_":
        return False
    shown = local["local"] + domain[0]
    state.pending = state.pending[: -len(local["local"])]
    _push_link(state, "mailto:" + shown, shown)
    state.pos += len(domain[0])
    return True


def _push_link(state: StateInline, href: str, shown: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup = "linkify"
    opening.info = "auto"
    opening.meta = {"pos": state.pos, "end": state.pos + len(shown)}
    state.push("text", "", 0).content = shown
    state.push("link_close", "a", -1).markup = "linkify"


def _trimmed(address: str) -> str:
    """Without the punctuation that ends a sentence rather than an address."""
    unmatched = address.count(")") - address.count("(")
    while address:
        last = address[-1]
        if last in "?!.,:*_~'\"[]":
            address = address[:-1]
        elif last == ")" and unmatched > 0:
            address, unmatched = address[:-1], unmatched - 1
        elif last == ";" and (entity := _ENTITY_END.search(address)) is not None:
            address = address[: entity.start()]
        else:
            break
    return address
