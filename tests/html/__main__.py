"""Checks every page of the portals in `site/` and `site-internal/`: `make html`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.html.comparison import baseline, differences

CHECKOUT: Final = Path(__file__).parents[2]
BASELINE: Final = Path(__file__).with_name("baseline.toml")
PORTALS: Final = ("site", "site-internal")


def main(checker: str) -> int:
    """Run the checker, a `vnu.jar`, over all pages at once. Gives the process's exit code."""
    java = shutil.which("java")
    if java is None:
        sys.stderr.write("There is no java here. Debian and Ubuntu: apt-get install default-jre-headless\n")
        return 2
    pages = [path for portal in PORTALS for path in (CHECKOUT / portal).rglob("*.html")]
    options = ("--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html")
    command = [java, "-jar", str(CHECKOUT / checker), *options, *PORTALS]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode or not pages:
        sys.stderr.write(done.stderr or "There are no portals here: make portal\n")
        return 2
    known = baseline(BASELINE)
    found = list(differences(json.loads(done.stdout)["messages"], known))
    for one in found:
        sys.stderr.write(f"{one}\n")
    told = "differs from the baseline" if found else f"nothing beside the {len(known)} known messages"
    sys.stdout.write(f"{len(pages):,} pages: {told}.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
