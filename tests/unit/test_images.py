"""Images are published with every pixel, and without what is noted beside them."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from twofold.images.cleaning import ImageError, clean

NOTE = b"Taken in the ward of St. Anna"


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


HEAD = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG = SIGNATURE + HEAD + PIXELS + chunk(b"IEND")


def part(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = ">") -> bytes:
    """Notes of a camera: what it saw and how it was held."""
    head = b"MM\0*" if order == ">" else b"II*\0"
    entries = struct.pack(f"{order}HHII", 0x010E, 2, len(NOTE), 38) + struct.pack(
        f"{order}HHIHH", 0x0112, 3, 1, orientation, 0
    )
    return head + struct.pack(f"{order}IH", 8, 2) + entries + b"\0\0\0\0" + NOTE


TABLES = part(0xDB, b"\0" + bytes(64)) + part(0xC0, b"\x08\0\1\0\1\1\1\x11\0") + part(0xC4, b"\0" + bytes(17))
SCAN = part(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
SECOND = part(0xC4, b"\x10" + bytes(17)) + part(0xDA, b"\1\1\0\0\x3f\0") + b"\x78"
JFIF = part(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")
JPEG = b"\xff\xd8" + JFIF + TABLES + SCAN + SECOND + b"\xff\xd9"

CANVAS = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
CONTROL = b"\x21\xf9\x04\0\x0a\0\0\0"
FRAME = b"\x2c\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
GIF = CANVAS + LOOP + CONTROL + FRAME + CONTROL + FRAME + b"\x3b"


def riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*chunks: bytes) -> bytes:
    return riff(b"RIFF", b"WEBP" + b"".join(chunks))


PICTURE = riff(b"VP8L", b"\x2f\0\0\0\0\x07\x10")
EXTENDED = riff(b"VP8X", b"\x10" + bytes(9))
WEBP = webp(EXTENDED, riff(b"ICCP", b"profile"), PICTURE)


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def avif(*items: bytes, extra: bytes = b"") -> bytes:
    entries = b"".join(box(b"infe", b"\2\0\0\0\0\1\0\0" + item + b"\0") for item in items)
    meta = b"\0\0\0\0" + box(b"iinf", b"\0\0\0\0" + struct.pack(">H", len(items)) + entries)
    return box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", meta) + extra + box(b"mdat", b"pixels")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">%s</svg>'

BITMAP = struct.pack("<IiiHHIIiiII", 40, 1, 2, 1, 32, 0, 0, 0, 0, 0, 0) + bytes(4) + bytes(4)


def ico(*images: bytes, gap: bytes = b"") -> bytes:
    entries, place = b"", 6 + 16 * len(images) + len(gap)
    for image in images:
        entries += b"\1\1\0\0\1\0\x20\0" + struct.pack("<II", len(image), place)
        place += len(image)
    return b"\0\0\1\0" + struct.pack("<H", len(images)) + entries + gap + b"".join(images)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    {
        "png": (PNG, PNG),
        "png text": (SIGNATURE + HEAD + chunk(b"tEXt", b"c\0" + NOTE) + PIXELS + chunk(b"IEND"), PNG),
        "png others": (
            SIGNATURE
            + HEAD
            + chunk(b"eXIf", exif(1))
            + chunk(b"tIME", bytes(7))
            + chunk(b"zTXt", b"c\0\0x")
            + chunk(b"iTXt", NOTE)
            + chunk(b"prVt", NOTE)
            + PIXELS
            + chunk(b"IEND"),
            PNG,
        ),
        "png behind its end": (PNG + NOTE, PNG),
        "png colours": (
            SIGNATURE
            + HEAD
            + chunk(b"gAMA", bytes(4))
            + chunk(b"iCCP", NOTE + b"\0\0data")
            + PIXELS
            + chunk(b"IEND"),
            SIGNATURE
            + HEAD
            + chunk(b"gAMA", bytes(4))
            + chunk(b"iCCP", b"ICC\0\0data")
            + PIXELS
            + chunk(b"IEND"),
        ),
        "jpeg": (JPEG, JPEG),
        "jpeg notes": (
            b"\xff\xd8"
            + JFIF
            + part(0xE1, b"Exif\0\0" + exif(1))
            + part(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + NOTE)
            + part(0xED, NOTE)
            + part(0xFE, NOTE)
            + part(0xE2, b"MPF\0" + NOTE)
            + JPEG[len(JFIF) + 2 :]
            + NOTE,
            JPEG,
        ),
        "jpeg small picture": (
            JPEG.replace(
                JFIF, part(0xE0, b"JFIF\0\1\2\0\0\1\0\1\3\3" + NOTE[:27]) + part(0xE0, b"JFXX\0" + NOTE)
            ),
            JPEG,
        ),
        "jpeg filled": (JPEG.replace(TABLES, b"\xff\xff" + TABLES), JPEG),
        "jpeg colours": (
            JPEG.replace(TABLES, part(0xE2, b"ICC_PROFILE\0\1\1data") + part(0xEE, b"Adobe\0d") + TABLES),
            JPEG.replace(TABLES, part(0xE2, b"ICC_PROFILE\0\1\1data") + part(0xEE, b"Adobe\0d") + TABLES),
        ),
        "gif": (GIF, GIF),
        "gif comment": (
            CANVAS
            + b"\x21\xfe"
            + bytes([len(NOTE)])
            + NOTE
            + b"\0"
            + GIF[len(CANVAS) : -1]
            + b"\x21\xff\x0bXMP DataXMP\x05notes\0"
            + CONTROL
            + b"\x21\x01\x01x\0"
            + b"\x3b"
            + NOTE,
            GIF,
        ),
        "webp": (WEBP, WEBP),
        "webp notes": (
            webp(
                riff(b"VP8X", b"\x1c" + bytes(9)),
                riff(b"ICCP", b"profile"),
                PICTURE,
                riff(b"EXIF", exif(1)),
                riff(b"XMP ", NOTE),
                riff(b"note", NOTE),
            )
            + NOTE,
            WEBP,
        ),
        "webp frames": (
            webp(EXTENDED, riff(b"ANIM", bytes(6)), riff(b"ANMF", bytes(16) + PICTURE + riff(b"note", NOTE))),
            webp(EXTENDED, riff(b"ANIM", bytes(6)), riff(b"ANMF", bytes(16) + PICTURE)),
        ),
        "avif": (avif(b"av01", b"grid"), avif(b"av01", b"grid")),
        "icon": (ico(PNG, BITMAP), ico(PNG, BITMAP)),
        "icon notes": (
            ico(PNG[:-12] + chunk(b"tEXt", NOTE) + PNG[-12:], BITMAP + NOTE, gap=NOTE) + NOTE,
            ico(PNG, BITMAP),
        ),
    }.values(),
)
def test_what_is_seen_stays_and_what_is_noted_goes(dirty: bytes, cleaned: bytes) -> None:
    assert clean(dirty, name="a") == cleaned
    assert clean(cleaned, name="a") == cleaned


@pytest.mark.parametrize("order", [">", "<"])
def test_a_picture_that_was_taken_sideways_still_says_so(order: str) -> None:
    found = clean(JPEG.replace(JFIF, JFIF + part(0xE1, b"Exif\0\0" + exif(6, order))), name="a")
    assert NOTE not in found
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in found
    assert clean(found, name="a") == found
    found = clean(webp(EXTENDED, PICTURE, riff(b"EXIF", exif(8, order))), name="a")
    assert NOTE not in found
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x08" in found
    assert found[20] & 0x08


@pytest.mark.parametrize(
    "data",
    [
        b"",
        NOTE,
        b"BM" + NOTE,
        ico(PNG)[:-5],
        ico(),
        ico(BITMAP.replace(b"\x20\0", b"\x21\0", 1)),
        PNG[:-5],
        PNG[:20],
        SIGNATURE + PIXELS,
        SIGNATURE + HEAD + chunk(b"IEND"),
        PNG.replace(PIXELS, PIXELS[:-1] + b"\0"),
        PNG.replace(PIXELS, chunk(b"CODE") + PIXELS),
        JPEG[:-2],
        JPEG[:30],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + JFIF + b"\xff\xd9",
        JPEG.replace(TABLES, b"\0" + TABLES),
        GIF[:-1],
        GIF[:8],
        CANVAS + b"\x99",
        WEBP[:20],
        webp(EXTENDED),
        webp(),
        b"RIFF\xff\xff\xff\xffWEBPVP8 \xff",
        avif(b"av01", b"Exif"),
        avif(b"av01", b"mime"),
        avif(b"av01", extra=box(b"uuid", NOTE)),
        avif(b"av01", extra=box(b"free", NOTE)),
        avif(b"av01", extra=box(b"moov")),
        avif(b"av01")[:-4],
    ],
)
def test_what_cannot_be_cleaned_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ImageError, match=r"^images/ward\.png "):
        clean(data, name="images/ward.png")


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    {
        "shapes": (b'<g fill="red"><path d="M0 0h4"></path></g>', None),
        "texts": (b"<title>Chart</title><desc>Of a day</desc><text>a &lt; b &amp; c</text>", None),
        "own parts": (
            b'<defs><path id="a"></path></defs><use href="#a"></use><rect fill="url(#g)"></rect>',
            None,
        ),
        "own style": (b"<style>.a { fill: url(#g) }</style>", None),
        "script": (b"<script>alert(1)</script>", b""),
        "foreign object": (
            b'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
            b"",
        ),
        "handlers": (b'<rect onclick="x()" onload="x()" width="1"></rect>', b'<rect width="1"></rect>'),
        "comment": (b"<!-- by Dana --><g></g><?xml-stylesheet href='x'?>", b"<g></g>"),
        "metadata": (
            (
                b'<metadata><rdf xmlns="rdf">Dana</rdf></metadata>'
                b'<i:view xmlns:i="inkscape" i:file="/home/dana"><g></g></i:view>'
                b'<g xmlns:i="inkscape" i:label="Draft"></g>'
            ),
            b"<g></g>",
        ),
        "link": (b'<a href="https://example.org"><g></g></a>', b"<g></g>"),
        "link in what goes": (b"<script><a><g></g></a></script><g></g>", b"<g></g>"),
        "use from elsewhere": (b'<use href="other.svg#a"></use>', b"<use></use>"),
        "old reference": (
            b'<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"></use>',
            b'<use href="#a"></use>',
        ),
        "animation": (b'<animate attributeName="href" values="javascript:x()"></animate>', b""),
        "character data": (b"<text><![CDATA[<b>]]></text>", b"<text>&lt;b&gt;</text>"),
        "style comment": (b"<style>/* Dana */.a{}</style>", b"<style>.a{}</style>"),
    }.values(),
)
def test_a_drawing_keeps_what_is_drawn(dirty: bytes, cleaned: bytes | None) -> None:
    expected = SVG % (dirty if cleaned is None else cleaned)
    assert clean(SVG % dirty, name="a.svg") == expected
    assert clean(expected, name="a.svg") == expected


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG % b"<text>&a;</text>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">' + SVG % b"",
        SVG % b"<g>",
        SVG % b"&nbsp;",
        b"<svg></svg>",
        b"<html></html>",
        SVG % (b"<g>" * 300 + b"</g>" * 300),
        SVG % b"<style>@import url(https://example.org/a.css)</style>",
        SVG % b"<style>.a { fill: url(https://example.org/a.svg#b) }</style>",
        SVG % rb"<style>.a { fill: \75 rl(https://example.org/a.svg) }</style>",
        SVG % b"<rect style=\"fill: url( '//example.org/a' )\"></rect>",
        SVG % b'<rect fill="url(a.svg#b)"></rect>',
        SVG % b'<image href="https://example.org/a.png"></image>',
        SVG % b'<image href="data:image/svg+xml;base64,PHN2Zz4="></image>',
        SVG % b'<image href="data:image/png;base64,AAAA"></image>',
    ],
)
def test_a_drawing_that_loads_or_hides_something_is_refused(data: bytes) -> None:
    with pytest.raises(ImageError, match=r"^a\.svg "):
        clean(data, name="a.svg")


def test_an_image_in_a_drawing_is_cleaned_as_well() -> None:
    dirty, inner = (base64.b64encode(data) for data in (PNG + NOTE, PNG))
    found = clean(SVG % (b'<image href="data:image/png;base64,' + dirty + b'"></image>'), name="a.svg")
    assert found == SVG % (b'<image href="data:image/png;base64,' + inner + b'"></image>')
