"""Compiled templates, kept for the next portal, and for the next run.

Compiling Material's templates and ours takes a third of a second, a fifth of a small portal's time. One
process makes several portals, and a preview the same ones again and again. Between runs they are kept where
Python keeps the code of this very module, and as Python does it: what an owner has written is not among them.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from secrets import token_hex
from sysconfig import get_path
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2 import BytecodeCache

from twofold.render.resources import overrides_folder

if TYPE_CHECKING:
    from types import CodeType

    from jinja2.bccache import Bucket

Kind = tuple[str, tuple[bool, ...], str, tuple[str, ...]]
"""A template's name and place in one, and what else the compiler looks at, itself included."""

_SIZE: Final = 32
_HEAD: Final = b"Twofold templates 1\n" + MAGIC_NUMBER + jinja2.__version__.encode() + b"\n"


class Compiled(BytecodeCache):
    """A template's code, by its text, its name, and what else the compiler looks at. Mutable: it learns."""

    def __init__(self, place: Path | None = None, folders: tuple[str, ...] = ()) -> None:
        """Know nothing yet. Templates from `folders` are kept in the file `place`."""
        self._place = place
        self._folders = folders
        self._known: dict[Kind, dict[str, CodeType]] | None = None
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template that has been compiled before."""
        bucket.code = self._all().get(_kind(bucket), {}).get(bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template."""
        if bucket.code is not None:
            self._all().setdefault(_kind(bucket), {})[bucket.checksum] = bucket.code
            self._is_new = self._is_new or bucket.code.co_filename.startswith(self._folders)

    def keep(self) -> None:
        """Write what is new for the next run; silently not, where that cannot be."""
        if self._place is None or not self._is_new or sys.dont_write_bytecode:
            return
        # Of each template the last text alone: it grows with the templates, not with their versions.
        latest = {kind: list(texts.items())[-1:] for kind, texts in self._all().items() if texts}
        kept = {
            kind: dict(texts)
            for kind, texts in latest.items()
            if texts[0][1].co_filename.startswith(self._folders)
        }
        body = marshal.dumps(kept)
        draft = self._place.with_name(f"{self._place.name}.{token_hex(8)}")
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_HEAD + blake2b(body, digest_size=_SIZE).digest() + body)
            draft.replace(self._place)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        self._is_new = False

    def _all(self) -> dict[Kind, dict[str, CodeType]]:
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> dict[Kind, Any]:
        try:
            kept = b"" if self._place is None else self._place.read_bytes()
        except OSError:
            return {}
        start = len(_HEAD) + _SIZE
        body = kept[start:]
        is_whole = (
            kept.startswith(_HEAD) and blake2b(body, digest_size=_SIZE).digest() == kept[len(_HEAD) : start]
        )
        # As trustworthy as the byte code beside it, which Python runs.
        found: dict[Kind, Any] = marshal.loads(body) if is_whole else {}  # noqa: S302
        return found


COMPILED = Compiled(
    Path(cache_from_source(__file__)).with_suffix(".templates"),
    tuple(f"{folder}{os.sep}" for folder in (get_path("purelib"), overrides_folder())),
)
"""For all environments of this process."""


def _kind(bucket: Bucket) -> Kind:
    environment = bucket.environment
    generator = environment.code_generator_class
    switches = bool(environment.autoescape), environment.trim_blocks, environment.lstrip_blocks
    return (
        bucket.key,
        switches,
        _compiler(generator.__module__, generator.__qualname__),
        tuple(sorted(environment.extensions)),
    )


@cache
def _compiler(module: str, name: str) -> str:
    """A compiler by its own text: code that another version of it has made is not taken."""
    place = getattr(sys.modules.get(module), "__file__", None)
    try:
        text = Path(place or "").read_bytes()
    except OSError:
        # In a zip file. Nothing is known of it, so nothing is taken.
        return token_hex(_SIZE)
    return f"{name} {blake2b(text, digest_size=_SIZE).hexdigest()}"
