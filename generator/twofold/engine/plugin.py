"""The MkDocs plug-in. It tells MkDocs what to build; what a portal holds is the pipeline's affair.

`twofold build` hands a finished portal over with `prepare`. Under `mkdocs build` and `mkdocs serve` the
plug-in asks the pipeline itself, and publishes the same staged way.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from twofold import publish
from twofold.config import ConfigurationError
from twofold.engine import assets, navigation, search, shell, splice, standalone
from twofold.engine.pages import PortalPage, hubs, portal_page
from twofold.engine.watch import configuration_files
from twofold.render import shares

if TYPE_CHECKING:
    from collections.abc import Callable

    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from twofold.engine.prepared import Prepared

Command = Literal["build", "gh-deploy", "serve"]
FIRST, LAST = 100, -100
"""Before and after every other plug-in."""


class Options(Config):  # type: ignore[no-untyped-call]
    """Anything: `twofold.config` reads and checks the settings, with places and hints."""


class TwofoldPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Makes the portal of one audience."""

    def __init__(self) -> None:
        """Begin without a portal."""
        self.command: Command | None = None
        self.handed: Prepared | None = None
        self.current: Prepared | None = None
        self.pages: list[PortalPage] = []
        self.spliced: list[PortalPage] = []
        self.shells: splice.Shells | None = None
        self.nav: Navigation | None = None
        self.step: Callable[[], None] | None = None
        self.intact = True
        self.alone = False
        self.publication: standalone.Publication | None = None
        self.empty = ExitStack()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Take all options as they are."""
        self.config = Options(config_file_path=config_file_path)
        self.config.load_dict(options)
        return [], []

    def prepare(self, prepared: Prepared, *, step: Callable[[], None] | None = None) -> None:
        """Build this portal; its publication is the caller's affair. `step` is called after each page."""
        self.handed = prepared
        self.step = step

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Remember the command. Having this method, the plug-in outlives the reloads of `mkdocs serve`."""
        del dirty
        self.command = command

    @event_priority(FIRST)
    def _early(self, config: MkDocsConfig) -> None:
        try:
            shell.require_fit(config)
        except ConfigurationError as error:
            raise PluginError(str(error)) from error
        # MkDocs runs through the handlers of an event while this adds one: it has to come after this.
        shell.switch_search_on(config)

    @event_priority(LAST)
    def _config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the portal and point MkDocs at it. Errors end the build here, before it empties anything."""
        serving = self.command == "serve"
        try:
            if self.handed is not None:
                self.current = self.handed
            else:
                self._discard()
                self.publication = standalone.load(config, self.command)
                self.current = self.publication.prepared
                if not serving:
                    config.site_dir = str(self.publication.open())
            shell.dress(config, self.current, preview=serving)
        except (ConfigurationError, publish.RefusedError) as error:
            raise PluginError(str(error)) from error
        # MkDocs walks its folder, follows links and copies what it does not know: it gets an empty one. In
        # staging, where that is: what a killed build leaves there is cleared by the next one.
        self.empty.close()
        place = Path(config.site_dir).parent
        empty = tempfile.TemporaryDirectory(
            prefix="twofold-", dir=None if serving or not place.is_dir() else place
        )
        config.docs_dir = self.empty.enter_context(empty)
        return config

    on_config = CombinedEvent(_early, _config)

    @event_priority(LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Note that MkDocs now empties the folder."""
        del config
        self.intact = False

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the portal's pages, and the files that `mkdocs.yml` names."""
        prepared = self._portal
        assets.drop_maps(files)
        assets.add_named(files, config, prepared)
        above = hubs({page.address for page in prepared.site.pages})
        self.pages = [portal_page(page, config, hub=page.address in above) for page in prepared.site.pages]
        names = navigation.Names(self.pages, prepared.site.files)
        wanted = config.nav if prepared.nav is None else prepared.nav
        nav, missing = navigation.resolved(wanted or [], names)
        if not nav:
            nav, _ = navigation.resolved(navigation.from_entries(prepared.site.navigation, names), names)
        config.nav = nav
        if prepared.site.internal:
            # In a public portal the page is most likely one that its audience does not read.
            for sentence in navigation.warnings(missing, names).values():
                shell.log.warning("mkdocs.yml: %s", sentence)
        # What the navigation names is MkDocs' affair, and so is everything where others take part.
        self.alone = splice.possible(config)
        known = {"index.md", *navigation.named(nav)} if self.alone else None
        self.spliced = []
        for page in self.pages:
            if known is None or page.file.src_uri in known:
                files.append(page.file)
            else:
                self.spliced.append(page)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Tell pages outside the navigation where they belong."""
        del config, files
        navigation.settle(nav, self.pages)
        self.nav = nav
        return nav

    @event_priority(LAST)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Tell the templates whose portal this is, and search what there is to find."""
        del files
        shell.environment(env, self._portal, self.pages)
        if not self.alone:
            # Other plug-ins may look at the index, or change it.
            search.fill(config, self.pages)
        if self.nav is not None:
            self.shells = splice.Shells(config, self.nav, env, completed=self._completed)
        return env

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """See that an internal page says so."""
        del page, config
        self._stepped()
        return self._completed(output)

    @event_priority(LAST)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """See that an internal error page says so."""
        del config
        internal = self._portal.site.internal and template_name.endswith(".html")
        return shell.marked_internal(output_content) if internal else output_content

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete the portal."""
        if self.alone:
            search.write(config, self.pages)
        if self.shells is not None:
            self.shells.take(self.spliced)
            for _ in shares.each(self.shells.write, self.spliced):
                self._stepped()
        assets.finish(Path(config.site_dir), self._portal.site, site_url=config.site_url)
        if self.publication is not None and self.command != "serve":
            try:
                self.publication.complete(config)
                if self.command is None:  # Called as a library, without start and end.
                    self.publication.publish()
            except publish.RefusedError as error:
                raise PluginError(str(error)) from error

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old portal as it is."""
        del error
        self._discard()

    @event_priority(LAST)
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ANN401 - MkDocs'
        """Watch what the portal is made from, and keep the last good site while it is broken."""
        server.unwatch(config.docs_dir)
        custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        inherited = configuration_files(Path(config.config_file_path))[1:]
        for place in (self._portal.content, custom, *inherited):
            if place is not None and place.exists():
                server.watch(str(place))

        def patient() -> None:
            self.intact = True
            try:
                builder()
            except (MkDocsException, SystemExit) as error:
                # Otherwise MkDocs lets readers wait until all is mended.
                if not self.intact:
                    raise
                shell.log.error("The last good site stays: %s", error)

        server.builder = patient
        return server

    def on_shutdown(self) -> None:
        """Publish. Only now: with `--strict`, MkDocs counts its warnings after all other events."""
        try:
            if self.publication is not None and self.command != "serve":
                self.publication.publish()
        except publish.RefusedError as error:
            raise Abort(str(error)) from error
        finally:
            self._discard()
            self.empty.close()
            # MkDocs keeps the plug-in for the next configuration that is read in this process.
            self.command = self.handed = self.current = self.step = self.shells = self.nav = None
            self.pages, self.spliced = [], []

    @property
    def _portal(self) -> Prepared:
        if self.current is None:
            raise PluginError("MkDocs asked for pages before its configuration was complete")
        return self.current

    def _completed(self, html: str) -> str:
        return shell.marked_internal(html) if self._portal.site.internal else html

    def _stepped(self) -> None:
        if self.step is not None:
            self.step()

    def _discard(self) -> None:
        if self.publication is not None:
            self.publication.close()
            self.publication = None
