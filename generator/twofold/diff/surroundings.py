"""What surrounds an audience's plan in its portal: the theme, the navigation, and files."""

from __future__ import annotations

import json
import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from twofold.diff.side import same_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    from twofold.audience.published import AudiencePlan
    from twofold.diff.side import Side

    Made = TypeVar("Made")

OWN = frozenset({"docs_dir", "site_dir", "repo_url", "repo_name", "edit_uri", "edit_uri_template", "nav",
                 "INHERIT", "site_url", "site_name", "site_description", "plugins", "watch", "validation",
                 "strict", "dev_addr", "markdown_extensions", "exclude_docs", "draft_docs"})  # fmt: skip
"""What of `mkdocs.yml` says nothing to a reader, is projected, or is compared apart."""


def surroundings(
    audience: str,
    old: AudiencePlan | None,
    new: AudiencePlan | None,
    before: Side,
    after: Side,
    *,
    made: Callable[[str, str, str | None, str | None], Made],
) -> Iterator[Made]:
    """What differs around the plan; `made` gets the place, the name, and the value before and after."""
    if old is None or new is None:
        return
    for name, was, now in _settings(audience, old, new, before, after):
        yield made("mkdocs.yml", name, _shown(was), _shown(now))
    for path in sorted({*_files(old, before), *_files(new, after)}):
        if not same_file(before, after, path):
            yield made(path, "file", "as it was", "changed")


def _settings(
    audience: str, old: AudiencePlan, new: AudiencePlan, before: Side, after: Side
) -> Iterator[tuple[str, Any, Any]]:
    was, now = before.project.values, after.project.values
    for name in sorted({*was, *now} - OWN):
        yield from _differing(name, was.get(name), now.get(name))
    plugins = (_other_plugins(was), _other_plugins(now))
    if plugins[0] != plugins[1]:
        yield "plugins", *plugins
    entries = (_navigation(audience, old, before), _navigation(audience, new, after))
    if entries[0] != entries[1]:
        yield "nav", *entries


def _differing(name: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - of any setting
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted({*was, *now}, key=str):
            yield from _differing(f"{name}.{key}", was.get(key), now.get(key))
    elif was != now:
        yield name, was, now


def _other_plugins(values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as the file has it
    """The plug-ins beside Twofold, whose settings are compared by what they do."""
    plugins = values.get("plugins") or []
    if isinstance(plugins, dict):
        return {name: options for name, options in plugins.items() if name != "twofold"}
    return [one for one in plugins if one != "twofold" and not (isinstance(one, dict) and "twofold" in one)]


def _navigation(audience: str, plan: AudiencePlan, side: Side) -> Any:  # noqa: ANN401 - as the file has it
    """The navigation without the pages that the audience does not read."""
    own = side.project.settings.audiences.get(audience)
    wanted = own.nav if own is not None and own.nav is not None else side.project.values.get("nav")
    hidden = side.plan.pages.keys() - plan.pages.keys()
    return _entries(wanted, hidden) if wanted else None


def _entries(entry: Any, hidden: set[str]) -> Any:  # noqa: ANN401 - as the file has it
    if isinstance(entry, (list, tuple)):
        return [kept for kept in (_entries(one, hidden) for one in entry) if kept not in (None, [], {})]
    if isinstance(entry, dict):
        inner = {title: _entries(one, hidden) for title, one in entry.items()}
        return {title: one for title, one in inner.items() if one not in (None, [], {})}
    return None if str(entry).removeprefix("./") in hidden else entry


def _files(plan: AudiencePlan, side: Side) -> Iterator[str]:
    """Files that the portal shows or is made with, from the project's root."""
    # The content folder may lie beside the project's.
    content = PurePosixPath(os.path.relpath(side.project.content, side.project.root).replace(os.sep, "/"))
    for path in (*plan.assets, *side.project.named_files):
        yield (content / path).as_posix()
    theme = side.project.values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    if custom:
        folder = side.project.root / str(custom)
        if side.tree.is_folder(folder):
            for file in side.tree.walk(folder, shown=str(custom))[0]:
                yield (PurePosixPath(str(custom)) / file.path).as_posix()


def _shown(value: Any) -> str | None:  # noqa: ANN401 - of any setting
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
