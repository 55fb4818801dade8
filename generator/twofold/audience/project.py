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
    one = reader(plan.settings, audience)
    shown = plan.settings.show.get(one.name, ())
    return Projection(plan, one, visible=visible(plan, one), shown=shown).plan_of_audience()
