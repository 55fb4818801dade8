"""One visit to each kind of page, in one window and one scheme, looked at for everything at once."""

from __future__ import annotations

from collections import Counter
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
COLOURS: Final = """() => axe.run(document, {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  resultTypes: ["violations"],
})"""
HEIGHT: Final = 900
PHONE: Final = 390
STILL: Final = (
    "* { transition: none !important; animation: none !important; scroll-behavior: auto !important }"
)
SCHEME: Final = "scheme => document.body.dataset.mdColorScheme === scheme"
SCHEMES: Final = {"light": "default", "dark": "slate"}
"""What Material calls the schemes."""

# The texts that are not to be seen; what is closed, and what only a script needs, is left out.
UNSEEN: Final = """() => {
  const apart = "script, style, template, title, desc, details:not([open]), .tabbed-content, .tf-control, .headerlink"
  const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  const missed = []
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement
    if (node.data.trim() && !seen(parent) && !parent.closest(apart)) missed.push(node.data.trim())
  }
  return missed
}"""
SETTLED: Final = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SEARCHABLE: Final = """() => {
  const says = document.querySelector(".md-search-result__meta")
  return !says || !/initiali[sz]ing/i.test(says.textContent)
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A window and a scheme."""

    width: int
    scheme: str = "light"
    scripts: bool = True
    media: Literal["screen", "print"] = "screen"
    axe: str = ""
    """With what axe-core looks as well."""

    def __str__(self) -> str:
        """Name the view."""
        parts = [self.width, self.scheme, "" if self.scripts else "without scripts"]
        parts += [self.media if self.media == "print" else ""]
        return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Views that follow one another in the same window: a page is loaded once for all of them.

    The scheme may change on the way, as it does when the sun goes down; scripts are there in all of them or in none.
    """

    views: tuple[View, ...]

    @property
    def first(self) -> View:
        """The view in which pages are loaded."""
        return self.views[0]

    def __str__(self) -> str:
        """Name the test."""
        return ", ".join(map(str, self.views))


PAPER: Final = View(width=718, media="print")
"""A4 with margins of a centimetre."""

# axe takes longest: what parts a page has does not depend on the scheme, and colours not on the width.
LIGHT: Final = (View(width=1600), View(width=1024), View(width=390, axe=WCAG), PAPER)
DARK: Final = tuple(
    View(width=width, scheme="dark", axe=axe) for width, axe in ((1600, COLOURS), (1024, ""), (390, ""))
)
WITH_SCRIPTS: Final = Sitting((*LIGHT, *DARK))
WITHOUT_SCRIPTS: Final = Sitting((View(width=390, scripts=False),))


@dataclass(slots=True)
class Visit:
    """What was found on one page."""

    console: list[str] = field(default_factory=list)
    """Errors and warnings that the browser logged."""

    foreign: list[str] = field(default_factory=list)
    """What was asked of other hosts."""

    layout: dict[str, list[str]] = field(default_factory=dict)
    """By claim, as in `probes.js`; each flaw with its view."""

    unseen: Counter[str] = field(default_factory=Counter)
    """The texts that are not to be seen on a phone."""

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
            viewport={"width": view.width, "height": HEIGHT},
            color_scheme="dark" if view.scheme == "dark" else "light",
            java_script_enabled=view.scripts,
            **options,
        )

    def visit_all(self, sitting: Sitting) -> dict[str, Visit]:
        """Visit every kind of page."""
        with self.window(sitting.first) as window:
            tabs = cycle([window.new_page(), window.new_page()])
            opened = (
                self._open(next(tabs), kind, address, sitting.first)
                for kind, address in kinds(self.site).items()
            )
            # While one tab is looked at, the next page loads in the other.
            return {
                now.kind: now.look(sitting) for now, _ in pairwise(chain(opened, [None])) if now is not None
            }

    def _open(self, page: Page, kind: str, address: str, view: View) -> _Opened:
        """Let a page begin to load, and listen."""
        page.goto("about:blank")
        _arrange(page, view)
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

    def look(self, sitting: Sitting) -> Visit:
        """Wait until the page is there, and look at it in each view."""
        self.page.wait_for_load_state("load")
        # A page in the background draws no frames.
        self.page.bring_to_front()
        if sitting.first.scripts:
            self.page.wait_for_function(SEARCHABLE)
            self.page.add_style_tag(content=STILL)
        for view in sitting.views:
            _arrange(self.page, view)
            if view.scripts:
                self.page.wait_for_function(SCHEME, arg=SCHEMES[view.scheme])
                self.page.evaluate(SETTLED)
            self._look(view)
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)
        self.page.remove_listener("request", self._request)
        return self.found

    def _look(self, view: View) -> None:
        layout: dict[str, list[str]] = self.page.evaluate(PROBES)
        if not view.scripts:
            # Without Material's script, browsers themselves let keys get to what scrolls; Safari does not.
            layout["unscrollable"] = []
        if view.width == PHONE and view.media == "screen":
            self.found.unseen = Counter(self.page.evaluate(UNSEEN))
        for claim, flaws in layout.items():
            self.found.layout.setdefault(claim, []).extend(f"{view}: {flaw}" for flaw in flaws)
        if view.axe:
            self.found.barriers.extend(f"{view}: {barrier}" for barrier in barriers(self.page, view.axe))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.console.append(f"{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.found.console.append(f"uncaught: {error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.found.foreign.append(request.url)


def left_out(with_scripts: dict[str, Visit], without: dict[str, Visit]) -> dict[str, list[str]]:
    """The texts that are to be seen with scripts and not without them, for each kind of page."""
    missed = {kind: without[kind].unseen - with_scripts[kind].unseen for kind in without}
    return {kind: sorted(texts) for kind, texts in missed.items() if texts}


def _arrange(page: Page, view: View) -> None:
    page.emulate_media(media=view.media, color_scheme="dark" if view.scheme == "dark" else "light")
    page.set_viewport_size({"width": view.width, "height": HEIGHT})


def barriers(page: Page, rules: str = WCAG) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA on the page as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(rules)
    return [
        f"{violation['id']}: {node['target']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
