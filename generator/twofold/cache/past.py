"""The last run of its kind in a project, recalled where nothing that it looked at has changed."""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from twofold.cache import tool
from twofold.cache.store import SIZE, Store
from twofold.cache.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

Value = TypeVar("Value")


class Past:
    """What earlier runs under this configuration came to, as of this day."""

    def __init__(self, config_file: Path, *, environ: Mapping[str, str], today: date) -> None:
        """Look for it beside the configuration file."""
        self.config_file = config_file.resolve()
        self.environ = environ
        self.today = today
        self.store = Store(self.config_file.parent)
        self._asked: Trace | None = None

    @cached_property
    def code(self) -> bytes | None:
        """Which Twofold it is; None where that cannot be told."""
        try:
            return tool.digest()
        except OSError:
            return None

    @cached_property
    def key(self) -> bytes | None:
        """All that a run depends on and does not ask for; None where that cannot be told."""
        if self.code is None:
            return None
        about = repr((self.today.isoformat(), str(self.config_file))).encode("utf-8", "surrogateescape")
        return blake2b(self.code + about, digest_size=SIZE).digest()

    def trace(self) -> Trace:
        """Give the disk and the environment, for a run that may be kept.

        Files and texts are those that `recall` has just found, once: the next trace looks anew.
        """
        asked, self._asked = self._asked, None
        return Trace(self.environ, after=asked)

    def recall(self, name: str, read: Callable[[Any], Value]) -> Value | None:
        """Give what the last run of a name came to, if it would come to the same again; otherwise None."""
        kept = self.kept(name)
        if kept is None:
            return None
        trace = self.trace()
        try:
            if trace.is_answered_alike(kept["questions"], bytes.fromhex(kept["answers"])):
                return read(kept["value"])
            self._asked = trace
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            # A file that can no longer be read, or a value that nobody but a forger has written.
            return None
        return None

    def kept(self, name: str) -> Any:  # noqa: ANN401 - as JSON has it
        """Give the last run of a name with its questions and answers, whatever the answers are now."""
        return self.store.get(name, key=self.key) if self.key is not None else None

    def keep(self, name: str, value: object, trace: Trace) -> None:
        """Keep what a run came to that had this trace."""
        if self.key is not None:
            kept = {"questions": trace.questions, "answers": trace.answers.hex(), "value": value}
            self.store.put(name, kept, key=self.key)
