"""The files that every portal carries beside its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.cache.texts import KeptTexts
from twofold.export import calendar, data, feed
from twofold.export.places import Places
from twofold.export.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date
    from typing import Any

    from twofold.audience.published import AudiencePlan
    from twofold.model import Kind

FEED = "feed.xml"
CALENDAR = "calendar.ics"
DATA = "roadmap.json"
SCHEMA = "roadmap.schema.json"
NAMES = (FEED, CALENDAR, DATA, SCHEMA)
"""The files of `bundle`."""


def bundle(
    plan: AudiencePlan,
    *,
    addresses: Collection[str],
    files: Collection[str],
    today: date,
    internal: Callable[[Kind, str], dict[str, Any]] | None = None,
    kept: KeptTexts | None = None,
) -> dict[str, bytes]:
    """Feed, calendar and data of a portal, with the schema of the data, by their paths in the site.

    `addresses` are those of the portal's pages, `files` the paths of its other files: links lead to nothing
    else. What lies after `today` is no news yet. `internal` tells, for the internal portal, what only the
    team knows of a record, and `kept` has its texts as they were rendered last. The same arguments give the
    same bytes, whatever is kept.
    """
    places = Places(plan, addresses=frozenset(addresses), files=frozenset(files))
    kept = kept if kept is not None else KeptTexts()
    texts = Texts(places, kept)
    made = {
        FEED: feed.feed(plan, places, texts, today=today).encode(),
        CALENDAR: calendar.calendar(plan, places, texts).encode(),
        DATA: data.data(plan, places, texts, internal=internal),
        SCHEMA: data.schema().encode(),
    }
    kept.keep()
    return made
