"""Measure how long a saved item takes to be on its page: `python -m tests.bench.saving FOLDER ITEM`.

From the moment the file is written to the first answer that has the new title, with processor time of the
preview beside it: other work on the machine lengthens the first and not the second.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.support.previewing import previewing

if TYPE_CHECKING:
    from tests.support.previewing import Preview

TITLE: Final = re.compile(r"^title:.*$", re.MULTILINE)


def main() -> None:
    """Save one item again and again, and print what it took."""
    parser = argparse.ArgumentParser(description="Measure the preview.")
    parser.add_argument("folder", type=Path, help="of mkdocs.yml; the item is written and restored")
    parser.add_argument("item", help="id of an item in a Markdown file somewhere under content/roadmap/")
    parser.add_argument("--audience", default="internal")
    parser.add_argument("--all", action="store_true", help="preview all audiences, not only this one")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    (file,) = (given.folder / "content/roadmap").rglob(f"{given.item}.md")
    text = file.read_text(encoding="utf-8")
    address = f"/{given.audience}/roadmap/{given.item}/"
    chosen = () if given.all else ("--audience", given.audience)
    samples = []
    try:
        with previewing(given.folder.resolve(), "--addr", "127.0.0.1:0", *chosen) as preview:
            preview.says("Built ")
            preview.get(address)
            for run in range(given.runs):
                changed = TITLE.sub(f"title: Saved the {run}th time", text, count=1)
                samples.append(_sample(preview, file, changed, address, f"Saved the {run}th time"))
                # Until it is at rest again.
                _rest(preview, run + 1)
    finally:
        file.write_text(text, encoding="utf-8")
    walls, processors = zip(*samples, strict=True)
    print(f"saved to shown: median {median(walls):.2f} s, best {min(walls):.2f} s, worst {max(walls):.2f} s")
    print(f"processor time: median {median(processors):.2f} s, best {min(processors):.2f} s")


def _sample(preview: Preview, file: Path, text: str, address: str, title: str) -> tuple[float, float]:
    used = _processor(preview.process.pid)
    file.write_text(text, encoding="utf-8")
    begun = time.monotonic()
    while title not in preview.get(address)[2]:
        time.sleep(0.02)
    return time.monotonic() - begun, _processor(preview.process.pid) - used


def _rest(preview: Preview, rebuilt: int) -> None:
    while preview.printed.count("rebuilt") < rebuilt:
        time.sleep(0.05)


def _processor(process: int) -> float:
    """Seconds of the processor that a process has used. Linux only."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
