"""Names in settings: of audiences, labels, fields and rules. An unknown one is an error at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, ValidationInfo

from twofold.model.exposure import EXPOSURES
from twofold.model.fields import INTERNAL, Exposure, Text, error
from twofold.model.record import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN = frozenset({INTERNAL, "customer", "user"})
"""The audiences and labels that are there without any setting."""

FAMILIES = tuple(f"TF{number}*" for number in range(8))
"""Globs over whole families of rules; those may be named whether or not they have a rule yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What there is: the context in which settings are validated. Without it names are not looked up."""

    audiences: frozenset[str]
    """Every audience, the three built-in ones among them; a label has the same name."""

    rules: Mapping[str, str] = field(default_factory=dict)
    """Code to slug; empty where the rules are not known."""

    models: frozenset[str] | None = None
    """The scoring models that are installed; None where nobody has looked."""


def _known(info: ValidationInfo) -> Names | None:
    return info.context if isinstance(info.context, Names) else None


def _audience(value: str, info: ValidationInfo) -> str:
    names = _known(info)
    if names is not None and value not in names.audiences:
        raise error("TF104", f"there is no audience `{value}`", known=names.audiences)
    return value


def _public_audience(value: str, info: ValidationInfo) -> str:
    if value == INTERNAL:
        raise error("TF104", "the internal portal shows every field as it is", hint="name a public audience")
    return _audience(value, info)


def _label(value: str, info: ValidationInfo) -> str:
    names = _known(info)
    if names is not None and value not in names.audiences:
        raise error("TF104", f"`{value}` is not a label", known=names.audiences)
    return value


def _public_label(value: str, info: ValidationInfo) -> str:
    if value == INTERNAL:
        hint = "publish what they may read under a label of their own"
        raise error("TF104", "what is `internal` is read by nobody else", hint=hint)
    return _label(value, info)


def _shown_field(value: str) -> str:
    name, _, field_name = value.partition(".")
    exposures = EXPOSURES[Kind(name)] if name in set(Kind) else {}
    exposure = exposures.get(field_name)
    match exposure:
        case Exposure.ADDABLE:
            return value
        case Exposure.PUBLIC:
            problem, hint = f"`{value}` is shown wherever its record is", "take it out"
        case Exposure.LABELLED:
            problem, hint = f"`{value}` is shown by its own labels", "take it out, and publish its parts"
        case Exposure.NEVER:
            problem, hint = f"`{value}` never leaves the internal portal", "take it out"
        case None:
            known = {
                f"{kind}.{one}"
                for kind, fields in EXPOSURES.items()
                for one, of_one in fields.items()
                if of_one is Exposure.ADDABLE and (kind == name or not exposures)
            }
            raise error("TF104", f"there is no field `{value}` that may be shown", known=known)
    raise error("TF104", problem, hint=hint)


def _rule(value: str, info: ValidationInfo) -> str:
    names = _known(info)
    if names is None or not names.rules or value in names.rules or value in FAMILIES:
        return value
    if any(sign in value for sign in "*?[") and any(fnmatchcase(code, value) for code in names.rules):
        return value
    meant = next((code for code, slug in names.rules.items() if slug == value), None)
    hint = f"did you mean `{meant}`?" if meant else None
    raise error("TF104", f"there is no rule `{value}`", known=frozenset(names.rules), hint=hint)


def _model(value: str, info: ValidationInfo) -> str:
    names = _known(info)
    if names is not None and names.models is not None and value not in names.models:
        raise error("TF104", f"there is no scoring model `{value}`", known=names.models)
    return value


AudienceName = Annotated[Text, AfterValidator(_audience)]
PublicAudience = Annotated[Text, AfterValidator(_public_audience)]
LabelName = Annotated[Text, AfterValidator(_label)]
PublicLabel = Annotated[Text, AfterValidator(_public_label)]
ShownField = Annotated[Text, AfterValidator(_shown_field)]
RuleName = Annotated[Text, AfterValidator(_rule)]
ModelName = Annotated[Text, AfterValidator(_model)]
