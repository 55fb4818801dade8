"""The command line: a file per command, loaded when it is asked for."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from twofold import __version__
from twofold.cli.options import Invocation, debugging

if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN, FOUND, MISUSED, FAULT = 0, 1, 2, 3
"""Exit statuses: clean; diagnostics or a refused publication; usage or configuration; a fault in Twofold."""

INTERRUPTED, BROKEN_PIPE = 130, 141
"""What shells give for a program that was interrupted, or whose reader has gone."""

COMMANDS = (
    "check",
    "score",
    "balance",
    "build",
    "serve",
    "diff",
    "init",
    "new",
    "set",
    "release",
    "schema",
    "explain",
)
"""Each a module of this package that holds its `command`."""

# A run makes records by the ten thousand and drops hardly any: looking for rubbish at every 700th object
# costs a third of `check`.
GC_THRESHOLDS = (1_000_000, 20, 50)


class LazyGroup(click.Group):
    """Imports the module of a command when the command is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which people meet them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"twofold.cli.{cmd_name}").command
        return command


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  twofold check                      look at every record
  twofold build                      make the portals
  twofold serve --open               look at them while you write
  twofold explain TF104              what a diagnostic means
  twofold check -f demo/mkdocs.yml   a project elsewhere

\b
Completion at the prompt, in the file that your shell starts with:
  bash   eval "$(_TWOFOLD_COMPLETE=bash_source twofold)"
  zsh    eval "$(_TWOFOLD_COMPLETE=zsh_source twofold)"
  fish   _TWOFOLD_COMPLETE=fish_source twofold | source
""",
)
@click.version_option(__version__, "-V", "--version", prog_name="twofold", message="%(prog)s %(version)s")
@debugging
def group() -> None:
    """One product plan, told to those who buy and to those who use.

    Reads the records beside mkdocs.yml, checks them, and makes portals from them.

    Exit status: 0 all well, 1 diagnostics or a refused publication, 2 usage or configuration, 3 a fault in
    Twofold itself.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(*GC_THRESHOLDS)
    # Pydantic looks through every installed package for plug-ins of its own, which takes as long as importing
    # it, and what they do is nothing that a plan should depend on.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal without the character shows its number; it is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    status = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except OSError:
        # Python flushes once more when it ends. What could not be written has been told, or nobody is there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # What is left goes with the process: a last look through it for rubbish takes a twentieth of `check`.
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit status."""
    invocation = Invocation()
    try:
        status = group.main(list(arguments), prog_name="twofold", standalone_mode=False, obj=invocation)
        sys.stdout.flush()
    except click.ClickException as misuse:
        misuse.show()
        return MISUSED
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last net: what lands here is ours
        return _failed(error, invocation)
    return status if isinstance(status, int) else CLEAN


def _failed(error: Exception, invocation: Invocation) -> int:
    """Say in words what went wrong: the project's configuration, or Twofold."""
    from twofold.config import ConfigurationError

    if isinstance(error, ConfigurationError):
        from twofold.cli.output import misconfigured

        misconfigured(error, root=invocation.root)
        return MISUSED
    if invocation.debug:
        raise error
    from twofold.emit.text import plain

    reason = plain(str(error)[:300])
    click.echo(
        f"Twofold itself failed ({type(error).__name__}: {reason}).\n"
        "This is a fault in Twofold, not in your content. Please report the command with what it prints "
        f"when `--debug` is added, and the version, {__version__}.",
        err=True,
    )
    return FAULT
