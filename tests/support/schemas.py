"""The published schemas of tests/schemas/."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import validators

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

FOLDER = Path(__file__).parents[1] / "schemas"


def text(name: str) -> str:
    return gzip.decompress((FOLDER / f"{name}.gz").read_bytes()).decode("utf-8")


@cache
def _validator(name: str) -> Validator:
    schema = json.loads(text(name))
    return validators.validator_for(schema)(schema)


def flaws(data: Any, name: str) -> list[str]:  # noqa: ANN401 - whatever JSON or YAML holds
    """What a JSON Schema has against some data, each with its place."""
    return [f"{error.json_path}: {error.message[:300]}" for error in _validator(name).iter_errors(data)]
