"""Which scoring models there are: whatever is registered under the entry point `twofold.scoring`.

Nothing is looked up before a model is needed: reading what is installed takes longer than scoring.
"""

from __future__ import annotations

import traceback
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.scoring.protocol import Input, Model, ModelError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "twofold.scoring"
"""The entry point group."""

_PARTS = ("title", "formula", "inputs", "needs_effort", "priority")


def names() -> frozenset[str]:
    """The names of all models that are installed."""
    return frozenset(point.name for point in _points())


def is_own(name: str) -> bool:
    """Whether a model is Twofold's own, so that it depends on nothing else."""
    return all(point.value.startswith("twofold.") for point in _points() if point.name == name)


def find(name: str) -> Model:
    """The model of a name.

    Raises:
        ModelError: when there is none, or two, or it cannot be used.
    """
    points = _points()
    # A package that is found twice, as a checkout and as what is installed from it, brings one model.
    found = {point.value: point for point in points if point.name == name}
    if not found:
        raise ModelError(_unknown(name, sorted({point.name for point in points})))
    if len(found) > 1:
        raise ModelError(
            f"two packages bring a scoring model `{name}`: {' and '.join(sorted(found))}; remove one"
        )
    (point,) = found.values()
    return _loaded(point)


def blame(error: BaseException) -> str:
    """What a plug-in did, and where: its author needs no traceback of Twofold's."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {str(error)[:200]}{where}"


def _points() -> tuple[EntryPoint, ...]:
    # Imported late: it brings the mail parser, a zip reader and more along.
    from importlib.metadata import entry_points  # noqa: PLC0415

    return tuple(entry_points(group=GROUP))


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return f"there is no scoring model `{name}`: none is registered; install Twofold again"
    near = get_close_matches(name, known, n=1)
    hint = f"the nearest is `{near[0]}`" if near else f"there are {', '.join(known)}"
    return f"there is no scoring model `{name[:60]}`; {hint}"


def _loaded(point: EntryPoint) -> Model:
    origin = f"the scoring model `{point.name}` ({point.value})"
    try:
        model = point.load()()
    except Exception as error:
        raise ModelError(f"{origin} cannot be loaded: {blame(error)}") from error
    missing = [part for part in _PARTS if not hasattr(model, part)]
    if missing:
        raise ModelError(f"{origin} is no model: it has no {', no '.join(f'`{part}`' for part in missing)}")
    if not all(isinstance(one, Input) for one in model.inputs):
        raise ModelError(f"{origin} is no model: its `inputs` are not all of `twofold.ext.Input`")
    found: Model = model
    return found
