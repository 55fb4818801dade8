"""ICO: several small images in one file, each a PNG or a bitmap, and room between them for anything."""

from __future__ import annotations

import struct

from twofold.images.error import ImageError

MAGIC = b"\0\0\1\0"
PNG = b"\x89PNG\r\n\x1a\n"

HEADER = struct.Struct("<IiiHHIIiiII")
"""Of a bitmap: its own size, width, twice the height, planes, bits a pixel, compression, …, colours, …."""

ENTRY = struct.Struct("<8sII")
"""Of the list: how the image looks, its length and its place."""


def ico(data: bytes) -> bytes:
    """An icon with its images only, one behind the other."""
    (count,) = struct.unpack_from("<H", data, len(MAGIC))
    if not count:
        raise ImageError("is broken: it has no image in it")
    place = len(MAGIC) + 2 + count * ENTRY.size
    entries: list[bytes] = []
    images: list[bytes] = []
    for index in range(count):
        looks, length, start = ENTRY.unpack_from(data, len(MAGIC) + 2 + index * ENTRY.size)
        image = data[start : start + length]
        if len(image) != length:
            raise ImageError("is broken: it ends too early")
        image = _png(image) if image.startswith(PNG) else image[: _size(image)]
        entries.append(ENTRY.pack(looks, len(image), place))
        images.append(image)
        place += len(image)
    return MAGIC + struct.pack("<H", count) + b"".join((*entries, *images))


def _png(data: bytes) -> bytes:
    from twofold.images.cleaning import clean  # noqa: PLC0415 - each may stand in the other

    return clean(data, name="an image in it")


def _size(bitmap: bytes) -> int:
    """How long a bitmap is: its header, its colours, the pixels, and the mask of what is seen."""
    own, width, height, _, bits, compression, _, _, _, colours, _ = HEADER.unpack_from(bitmap)
    if own != HEADER.size or compression or width <= 0 or bits not in {1, 4, 8, 24, 32}:
        raise ImageError("has an image in it that no icon has")
    palette = 4 * (colours or (1 << bits if bits <= 8 else 0))
    pixels, mask = ((width * depth + 31) // 32 * 4 for depth in (bits, 1))
    size: int = own + palette + (pixels + mask) * (abs(height) // 2)
    return size
