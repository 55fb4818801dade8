"""What the engine takes from the pipeline, and the ways in which it says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from twofold.config import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from twofold.diagnostics import Report
    from twofold.render.page import Site


class Audience(Protocol):
    """What the settings may say of one audience's portal; None where they do not."""

    @property
    def description(self) -> str | None:
        """One sentence on the portal."""

    @property
    def site_url(self) -> str | None:
        """Where it is published."""

    @property
    def nav(self) -> Sequence[Any] | None:
        """Its own navigation, as `nav:` in `mkdocs.yml`."""


class Settings(Protocol):
    """The settings that concern the engine."""

    @property
    def audience(self) -> str:
        """Whose portal `mkdocs build` makes."""

    @property
    def allow_internal_deploy(self) -> bool:
        """Whether `mkdocs gh-deploy` may publish the internal portal."""

    @property
    def audiences(self) -> Mapping[str, Audience]:
        """What the settings say of single audiences."""


class Project(Protocol):
    """Where the project stands."""

    @property
    def root(self) -> Path:
        """The folder of `mkdocs.yml`."""

    @property
    def config_file(self) -> Path:
        """`mkdocs.yml` itself."""

    @property
    def content(self) -> Path:
        """The content folder (`docs_dir`)."""

    @property
    def settings(self) -> Settings:
        """Twofold's settings."""


class Loaded(Protocol):
    """A project that has been read and checked."""

    @property
    def project(self) -> Project:
        """Its places."""

    @property
    def report(self) -> Report:
        """All diagnostics."""

    @property
    def is_large(self) -> bool:
        """Whether several portals at the same time would take too much memory."""


class Inspect(Protocol):
    """The last look at a finished portal before it is published."""

    def __call__(self, loaded: Any, audience: str, folder: Path, /) -> Sequence[str]:  # noqa: ANN401 - the pipeline's own
        """Sentences that say why the portal must not be published; none if it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One portal, ready for MkDocs."""

    site: Site
    root: Path
    """The folder of `mkdocs.yml`."""

    content: Path
    """The content folder; MkDocs itself never sees it."""

    nav: Sequence[Any] | None = None
    """This audience's own `nav:` from the settings; None for that of `mkdocs.yml`."""

    site_url: str | None = None
    """This audience's own `site_url` from the settings; None for that of `mkdocs.yml`."""

    description: str | None = None
    """This audience's own description from the settings.

    None for `site_description` of `mkdocs.yml` in the internal portal, and for none in any other.
    """


class MisconfiguredError(ConfigurationError):
    """MkDocs' part of `mkdocs.yml` lets no portal be built; the sentence is for people. Exit status 2."""


def prepared(loaded: Loaded, site: Site) -> Prepared:
    """Put a site together with what the settings say of its audience."""
    own = loaded.project.settings.audiences.get(site.audience)
    return Prepared(
        site=site,
        root=loaded.project.root,
        content=loaded.project.content,
        nav=own.nav if own else None,
        site_url=own.site_url if own else None,
        description=own.description if own else None,
    )
