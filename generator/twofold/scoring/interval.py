"""How much a share says, given how many were asked."""

from __future__ import annotations

from math import inf, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: it leaves 2.5 % on either side."""

DISSENTERS = 2
"""Imaginary respondents who disagree, so that one enthusiastic call is not 100 %."""


class Estimate(NamedTuple):
    """A figure with its range: low ≤ score ≤ high."""

    score: float
    low: float
    high: float

    def times(self, factor: float) -> Estimate:
        """All three figures times a factor, 0 or more."""
        return Estimate(self.score * factor, self.low * factor, self.high * factor)


NOTHING = Estimate(0.0, 0.0, 0.0)


class Share(NamedTuple):
    """How many of those asked brought something up."""

    score: float
    """0 to 1: the plain share, drawn towards 0 where few were asked."""

    low: float
    high: float

    sample: float | None
    """The effective sample; None for a census, which has no sampling error."""


def share(mentions: int, asked: int, population: int | None) -> Share:
    """The share of a persona that has a need, with its 95 % range.

    `mentions` of `asked` (1 or more) brought it up; `population` is how many there are, where that is known.
    """
    plain = mentions / asked
    if population is not None and asked >= population:
        return Share(plain, plain, plain, None)
    sample = effective_sample(asked, population)
    score = plain / (1 + DISSENTERS / sample)
    low, high = wilson(plain, sample)
    # What is lost in the last digit must not put the score outside its range.
    return Share(score, min(low, score), max(high, score), sample)


def effective_sample(asked: int, population: int | None) -> float:
    """The sample that would say as much if there were endlessly many.

    The finite population correction: asking n of N leaves (N - n)/(N - 1) of the variance
    (W. G. Cochran, Sampling Techniques, 3rd edition 1977, section 2.6).
    """
    try:
        return asked * ((population - 1) / (population - asked)) if population is not None else float(asked)
    except OverflowError:
        return inf


def wilson(plain: float, sample: float) -> tuple[float, float]:
    """The 95 % interval of a share that was seen in a sample.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927),
    209-212.
    """
    spread = Z * Z / sample
    middle = (plain + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(plain * (1 - plain) / sample + spread / (4 * sample))
    return max(0.0, middle - half), min(1.0, middle + half)
