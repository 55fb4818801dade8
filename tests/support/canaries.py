"""Words that stand in one text of a plan alone, so that whoever reads it can be told from the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, get_args

from pydantic import BaseModel

from twofold.model import Summary
from twofold.model.exposure import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


READS: Final = {
    "customer": ("customer",),
    "user": ("user",),
    "partner": ("partner", "customer", "user"),
    "board": ("board",),
}
"""What each audience reads, its own label first; nothing is published for the board."""

STATUSES: Final = {
    "customer": {"planned", "in-progress", "released"},
    "user": {"in-progress", "released"},
    "partner": {"planned", "in-progress", "released"},
    "board": {"in-progress", "released"},
}
GENEROUS: Final = "partner"
"""The audience to which the settings show every field that may be shown."""

PUBLISH: Final = ((), ("customer",), ("user",), ("customer", "user"), ("partner",))
NOBODY: Final = frozenset[str]()
EVERYBODY: Final = frozenset(READS)


@dataclass(frozen=True)
class Canary:
    """One word."""

    path: str
    """The field: `item.title`, `finding.quotes.text`, `page.body`."""

    readers: frozenset[str]
    """The public audiences that may read it."""

    internal: bool
    """Whether the internal portal is expected to show it."""


@dataclass
class Aviary:
    """All canaries."""

    birds: dict[str, Canary] = field(default_factory=dict)

    def word(self, path: str, readers: frozenset[str], *, internal: bool = True) -> str:
        name = f"kx7q{len(self.birds):04}z"
        self.birds[name] = Canary(path, readers, internal)
        return name


def common(audience: str, publish: Sequence[str]) -> list[str]:
    return [label for label in READS[audience] if label in publish]


def readers_of(publish: Sequence[str], status: str | None = None) -> frozenset[str]:
    return frozenset(
        name for name in READS if common(name, publish) and (status is None or status in STATUSES[name])
    )


def text_fields() -> set[str]:
    """The path of every field of every kind that holds text of its own."""
    found = {path for kind, model in MODELS.items() for path in _texts(model, kind.value)}
    return found | set(_texts(Summary, "summary", without=frozenset({"findings"})))


def _texts(model: type[BaseModel], prefix: str, without: frozenset[str] = frozenset()) -> Iterator[str]:
    for name, info in model.model_fields.items():
        # `product` is one of the names under the settings' `products:`.
        if name in {"publish", "product", *without}:
            continue
        inner = set(_inside(info.annotation))
        models = [one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)]
        for one in models:
            yield from _texts(one, f"{prefix}.{name}")
        if str in inner and not models:
            yield f"{prefix}.{name}"


def _inside(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)
