"""A made-up plan in a folder of its own, and the commands that are measured on it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from tests.bench.measure import Sample, run_python
from tests.plans import TODAY

if TYPE_CHECKING:
    from pathlib import Path

PERSONAS: Final = 40
ITEMS_PER_FINDING: Final = 4
CHANGED: Final = 20
"""Records of which a comparison tells."""

SITES: Final = ("site", "site-internal")
USERS: Final = re.compile(r"^publish:.*\buser\b", re.MULTILINE)
TITLE: Final = re.compile(r"^title:.*$", re.MULTILINE)


@dataclass(frozen=True)
class Project:
    """One plan. What is edited stays edited: two projects of the same sizes begin alike."""

    root: Path

    @classmethod
    def made(cls, root: Path, *, items: int, seed: int) -> Project:
        """Write a plan with so many items. In another process, whose memory is not ours afterwards."""
        sizes = {"items": items, "findings": items // ITEMS_PER_FINDING, "personas": PERSONAS, "seed": seed}
        options = [text for name, size in sizes.items() for text in (f"--{name}", str(size))]
        run_python("-m", "tests.plans", root, *options)
        return cls(root)

    def check(self, *, cold: bool) -> Sample:
        """Run `twofold check`; cold means without what an earlier run left behind."""
        if cold:
            self.forget()
        return self._twofold("check")

    def score(self) -> Sample:
        """Run `twofold score`, cold."""
        self.forget()
        return self._twofold("score")

    def diff(self) -> Sample:
        """Run `twofold diff` of the last commit against the working tree, cold."""
        self.forget()
        return self._twofold("diff", "HEAD")

    def build(self, *audiences: str, cold: bool, looking: bool = False) -> Sample:
        """Run `twofold build` for `audiences`, for all where none is given; cold means from nothing.

        `looking` is for memory, see `measure.run`.
        """
        if cold:
            self.forget()
            for site in SITES:
                shutil.rmtree(self.root / site, ignore_errors=True)
        chosen = [argument for audience in audiences for argument in ("--audience", audience)]
        sample = self._twofold("build", *chosen, looking=looking)
        pages = [path.stat().st_size for site in SITES for path in (self.root / site).rglob("*.html")]
        return replace(sample, pages=len(pages), page_bytes=sum(pages))

    def ranking(self, what: Literal["read", "rank"]) -> Sample:
        """Read and link the plan, or rank it, in one process whose start does not count."""
        sample, printed = run_python("-m", "tests.bench.ranking", self.root, what)
        processor, wall = map(float, printed.split())
        return replace(sample, processor=processor, wall=wall)

    def edit(self, title: str) -> None:
        """Give an item from the middle of the plan another title: its page changes, and every list of items."""
        text = self.item.read_text(encoding="utf-8")
        self.item.write_text(TITLE.sub(f"title: {title}", text, count=1), encoding="utf-8")

    def commit_and_change(self) -> None:
        """Commit the plan, then give some of its items another title, effort and text."""
        (self.root / ".gitignore").write_text(".twofold/\n", encoding="utf-8")
        settings = ("user.name=Bench", "user.email=bench@example.org", "commit.gpgsign=false", "gc.auto=0")
        options = [text for setting in settings for text in ("-c", setting)]
        for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=plan")):
            subprocess.run(["git", *options, *arguments], cwd=self.root, check=True)
        files = self._items
        for path in files[:: max(1, len(files) // CHANGED)][:CHANGED]:
            text = path.read_text(encoding="utf-8").replace("title: ", "title: Changed ", 1)
            text = re.sub(r"^effort: .*$", "effort: 7", text, flags=re.MULTILINE)
            path.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")

    def forget(self) -> None:
        """Remove what earlier runs remember."""
        shutil.rmtree(self.root / ".twofold", ignore_errors=True)

    @cached_property
    def item(self) -> Path:
        """The file of an item from the middle of the plan."""
        return self._items[len(self._items) // 2]

    @cached_property
    def public_item(self) -> Path:
        """The file of an item that users see, by the title that all see."""
        return next(path for path in self._items if _is_public(path))

    @cached_property
    def _items(self) -> list[Path]:
        return sorted((self.root / "content/roadmap").rglob("*.md"))

    def _twofold(self, *arguments: str, looking: bool = False) -> Sample:
        where = ("-f", self.root / "mkdocs.yml", "--today", TODAY.isoformat())
        return run_python("-m", "twofold", *arguments, *where, folder=self.root, looking=looking)[0]


def _is_public(path: Path) -> bool:
    matter = path.read_text(encoding="utf-8").split("---\n", 2)[1]
    return "status: in-progress\n" in matter and bool(USERS.search(matter)) and "titles:" not in matter
