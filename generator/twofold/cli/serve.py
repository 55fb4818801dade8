"""`twofold serve`: a live preview."""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

from twofold.cli import output
from twofold.cli.options import Invocation, audience_option, chosen, common

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from types import FrameType

    from twofold.diagnostics import Report
    from twofold.engine.live import Live
    from twofold.engine.serve import Built
    from twofold.engine.trouble import Trouble
    from twofold.engine.watch import Change

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

NAMED = 3
"""Changed files that a line names; the others are counted."""


class Interrupted(BaseException):
    """Somebody has ended the preview. As with `KeyboardInterrupt`, no `except Exception` may catch it."""


@click.command(
    "serve",
    short_help="Show the portals in a browser while you write.",
    epilog="""\b
Examples:
  twofold serve --open                  and open the browser
  twofold serve --addr 127.0.0.1:9000   on another port
  twofold serve --addr 0.0.0.0:8000     readable from other machines
""",
)
@common
@audience_option
@click.option(
    "--addr",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to serve; port 0 is any free one.",
)
@click.option("--open", "opened", is_flag=True, help="Open the browser.")
@click.pass_context
def command(
    context: click.Context,
    *,
    config_file: Path,
    today: date,
    audiences: tuple[str, ...],
    addr: str,
    opened: bool,
) -> int:
    """Show the portals while you write: a page reloads by itself when its record is saved.

    What is wrong is shown here and in the page, and the last good site stays until it is mended. The portals
    that `twofold build` made are not touched. Ctrl-C ends the preview.

    Exit status: 0 ended by you, 2 usage or configuration.
    """
    host, port = _address(addr)
    shown = _audiences(config_file, audiences)
    from twofold.engine import serve
    from twofold.publish import RefusedError

    live = _live(host, port, shown)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, _interrupted)
    with suppress(Interrupted):
        try:
            with live:
                _greet(live, opened=opened)
                invocation = context.ensure_object(Invocation)
                terminal = Terminal(invocation.root, debug=invocation.debug)
                serve.run(config_file, today=today, live=live, tell=terminal.tell)
        except RefusedError as refusal:
            message = output.plain(str(refusal))
            raise click.ClickException(message) from None
        finally:
            # It is ending: asking twice must not leave half of it behind.
            for kind in (signal.SIGINT, signal.SIGTERM):
                signal.signal(kind, signal.SIG_IGN)
    click.echo("The preview has ended.", err=True)
    return 0


class Terminal:
    """Says what happens, a line or a list at a time. Mutable: it does not say the same twice."""

    def __init__(self, root: Path, *, debug: bool) -> None:
        self.root = root
        self.debug = debug
        self.counted = ""

    def tell(self, built: Built) -> None:
        """Say what one round came to."""
        why = _changed(built.changes, [built.content, self.root])
        for warning in built.warnings:
            click.echo(f"warning: {output.plain(warning)}", err=True)
        if built.troubles:
            if why:
                click.echo(f"{why}: not rebuilt\n", err=True)
            for trouble in built.troubles:
                self._wrong(trouble)
            self.counted = ""
            return
        what = f"{built.pages:,} page{'' if built.pages == 1 else 's'} in {built.seconds:.1f} s"
        click.echo(f"{why}: rebuilt {what}" if why else f"Built {what}", err=True)
        if built.report is not None:
            self._count(built.report)

    def _wrong(self, trouble: Trouble) -> None:
        from twofold.emit import text

        output.diagnostics(trouble.report, root=self.root, stream=sys.stderr)
        message = "\n".join(text.plain(line) for line in trouble.message.splitlines())
        click.echo(f"Error: {message}.", err=True)
        if trouble.fault is not None and self.debug:
            import traceback

            traceback.print_exception(trouble.fault)
        elif trouble.fault is not None:
            click.echo("Please report this with what is printed when `--debug` is added.", err=True)

    def _count(self, report: Report) -> None:
        from twofold.emit import text

        counted = text.counted(report) if report.diagnostics else ""
        if counted and counted != self.counted:
            click.echo(f"Beside that: {counted}; `twofold check` shows more.", err=True)
        self.counted = counted


def _address(addr: str) -> tuple[str, int]:
    host, colon, port = addr.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
    if not colon or not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        message = f"{addr[:60]!r} is not HOST:PORT, such as 127.0.0.1:8000"
        raise click.BadParameter(message, param_hint="--addr")
    return host, int(port)


def _audiences(config_file: Path, asked: tuple[str, ...]) -> tuple[str, ...]:
    from twofold import config
    from twofold.model.settings import Settings

    try:
        settings = config.read(config_file, environ=os.environ).settings
    except config.ConfigurationError:
        if not config_file.is_file():
            raise
        # The preview itself shows what is wrong with it, and goes on when it is mended.
        settings = Settings()
    return chosen(asked, settings.audiences)


def _live(host: str, port: int, audiences: tuple[str, ...]) -> Live:
    from twofold.engine.live import Live

    try:
        return Live(host, port, audiences)
    except OSError as error:
        place = f"{host}:{port}"
        reason = (error.strerror or str(error)).lower()
        hint = ""
        if error.errno == errno.EADDRINUSE:
            reason = "something else is running there"
            hint = f"; end that, or choose another port: --addr {host}:{port + 1 if port < 65535 else 8000}"
        message = f"cannot serve on {output.plain(place)}: {reason}{hint}"
        raise click.UsageError(message) from None


def _greet(live: Live, *, opened: bool) -> None:
    click.echo(f"Serving {', '.join(live.audiences)} on {live.url} (Ctrl-C ends it)")
    sys.stdout.flush()
    if live.host not in LOCAL:
        click.echo("Note: everybody who can reach this machine can read this preview.", err=True)
    if opened:
        import webbrowser
        from threading import Thread

        # Some browsers return when they are closed.
        Thread(target=webbrowser.open, args=(live.url,), daemon=True).start()


def _changed(changes: tuple[Change, ...], roots: list[Path | None]) -> str:
    """`roadmap/offline-charting.md changed`; several in a row."""

    def shown(path: Path) -> str:
        root = next((root for root in roots if root is not None and path.is_relative_to(root)), None)
        return output.plain((path.relative_to(root) if root else path).as_posix())

    parts = [
        f"{shown(change.earlier)} renamed to {shown(change.path)}"
        if change.earlier
        else f"{shown(change.path)} {change.what}"
        for change in changes[:NAMED]
    ]
    if len(changes) > NAMED:
        parts.append(f"{len(changes) - NAMED:,} more")
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + "".join(parts[-1:])


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise Interrupted
