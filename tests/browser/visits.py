"""One visit to each kind of page, in one window and one scheme, looked at for everything at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from itertools import chain, cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from tests.browser.catalogue import kinds

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

PROBES: Final = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WCAG: Final = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  // Still off by default, though it is part of WCAG 2.2 AA.
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
})"""
SEARCHABLE: Final = """() => {
  const says = document.querySelector(".md-search-result__meta")
  return !says || !/initiali[sz]ing/i.test(says.textContent)
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A window and a scheme."""

    width: int
    scheme: str
    scripts: bool = True
    media: Literal["screen", "print"] = "screen"
    axe: bool = False
    """Whether axe-core looks as well."""

    def __str__(self) -> str:
        """Name the test."""
        parts = [self.width, self.scheme, "" if self.scripts else "without scripts"]
        parts += [self.media if self.media == "print" else "", "axe" if self.axe else ""]
        return " ".join(str(part) for part in parts if part)


@dataclass(slots=True)
class Visit:
    """What was found on one page."""

    console: list[str] = field(default_factory=list)
    """Errors and warnings that the browser logged."""

    foreign: list[str] = field(default_factory=list)
    """What was asked of other hosts."""

    layout: dict[str, list[str]] = field(default_factory=dict)
    """By claim, as in `probes.js`."""

    barriers: list[str] = field(default_factory=list)
    """What axe-core found."""


@dataclass(frozen=True, slots=True)
class Portal:
    """A built portal behind a web server, and the browser to look at it."""

    site: Path
    address: str
    browser: Browser

    def window(self, view: View, **options: Any) -> AbstractContextManager[BrowserContext]:  # noqa: ANN401 - playwright's
        """A window with an empty profile, such as a first visitor has."""
        return self.browser.new_context(
            viewport={"width": view.width, "height": 900},
            color_scheme="dark" if view.scheme == "dark" else "light",
            java_script_enabled=view.scripts,
            **options,
        )

    def visit_all(self, view: View) -> dict[str, Visit]:
        """Visit every kind of page."""
        with self.window(view) as window:
            tabs = cycle([window.new_page(), window.new_page()])
            opened = (
                self._open(next(tabs), kind, address, view) for kind, address in kinds(self.site).items()
            )
            # While one tab is looked at, the next page loads in the other.
            return {now.kind: now.look(view) for now, _ in pairwise(chain(opened, [None])) if now is not None}

    def _open(self, page: Page, kind: str, address: str, view: View) -> _Opened:
        """Let a page begin to load, and listen."""
        page.goto("about:blank")
        page.emulate_media(media=view.media)
        opened = _Opened(kind, page, Visit(), self.address)
        opened.listen()
        page.goto(self.address + address, wait_until="commit")
        return opened


@dataclass
class _Opened:
    """A page that is loading."""

    kind: str
    page: Page
    found: Visit
    home: str

    def listen(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", self._error)
        self.page.on("request", self._request)

    def look(self, view: View) -> Visit:
        """Wait until the page is there, and look at it."""
        self.page.wait_for_load_state("load")
        if view.scripts:
            self.page.wait_for_function(SEARCHABLE)
        self.found.layout = self.page.evaluate(PROBES)
        if not view.scripts:
            # Without Material's script, browsers themselves let keys get to what scrolls; Safari does not.
            self.found.layout["unscrollable"] = []
        if view.axe:
            self.found.barriers = barriers(self.page)
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)
        self.page.remove_listener("request", self._request)
        return self.found

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.console.append(f"{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.found.console.append(f"uncaught: {error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.found.foreign.append(request.url)


def barriers(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA on the page as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(WCAG)
    return [
        f"{violation['id']}: {node['target']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
