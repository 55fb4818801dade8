"""A site of plain Markdown pages, as many as a portal has and as long, written from the portal itself.

    python -m tests.bench.yardsticks.plain PORTAL FOLDER

Each page has the portal page's visible text, letter for letter, in headings where that has headings and
in paragraphs elsewhere. Signs that mean something in Markdown are commas, so that nothing else is made of it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

SETTINGS: Final = """\
site_name: Plain pages
theme: {name: material}
plugins: [search]
validation: {nav: {omitted_files: ignore}}
"""
OUTSIDE: Final = "nav: [index.md]\n"
"""Leaves all pages but the first out of the navigation. Without it all are in."""

PARAGRAPH: Final = 300
"""Characters after which a paragraph ends."""

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE: Final = frozenset("a abbr b bdi code em i kbd mark q s small span strong sub sup time".split())  # noqa: SIM905 - a list of words
UNSEEN: Final = frozenset({"head", "script", "style", "template"})
VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - the same
SIGNS: Final = re.compile(r"[^\w ]|_")


def main(portal: Path, folder: Path) -> None:
    """Write `outside.yml` (pages outside the navigation), `inside.yml` and the pages; print what they hold."""
    (folder / "docs").mkdir(parents=True)
    (folder / "outside.yml").write_text(SETTINGS + OUTSIDE, encoding="utf-8")
    (folder / "inside.yml").write_text(SETTINGS, encoding="utf-8")
    pages = characters = 0
    for path in sorted(portal.rglob("*.html")):
        place = path.relative_to(portal)
        blocks = read(path.read_text(encoding="utf-8"))
        if not blocks or place.name == "404.html":
            # It leads elsewhere; or every tool makes its own.
            continue
        place = place.parent if place.name == "index.html" and place.parent.name else place.with_suffix("")
        file = folder / "docs" / f"{place}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown(blocks), encoding="utf-8")
        pages += 1
        characters += len(" ".join(block.text for block in blocks))
    print(pages, characters)


@dataclass(frozen=True, slots=True)
class Block:
    """Text that belongs together."""

    text: str
    level: int = 0
    """Of a heading; 0 for other text."""


def read(page: str) -> list[Block]:
    """The visible text of a page's article, in order."""
    reader = Reader()
    # What stands around the article is more than half of a page.
    reader.feed(page[page.find("<article") : page.rfind("</article>")])
    reader.close()
    return reader.blocks


def markdown(blocks: list[Block]) -> str:
    """The same text in headings and paragraphs, and in nothing else."""
    parts: list[str] = []
    open_paragraph = False
    for block in blocks:
        text = SIGNS.sub(",", block.text)
        if block.level:
            parts.append(f"{'#' * block.level} {text}")
            open_paragraph = False
        elif open_paragraph and len(parts[-1]) < PARAGRAPH:
            parts[-1] += f" {text}"
        else:
            parts.append(text)
            open_paragraph = True
    return "\n\n".join(parts) + "\n"


class Reader(HTMLParser):
    """Gathers the text in `<article>`. Mutable: it reads as it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._open: list[tuple[str, bool]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._end()
        if tag not in VOID:
            unseen = tag in UNSEEN or any(name == "hidden" for name, _ in attributes)
            self._open.append((tag, unseen))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end()
        if any(name == tag for name, _ in self._open):
            # What was left open ends with what holds it.
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, text: str) -> None:
        if not any(unseen for _, unseen in self._open):
            self._text += text

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        text, self._text = " ".join(self._text.split()), ""
        if text:
            level = next((int(name[1]) for name, _ in self._open if name in HEADINGS), 0)
            self.blocks.append(Block(text, level))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
