"""Write one plan from the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.plans import write_plan


def main() -> None:
    """Write one plan from the command line."""
    parser = argparse.ArgumentParser(description="Write a made-up plan.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--findings", type=int, default=60)
    parser.add_argument("--personas", type=int, default=12)
    given = parser.parse_args()
    write_plan(
        given.folder, seed=given.seed, items=given.items, findings=given.findings, personas=given.personas
    )


if __name__ == "__main__":
    main()
