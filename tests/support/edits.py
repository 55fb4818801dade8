"""What people do to a plan between two revisions, at random: to the files as texts, valid or not."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from tests.plans.outline import Sizes
from tests.plans.records import files_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Files = dict[str, str]
"""Texts by their path from the project's root."""


def made_up(seed: int, *, items: int = 8) -> Files:
    """A small plan."""
    sizes = Sizes(
        seed=seed,
        items=items,
        findings=6,
        personas=4,
        objectives=2,
        releases=3,
        metrics=2,
        labels=("customer", "user"),
    )
    return dict(files_of(sizes))


def edit(files: Files, chance: Random, count: int) -> Files:
    """The files after so many edits."""
    edited = dict(files)
    for _ in range(count):
        chance.choice(EDITS)(edited, chance)
    return edited


def _some(files: Files, chance: Random, folder: str) -> str | None:
    names = sorted(name for name in files if name.startswith(f"content/{folder}"))
    return chance.choice(names) if names else None


def _field(name: str, folder: str, values: tuple[str, ...]) -> Callable[[Files, Random], None]:
    def change(files: Files, chance: Random) -> None:
        path = _some(files, chance, folder)
        if path is not None:
            value = f"{name}: {chance.choice(values)}"
            files[path] = re.sub(rf"^{name}:.*$", lambda _: value, files[path], count=1, flags=re.MULTILINE)

    return change


def _delete(files: Files, chance: Random) -> None:
    path = _some(files, chance, chance.choice(("roadmap", "objectives", "releases", "personas", "about")))
    if path is not None:
        del files[path]


def _rename(files: Files, chance: Random) -> None:
    path = _some(files, chance, "roadmap")
    if path is None:
        return
    text = files.pop(path)
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    new = f"{folder}/{chance.choice(('newly-named', 'another-name'))}-{len(files)}{dot}{suffix}"
    if chance.random() < 0.5 and text.startswith("---\n"):
        text = text.replace("---\n", f"---\naliases: [{stem}]\n", 1)
    files[new] = text


def _add(files: Files, chance: Random) -> None:
    label = chance.choice(("[customer]", "[user]", "[customer, user]", "[]"))
    files[f"content/roadmap/added-{len(files)}.md"] = (
        f"---\ntitle: Something new {chance.randrange(100)}\nstatus: in-progress\npublish: {label}\n---\n\n"
        f"## For customers\n\nIt pays for itself.\n\n## For users\n\nIt *helps* you.\n"
    )


def _word(files: Files, chance: Random) -> None:
    """One word of a body."""
    path = _some(files, chance, chance.choice(("roadmap", "releases", "objectives", "personas", "about")))
    if path is None:
        return
    head, fence, body = files[path].rpartition("\n---\n")
    words = list(re.finditer(r"(?<= )[a-z]{4,}(?= )", body))
    if fence and words:
        match = chance.choice(words)
        body = (
            f"{body[: match.start()]}{chance.choice(('wholly', 'rarely', '**never**'))}{body[match.end() :]}"
        )
        files[path] = head + fence + body


def _link(files: Files, chance: Random) -> None:
    """Another goal for a link, or a link where there was none; not all of them lead anywhere."""
    items = sorted(name for name in files if name.startswith("content/roadmap/"))
    path = _some(files, chance, chance.choice(("roadmap", "releases", "about")))
    if path is None or not items or not path.endswith(".md"):
        return
    goal = posixpath.relpath(chance.choice(items), posixpath.dirname(path))
    text, changes = re.subn(r"\]\([^)]*\.md\)", f"]({goal})", files[path], count=1)
    files[path] = text if changes else f"{text.rstrip()} See [this]({goal}).\n"


def _looks(files: Files, chance: Random) -> None:
    """What says the same: empty lines, a comment, another sign for emphasis, Windows line ends."""
    path = _some(files, chance, "")
    if path is None:
        return
    text = files[path]
    how = chance.randrange(4)
    if how == 0:
        text = text.rstrip("\n") + "\n\n\n"
    elif how == 1 and text.startswith("---\n"):
        text = text.replace("---\n", "---\n# A comment.\n", 1)
    elif how == 2:
        text = re.sub(r"(?<= )\*(\w+)\*(?= )", r"_\1_", text)
    else:
        text = text.replace("\n", "\r\n")
    files[path] = text


def _setting(files: Files, chance: Random) -> None:
    line = chance.choice(
        (
            "customer_weight: 0.7",
            "show: {customer: [item.target, item.tags], user: [metric.target]}",
            "evidence_age: 3",
            "safe_harbour: Anything may change.",
            "audiences: {customer: {title: For those who pay}}",
            "audiences: {user: {statuses: [planned, in-progress, released]}}",
        )
    )
    text = files["mkdocs.yml"]
    files["mkdocs.yml"] = re.sub(
        r"^( +)product:.*$", rf"\g<0>\n\g<1>{line}", text, count=1, flags=re.MULTILINE
    )


def _theme(files: Files, chance: Random) -> None:
    files["mkdocs.yml"] += chance.choice(
        ("copyright: Wardline Ltd\n", "repo_url: https://git.example.org/x\n")
    )


EDITS = (
    *(_delete, _rename, _add, _word, _word, _link, _link, _looks, _looks, _setting, _theme),
    _field("title", "roadmap", ("Another title", "A third & last one", "<b>Bold</b>")),
    _field("status", "roadmap", ("idea", "planned", "in-progress", "released", "declined")),
    _field("horizon", "roadmap", ("now", "next", "later")),
    _field("target", "roadmap", ("2027-Q1", "2028", "2026-12-24")),
    _field("effort", "roadmap", ("S", "13", "0.5")),
    _field("publish", "roadmap", ("[customer]", "[user]", "[customer, user]", "[]")),
    _field("publish", "releases", ("[customer]", "[user]", "[]")),
    _field("date", "releases", ("2026-01-01", "2027-Q2")),
    _field("weight", "personas", ("1", "3")),
    _field("name", "personas", ("Somebody else",)),
    _field("publish", "about", ("[customer]", "[user]", "[]")),
    _field("unit", "metrics", ("minutes",)),
    _field("    theme", "feedback", ("reporting", "search")),
)
