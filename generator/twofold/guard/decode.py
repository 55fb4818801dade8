"""Every way in which a file of a site may be read as text.

A text may stand in a page as it is, in entities, percent signs or escapes, across tags, in a comment, in a
string of a JSON file, in a compressed file, or behind the pixels of an image. What comes out here is read as
somebody would read it who looks for it.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import zipfile
import zlib
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from twofold.prose.words import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKUP = (".html", ".htm", ".xhtml", ".xml", ".svg", ".atom", ".rss")
WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins, and sometimes anything else."""

MOST = 256 * 1024 * 1024
"""So much of a compressed file is read, in bytes; nobody unpacks more by accident."""

ROUNDS = 4
"""How often a text may have been escaped."""

DEPTH = 4
"""How deep packed files may stand in packed files."""


def _by_first_letter(names: list[str]) -> str:
    """A pattern of names in any case. One of all of them would try each at every tag."""
    rest: dict[str, list[str]] = {}
    for name in names:
        rest.setdefault(name[0], []).append(name[1:])
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(ends)})" for first, ends in rest.items())


_BLOCKS = (
    "address article aside blockquote body button caption dd desc details dialog div dl dt entry fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li link loc main meta nav "
    "ol option p pre script section select style summary table tbody td text tfoot th thead title tr ul "
    "updated url"
)
_BLOCK = re.compile(rf"</?(?:{_by_first_letter(_BLOCKS.split())})\b[^<>]*>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nNrt]))")
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\r\n\f]?")
_FOLD = re.compile(r"\r?\n[ \t]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CODED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_RUNS = bytes(ord("b") if code in _CODED else 32 for code in range(256))
_SHORTEST = 20
"""Runs of base64 under so many signs hold no text that is looked for."""


class Decoder:
    """Reads the files of one site. What many files share is decoded once."""

    def __init__(self) -> None:
        self._runs: set[bytes] = set()

    def texts(self, name: str, data: bytes, *, depth: int = 0) -> Iterator[str]:
        """The texts of a file, each in full. `name` tells its format where its bytes do not."""
        if depth < DEPTH:
            for inner, packed in _packed(name, data):
                yield from self.texts(inner, packed, depth=depth + 1)
        text = _plain(data)
        if text is None or data.startswith(WIDE):
            yield from _of_bytes(data)
        if text is None:
            return
        text = text.replace(GAP, "")
        suffix = f".{name.rpartition('.')[2].lower()}"
        if suffix == ".ics":
            text = _FOLD.sub("", text)
        elif suffix == ".css":
            text = _CSS_ESCAPE.sub(_sign, text)
        strings = _json_strings(text) if suffix in {".json", ".webmanifest", ".map"} else None
        if strings is not None:
            text = GAP.join(strings)
        yield decoded(text)
        if suffix in MARKUP or (strings is not None and "<" in text) or text.lstrip()[:1] == "<":
            yield from _markup(text)
        for run in self._base64(text):
            yield from _of_bytes(run)

    def _base64(self, text: str) -> Iterator[bytes]:
        """What runs of base64 stand for, wherever in a run it begins."""
        data = text.encode("ascii", "replace")
        marks = data.translate(_RUNS)
        start = marks.find(b"b" * _SHORTEST)
        while start >= 0:
            end = marks.find(b" ", start)
            run = data[start : end if end >= 0 else len(data)]
            if run not in self._runs:
                self._runs.add(run)
                for shift in range(4):
                    part = run[shift:]
                    part = part[: len(part) - (len(part) % 4 == 1)]
                    yield base64.b64decode(part + b"=" * (-len(part) % 4))
            start = marks.find(b"b" * _SHORTEST, start + len(run))


def decoded(text: str) -> str:
    """A text without entities, percent signs and escapes, however often it was escaped."""
    for _ in range(ROUNDS):
        before = text
        if "&" in text:
            text = unescape(text)
        if "%" in text:
            text = _PERCENT.sub(lambda match: unquote(match[0]), text)
        if "\\" in text:
            text = _PAIR.sub(_join, _ESCAPE.sub(_sign, text))
        if text == before:
            break
    return text


def _markup(text: str) -> Iterator[str]:
    """The text between tags. Those in a line vanish, since they may split a word; blocks keep texts apart."""
    if "]]>" in text or "<![CDATA[" in text:
        text = _CDATA.sub("", text)
    comments = _COMMENT.findall(text)
    if comments:
        # What was taken out of a page by a comment is still in the file, tags and all.
        yield decoded(_bare(GAP.join(comments)))
        text = _COMMENT.sub("", text)
    plain = decoded(_bare(text))
    yield plain
    # A feed has the markup of its texts escaped.
    for _ in range(ROUNDS):
        if _TAG.search(plain) is None:
            break
        plain = decoded(_bare(plain))
        yield plain


def _bare(text: str) -> str:
    return _TAG.sub("", _BLOCK.sub(GAP, text))


def _plain(data: bytes) -> str | None:
    """A text file's text; None for what is no text."""
    wide = data.startswith(WIDE)
    if not wide and b"\0" in data[:8192]:
        return None
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _of_bytes(data: bytes) -> Iterator[str]:
    """The readings of bytes that are no text file: a sign for a byte; UTF-8 and UTF-16 amid anything else."""
    yield decoded(data.decode("latin-1"))
    if not data.isascii():
        yield decoded(data.decode("utf-8", "ignore"))
    if b"\0" in data:
        yield decoded(data.replace(b"\0", b"").decode("latin-1"))
        for start in (0, 1):
            for encoding in ("utf-16-le", "utf-16-be"):
                yield decoded(data[start:].decode(encoding, "ignore"))


def _packed(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in a packed one, and the packed texts of an image."""
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                yield name.removesuffix(".gz"), file.read(MOST)
        except (OSError, EOFError, zlib.error):
            return
    elif data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield f"{name}/names.txt", "\n".join(archive.namelist()).encode("utf-8", "replace")
                for entry in archive.infolist():
                    with archive.open(entry) as file:
                        yield entry.filename, file.read(MOST)
        except (OSError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error):
            return
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from ((f"{name}/text", text) for text in _png_texts(data))


def _png_texts(data: bytes) -> Iterator[bytes]:
    place = 8
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + length]
        if kind in {b"zTXt", b"iTXt", b"iCCP"}:
            for start in range(len(body)):
                # A zlib stream begins with 0x78, wherever the fields before it end.
                if body[start] == 0x78:
                    try:
                        yield zlib.decompressobj().decompress(body[start:], MOST)
                    except zlib.error:
                        continue
                    break
        place += 12 + length


def _json_strings(text: str) -> list[str] | None:
    """Every string of a JSON text, keys included, also those that a later one of the same name replaces."""
    found: list[str] = []

    def pairs(members: list[tuple[str, object]]) -> None:
        for key, value in members:
            found.append(key)
            values([value])

    def values(items: list[object]) -> None:
        for item in items:
            if isinstance(item, str):
                found.append(item)
            elif isinstance(item, list):
                values(item)

    try:
        values([json.loads(text, object_pairs_hook=pairs)])
    except (ValueError, RecursionError):
        return None
    return [string.replace(GAP, "") for string in found]


def _sign(match: re.Match[str]) -> str:
    code = next((part for part in match.groups() if part), "")
    if code in {"n", "N", "r", "t"}:
        return " "
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def _join(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
