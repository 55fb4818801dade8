"""The preview's own web server: a folder per audience, and a word to open pages when something is new.

For one person at their own machine. It serves what a site's folder holds and nothing beside it, and adds
to each page, on the way out, the script that listens. MkDocs' own server was no fit: it makes readers
wait while a site is broken, looks at no Host header, and serves one site.
"""

from __future__ import annotations

import json
import mimetypes
import secrets
import socket
import socketserver
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import quote, unquote, urlsplit

from twofold.engine import guard, trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = "/.twofold/"
"""Addresses of the preview itself: no file of a portal begins with a dot."""

SCRIPT = (Path(__file__).parent / "preview.js").read_bytes()

REFUSAL = b"This preview answers to localhost, to numbers, and to the name in --addr.\n"

HEARTBEAT = 15.0
"""Seconds after which a listening page hears that nothing is new, and the server that it is gone."""

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/json", ".map")
mimetypes.add_type("text/calendar", ".ics")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What readers get at one moment."""

    build: str
    """Tells this site from all others, those of earlier previews included."""

    folders: Mapping[str, Path] = field(default_factory=dict)
    """Audience to folder; empty before the first site."""

    trouble: str = ""
    """HTML that says why there is nothing newer."""


class Live(ThreadingHTTPServer):
    """Serves what `show` was given last. Mutable: it holds what is shown."""

    daemon_threads = True

    def __init__(self, host: str, port: int, audiences: tuple[str, ...]) -> None:
        """Take the address; raises `OSError` if it cannot be had. Port 0 is any free one."""
        self.audiences = audiences
        self.host = host
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.run = secrets.token_hex(4)
        self.shown = Shown(build=self.run)
        self.news = threading.Condition()
        self.ended = False
        super().__init__((host, port), Handler)

    @property
    def url(self) -> str:
        """Where people find it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - not bound, read
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind, without asking the network for a name as the parent does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    def show(self, folders: Mapping[str, Path], number: int) -> None:
        """Serve a complete site from now on; open pages reload."""
        self._tell(Shown(build=f"{self.run}-{number}", folders=folders))

    def warn(self, html: str) -> None:
        """Go on with what there is, and say why."""
        self._tell(replace(self.shown, trouble=html))

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the parent's
        """Say nothing: a browser that goes away in the middle is no news."""

    def __enter__(self) -> Self:
        """Begin to serve."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let everybody go."""
        with self.news:
            self.ended = True
            self.news.notify_all()
        self.shutdown()
        self.server_close()

    def _tell(self, shown: Shown) -> None:
        with self.news:
            self.shown = shown
            self.news.notify_all()


class Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    protocol_version = "HTTP/1.1"
    server_version = "Twofold"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """Give a page, a file, or news."""
        self._answer()

    def do_HEAD(self) -> None:
        """Give the head alone."""
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the parent's
        """Keep silent: the terminal is for what changes."""

    @property
    def _live(self) -> Live:
        return cast("Live", self.server)

    def _answer(self) -> None:
        if not guard.known_host(self.headers.get("Host", ""), bound=self._live.host):
            self._send(403, REFUSAL, "text/plain")
            return
        path = urlsplit(self.path).path
        # One moment's: the site may be another while this is sent.
        shown = self._live.shown
        if path.startswith(OWN):
            self._own(path)
            return
        if path == "/":
            self._redirect(f"/{self._live.audiences[0]}/")
            return
        parts = [unquote(part) for part in path.split("/")[1:]]
        audience, names = parts[0], parts[1:]
        if audience not in self._live.audiences:
            self._page(
                404, trouble.page("There is no such page in this preview.", broken=bool(shown.trouble)), shown
            )
        elif not names:
            self._redirect(f"/{quote(audience)}/")
        elif audience not in shown.folders:
            self._page(
                503,
                trouble.page("" if shown.trouble else "The site is being built.", broken=bool(shown.trouble)),
                shown,
            )
        else:
            self._file(shown, shown.folders[audience], audience, names)

    def _file(self, shown: Shown, folder: Path, audience: str, names: list[str]) -> None:
        found = guard.find(folder, names)
        if found is not None and found.is_dir():
            self._redirect("/".join(["", *map(quote, (audience, *names)), ""]))
            return
        try:
            data = found.read_bytes() if found else None
        except OSError:
            data = None
        if found is None or data is None:
            try:
                self._page(404, (folder / "404.html").read_bytes(), shown)
            except OSError:
                self._page(404, trouble.page("There is no such page.", broken=bool(shown.trouble)), shown)
        elif found.suffix == ".html":
            self._page(200, data, shown)
        else:
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            self._send(200, data, kind)

    def _own(self, path: str) -> None:
        if path == f"{OWN}preview.js":
            self._send(200, SCRIPT, "text/javascript")
        elif path == f"{OWN}events":
            self._events()
        else:
            self._send(404, b"There is nothing here.\n", "text/plain")

    def _events(self) -> None:
        """Tell what is shown, now and whenever that changes."""
        self.close_connection = True
        self._head(200, "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        live, told = self._live, None
        while self.command == "GET" and not live.ended:
            shown = live.shown
            text = ": still here\n\n"
            if shown is not told:
                told = shown
                wrong = {"key": trouble.key(shown.trouble), "html": shown.trouble}
                news = json.dumps({"build": shown.build, "trouble": wrong})
                text = f"retry: 500\ndata: {news}\n\n"
            try:
                self.wfile.write(text.encode())
            except OSError:
                return
            with live.news:
                if live.shown is told and not live.ended:
                    live.news.wait(HEARTBEAT)

    def _page(self, status: int, html: bytes, shown: Shown) -> None:
        script = f'<script src="{OWN}preview.js" data-build="{shown.build}"></script>'
        added = f"{shown.trouble}{script}".encode()
        before, body, after = html.rpartition(b"</body>")
        page = before + added + body + after if body else html + added
        self._send(status, page, "text/html")

    def _redirect(self, target: str) -> None:
        query = urlsplit(self.path).query
        self._head(302, "text/plain")
        self.send_header("Location", f"{target}?{query}" if query else target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self._head(status, kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: int, kind: str) -> None:
        text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        # No other site's page may take anything from here, as a script or in a frame.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
