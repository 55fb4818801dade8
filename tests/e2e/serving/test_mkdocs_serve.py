"""`mkdocs serve` follows the plan as well."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from tests.support.previewed import (
    item,
    write,
)
from tests.support.previewing import previewing, until

if TYPE_CHECKING:
    from pathlib import Path


def test_mkdocs_serve_shows_an_edited_record_and_keeps_the_last_good_site(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with previewing(root, "-a", f"127.0.0.1:{port}", module="mkdocs") as preview:

        def shows(text: str) -> None:
            until(lambda: text in preview.get("/roadmap/offline/")[2], lambda: preview.printed)

        preview.says("Serving on")
        shows("Offline charting")
        item(root, "offline", "Charting anywhere")
        shows("Charting anywhere")
        write(root / "content/roadmap/offline.md", "---\ntitle: Broken\nstatus: soon\n---\n")
        preview.says("content/roadmap/offline.md:3:9: error TF104")
        preview.says("The last good site stays")
        shows("Charting anywhere")
        item(root, "offline", "Mended")
        shows("Mended")
        assert "Traceback" not in preview.printed
        assert not (root / "site-internal").exists()
