"""What stands around the pages: MkDocs' own settings, made fit for one portal."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped]
from mkdocs.plugins import get_plugin_logger

from twofold.engine.prepared import MisconfiguredError
from twofold.render.compiled import COMPILED
from twofold.render.resources import overrides_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

    from twofold.engine.pages import PortalPage
    from twofold.engine.prepared import Prepared

log = get_plugin_logger("twofold")

STYLES = ("assets/stylesheets/twofold.css", "assets/stylesheets/portal.css")
INTERNAL_STYLES = ("assets/stylesheets/internal.css",)
PUBLIC_STYLES = ("assets/stylesheets/public.css",)
SEARCH = "material/search"
ROBOTS = '<meta name="robots" content="noindex, nofollow">'
BANNER = '<div class="tf-internal" role="note">Internal</div>'

SEPARATOR = r"(?:[\s\-,:;!?=\[\]()\"/]|\.(?!\d)|&[lg]t;|&amp;)+"
"""Where search splits words. Material's default knows blanks and hyphens, and does not find "(offline"."""

OWN_WORDS = ("ja", "ko", "th", "zh")
"""Languages that Material splits in ways of their own."""

FEATURES = ("navigation.path", "navigation.indexes")
"""Material's features that pages outside the navigation rely on to show where they belong."""

PALETTE = [
    {
        "media": "(prefers-color-scheme)",
        "primary": "white",
        "toggle": {"icon": "material/brightness-auto", "name": "Switch to the light scheme"},
    },
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "white",
        "toggle": {"icon": "material/brightness-7", "name": "Switch to the dark scheme"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "black",
        "toggle": {"icon": "material/brightness-4", "name": "Follow the system"},
    },
]
"""Used where `mkdocs.yml` names no palette, so that every portal has a dark scheme, and one accent: links."""


def require_fit(config: MkDocsConfig) -> None:
    """Raise `MisconfiguredError` for a setting of MkDocs that would break what Twofold promises."""
    theme = config.theme
    if theme.name != "material":
        message = f"mkdocs.yml: theme: name is '{theme.name}', but Twofold's portals need 'material'"
        raise MisconfiguredError(message)
    if not config.use_directory_urls:
        message = "mkdocs.yml: use_directory_urls: false is not supported: a page's address is a folder"
        raise MisconfiguredError(message)
    if config.extra_templates:
        message = "mkdocs.yml: extra_templates is not supported: nothing in the content folder is a template"
        raise MisconfiguredError(message)
    named = {
        "extra_css": config.extra_css,
        "extra_javascript": config.extra_javascript,
        "extra: polyfills": config.extra.get("polyfills") or [],
        "theme: logo": [theme.get("logo") or ""],
        "theme: favicon": [theme.get("favicon") or ""],
    }
    for setting, addresses in named.items():
        if away := next((address for address in addresses if remote(address)), None):
            message = (
                f"mkdocs.yml: {setting} names {away}, but Twofold's pages load nothing from another host. "
                "Put a copy into the content folder and name that"
            )
            raise MisconfiguredError(message)


def dress(config: MkDocsConfig, prepared: Prepared, *, preview: bool) -> None:
    """Change MkDocs' settings for one portal.

    `preview` leaves the address alone, which `mkdocs serve` has set to its own.
    """
    site = prepared.site
    # Material prints these as they are, in text and in attributes.
    config.site_name = escape(site.title)
    # What `mkdocs.yml` says of the site is said of the whole plan, and internal until an audience's own
    # settings say it.
    description = prepared.description or (config.site_description if site.internal else None)
    config.site_description = escape(description) if description else None
    config.site_author = escape(config.site_author) if config.site_author else None
    if prepared.site_url and not preview:
        config.site_url = prepared.site_url.rstrip("/") + "/"
    _repository(config, prepared)
    _theme(config)
    wanted = (*STYLES, *(INTERNAL_STYLES if site.internal else PUBLIC_STYLES))
    styles = [name for name in wanted if (overrides_folder() / name).is_file()]
    # First, so that the owner's own styles win.
    config.extra_css = [*styles, *(str(path) for path in config.extra_css if str(path) not in styles)]
    _stay_home(config)
    # What `nav` names and what it leaves out is reported here, in the portal's own terms.
    config.validation.nav.omitted_files = logging.DEBUG
    config.validation.nav.not_found = logging.DEBUG


def switch_search_on(config: MkDocsConfig) -> None:
    """Add Material's search where `plugins:` does not name it; `search: {enabled: false}` switches it off."""
    plugins: Any = config.plugins
    if SEARCH not in plugins:
        search = SearchPlugin()
        search.load_config({})
        plugins[SEARCH] = search
    search = plugins[SEARCH]
    language = str(config.theme.get("language") or "en")
    if not search.config.separator and not language.startswith(OWN_WORDS):
        search.config.separator = SEPARATOR


def environment(env: jinja2.Environment, prepared: Prepared, pages: Iterable[PortalPage]) -> None:
    """Give the templates what they need to know of the portal."""
    site = prepared.site
    env.globals["twofold"] = {
        "audience": site.audience,
        "internal": site.internal,
        "feed": "feed.xml" in site.files,
        "addresses": [page.canonical_url for page in pages if page.canonical_url],
    }
    env.filters["striptags"] = _striptags
    env.bytecode_cache = COMPILED


def marked_internal(html: str) -> str:
    """Make sure that a page of the internal portal says so, whatever the owner's templates leave out."""
    if ROBOTS not in html:
        html = html.replace("<head>", f"<head>{ROBOTS}", 1)
    if 'class="tf-internal"' not in html:
        start = html.find(">", html.find("<body")) + 1
        html = html[:start] + BANNER + html[start:]
    return html


def remote(address: object) -> bool:
    """Whether loading `address` would call another host."""
    parts = urlsplit(str(address).strip())
    return bool(parts.netloc) or parts.scheme in {"http", "https", "ftp"}


def _striptags(value: object) -> Markup:
    # Jinja's own filter unescapes, so that an escaped `</title><script>` comes alive in Material's <title>.
    # Here and not only in our template: an owner's `main.html` may not use ours.
    return escape(Markup(str(value)).striptags())  # noqa: S704 - only what striptags leaves is used, escaped


def _repository(config: MkDocsConfig, prepared: Prepared) -> None:
    if not prepared.site.internal:
        config.repo_url = config.repo_name = config.edit_uri = None
        config.edit_uri_template = None
        return
    # MkDocs assumes `docs/`, wherever the content is.
    content, root = prepared.content, prepared.root
    if config.edit_uri and config.edit_uri.endswith("/docs/") and content.is_relative_to(root):
        folder = content.relative_to(root).as_posix()
        config.edit_uri = f"{config.edit_uri.removesuffix('docs/')}{folder}/"


def _theme(config: MkDocsConfig) -> None:
    theme = config.theme
    ours = str(overrides_folder())
    custom = [theme.custom_dir] if theme.custom_dir else []
    if not any(Path(folder).resolve() == overrides_folder().resolve() for folder in custom):
        theme.dirs.insert(len(custom), ours)
    features = list(theme.get("features") or [])
    wanted = [*FEATURES, "content.action.edit"] if config.edit_uri or config.edit_uri_template else FEATURES
    theme["features"] = [*features, *(feature for feature in wanted if feature not in features)]
    # Fonts come from the reader's system: Material would call Google.
    theme["font"] = False
    if "palette" not in theme:
        theme["palette"] = PALETTE


def _stay_home(config: MkDocsConfig) -> None:
    for name in ("analytics", "consent"):
        if config.extra.pop(name, None):
            log.warning("mkdocs.yml: extra: %s has no effect: Twofold's pages call no other host", name)
    config.extra.setdefault("generator", False)
