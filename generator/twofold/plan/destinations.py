"""What a link in a text points at, from the link alone: no plan has a part in it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from twofold.model.fields import INTERNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What a link to a file of the content folder leads to."""

    source: str
    """The file, as a POSIX path relative to the content folder."""

    fragment: str
    """The part after `#`, decoded; ``""`` for none."""


def destination(link: str, *, source: str) -> Destination:
    """Where a relative link in the file `source` points, whether or not that is there."""
    path, _, fragment = link.partition("#")
    path = unquote(path)
    full = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
    return Destination(source=full, fragment=unquote(fragment))


def section_anchor(label: str) -> str:
    """The anchor of a record's section in its page: what GitHub makes of the usual titles."""
    return {"customer": "for-customers", "user": "for-users", INTERNAL: INTERNAL}.get(label, f"for-{label}")
