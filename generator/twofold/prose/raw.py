"""HTML that people type into a text: a few elements pass, balanced; the rest goes.

Raw tags are the one thing in a text that could reach beyond the place where it stands: a `<b>` that is never
closed would colour the page, a `</div>` would end the box around the narrative, and thousands of open tags
make a browser's parser quadratic. So tags are balanced here: an inline one within its paragraph, a block
within its container.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape

from twofold.prose.sanitise import TYPED, TYPED_BLOCKS

_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>""",
    re.DOTALL | re.VERBOSE,
)
_TITLE = re.compile(r"""\btitle\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VOID = frozenset({"br", "hr", "wbr"})
_SWALLOWED = frozenset(
    {"embed", "iframe", "noscript", "object", "script", "style", "svg", "template", "textarea", "title"}
)
MAX_OPEN = 32
"""Typed elements that may be open at the same time."""


@dataclass(slots=True)
class RawTags:
    """What of the typed HTML is open while a text is rendered."""

    stack: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """What was left out, as typed, at most 80 characters each."""
    base: int = 0
    """How many of the open ones stand outside the present paragraph or container: it cannot end them."""
    swallowing: str = ""
    """The element whose content is left out, up to its end or the paragraph's."""

    def inline(self, source: str) -> str:
        """One tag or comment within a paragraph."""
        match = _TAG.match(source)
        return self._tag(match) if match is not None else self._remove(source)

    def block(self, source: str) -> str:
        """A block of HTML: its allowed tags, and its text."""
        out: list[str] = []
        position = 0
        for match in _TAG.finditer(source):
            out.append(self._text(source[position : match.start()]))
            out.append(self._tag(match))
            position = match.end()
        out.append(self._text(source[position:]))
        self.swallowing = ""
        # Only blocks stay open after it: `<details>` holds what follows, `<b>` does not.
        depth = len(self.stack)
        while depth > self.base and self.stack[depth - 1] not in TYPED_BLOCKS:
            depth -= 1
        return "".join(out) + self.close(depth)

    def enter(self) -> int:
        """Begin a paragraph or container; the result goes to `leave`."""
        outer, self.base = self.base, len(self.stack)
        return outer

    def leave(self, outer: int) -> str:
        """End what was opened in it."""
        closed = self.close(self.base)
        self.base = outer
        return closed

    def close(self, depth: int) -> str:
        """End what was opened since there were `depth` open ones."""
        self.swallowing = ""
        closed = "".join(f"</{name}>" for name in reversed(self.stack[depth:]))
        del self.stack[depth:]
        return closed

    def _text(self, text: str) -> str:
        if self.swallowing:
            return ""
        return escape(unescape(text), quote=False) if text else ""

    def _tag(self, match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if not name:
            return ""
        if self.swallowing:
            if match["close"] and name == self.swallowing:
                self.swallowing = ""
            return ""
        if name not in TYPED:
            if name in _SWALLOWED and not match["close"] and not match["rest"].endswith("/"):
                self.swallowing = name
            return self._remove(match[0])
        if name in _VOID:
            return f"<{name}>"
        if match["close"]:
            return self._end(name)
        if len(self.stack) >= MAX_OPEN:
            return self._remove(match[0])
        self.stack.append(name)
        return self._opened(name, match["rest"])

    def _opened(self, name: str, rest: str) -> str:
        title = _TITLE.search(rest) if name == "abbr" else None
        if title is not None:
            return f'<abbr title="{escape(unescape(title[1] or title[2] or ""))}">'
        if name == "details":
            return "<details open>" if re.search(r"\bopen\b", rest) else "<details>"
        return f"<{name}>"

    def _end(self, name: str) -> str:
        inner = self.stack[self.base :]
        if name not in inner:
            return ""
        return self.close(len(self.stack) - 1 - inner[::-1].index(name))

    def _remove(self, source: str) -> str:
        if not source.startswith("<!--"):
            self.removed.append(source[:80])
        return ""
