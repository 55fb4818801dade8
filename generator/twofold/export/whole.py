"""The whole plan in the types of the projection, for the internal portal's feed, calendar and data.

One code writes those files for every audience, and takes what an audience may read. The team may read everything,
so its projection leaves nothing out. It stands here, above the pages, and not with the projection: no public page
can come by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from twofold.audience.additions import MODELS, addable, exposure
from twofold.audience.project import Projection
from twofold.audience.published import Narrative
from twofold.audience.readers import Reader
from twofold.export.plain import plain
from twofold.model import Kind, Narrated, Status
from twofold.model.fields import INTERNAL, Exposure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.audience import AudiencePlan
    from twofold.audience.published import PublishedFinding
    from twofold.model import Finding, Record
    from twofold.plan import Plan
