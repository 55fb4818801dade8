"""SVG by allow-list: shapes, texts and styles; no scripts, nothing from elsewhere, no notes of a program."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from twofold.images.error import ImageError

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

DEEPEST = 200
LARGEST = 16 * 1024 * 1024

ELEMENTS = frozenset(
    """
    svg g defs symbol use switch title desc style image
    path rect circle ellipse line polyline polygon text tspan textPath
    linearGradient radialGradient stop pattern clipPath mask marker filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905 - a list to be read
)
"""Everything else goes with all that is in it; links go and what they are around stays."""

ATTRIBUTES = frozenset(
    """
    id class style lang role aria-label aria-hidden aria-labelledby aria-describedby version
    x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio transform
    rotate textLength lengthAdjust startOffset method spacing side pathLength
    gradientUnits gradientTransform spreadMethod offset patternUnits patternContentUnits patternTransform
    clipPathUnits maskUnits maskContentUnits mask-type markerUnits markerWidth markerHeight refX refY orient
    filterUnits primitiveUnits in in2 result mode type values tableValues slope intercept amplitude exponent
    operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength
    preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle
    pointsAtX pointsAtY pointsAtZ azimuth elevation z scale xChannelSelector yChannelSelector stdDeviation
    radius baseFrequency numOctaves seed stitchTiles systemLanguage
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters cursor direction display dominant-baseline fill fill-opacity fill-rule
    filter flood-color flood-opacity
    font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering
    letter-spacing lighting-color marker-end marker-mid marker-start mask opacity overflow paint-order
    pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-rendering unicode-bidi vector-effect visibility word-spacing writing-mode
    """.split()  # noqa: SIM905 - a list to be read
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"url\(\s*[\"']?\s*(?P<to>[^)]*)", re.IGNORECASE)
_LOADS = re.compile(
    r"@import|@font-face|@namespace|image-set|expression\(|javascript:|src\(|\\", re.IGNORECASE
)
_INLINE = re.compile(r"data:image/(?P<kind>png|jpeg|jpg|gif|webp);base64,(?P<data>[A-Za-z0-9+/=\s]*)\Z")


def svg(data: bytes) -> bytes:
    """A drawing with nothing in it but what is drawn, and its title and description."""
    if len(data) > LARGEST:
        raise ImageError("is too large for a drawing")
    writer = _Writer()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = writer.refuse
    parser.EntityDeclHandler = writer.refuse
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.buffer_text = True
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the last piece
    except expat.ExpatError as error:
        raise ImageError(
            f"is no well-formed SVG: {expat.ErrorString(error.code)}, line {error.lineno}"
        ) from None
    return "".join(writer.parts).encode()


class _Writer:
    """Writes what is allowed of what the parser finds."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str | None] = []
        """The elements around: None for one that is not written itself."""
        self.skipped = 0
        """How many elements around go with all that is in them."""
        self.style: list[str] | None = None

    def refuse(self, *_: object) -> None:
        raise ImageError("has a document type (<!DOCTYPE ...>), which may hide text; take it out")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.open and (space != SVG or local != "svg"):
            raise ImageError(
                'is no SVG image: it does not begin with <svg xmlns="http://www.w3.org/2000/svg">'
            )
        if len(self.open) == DEEPEST:
            raise ImageError("is nested too deeply")
        link = space == SVG and local == "a"
        allowed = space == SVG and local in ELEMENTS
        self.open.append(local if allowed and not self.skipped else None)
        if self.skipped or not (allowed or link):
            self.skipped += 1
        elif allowed:
            first = "" if len(self.open) > 1 else f' xmlns="{SVG}"'
            written = "".join(f" {key}={quoteattr(value)}" for key, value in _attributes(local, attributes))
            self.parts.append(f"<{local}{first}{written}>")
            if local == "style":
                self.style = []

    def end(self, _: str) -> None:
        local = self.open.pop()
        if self.style is not None and local == "style":
            self.parts.append(escape(_css("".join(self.style))))
            self.style = None
        if local is not None:
            self.parts.append(f"</{local}>")
        if self.skipped:
            self.skipped -= 1

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)
        elif not self.skipped:
            self.parts.append(escape(text))


def _attributes(element: str, given: Mapping[str, str]) -> list[tuple[str, str]]:
    kept = []
    for name, value in given.items():
        space, _, local = name.rpartition(" ")
        if local == "href" and space in {"", XLINK}:
            if (target := _target(element, value)) is not None:
                kept.append(("href", target))
        elif space == XML and local in {"space", "lang"}:
            kept.append((f"xml:{local}", value))
        elif not space and local in ATTRIBUTES:
            kept.append((local, _css(value)))
    return kept


def _target(element: str, value: str) -> str | None:
    """What an element may show: another part of the drawing, or an image that it brings along."""
    value = value.strip()
    if value.startswith("#"):
        return value
    inline = _INLINE.match(value) if element == "image" else None
    if inline is None:
        if element == "image":
            raise ImageError("shows an image from elsewhere; put it into the drawing")
        return None
    from twofold.images.cleaning import clean  # noqa: PLC0415 - each may stand in the other

    try:
        data = base64.b64decode("".join(inline["data"].split()), validate=True)
    except binascii.Error:
        raise ImageError("has an image in it that is broken") from None
    if data.lstrip()[:1] == b"<":
        raise ImageError("has an image in it that is broken")
    return (
        f"data:image/{inline['kind']};base64,{base64.b64encode(clean(data, name='an image in it')).decode()}"
    )


def _css(text: str) -> str:
    """A style, or the value of an attribute, that loads nothing."""
    text = _COMMENT.sub("", text)
    if _LOADS.search(text) or any(not url["to"].startswith("#") for url in _URL.finditer(text)):
        raise ImageError("has a style that loads something from elsewhere, or may")
    return text
