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
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import quote, unquote, urlsplit

from twofold.engine import additions, guard
from twofold.engine.additions import OWN, SCRIPT
from twofold.engine.trouble import key

if TYPE_CHECKING:
    from pathlib import Path

REFUSAL = b"This preview answers to localhost, to numbers, and to the name in --addr.\n"

HEARTBEAT = 15.0
"""Seconds after which a listening page hears that nothing is new, and the server that it is gone."""

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/json", ".map")
mimetypes.add_type("text/calendar", ".ics")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What readers get of one portal at one moment."""

    build: str
    """Tells this portal from all others, those of earlier previews included."""

    folder: Path | None = None
    """None before the first one is complete."""

    trouble: str = ""
    """HTML that says why there is nothing newer."""


class Live(ThreadingHTTPServer):
    """Serves what `show` was given last. Mutable: it holds what is shown, and knows who looks at what."""

    daemon_threads = True

    def __init__(self, host: str, port: int, audiences: tuple[str, ...]) -> None:
        """Take the address; raises `OSError` if it cannot be had. Port 0 is any free one."""
        self.host = host
        self.visited = audiences[0]
        self.address = ""
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.run = secrets.token_hex(4)
        self.shown = {audience: Shown(build=self.run) for audience in audiences}
        self.news = threading.Condition()
        self.ended = False
        super().__init__((host, port), Handler)

    @property
    def audiences(self) -> tuple[str, ...]:
        """Whose portals there are; the first is that of `/`."""
        return tuple(self.shown)

    @property
    def url(self) -> str:
        """Where people find it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - not bound, read
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind, without asking the network for a name as the parent does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    def show(self, audience: str, folder: Path, number: int, part: str = "") -> None:
        """Serve a complete portal from now on; its open pages reload. `part` tells a part of a round."""
        self._tell(audience, Shown(build=f"{self.run}-{number}{part}", folder=folder))

    def warn(self, audience: str, html: str) -> None:
        """Go on with the portal there is, and say why."""
        self._tell(audience, replace(self.shown[audience], trouble=html))

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

    def _tell(self, audience: str, shown: Shown) -> None:
        with self.news:
            self.shown[audience] = shown
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
        audience, *names = [unquote(part) for part in path.split("/")[1:]] or [""]
        if path.startswith(OWN):
            self._own(names)
        elif path == "/":
            self._redirect(f"/{quote(self._live.audiences[0])}/")
        elif audience not in self._live.shown:
            self._send(404, b"There is nothing here. The preview begins at / .\n", "text/plain")
        elif not names:
            self._redirect(f"/{quote(audience)}/")
        else:
            # One moment's: the portal may be another while this is sent.
            self._portal(audience, names, self._live.shown[audience])

    def _portal(self, audience: str, names: list[str], shown: Shown) -> None:
        broken = bool(shown.trouble)
        if shown.folder is None:
            page = additions.page("" if broken else "The portal is being built.", broken=broken)
            self._page(503, page, audience, names, shown)
            return
        found = guard.find(shown.folder, names)
        if found is not None and found.is_dir():
            self._redirect("/".join(["", *map(quote, (audience, *names)), ""]))
            return
        data = _read(found)
        if found is None or data is None:
            page = _read(shown.folder / "404.html") or additions.page("There is no such page.", broken=broken)
            self._page(404, page, audience, names, shown)
        elif found.suffix == ".html":
            self._page(200, data, audience, names, shown)
        else:
            self._send(200, data, mimetypes.guess_type(found.name)[0] or "application/octet-stream")

    def _page(self, status: int, html: bytes, audience: str, names: list[str], shown: Shown) -> None:
        live = self._live
        live.visited, live.address = audience, "/".join(names).strip("/")
        # A moment ago a portal may have had the page, or not: then the link leads to its error page.
        readers = {
            other: one.folder is not None and guard.find(one.folder, names) is not None
            for other, one in live.shown.items()
        }
        switcher = additions.switcher(audience, readers, address="/".join(names))
        page = additions.added(
            html, audience=audience, build=shown.build, switcher=switcher, trouble=shown.trouble
        )
        self._send(status, page, "text/html")

    def _own(self, names: list[str]) -> None:
        match names:
            case ["preview.js"]:
                self._send(200, SCRIPT, "text/javascript")
            case ["events", audience] if audience in self._live.shown:
                self._events(audience)
            case _:
                self._send(404, b"There is nothing here.\n", "text/plain")

    def _events(self, audience: str) -> None:
        """Tell what is shown of a portal, now and whenever that changes."""
        self.close_connection = True
        self._head(200, "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        live, told = self._live, None
        while self.command == "GET" and not live.ended:
            shown = live.shown[audience]
            text = ": still here\n\n"
            if shown is not told:
                told = shown
                wrong = {"key": key(shown.trouble), "html": shown.trouble}
                text = f"retry: 500\ndata: {json.dumps({'build': shown.build, 'trouble': wrong})}\n\n"
            try:
                self.wfile.write(text.encode())
            except OSError:
                return
            with live.news:
                if live.shown[audience] is told and not live.ended:
                    live.news.wait(HEARTBEAT)

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


def _read(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None
