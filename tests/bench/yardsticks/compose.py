"""Compose all YAML of a plan with PyYAML's C loader, and do nothing else.

    python -m tests.bench.yardsticks.compose PLAN

Prints processor and wall seconds of the composing alone.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import yaml


def main(folder: Path) -> None:
    """Read everything first, so that no file access counts to the composing."""
    texts = [yaml_of(path) for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yml", ".yaml")]
    processor, wall = time.process_time(), time.perf_counter()
    for text in texts:
        yaml.compose(text, Loader=yaml.CSafeLoader)
    print(time.process_time() - processor, time.perf_counter() - wall)


def yaml_of(path: Path) -> str:
    """All of a YAML file; of a Markdown file what stands before the text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md":
        return text
    return text.removeprefix("---\n").partition("\n---\n")[0] if text.startswith("---\n") else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
