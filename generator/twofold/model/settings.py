"""Twofold's settings: what stands under `plugins: twofold:` in `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from twofold.diagnostics import Severity
from twofold.diagnostics.severities import Choice
from twofold.model.fields import INTERNAL, Id, Number, Share, Text, Texts, Vocabulary, error
from twofold.model.item import Status
from twofold.model.names import (
    AudienceName,
    LabelName,
    ModelName,
    PublicAudience,
    PublicLabel,
    RuleName,
    ShownField,
)
from twofold.model.record import Strict
from twofold.source.yaml import Plain

SAFE_HARBOUR = "Plans change: what is not released yet may come later, in another form, or not at all."
SECTIONS = {"For customers": "customer", "For users": "user", "Internal": INTERNAL}
"""Section title to label, before the settings add to it."""
SCORING = "balanced"
"""The scoring model unless the settings name another."""


def _flag(value: object) -> object:
    return value.value if isinstance(value, Plain) else value


def _severity(value: object) -> Severity | None:
    if value is None or isinstance(value, Severity):
        return value
    if isinstance(value, str):
        # YAML 1.1 tools rewrite `off` as `false`.
        if value in {"off", "false"}:
            return None
        if value in set(Severity):
            return Severity(value)
    known = {*Severity, "off"}
    raise error(
        "TF104", f"`{value}` is not a severity", known=known, hint="write `error`, `warning`, `info` or `off`"
    )


def _choice(value: object) -> Choice:
    """A severity, or a mapping of paths to severities."""
    if not isinstance(value, Mapping):
        return _severity(value)
    for path in value:
        # Such a path would match nothing, and say nothing of it.
        if not isinstance(path, str) or path.startswith(("/", "./", "../")) or "\\" in path:
            hint = "write it as diagnostics show it: `content/feedback/*`"
            raise error("TF104", f"`{path}` is not a path from the folder of mkdocs.yml", hint=hint)
    return {path: _severity(severity) for path, severity in value.items()}


Flag = Annotated[bool, BeforeValidator(_flag)]
_SEVERITIES = {"enum": ["error", "warning", "info", "off", False]}
RuleChoice = Annotated[
    Choice,
    PlainValidator(_choice),
    WithJsonSchema({"anyOf": [_SEVERITIES, {"type": "object", "additionalProperties": _SEVERITIES}]}),
]


class Audience(Strict):
    """One audience: adjusts one of the three, or adds another."""

    title: Text | None = None
    """The portal's name; default: the product's name and the audience's."""

    description: Text | None = None
    """One sentence on the portal, for its home page and its metadata."""

    reads: tuple[PublicLabel, ...] | None = None
    """The labels that it reads beside its own."""

    statuses: tuple[Status, ...] | None = None
    """The statuses of items that it shows."""

    site_url: Text | None = None
    """Where its portal is published, for the sitemap, feeds and canonical links."""

    nav: tuple[Any, ...] | None = None
    """Its own navigation, in MkDocs' form."""


class AllowedText(Strict):
    """A withheld text that is known to be harmless."""

    text: Text
    """The text that may appear."""

    reason: Text
    """Why it may."""


class Settings(Strict):
    """All of Twofold's settings, with their defaults."""

    product: Text | None = None
    """What the plan is for; default: the site's name."""

    products: Mapping[Id, Text] | None = None
    """Where one plan covers several products: id to name."""

    audience: AudienceName = INTERNAL
    """Whose portal `mkdocs build` and `mkdocs serve` make; usually `!ENV [TWOFOLD_AUDIENCE, internal]`."""

    audiences: Mapping[Id, Audience] = {}
    """Adds audiences and adjusts `internal`, `customer` and `user`."""

    sections: Mapping[Text, LabelName] = {}
    """Section titles in other languages: title to label."""

    show: Mapping[PublicAudience, tuple[ShownField, ...]] = {}
    """Adds to the white list: audience to fields, such as `item.target`."""

    themes: tuple[Text, ...] | None = None
    """The themes that findings may have; default: any."""

    sizes: Mapping[Text, Annotated[Number, Field(gt=0)]] = {"S": 1.0, "M": 3.0, "L": 8.0}
    """Effort sizes: name to person-weeks, each above 0."""

    scoring: ModelName = SCORING
    """The model behind rank and priority."""

    customer_weight: Share = 0.5
    """How much the customers' score weighs in an item's value, 0 to 1; the rest is the users'."""

    balance_target: Share | None = None
    """The customers' share of committed effort that is aimed at, 0 to 1; default: `customer_weight`."""

    balance_tolerance: Share = 0.15
    """How far from the target the share may lie, 0 to 1."""

    evidence_age: Annotated[Number, Field(gt=0)] = 18.0
    """Evidence older than so many months counts as stale."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """The currency of `revenue`, as an ISO 4217 code."""

    safe_harbour: str = SAFE_HARBOUR
    """The caveat on public portals that show unreleased work."""

    secrets: Texts = ()
    """Words that must never be in a public portal."""

    allow_public: tuple[AllowedText, ...] = ()
    """Withheld texts that are known to be harmless."""

    downloads: Texts = ()
    """Globs over the content folder: files that public pages may link to."""

    rules: Mapping[RuleName, RuleChoice] = {}
    """A code, or a glob over codes, to `error`, `warning`, `info` or `off`; or to a mapping of paths, or of
    globs over paths, to one of these."""

    allow_internal_deploy: Flag = False
    """Whether `mkdocs gh-deploy` may publish the internal portal."""

    @property
    def labels(self) -> frozenset[str]:
        """Every label: the three, and the names of added audiences."""
        return frozenset({INTERNAL, "customer", "user", *self.audiences})

    @property
    def section_labels(self) -> dict[str, str]:
        """Section title to label, added audiences' (`For partner`) included."""
        added = {f"For {name}": name for name in self.audiences if name not in {INTERNAL, "customer", "user"}}
        return {**SECTIONS, **added, **self.sections}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that these settings allow in records."""
        return Vocabulary(
            labels=self.labels,
            themes=None if self.themes is None else frozenset(self.themes),
            sizes=self.sizes,
            products=None if self.products is None else frozenset(self.products),
        )
