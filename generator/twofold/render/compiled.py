"""Compiled templates, kept for the next portal.

Compiling Material's templates and ours takes about half a second, a third of a small portal's time. One
process makes several portals, and a preview the same ones again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from types import CodeType

    from jinja2.bccache import Bucket

Key = tuple[str, str, tuple[bool, ...], tuple[str, ...]]


class Compiled(BytecodeCache):
    """A template's code, by its name, its text, and what else the compiler looks at. Mutable: it learns."""

    def __init__(self) -> None:
        """Know nothing."""
        self._known: dict[Key, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template that has been compiled before."""
        bucket.code = self._known.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template."""
        if bucket.code is not None:
            self._known[_key(bucket)] = bucket.code


COMPILED = Compiled()
"""For all environments of this process. It grows with the templates' texts, not with the portals."""


def _key(bucket: Bucket) -> Key:
    environment = bucket.environment
    switches = bool(environment.autoescape), environment.trim_blocks, environment.lstrip_blocks
    return bucket.key, bucket.checksum, switches, tuple(sorted(environment.extensions))
