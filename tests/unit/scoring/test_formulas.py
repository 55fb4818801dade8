"""The formulas agree with the contract's test vector, and with what others have published."""

from __future__ import annotations

from fractions import Fraction
from statistics import NormalDist
from typing import TYPE_CHECKING

import pytest

from tests.support.scored import VECTOR, plan_of
from twofold.scoring.derivation import derive
from twofold.scoring.hearing import Rating, pain, ten
from twofold.scoring.interval import Z, effective_sample, share, wilson
from twofold.scoring.models import Opportunity, Rice, Wsjf
from twofold.scoring.protocol import Candidate
from twofold.scoring.ranking import rank

if TYPE_CHECKING:
    from twofold.scoring.ranking import Scored


def only(files: dict[str, str]) -> Scored:
    (one,) = rank(plan_of(files)).items
    return one


def candidate(
    *, effort: float = 1, confidence: float = 1, ratings: tuple[Rating, ...] = (), **inputs: float
) -> Candidate:
    return Candidate(
        id="one",
        customer=0,
        user=0,
        confidence=confidence,
        effort=effort,
        inputs=inputs,
        ratings=ratings,
    )


def test_the_test_vector_comes_out() -> None:
    one = only(VECTOR)
    assert one.customer == pytest.approx((8.373092, 3.892049, 18.361952), abs=5e-7)
    assert one.user == pytest.approx((39.804063, 32.257468, 49.741665), abs=5e-7)
    assert one.value.score == pytest.approx(24.088577, abs=5e-7)
    assert one.priority is not None
    assert one.priority.score == pytest.approx(2.408858, abs=5e-7)


def test_a_partial_answer_counts_in_part() -> None:
    half = VECTOR["roadmap/offline-charting.yml"].replace("f2]", "{finding: f2, fit: 0.5}]")
    assert only({**VECTOR, "roadmap/offline-charting.yml": half}).user.score == pytest.approx(
        36.434290, abs=5e-7
    )


def test_who_was_never_asked_is_named_and_not_counted_as_content() -> None:
    found = derive(plan_of(VECTOR), plan_of(VECTOR).items["offline-charting"].id)  # type: ignore[index,arg-type] # an id of this kind
    assert (found.customer.unheard, dict(found.customer.weights)) == (("cfo",), {"cio": 1.0})
    assert (found.user.unheard, dict(found.user.weights)) == ((), {"doctor": 1.0, "nurse": 2.0})


def test_every_step_of_a_derivation_follows_from_the_one_before() -> None:
    # Reckoned anew from the steps alone, in exact fractions of the figures shown.
    plan = plan_of(VECTOR)
    found = derive(plan, next(iter(plan.items)))
    needs: dict[str, Fraction] = {}
    for persona in found.personas:
        rest = Fraction(1)
        for theme in persona.themes:
            largest = Fraction(0)
            for voice in theme.voices:
                figures = voice.weighed
                plain = Fraction(figures.mentions, figures.asked)
                sample = Fraction(figures.asked)
                if figures.population is not None:
                    sample *= Fraction(figures.population - 1, figures.population - figures.asked)
                painful = Fraction(figures.importance) / 10 * (1 - Fraction(figures.satisfaction) / 10)
                need = plain * sample / (sample + 2) * painful * Fraction(voice.fit)
                assert voice.need.score == pytest.approx(float(need))
                largest = max(largest, need)
            rest *= 1 - largest
        needs[persona.persona] = 1 - rest
    for side in (found.customer, found.user):
        weighted = sum(Fraction(weight) * needs.get(id, Fraction(0)) for id, weight in side.weights.items())
        assert side.score.score == pytest.approx(
            float(100 * weighted / sum(map(Fraction, side.weights.values())))
        )
    assert found.value.score == pytest.approx((found.customer.score.score + found.user.score.score) / 2)
    assert found.priority is not None
    assert found.priority.score == pytest.approx(found.value.score * 0.8 / 8)


@pytest.mark.parametrize(
    ("mentions", "asked", "interval"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_range_of_a_share_is_that_of_newcombes_table(
    mentions: int, asked: int, interval: tuple[float, float]
) -> None:
    # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17
    # (1998), table I, method 3 (score method without continuity correction).
    assert wilson(mentions / asked, asked) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(("plain", "sample"), [(0.2, 7.3), (0.5, 31.0), (0.97, 600.5)])
def test_the_ends_of_a_range_are_where_the_score_test_just_does_not_reject(
    plain: float, sample: float
) -> None:
    # The definition that Brown, Cai and DasGupta give (Statistical Science 16 (2001), section 3.1.1): the
    # shares p with |seen - p| = z √(p(1 - p)/n).
    for end in wilson(plain, sample):
        assert abs(plain - end) == pytest.approx(Z * (end * (1 - end) / sample) ** 0.5)


def test_the_range_leaves_two_and_a_half_per_cent_on_either_side() -> None:
    assert NormalDist().inv_cdf(0.975) == pytest.approx(Z, abs=1e-12)


@pytest.mark.parametrize(("needed", "population"), [(400, 3200), (96.04, 500), (384.16, 41)])
def test_a_sample_of_few_says_as_much_as_cochrans_sample_of_endlessly_many(
    needed: float, population: int
) -> None:
    # W. G. Cochran, Sampling Techniques (3rd edition 1977), section 4.4: instead of n0 of endlessly many,
    # n = n0 / (1 + (n0 - 1)/N) of N are enough. His example: 400, of 3,200, become 356.
    enough = needed / (1 + (needed - 1) / population)
    assert effective_sample(enough, population) == pytest.approx(needed)  # type: ignore[arg-type] # people come whole
    assert round(400 / (1 + 399 / 3200)) == 356


@pytest.mark.parametrize("asked", [3, 4])
def test_a_census_has_no_sampling_error(asked: int) -> None:
    assert share(2, asked, 3) == (2 / asked, 2 / asked, 2 / asked, None)


def test_one_enthusiastic_call_is_not_everybody() -> None:
    assert share(1, 1, None).score == pytest.approx(1 / 3)
    assert share(1, 1, None).low < 0.21


@pytest.mark.parametrize(
    ("importance", "satisfaction", "expected"), [(5, 1, 1), (1, 1, 0), (5, 5, 0), (3, 3, 0.25), (5, 2, 0.75)]
)
def test_pain_is_importance_times_what_satisfaction_lacks(
    importance: float, satisfaction: float, expected: float
) -> None:
    # Dan Olsen, The Lean Product Playbook (2015), chapter 4, on this scale.
    assert pain(ten(importance), ten(satisfaction)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("reach", "impact", "confidence", "effort", "score"),
    [(450, 3, 1, 2, 675), (2000, 1, 0.8, 4, 400), (800, 2, 0.5, 1, 800)],
)
def test_rice_agrees_with_intercoms_three_projects(
    reach: float, impact: float, confidence: float, effort: float, score: float
) -> None:
    # Sean McBride, RICE: simple prioritization for product managers (Intercom, 2016): reach per quarter,
    # impact, confidence and person-months of its projects 1 to 3; the scores reckoned by hand.
    one = candidate(effort=effort, confidence=confidence, reach=reach, impact=impact)
    assert Rice().priority(one, value=0) == pytest.approx(score)


@pytest.mark.parametrize(
    ("business", "time", "risk", "size", "score"), [(7, 9, 5, 2, 10.5), (8, 3, 4, 8, 1.875), (1, 3, 5, 1, 9)]
)
def test_wsjf_agrees_with_published_examples(
    business: float, time: float, risk: float, size: float, score: float
) -> None:
    # The formula: Scaled Agile Framework, Weighted Shortest Job First. The figures: Kshitij Rege,
    # extrapinchofsalt.com/pm/frameworks/wsjf (10.5 and 1.9), and Jason Yip, Problems I have with SAFe-style
    # WSJF (2024): a cost of delay of 9.
    one = candidate(effort=size, business_value=business, time_criticality=time, risk_reduction=risk)
    assert Wsjf().priority(one, value=50) == pytest.approx(score)


@pytest.mark.parametrize(("value", "business"), [(0, 1), (100, 20), (50, 10.5)])
def test_wsjf_takes_the_value_for_a_business_value_that_nobody_gave(value: float, business: float) -> None:
    one = candidate(effort=2, time_criticality=3, risk_reduction=5)
    assert Wsjf().priority(one, value=value) == pytest.approx((business + 8) / 2)


def test_opportunity_agrees_with_ulwick() -> None:
    # A. W. Ulwick, Turn customer input into innovation, Harvard Business Review 80 (2002) 1: importance 9.5
    # and satisfaction 3.2 make an opportunity of 15.8; who is more than satisfied takes nothing away.
    ratings = (Rating(9.5, 3.2), Rating(7, 9), Rating(6, 0))
    assert Opportunity().priority(candidate(ratings=ratings), value=0) == pytest.approx(15.8)
    assert Opportunity().priority(candidate(ratings=(Rating(7, 9),)), value=0) == 7
    assert Opportunity().priority(candidate(), value=0) is None
