"""One table of who may read what: the class of every field of every kind, by the note beside it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from twofold.model.feedback import Finding
from twofold.model.fields import Exposure, Note
from twofold.model.item import Item
from twofold.model.metric import Metric
from twofold.model.objective import Objective
from twofold.model.persona import Persona
from twofold.model.record import Kind, Record
from twofold.model.release import Release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

MODELS: dict[Kind, type[Record]] = {
    Kind.PERSONA: Persona,
    Kind.FINDING: Finding,
    Kind.OBJECTIVE: Objective,
    Kind.ITEM: Item,
    Kind.RELEASE: Release,
    Kind.METRIC: Metric,
}
"""The model of each kind."""


def classes(model: type[BaseModel]) -> Mapping[str, Exposure]:
    """The class of each field of a model, in the order of the model.

    Raises:
        ValueError: for a field that has none.
    """
    found: dict[str, Exposure] = {}
    for name, info in model.model_fields.items():
        notes = [note.exposure for note in info.metadata if isinstance(note, Note)]
        if len(notes) != 1:
            raise ValueError(f"{model.__name__}.{name} does not say who may read it")
        found[name] = notes[0]
    return MappingProxyType(found)


EXPOSURES: Mapping[Kind, Mapping[str, Exposure]] = MappingProxyType(
    {kind: classes(model) for kind, model in MODELS.items()}
)
"""The class of every field, by kind."""


def addable(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind that `show:` may add, in the order of the model."""
    return tuple(name for name, exposure in EXPOSURES[kind].items() if exposure is Exposure.ADDABLE)
