"""The whole plan in the types of the projection, for the internal portal's feed, calendar and data.

One code writes those files for every audience, and takes what an audience may read. The team may read
everything, so its projection leaves nothing out. It stands here, above the pages, and not with the other, so
that no public page can come by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from twofold.audience.projection import Projection
from twofold.audience.published import Narrative
from twofold.audience.readers import Reader
from twofold.export.plain import plain
from twofold.model import Kind, Narrated, Status
from twofold.model.exposure import EXPOSURES, MODELS, addable
from twofold.model.fields import INTERNAL, Exposure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twofold.audience.published import AudiencePlan, PublishedFinding
    from twofold.model import Finding, Record
    from twofold.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class _Insider(Reader):
    """Somebody of the team: reads every label, and what has none."""

    def reads(self, publish: Iterable[str]) -> bool:
        del publish
        return True

    def common(self, publish: Iterable[str]) -> tuple[str, ...]:
        del publish
        return self.labels


class _Whole(Projection):
    """The projection that leaves nothing out."""

    def label_title(self, record: Record) -> None:
        """No label's title takes the place of the record's own."""

    def finding(self, finding: Finding) -> PublishedFinding:
        return replace(super().finding(finding), title=finding.summary)

    def narratives(self, record: Narrated) -> tuple[Narrative, ...]:
        about, told = record.description.strip(), super().narratives(record)
        if not about:
            return told
        source = self.plan.origins[_kind(record), record.id].document.source
        return (*told, Narrative(label=INTERNAL, text=about, source=source))


def whole(plan: Plan) -> AudiencePlan:
    """The plan as its team reads it; without the caveat, which is for others."""
    labels = sorted(plan.settings.labels - {INTERNAL, "customer", "user"})
    team = _Insider(name=INTERNAL, labels=("customer", "user", *labels, INTERNAL), statuses=frozenset(Status))
    everything = _Whole(
        plan,
        team,
        visible={kind: frozenset(plan.of(kind)) for kind in Kind},
        shown=[f"{kind.value}.{name}" for kind in Kind for name in addable(kind)],
    )
    return replace(everything.plan_of_audience(), safe_harbour="", assets=plan.assets)


def internal(plan: Plan, kind: Kind, id: str) -> dict[str, Any]:
    """What never leaves the team of a record, by its fields: what `whole` has no room for."""
    record: Any = plan.of(kind)[id]
    return dict(plain(dict(_never(kind, record))))


def _never(kind: Kind, record: Record) -> Iterator[tuple[str, Any]]:
    for name, exposure in EXPOSURES[kind].items():
        # The description stands among the narratives.
        if (exposure is Exposure.NEVER and name != "description") or name in {"publish", "titles"}:
            yield name, getattr(record, name)


def _kind(record: Record) -> Kind:
    return next(kind for kind, model in MODELS.items() if isinstance(record, model))
