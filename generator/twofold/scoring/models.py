"""The models that come with Twofold. Each is registered in `pyproject.toml`, as a plug-in's would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from twofold.scoring.protocol import Input

if TYPE_CHECKING:
    from twofold.scoring.protocol import Candidate


class Balanced:
    """What customers and users would gain, for the effort.

    Scale: 0 to 100 per person-week. The value is the weighted mean of the two sides' scores; the weight is
    the setting `customer_weight`.

    Source: Twofold's own. Its parts are Dan Olsen's importance and satisfaction (The Lean Product Playbook,
    2015) and E. B. Wilson's interval (JASA 22, 1927).
    """

    title: ClassVar[str] = "Balanced"
    formula: ClassVar[str] = "value × confidence ÷ effort"
    inputs: ClassVar[tuple[Input, ...]] = ()
    needs_effort: ClassVar[bool] = True

    def priority(self, candidate: Candidate, *, value: float) -> float:
        """Value · confidence / effort."""
        return value * candidate.confidence / candidate.effort


class Rice:
    """Reach, impact, confidence, effort.

    Scale: from 0, with no upper end; impact-weighted people per person-week. Reach is counted in people (or
    events) per period, the same period for every item. Impact is 3 for massive, 2 high, 1 medium, 0.5 low,
    0.25 minimal. Confidence and effort are the item's own.

    Source: Sean McBride, RICE: simple prioritization for product managers, Intercom (2016).
    """

    title: ClassVar[str] = "RICE"
    formula: ClassVar[str] = "reach × impact × confidence ÷ effort"
    inputs: ClassVar[tuple[Input, ...]] = (
        Input(name="reach", meaning="people or events per period, 0 or more"),
        Input(name="impact", meaning="0.25 (minimal) to 3 (massive)"),
    )
    needs_effort: ClassVar[bool] = True

    def priority(self, candidate: Candidate, *, value: float) -> float:
        """Reach · impact · confidence / effort."""
        del value
        inputs = candidate.inputs
        return inputs["reach"] * inputs["impact"] * candidate.confidence / candidate.effort


class Wsjf:
    """Weighted shortest job first: the cost of delay over the size of the job.

    Scale: each part of the cost of delay on the modified Fibonacci scale 1, 2, 3, 5, 8, 13, 20, relative to
    the other items; the job's size is the effort. Business value need not be given: the item's value, 0 to
    100, is then mapped to 1 to 20, so that feedback stands in for a guess.

    Source: Scaled Agile Framework, Weighted Shortest Job First; after Don Reinertsen, The Principles of
    Product Development Flow (2009).
    """

    title: ClassVar[str] = "WSJF"
    formula: ClassVar[str] = "(business value + time criticality + risk reduction) ÷ effort"
    inputs: ClassVar[tuple[Input, ...]] = (
        Input(name="business_value", meaning="1 to 20; default: the value mapped to 1 to 20", optional=True),
        Input(name="time_criticality", meaning="1 to 20: what waiting costs"),
        Input(name="risk_reduction", meaning="1 to 20: what risk it lowers or opportunity it opens"),
    )
    needs_effort: ClassVar[bool] = True

    def priority(self, candidate: Candidate, *, value: float) -> float:
        """(Business value + time criticality + risk reduction) / effort."""
        inputs = candidate.inputs
        business = inputs.get("business_value", 1 + 19 * value / 100)
        return (business + inputs["time_criticality"] + inputs["risk_reduction"]) / candidate.effort


class Opportunity:
    """The largest unmet need in the evidence.

    Scale: 0 to 20; above 10 a need is worth pursuing, above 15 it is a rare opportunity. Importance and
    satisfaction are the voices' answers, mapped from 1–5 to 0–10. Neither effort nor how many asked counts.

    Source: Anthony W. Ulwick, Turn customer input into innovation, Harvard Business Review 80 (2002) 1, and
    What Customers Want (2005).
    """

    title: ClassVar[str] = "Opportunity"
    formula: ClassVar[str] = "largest importance + max(importance − satisfaction, 0)"
    inputs: ClassVar[tuple[Input, ...]] = ()
    needs_effort: ClassVar[bool] = False

    def priority(self, candidate: Candidate, *, value: float) -> float | None:
        """The largest I + max(I − S, 0); None without a voice that says how important it is."""
        del value
        found = [
            importance + max(importance - satisfaction, 0.0) for importance, satisfaction in candidate.ratings
        ]
        return max(found, default=None)
