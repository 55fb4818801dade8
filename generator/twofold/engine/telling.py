"""What portals tell while they are made, put in order: they may be made at the same time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from twofold.render.shares import Progress


class Told:
    """Puts in order what several portals tell at the same time."""

    def __init__(
        self, audiences: Sequence[str], warn: Callable[[str], None], progress: Progress | None
    ) -> None:
        """Pass on to `warn` and `progress`."""
        self.warn = warn
        self.listener = progress
        self.silent = deque(audiences)
        self.kept: dict[str, list[str]] = {audience: [] for audience in audiences}
        self.known: set[str] = set()
        self.finished: set[str] = set()
        self.pages: dict[str, tuple[int, int]] = {}

    def warning(self, audience: str) -> Callable[[str], None]:
        """What takes the warnings of one portal."""

        def take(message: str) -> None:
            if message not in self.known:
                self.kept[audience].append(message)
                self._speak()

        return take

    def progress(self, audience: str) -> Progress | None:
        """What hears of the pages of one portal."""
        listener = self.listener
        if listener is None:
            return None

        def take(done: int, pages: int, /) -> None:
            self.pages[audience] = done, pages
            listener(*(sum(figures) for figures in zip(*self.pages.values(), strict=True)))

        return take

    def complete(self, audience: str) -> None:
        """Take it that one portal has no more to say."""
        self.finished.add(audience)
        self._speak()

    def _speak(self) -> None:
        while self.silent:
            first = self.silent[0]
            for message in self.kept.pop(first, ()):
                if message not in self.known:
                    self.known.add(message)
                    self.warn(message)
            self.kept[first] = []
            if first not in self.finished:
                return
            self.silent.popleft()
