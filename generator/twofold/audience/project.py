"""The projection: from the whole plan to what one public audience may read.

Made before anything is rendered. What is hidden leaves no trace: no record, no reference, no count and no
order that comes from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.audience.projection import Projection
from twofold.audience.readers import reader
from twofold.audience.visibility import visible

if TYPE_CHECKING:
    from twofold.audience.published import AudiencePlan
    from twofold.plan import Plan


def project(plan: Plan, audience: str) -> AudiencePlan:
    """What a public audience may read of a plan.

    Raises:
        ValueError: when the settings know no such public audience.
    """
    return _projection(plan, audience).plan_of_audience()


def project_both(before: Plan, after: Plan, audience: str) -> tuple[AudiencePlan, AudiencePlan]:
    """What a public audience may read of two revisions; what is the same in both is projected once.

    Raises:
        ValueError: when the settings of either know no such public audience.
    """
    earlier, later = _projection(before, audience), _projection(after, audience)
    made = earlier.plan_of_audience()
    return made, later.like(earlier, made).plan_of_audience()


def _projection(plan: Plan, audience: str) -> Projection:
    one = reader(plan.settings, audience)
    shown = plan.settings.show.get(one.name, ())
    return Projection(plan, one, visible=visible(plan, one), shown=shown)
