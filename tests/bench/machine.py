"""What ran: of the machine its size and no name."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

from tests.bench.measure import PROCESSORS


def machine() -> dict[str, object]:
    """Processors used and present, memory, system, Python, and what the yardsticks are made of."""
    return {
        "processors_used": min(PROCESSORS, os.cpu_count() or 1),
        "processors": os.cpu_count() or 1,
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "mkdocs": version("mkdocs"),
        "material": version("mkdocs-material"),
        "pyyaml": version("pyyaml"),
    }
