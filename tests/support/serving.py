"""A built site behind a web server of its own, on this machine only."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder`; gives its address, with a slash at its end."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser that has moved on hang up; anything else is a fault of the tests."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as it was given


class _Handler(SimpleHTTPRequestHandler):
    # Keeps connections open: a page is a dozen files.
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Keep still: the tests look at what the browser gets."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is not there as web servers do, with the site's own page."""
        page = f"{self.directory}/404.html"
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        with open(page, "rb") as file:  # noqa: PTH123 - the handler's own manner
            body = file.read()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
