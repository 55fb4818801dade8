"""What a saved item takes to be on its page: `python -m tests.bench.saving FOLDER ITEM` measures it by itself.

From the moment the file is written to the first answer that has the new title, with processor time of the
preview beside it, to the end of its round: other work on the machine lengthens the first and not the second.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.measure import KIBI, Failed, Sample
from tests.bench.project import TITLE
from tests.support.previewing import previewing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.previewing import Preview

PATIENCE: Final = 900.0
"""Seconds after which a preview of any size has failed."""

LONG: Final = 40.0
"""Seconds; where one saved item takes longer, no other is saved."""

GLANCE: Final = 0.05
"""Seconds from one look at the page to the next; each look holds the preview up a little."""

PAUSE: Final = 2.0
"""Seconds after which somebody who has seen an item saved saves it once more."""


def main() -> None:
    """Save one item again and again, and print what it took."""
    parser = argparse.ArgumentParser(description="Measure the preview.")
    parser.add_argument("folder", type=Path, help="of mkdocs.yml; the item is written and restored")
    parser.add_argument("item", help="id of an item in a Markdown file somewhere under content/roadmap/")
    parser.add_argument("--audience", default="internal")
    parser.add_argument("--all", action="store_true", help="preview all audiences, not only this one")
    parser.add_argument(
        "--again", action="store_true", help="save it once more while portals are built for the first time"
    )
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    (file,) = (given.folder / "content/roadmap").rglob(f"{given.item}.md")
    chosen = () if given.all else ("--audience", given.audience)
    samples = list(
        saved(
            given.folder.resolve(),
            file,
            *chosen,
            audience=given.audience,
            again=given.again,
            runs=given.runs,
        )
    )
    walls = [sample.wall for sample in samples]
    processors = [sample.processor for sample in samples]
    print(f"saved to shown: median {median(walls):.2f} s, best {min(walls):.2f} s, worst {max(walls):.2f} s")
    print(f"processor time: median {median(processors):.2f} s, best {min(processors):.2f} s")


def saved(
    root: Path, file: Path, *options: str, audience: str = "internal", again: bool = False, runs: int
) -> Iterator[Sample]:
    """Save one item so many times in one preview, with a new title each time, and restore it.

    With `again`, each time is the second of two: in a large plan, portals are being built for the first.
    """
    text = file.read_text(encoding="utf-8")
    address = f"/{audience}/roadmap/{file.stem}/"
    try:
        with previewing(root, "--addr", "127.0.0.1:0", *options) as preview:
            _until(lambda: "Built " in preview.printed, "the first build", preview)
            preview.get(address)
            for run in range(1, runs + 1):
                if again:
                    _save(preview, file, text, address, f"Saved for the {run}th time, not yet for good")
                    time.sleep(PAUSE)
                sample = _sample(preview, file, text, address, run)
                yield sample
                if sample.wall > LONG:
                    break
    finally:
        file.write_text(text, encoding="utf-8")


def _sample(preview: Preview, file: Path, text: str, address: str, run: int) -> Sample:
    title = f"Saved the {run}th time"
    used = _processor(preview.process.pid)
    begun = time.monotonic()
    _save(preview, file, text, address, title)
    wall = time.monotonic() - begun
    # What it does after the page is there costs as well.
    _until(lambda: preview.printed.count("rebuilt") >= run, "the end of a round", preview)
    return Sample(
        wall=wall,
        processor=_processor(preview.process.pid) - used,
        memory=_most_memory(preview.process.pid),
    )


def _save(preview: Preview, file: Path, text: str, address: str, title: str) -> None:
    """Save the item and wait until its page has the new title."""
    file.write_text(TITLE.sub(f"title: {title}", text, count=1), encoding="utf-8")
    _until(lambda: title in preview.get(address)[2], "the new title", preview)


def _until(reached: Callable[[], bool], what: str, preview: Preview) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > deadline or preview.process.poll() is not None:
            raise Failed(f"the preview did not come to {what}:\n{preview.printed[-2000:]}")
        time.sleep(GLANCE)


def _processor(process: int) -> float:
    """Seconds of the processor that a process and those it waited for have used. Linux only."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _most_memory(process: int) -> int:
    """Most bytes that a process has held. Linux only."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * KIBI if found else 0


if __name__ == "__main__":
    main()
