"""JPEG, WebP and AVIF: what cameras write, without where, when and by whom."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from twofold.images.error import ImageError

if TYPE_CHECKING:
    from collections.abc import Iterator

ICC = b"ICC_PROFILE\0"
TURNED = range(2, 9)
"""Orientations other than upright: the one thing that a camera notes and a browser needs."""

_STANDALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers of JPEG without a length behind them."""

_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_FRAME = {b"VP8 ", b"VP8L", b"ALPH"}
_AVIF_ITEMS = {b"av01", b"grid", b"iovl", b"iden", b"tmap"}


def jpeg(data: bytes) -> bytes:
    """Pixels, tables and colour profile; the orientation where a camera was held sideways."""
    head: list[bytes] = []
    kept: list[bytes] = []
    seen = set()
    turned = 1
    for marker, segment in _segments(data):
        body = segment[4:]
        if marker == 0xE0 and body.startswith(b"JFIF\0") and not head:
            # Without the small picture in it.
            head.append(b"\xff\xe0\0\x10" + body[:12].ljust(12, b"\0") + b"\0\0")
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _orientation(body[6:])
        elif _needed(marker, body):
            seen.add("scan" if marker == 0xDA else "frame" if marker in _FRAMES else "")
            kept.append(segment)
    if not {"scan", "frame"} <= seen:
        raise ImageError("is broken: it has no picture")
    if turned in TURNED:
        exif = b"Exif\0\0" + _oriented(turned)
        head.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join((b"\xff\xd8", *head, *kept, b"\xff\xd9"))


def _needed(marker: int, body: bytes) -> bool:
    """Whether a segment decides what is seen: not the notes of programs, but colours."""
    if 0xE0 <= marker <= 0xEF:
        return (marker == 0xE2 and body.startswith(ICC)) or (marker == 0xEE and body.startswith(b"Adobe"))
    return marker != 0xFE


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; a scan's bytes are part of it."""
    place = 2
    while data[place] == 0xFF:
        while data[place + 1] == 0xFF:
            place += 1
        marker = data[place + 1]
        if marker == 0xD9:
            return
        if marker in _STANDALONE:
            end = place + 2
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            end = place + 2 + max(2, length)
        if marker == 0xDA:
            end = _after_scan(data, end)
        if end > len(data):
            raise ImageError("is broken: it ends too early")
        yield marker, data[place:end]
        place = end
    raise ImageError("is broken: it has a part that no JPEG has")


def webp(data: bytes) -> bytes:
    """Pixels, transparency, animation and colour profile."""
    chunks = list(_riff(data[12 : 8 + struct.unpack_from("<I", data, 4)[0]]))
    turned = next(
        (_orientation(body.removeprefix(b"Exif\0\0")) for kind, body in chunks if kind == b"EXIF"), 1
    )
    extended = any(kind == b"VP8X" for kind, _ in chunks)
    kept: list[bytes] = []
    for kind, body in chunks:
        if kind == b"VP8X":
            # That there are notes about the picture is said here as well.
            flags = body[0] & ~0x0C | (0x08 if turned in TURNED else 0)
            kept.append(_chunk(kind, bytes([flags]) + body[1:]))
        elif kind == b"ANMF":
            frame = (_chunk(inner, part) for inner, part in _riff(body[16:]) if inner in _WEBP_FRAME)
            kept.append(_chunk(kind, body[:16] + b"".join(frame)))
        elif kind in _WEBP_KEPT:
            kept.append(_chunk(kind, body))
    if turned in TURNED and extended:
        kept.append(_chunk(b"EXIF", _oriented(turned)))
    if not {kind for kind, _ in chunks} & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise ImageError("is broken: it has no picture")
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif(data: bytes) -> bytes:
    """The image itself, if there is nothing in it beside the picture.

    Its parts say where others stand by their distance from the begin, so none is taken out here.
    """
    kinds: set[bytes] = set()
    for kind, body in _boxes(data):
        if kind not in {b"ftyp", b"meta", b"mdat"} and (kind not in {b"free", b"skip"} or any(body)):
            raise ImageError(f"has a part `{kind.decode('latin-1')}` that cannot be taken out; {_ADVICE}")
        kinds.add(kind)
        for item in _items(body) if kind == b"meta" else ():
            if item not in _AVIF_ITEMS:
                raise ImageError(
                    f"has notes in it ({item.decode('latin-1')}) that cannot be taken out; {_ADVICE}"
                )
    if not {b"meta", b"mdat"} <= kinds:
        raise ImageError("is broken: it has no picture")
    return data


_ADVICE = "save it as WebP or PNG, or as AVIF without metadata"


def _after_scan(data: bytes, place: int) -> int:
    """The place of the marker behind a scan: an FF that neither is a byte of it nor begins the scan anew."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise ImageError("is broken: it ends too early")
        if data[place + 1] not in {0x00, *range(0xD0, 0xD8)}:
            return place
        place += 2


def _orientation(tiff: bytes) -> int:
    """How a camera was held, from its notes; 1, upright, where they do not say it."""
    try:
        order = {b"II*\0": "<", b"MM\0*": ">"}[tiff[:4]]
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for index in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * index)
            if tag == 0x0112:
                return int(value)
    except (KeyError, struct.error):
        pass
    return 1


def _oriented(orientation: int) -> bytes:
    """Notes with nothing in them but how the camera was held."""
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">H", orientation) + b"\0\0\0\0\0\0"


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        body = data[place + 8 : place + 8 + length]
        if len(body) != length:
            raise ImageError("is broken: it ends too early")
        yield kind, body
        place += 8 + length + length % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        head = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, place + 8)
            head = 16
        elif length == 0:
            length = len(data) - place
        if length < head or place + length > len(data):
            raise ImageError("is broken: it ends too early")
        yield kind, data[place + head : place + length]
        place += length


def _items(meta: bytes) -> Iterator[bytes]:
    """The types of the parts that a picture is made of, and of those that say something about it."""
    for kind, body in _boxes(meta[4:]):
        if kind == b"iinf":
            start = 6 if body[0] == 0 else 8
            for _, entry in _boxes(body[start:]):
                # Version 2 has a short number before its type, version 3 a long one.
                yield entry[8:12] if entry[0] < 3 else entry[10:14]
        elif kind in {b"xml ", b"bxml", b"uuid", b"udta"}:
            yield kind
