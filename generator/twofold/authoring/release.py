"""Cutting a release: what is to be released, the record that tells of it, and drafts of what it tells."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.authoring import records, store
from twofold.authoring import set as setting
from twofold.authoring.new import require_id
from twofold.authoring.writing import field
from twofold.loading.diagnose import near
from twofold.model import Item, Kind, Release, ReleaseDate, Status
from twofold.model.fields import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from twofold.config import Project
    from twofold.plan import Plan

_LINK = re.compile(r"!?\[([^\]\[]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_SENTENCE = re.compile(r"(?<=[a-z0-9)%][.!?])\s+(?=[A-Z\"“*])")
_LEADS = {
    "customer": "Release {version} delivers {titles}.",
    "user": "New in {version}: {titles}.",
}
_DRAFT = "<!-- Draft, put together from the items' own texts. Make it one story, then take this line out. -->"


class UncuttableError(Exception):
    """There is nothing to release, or something that cannot be; the sentence is for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """One file of a cut."""

    source: str
    """POSIX path in the content folder."""

    shown: str
    """POSIX path for people."""

    old: str | None
    """None for the record of a new release."""

    new: str
    path: Path

    @property
    def replacement(self) -> store.Replacement:
        """What is to be written."""
        old = None if self.old is None else self.old.encode("utf-8")
        return store.Replacement(path=self.path, old=old, new=self.new.encode("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A release that has been worked out and not yet made."""

    id: str
    files: tuple[Rewritten, ...]
    moved: tuple[str, ...]
    """The items that become released."""

    waiting: tuple[str, ...]
    """Items that name the release and are not in progress; they stay as they are."""

    drafted: tuple[str, ...]
    """The labels for which an introduction was drafted."""

    assumed: bool
    """Whether nothing was named, so that all that is in progress was taken."""

    @property
    def drafts(self) -> dict[str, str]:
        """The new texts by their path in the content folder."""
        return {file.source: file.new for file in self.files}


def cut(project: Project, plan: Plan, version: str, *, items: Sequence[str], day: date, fixed: bool) -> Cut:
    """Work out a release.

    `items` are the ids to release; without any, those in progress that name it. `fixed` says that the day
    was asked for, so that a day that the record has already gives way to it.

    Raises:
        UncuttableError: where there is nothing to release.
        InvalidIdError: where the version cannot be a file's name.
        RefusedError: where an item would not load.
    """
    id = _release_id(plan, version)
    chosen, waiting, assumed = _chosen(plan, id, items)
    files = [_released(project, name, id) for name in chosen]
    released = {
        name for name, item in plan.items.items() if item.release == id and item.status is Status.RELEASED
    }
    told = sorted({*chosen, *released}, key=lambda name: _weight(plan, name))
    present = plan.releases.get(id)  # type: ignore[call-overload] # ids are texts
    record: Rewritten | None
    if present is None:
        record, drafted = _record(project, plan, id, version, told, day=day)
    else:
        record, drafted = _dated(project, id, present, day=day, fixed=fixed), ()
    if record is not None:
        files.append(record)
    return Cut(
        id=id, files=tuple(files), moved=tuple(chosen), waiting=waiting, drafted=drafted, assumed=assumed
    )


def _release_id(plan: Plan, version: str) -> str:
    for id, release in plan.releases.items():
        if version in {id, release.version}:
            return id
    require_id(version)
    return version


def _chosen(plan: Plan, id: str, asked: Sequence[str]) -> tuple[list[str], tuple[str, ...], bool]:
    """What is to be released, what names the release and waits, and whether nothing was named."""
    if asked:
        return list(dict.fromkeys(_named(plan, name, id) for name in asked)), (), False
    naming = [name for name, item in plan.items.items() if _names(item, id)]
    ready = [name for name in naming if plan.items[name].status is Status.IN_PROGRESS]
    waiting = tuple(name for name in naming if plan.items[name].status in {Status.IDEA, Status.PLANNED})
    if ready or any(plan.items[name].status is Status.RELEASED for name in naming):
        return list(ready), waiting, False
    free = [
        name
        for name, item in plan.items.items()
        if item.status is Status.IN_PROGRESS
        and item.release is None
        and not isinstance(item.target, ReleaseDate)
    ]
    if not free:
        raise UncuttableError(
            f"no item in progress names {id}, and none is in progress without a release; name items"
        )
    return list(free), waiting, True


def _named(plan: Plan, name: str, id: str) -> str:
    """The present id of an item that was asked for, as `item/ID` or `ID`."""
    present = plan.items.canonical(name.removeprefix("item/"))  # type: ignore[arg-type] # ids are texts
    if present is None:
        meant = near(name, [str(id) for id in plan.items][:5000])
        raise UncuttableError(
            f"there is no item `{name[:60]}`" + (f"; did you mean `{meant}`?" if meant else "")
        )
    item = plan.items[present]
    if item.status is Status.DECLINED:
        raise UncuttableError(f"`{present}` was declined")
    if item.status is Status.RELEASED and item.release not in {None, id}:
        raise UncuttableError(f"`{present}` was released with {item.release}")
    return present


def _names(item: Item, id: str) -> bool:
    return item.release == id or (isinstance(item.target, ReleaseDate) and item.target.release == id)


def _weight(plan: Plan, name: str) -> tuple[int, str]:
    """New things first; then in the order of their ids."""
    change = plan.items[name].change  # type: ignore[index] # ids are texts
    order = ("added", None, "changed", "fixed", "security", "deprecated", "removed")
    return (order.index(change.value if change is not None else None), name)


def _released(project: Project, name: str, id: str) -> Rewritten:
    """An item's file with its status and release set."""
    target = records.locate(project, Kind.ITEM, name)
    old = store.read(target.disk).decode("utf-8")
    text = old
    for key, value in (("status", Status.RELEASED.value), ("release", id)):
        text = setting.put(project, target, text, key, value).new
    return Rewritten(source=target.file.path, shown=target.shown, old=old, new=text, path=target.disk)


def _dated(project: Project, id: str, release: Release, *, day: date, fixed: bool) -> Rewritten | None:
    """The record that is there, with the day; None where it says it already. Its texts stay as they are."""
    if release.date.is_day and not fixed and release.date.start <= day:
        return None
    target = records.locate(project, Kind.RELEASE, id)
    old = store.read(target.disk).decode("utf-8")
    change = setting.put(project, target, old, "date", day.isoformat())
    if change.edit is None:
        return None
    return Rewritten(source=target.file.path, shown=target.shown, old=old, new=change.new, path=target.disk)


def _record(
    project: Project, plan: Plan, id: str, version: str, told: Sequence[str], *, day: date
) -> tuple[Rewritten, tuple[str, ...]]:
    """The record of a new release, with drafts for each label under which one of its items is published."""
    source = f"{records.folder(Kind.RELEASE)}/{id}.md"
    published = [label for name in told for label in plan.items[name].publish if label != INTERNAL]  # type: ignore[index]
    labels = sorted(set(published), key=lambda label: (label not in _LEADS, label))
    rows = ["---", field("version", version), f"date: {day.isoformat()}"]
    rows += ["# What it is about, in a line. Everybody who sees the release reads it.", "# title:"]
    if labels:
        rows.append(field("publish", labels))
    rows.append("---")
    for label in labels:
        title = next(title for title, one in plan.settings.section_labels.items() if one == label)
        rows += ["", f"## {title}", "", _DRAFT, "", *_story(plan, source, version, told, label)]
    text = "\n".join(rows) + "\n"
    path = project.content / source
    shown = f"{project.shown_content}/{source}"
    return Rewritten(source=source, shown=shown, old=None, new=text, path=path), tuple(labels)


def _story(plan: Plan, source: str, version: str, told: Iterable[str], label: str) -> list[str]:
    """A draft of a release's introduction for one label: what there is, and then each in its own words."""
    titles: list[str] = []
    paragraphs: list[str] = []
    for name in told:
        item = plan.items[name]  # type: ignore[index] # ids are texts
        if label not in item.publish:
            continue
        title = item.titles.get(label, item.title)
        titles.append(f"**{title}**")
        words = _first_sentence(item.sections.get(label, ""))
        if words:
            file = plan.origins[Kind.ITEM, name].document.source
            way = posixpath.relpath(file, posixpath.dirname(source))
            paragraphs += ["", f"[{title}]({way}): {words}"]
    lead = _LEADS.get(label, _LEADS["user"]).format(version=version, titles=_listed(titles))
    return [lead, *paragraphs]


def _first_sentence(text: str) -> str:
    """How a narrative begins, on one line, without links, which lead elsewhere from another file."""
    paragraph = re.split(r"\n[ \t]*\n", text.strip(), maxsplit=1)[0]
    plain = " ".join(_FOOTNOTE.sub("", _LINK.sub(r"\1", paragraph)).split())
    return _SENTENCE.split(plain, maxsplit=1)[0]


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
