"""The vocabulary: the six kinds of records, a file each."""

from twofold.model.feedback import Finding, Method, Quote, Summary, Voice
from twofold.model.fields import (
    FindingId,
    ItemId,
    MetricId,
    ObjectiveId,
    PersonaId,
    ReleaseId,
    Vocabulary,
)
from twofold.model.item import Change, Driver, Evidence, Horizon, Item, Status
from twofold.model.metric import Direction, Metric
from twofold.model.objective import Objective
from twofold.model.period import Moment, Period, ReleaseDate
from twofold.model.persona import Persona
from twofold.model.record import Kind, Link, Narrated, Record, References, Side, Strict
from twofold.model.release import Release, ReleaseNote, Stage

FOLDERS: dict[str, type[Strict]] = {
    "personas": Persona,
    "feedback": Summary,
    "objectives": Objective,
    "roadmap": Item,
    "releases": Release,
    "metrics": Metric,
}
"""The content folder's first-level folders, and what a file in each holds."""

__all__ = [
    "FOLDERS",
    "Change",
    "Direction",
    "Driver",
    "Evidence",
    "Finding",
    "FindingId",
    "Horizon",
    "Item",
    "ItemId",
    "Kind",
    "Link",
    "Method",
    "Metric",
    "MetricId",
    "Moment",
    "Narrated",
    "Objective",
    "ObjectiveId",
    "Period",
    "Persona",
    "PersonaId",
    "Quote",
    "Record",
    "References",
    "Release",
    "ReleaseDate",
    "ReleaseId",
    "ReleaseNote",
    "Side",
    "Stage",
    "Status",
    "Summary",
    "Vocabulary",
    "Voice",
]
