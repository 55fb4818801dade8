"""One visit to each kind of page, in one window and one scheme, looked at for everything at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from tests.browser.catalogue import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, BrowserContext, Page

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

    listeners: dict[str, Any] = field(default_factory=dict)


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
        found = {}
        with self.window(view) as window:
            tabs = [window.new_page(), window.new_page()]
            opened: tuple[str, Page, Visit] | None = None
            # While one tab is looked at, the next page loads in the other: that halves the time.
            for kind, address in [*kinds(self.site).items(), (None, None)]:
                before = opened
                if kind is not None and address is not None:
                    opened = kind, tabs[0], self._open(tabs[0], address, view)
                if before is not None:
                    _look(before[1], before[2], view)
                    found[before[0]] = before[2]
                tabs.reverse()
        return found

    def _open(self, page: Page, address: str, view: View) -> Visit:
        """Let a page begin to load, and listen."""
        found = Visit()
        page.goto("about:blank")
        page.emulate_media(media=view.media)
        for event, listener in _listeners(found, self.address):
            page.on(event, listener)  # type: ignore[call-overload] # one of the events below
            found.listeners[event] = listener
        page.goto(self.address + address, wait_until="commit")
        return found


def _look(page: Page, found: Visit, view: View) -> None:
    """Wait until a page is there, and look at it."""
    page.wait_for_load_state("load")
    if view.scripts:
        page.wait_for_function(SEARCHABLE)
    found.layout = page.evaluate(PROBES)
    if view.axe:
        found.barriers = barriers(page)
    for event, listener in found.listeners.items():
        page.remove_listener(event, listener)


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


def _listeners(found: Visit, home: str) -> Iterator[tuple[str, Any]]:
    def console(message: Any) -> None:  # noqa: ANN401 - playwright's
        if message.type in ("error", "warning"):
            found.console.append(f"{message.type}: {message.text}")

    def request(asked: Any) -> None:  # noqa: ANN401 - playwright's
        if not asked.url.startswith((home, "data:", "blob:")):
            found.foreign.append(asked.url)

    yield "console", console
    yield "pageerror", lambda error: found.console.append(f"uncaught: {error}")
    yield "request", request
