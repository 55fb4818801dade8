"""Content tabs: neighbours at one level are one set, which works by radio buttons without a script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

_LAST_END = "</div>\n</div>\n</div>\n"


class Tabs:
    """The sets of one text, numbered in order."""

    def __init__(self, tokens: Sequence[Token], prefix: str) -> None:
        self.tokens = tokens
        self.prefix = prefix
        self.count = 0
        self.ends: dict[int, str] = {}
        """Index of a tab's closing token to what ends it there, and its set after the last."""
        self._started: set[int] = set()

    def open(self, index: int, inline: Callable[[Sequence[Token]], str]) -> str:
        """Begin a tab; before the first of a set, also the set with its labels."""
        if index in self._started:
            return '<div class="tabbed-block">\n'
        self.count += 1
        number = self.count
        members = self._members(index)
        chosen = next((i for i, at in enumerate(members) if "+" in self.tokens[at].meta["flags"]), 0)
        name = escape(f"{self.prefix}tabbed-{number}")
        inputs, labels = [], []
        for i, at in enumerate(members):
            self._started.add(at)
            checked = ' checked=""' if i == chosen else ""
            inputs.append(f'<input{checked} id="{name}-{i + 1}" name="{name}" type="radio">')
            labels.append(f'<label for="{name}-{i + 1}">{inline(self.tokens[at + 1].children or ())}</label>')
        return (
            f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(members)}">{"".join(inputs)}'
            f'<div class="tabbed-labels">{"".join(labels)}</div>\n<div class="tabbed-content">\n'
            '<div class="tabbed-block">\n'
        )

    def _members(self, index: int) -> list[int]:
        """Indexes of the opening tokens of the set that begins at `index`; notes where each ends."""
        level = self.tokens[index].level
        members: list[int] = []
        at = index
        while True:
            members.append(at)
            while not (self.tokens[at].type == "container_close" and self.tokens[at].level == level):
                at += 1
            follower = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            if follower is None or not _joins(follower, level):
                self.ends[at] = _LAST_END
                return members
            self.ends[at] = "</div>\n"
            at += 1


def _joins(token: Token, level: int) -> bool:
    """Whether a token begins one more tab of the set before it; `===!` begins a new set."""
    return (
        token.type == "container_open"
        and token.markup == "==="
        and token.level == level
        and "!" not in token.meta["flags"]
    )
