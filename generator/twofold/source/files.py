"""The content folder, guarded: what is in it, and the text of one file.

Only regular files inside the folder are read. A link that leads out of it, a linked folder, a pipe
or a device is a diagnostic and is never opened.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.diagnostics import Diagnostic, Rule, Severity, Span
from twofold.source.limits import MAX_BYTES, TOO_LARGE_OR_DEEP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNREADABLE_FILE = Rule(
    code="TF001",
    slug="unreadable-file",
    severity=Severity.ERROR,
    message="cannot be read: {reason}",
    page="""
The file is not text that Twofold can read: it is not UTF-8, it holds a NUL byte, it is a pipe, a
socket or a device, or the permission to read it is missing. Nothing of it is used.

Or it is an image that a public portal would have, and it is broken, of an unknown format, or a drawing that
loads something from elsewhere. What a camera or a program has noted in an image is taken out before it is
published, and that cannot be done where it cannot be read. Save it anew as PNG, JPEG, GIF, WebP, AVIF or SVG.

Save text as UTF-8 (with or without a byte order mark; line ends of Unix or Windows). Most editors
offer *Save with encoding*.

Wrong: a record saved as "Unicode" by an old Windows editor, which means UTF-16.

Right: the same record saved as UTF-8.
""",
)

STRAY_FILE = Rule(
    code="TF006",
    slug="stray-file",
    severity=Severity.WARNING,
    message="{what}",
    page="""
The content folder holds a file that no portal will have: it is no record, no page, no image that a
page shows, and neither `downloads:` nor `mkdocs.yml` names it. Often a record has the wrong ending or
lies in the wrong folder, so that what it says goes missing.

Nothing but records and pages reaches a portal by itself; that keeps a forgotten spreadsheet from
being published.

Wrong: `content/roadmap/offline.txt`

Right: `content/roadmap/offline.md`, or move the file out of the content folder, or list it:

```yaml
plugins:
  - twofold:
      downloads: ["handouts/*.pdf"]
```
""",
)

OUTSIDE_CONTENT = Rule(
    code="TF007",
    slug="outside-content",
    severity=Severity.ERROR,
    message="{what}",
    page="""
A link in the content folder leads out of it, or links a whole folder. Twofold reads nothing outside
the content folder, so that no file of the machine that builds a portal can end up in it. Linked
folders are refused wherever they lead, since they can form a circle.

Wrong: `content/roadmap/plan.md -> /home/me/plan.md`

Right: the file itself in `content/roadmap/plan.md`.
""",
)

COLLIDING_NAME = Rule(
    code="TF009",
    slug="colliding-name",
    severity=Severity.ERROR,
    message="collides with `{other}`: {why}",
    page="""
Two files would get one address, or are one file on a system that does not tell upper from lower
case. On such a system one of them silently replaces the other at the next checkout.

Wrong: `content/personas/Nurse.md` beside `content/personas/nurse.md`

Right: one of them renamed. A hand-written page must not take the place of a page that Twofold
makes, such as `content/roadmap.md`.
""",
)

_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One regular file of the content folder."""

    path: str
    """POSIX path relative to the content folder."""

    location: str
    """Where to open it on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file's text, decoded, with Unix line ends and without a byte order mark."""

    path: str
    """POSIX path for diagnostics, relative to the folder of `mkdocs.yml`."""

    text: str


def walk(content: Path, *, shown: str) -> tuple[list[Found], list[Diagnostic]]:
    """Every regular file below the content folder, in the order of their paths.

    `shown` is the content folder's own POSIX path in diagnostics. Names that begin with a dot are
    passed over, as every site generator does.
    """
    found: list[Found] = []
    problems: list[Diagnostic] = []
    root = os.path.realpath(content)
    folders = [("", root)]
    while folders:
        prefix, folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            problems.append(
                UNREADABLE_FILE.at(Span(path=f"{shown}/{prefix}".rstrip("/")), reason=_reason(error))
            )
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = prefix + entry.name
            if entry.is_symlink():
                problem = _link_problem(entry.path, root, Span(path=f"{shown}/{path}"))
                if problem:
                    problems.append(problem)
                else:
                    found.append(Found(path=path, location=os.path.realpath(entry.path)))
            elif entry.is_dir(follow_symlinks=False):
                folders.append((f"{path}/", entry.path))
            elif entry.is_file(follow_symlinks=False):
                found.append(Found(path=path, location=entry.path))
            else:
                reason = "it is a pipe, a socket or a device, not a file"
                problems.append(UNREADABLE_FILE.at(Span(path=f"{shown}/{path}"), reason=reason))
    found.sort(key=lambda file: file.path)
    problems.extend(collisions(found, shown))
    return found, problems


def read(file: Found, *, shown: str) -> Text | Diagnostic:
    """The text of one file, or the diagnostic that says why there is none."""
    path = f"{shown}/{file.path}"
    try:
        raw = contents(file.location)
    except OSError as error:
        return unreadable(error, path=path)
    return decode(raw, path=path)


def unreadable(error: OSError, *, path: str) -> Diagnostic:
    """Say that a file cannot be opened or read."""
    return UNREADABLE_FILE.at(Span(path=path), reason=_reason(error))


def decode(raw: bytes, *, path: str) -> Text | Diagnostic:
    """UTF-8 with or without BOM into text; anything else is refused by name."""
    if len(raw) > MAX_BYTES:
        return TOO_LARGE_OR_DEEP.at(Span(path=path), what=f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        reason = "it is UTF-16 or UTF-32, not UTF-8"
        return UNREADABLE_FILE.at(Span(path=path), reason=reason, hint="save it as UTF-8")
    if (nul := raw.find(b"\0")) >= 0:
        # UTF-16 without a byte order mark has a NUL in every other byte.
        looks_wide = raw[:200].count(0) > len(raw[:200]) // 4
        reason = "it looks like UTF-16, not UTF-8" if looks_wide else "it holds a NUL byte"
        return UNREADABLE_FILE.at(_place(raw, nul, path), reason=reason, hint="save it as UTF-8 text")
    try:
        # The codec `utf-8-sig` is written in Python, and takes longer than reading the file.
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        reason = f"byte 0x{byte:02X} is not UTF-8 (the file may be Windows-1252 or Latin-1)"
        return UNREADABLE_FILE.at(_place(raw, error.start, path), reason=reason, hint="save it as UTF-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(path=path, text=text)


def contents(location: str) -> bytes:
    """At most one byte more than the limit, from a regular file that is no link.

    Raises:
        OSError: where it is none, or cannot be read.
    """
    handle = os.open(location, _OPEN_FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            message = "it is not a regular file"
            raise OSError(message)
        parts: list[bytes] = []
        size = 0
        # One byte more than the file has tells that it has ended; a buffer of the limit's size would cost
        # more than the reading.
        ask = status.st_size + 1
        while size <= MAX_BYTES and (part := os.read(handle, min(ask, MAX_BYTES + 1 - size))):
            parts.append(part)
            size += len(part)
            if len(part) < ask:
                break
        return b"".join(parts)
    finally:
        os.close(handle)


def _place(raw: bytes, offset: int, path: str) -> Span:
    before = raw[:offset]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8-sig", errors="replace")) + 1
    return Span(path=path, line=before.count(b"\n") + 1, column=column)


def _link_problem(location: str, root: str, span: Span) -> Diagnostic | None:
    target = os.path.realpath(location)
    if os.path.commonpath((root, target)) != root:
        what = "this link leads out of the content folder"
        return OUTSIDE_CONTENT.at(span, what=what, hint="put the file itself here")
    if os.path.isdir(target):  # noqa: PTH112 - strings all the way, 2,000 Path objects cost more than the reading
        return OUTSIDE_CONTENT.at(
            span, what="a linked folder is not followed", hint="put the folder itself here"
        )
    if not os.path.isfile(target):  # noqa: PTH113 - as above
        return UNREADABLE_FILE.at(span, reason="this link leads to nothing that can be read")
    return None


def collisions(found: list[Found], shown: str) -> Iterator[Diagnostic]:
    """Files that a system which does not tell upper from lower case, or accents' forms, takes for one."""
    seen: dict[str, str] = {}
    for file in found:
        folded = (
            file.path.casefold()
            if file.path.isascii()
            else unicodedata.normalize("NFC", file.path).casefold()
        )
        other = seen.setdefault(folded, file.path)
        if other != file.path:
            why = "they differ only in upper and lower case or in the form of an accent"
            hint = "rename one of them"
            yield COLLIDING_NAME.at(
                Span(path=f"{shown}/{file.path}"), other=f"{shown}/{other}", why=why, hint=hint
            )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
