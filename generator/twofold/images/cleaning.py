"""What is taken out of an image, by its format.

Cleaning is lossless. What cannot be read cannot be cleaned, and what cannot be cleaned is not published.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from twofold.images import CLEANED, drawings, icons, photographs
from twofold.images.error import ImageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ImageError", "clean", "published"]

PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    {
        b"IHDR", b"PLTE", b"IDAT", b"IEND",
        b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs",
        b"acTL", b"fcTL", b"fdAT",
    }
)  # fmt: skip
"""Chunks that decide what is seen: pixels, colours, transparency, size, animation."""

LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def published(data: bytes, *, path: str, folder: str) -> bytes:
    """A file of the content folder as public portals have it; what is no image by its name stays as it is.

    `path` is relative to the content folder, `folder` how people name that.

    Raises:
        ImageError: where it is no image that can be cleaned.
    """
    if PurePosixPath(path).suffix.lower() not in CLEANED:
        return data
    return clean(data, name=f"{folder}/{path}")


def clean(data: bytes, *, name: str) -> bytes:
    """An image without metadata, comments and anything behind its end. `name` is for the message.

    Raises:
        ImageError: where it is no image that can be cleaned.
    """
    for begins, cleaned in _FORMATS:
        if begins(data):
            try:
                return cleaned(data)
            except ImageError as error:
                raise ImageError(f"{name} {error}") from None
            except (struct.error, IndexError, zlib.error):
                raise ImageError(f"{name} is broken: it ends too early") from None
    raise ImageError(f"{name} is no PNG, JPEG, GIF, WebP, AVIF, SVG or ICO image")


def _png(data: bytes) -> bytes:
    kept = [PNG]
    kinds: list[bytes] = []
    for kind, body in _chunks(data):
        if not kinds and (kind != b"IHDR" or len(body) != 13):
            raise ImageError("is broken: it does not begin as a PNG does")
        kinds.append(kind)
        if kind in PNG_KEPT:
            body = _nameless(body) if kind == b"iCCP" else body  # noqa: PLW2901 - the same chunk
            kept.append(struct.pack(">I", len(body)) + kind + body)
            kept.append(struct.pack(">I", zlib.crc32(kind + body)))
        elif kind[:1].isupper():
            raise ImageError(f"has a part `{kind.decode('latin-1')}` that no PNG has")
        if kind == b"IEND":
            break
    if kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise ImageError("is broken: it ends too early")
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        (sum_,) = struct.unpack_from(">I", data, place + 8 + length)
        if kind in PNG_KEPT and sum_ != zlib.crc32(kind + body):
            raise ImageError("is broken: a checksum is wrong")
        yield kind, body
        place += 12 + length


def _nameless(profile: bytes) -> bytes:
    """A colour profile without the name that somebody gave it."""
    return b"ICC\0" + profile[profile.index(b"\0") + 1 :] if b"\0" in profile[:80] else profile


def _gif(data: bytes) -> bytes:
    place = 13 + _table(data[10])
    if len(data) < place:
        raise ImageError("is broken: it ends too early")
    kept = [data[:place]]
    control = b""
    while True:
        start, sign = place, data[place]
        if sign == 0x3B:
            return b"".join((*kept, b"\x3b"))
        if sign == 0x2C:
            # The descriptor, its own colours, and how long the codes are.
            place = _after_blocks(data, place + 10 + _table(data[place + 9]) + 1)
            kept += [control, data[start:place]]
            control = b""
        elif sign == 0x21:
            label = data[place + 1]
            place = _after_blocks(data, place + 2)
            if label == 0xF9:
                control = data[start:place]
            elif label == 0x01:
                # A text that no browser draws; what controls it goes with it.
                control = b""
            elif (
                label == 0xFF
                and data[start + 3 : start + 14] in LOOPS
                and data[start + 14 : start + 16] == b"\x03\x01"
            ):
                kept.append(data[start : start + 18] + b"\0")
        else:
            raise ImageError("is broken: it has a part that no GIF has")


def _table(flags: int) -> int:
    """The length of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    """The place behind a row of blocks, each with its length before it, and the empty one that ends it."""
    while data[place]:
        place += data[place] + 1
    return place + 1


_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (lambda data: data.startswith(PNG), _png),
    (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif),
    (lambda data: data.startswith(b"\xff\xd8\xff"), photographs.jpeg),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", photographs.webp),
    (lambda data: data[4:12] in {b"ftypavif", b"ftypavis"}, photographs.avif),
    (lambda data: data.startswith(icons.MAGIC), icons.ico),
    (lambda data: data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<", drawings.svg),
)
