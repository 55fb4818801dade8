"""Files of a portal that are no pages: what `mkdocs.yml` names, the site's own files, redirects."""

from __future__ import annotations

import os
import stat
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from twofold import publish
from twofold.engine import shell
from twofold.images import cleaning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

    from twofold.engine.prepared import Prepared
    from twofold.render.page import Site

REDIRECT = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Moved: {title}</title>
    {robots}<link rel="canonical" href="{canonical}">
    <meta http-equiv="refresh" content="0; url={target}">
  </head>
  <body>
    <p>This page has moved to <a href="{target}">{title}</a>.</p>
  </body>
</html>
"""


def add_named(files: Files, config: MkDocsConfig, prepared: Prepared) -> None:
    """Add those files of the content folder that `mkdocs.yml` names, and no others.

    A name that is no file there may be one of the theme's; one that is neither raises a warning.
    """
    for name in _named(config):
        if name in prepared.site.files:
            # A page shows it as well, and it comes with that.
            continue
        found = _read(prepared.content, name)
        old = files.get_file_from_path(name)
        if found is None:
            if old is None:
                shell.log.warning("mkdocs.yml names '%s', which is no file in the content folder", name)
            continue
        if old is not None:
            files.remove(old)
        found = found if prepared.site.internal else _published(found, name, prepared.content)
        files.append(File.generated(config, name, content=found, inclusion=InclusionLevel.INCLUDED))


def drop_maps(files: Files) -> None:
    """Leave out the theme's source maps: half of a portal's bytes, of use to the theme's developers only."""
    for file in list(files):
        if file.src_uri.endswith(".map"):
            files.remove(file)


def finish(folder: Path, site: Site, *, site_url: str | None) -> None:
    """Write the site's own files and its redirects into the built portal, and mark it as ours."""
    for name, data in site.files.items():
        _write(folder, name, data)
    titles = {page.address: page.title for page in site.pages}
    for old, new in site.redirects.items():
        if old in titles:
            message = f"the old address '{old}' is that of a page"
            raise PluginError(message)
        html = _redirect(old, new, titles.get(new, new), site, site_url)
        _write(folder, f"{old}/index.html", html.encode())
    publish.mark(folder, site.audience)


def _redirect(old: str, new: str, title: str, site: Site, site_url: str | None) -> str:
    target = get_relative_url(f"{new}/" if new else "./", f"{old}/")
    return REDIRECT.format(
        title=escape(title),
        target=escape(target),
        canonical=escape(f"{site_url}{new}/" if site_url else target),
        robots=f"{shell.ROBOTS}\n    " if site.internal else "",
    )


def _write(folder: Path, name: str, data: bytes) -> None:
    path = PurePosixPath(name)
    # Hidden files at the top of a portal are the owner's own, they outlive a build.
    if path.is_absolute() or ".." in path.parts or name.startswith(".") or not path.parts:
        message = f"'{name}' is no place for a file of a portal"
        raise PluginError(message)
    target = folder / path
    if target.exists():
        message = f"two files of the portal want to be '{name}'"
        raise PluginError(message)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _named(config: MkDocsConfig) -> Iterator[str]:
    theme = config.theme
    for name in (theme.get("logo"), theme.get("favicon"), *config.extra_css, *config.extra_javascript):
        if name and not str(name).startswith("data:"):
            yield str(name).partition("?")[0].removeprefix("./")


def _published(data: bytes, name: str, content: Path) -> bytes:
    try:
        return cleaning.published(data, path=name, folder=content.name)
    except cleaning.ImageError as error:
        message = f"an image cannot be published: {error}"
        raise PluginError(message) from None


def _read(content: Path, name: str) -> bytes | None:
    """Give a regular file of the content folder; None for anything else, through a link or not."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return None
    place = content
    for part in path.parts:
        place = place / part
        if place.is_symlink():
            return None
    try:
        # Not blocking, so that a FIFO put there does not hold the build.
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with open(handle, "rb") as file:  # noqa: PTH123 - a handle, not a path
        return file.read() if stat.S_ISREG(os.fstat(handle).st_mode) else None
