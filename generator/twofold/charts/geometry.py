"""What all charts need: boxes, scales, round numbers, and how wide a text will be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import floor, isfinite, log10

TEXT = 12.0
"""Size of a chart's letters in CSS pixels. Never below 11."""

LINE = 1.3
"""Height of a line of text, in sizes."""

_NARROW = frozenset("iIjlftr.,:;'|!()[]{} -")
_BROAD = frozenset("mwMW@%&…—")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; `top` is less than `bottom`, as on a screen."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight scale from values to places."""

    low: float
    high: float
    """Not equal to `low`."""

    start: float
    """The place of `low`."""

    end: float
    """The place of `high`."""

    def at(self, value: float) -> float:
        """The place of a value."""
        # A share first: the difference of two huge values times a width may leave the floats.
        share = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.start + share * (self.end - self.start)


def fixed(value: float) -> str:
    """A coordinate with at most one decimal: the same bytes wherever it was worked out."""
    text = f"{value:.1f}"
    return "0" if text in {"-0.0", "0.0"} else text.removesuffix(".0")


def ticks(low: float, high: float, *, most: int) -> tuple[float, ...]:
    """Round numbers (1, 2 or 5 times a power of ten apart) from at or below `low` to at or above `high`.

    There are at most `most` + 2 of them, `most` being 2 or more.
    """
    if not (isfinite(low) and isfinite(high)):
        return (low,)
    rough = (high / most) - (low / most)
    # Between large numbers that are nearly the same there are too few others to choose from.
    if rough <= 1e-12 * max(abs(low), abs(high)):
        return (low,)
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))
    # A value that misses a tick by what rounding leaves asks for no other one.
    first, last = floor(low / step + 1e-8), -floor(-high / step + 1e-8)
    return tuple(round(index * step, 12) for index in range(first, last + 1))


def text_width(text: str, *, size: float = TEXT) -> float:
    """How wide a text is at most, near enough, in whatever sans-serif face the reader's system has."""
    return size * sum(map(_advance, text))


def shortened(text: str, *, width: float, size: float = TEXT) -> str:
    """A text cut to a width, with an ellipsis where something is left out."""
    if text_width(text, size=size) <= width:
        return text
    room = width - text_width("…", size=size)
    used = 0.0
    for index, sign in enumerate(text):
        used += size * _advance(sign)
        if used > room:
            return text[:index].rstrip() + "…"
    return text


@lru_cache(maxsize=1_000)
def _advance(sign: str) -> float:
    """The width of one sign in sizes: by block, so that no table of Unicode's year decides."""
    code = ord(sign)
    if code >= 0x2E80 or 0x1100 <= code < 0x1200:
        return 1.05
    if code >= 0x0900 or sign in _BROAD:
        return 1.0
    if sign in _NARROW:
        return 0.4
    return 0.77 if sign.isupper() else 0.64
