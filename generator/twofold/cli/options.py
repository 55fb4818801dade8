"""What every command takes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    DayType = click.ParamType[date]
else:
    # Before click 8.4 the type takes no parameter.
    DayType = click.ParamType

Command = TypeVar("Command", bound="Callable[..., Any]")

INTERNAL = "internal"
"""Not imported: `twofold.model` brings pydantic along, and completion at a prompt cannot wait for that."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(slots=True)
class Invocation:
    """What one run of the command line keeps in mind. Mutable: options fill it while they are read."""

    debug: bool = False
    """Whether a fault ends in a traceback."""

    root: Path = field(default_factory=Path.cwd)
    """The folder of the configuration file."""


class Day(DayType):
    """An ISO date, `2026-11-30`."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Name it in the help."""
        del param, ctx
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's signature
        """Read it; anything else is a usage error."""
        if isinstance(value, date):
            return value
        # `fromisoformat` takes weeks and forms without hyphens as well, which the records do not.
        if not _ISO_DATE.fullmatch(value):
            self.fail(f"{value!r} is not a date; write year-month-day, such as 2026-11-30", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day of the calendar", param, ctx)


def common(command: Command) -> Command:
    """Add the options that every command has."""

    def note(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
        del parameter
        context.ensure_object(Invocation).root = value.resolve().parent
        return value

    config = click.option(
        "-f",
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        default=Path("mkdocs.yml"),
        show_default=True,
        metavar="FILE",
        callback=note,
        help="The project's configuration.",
    )
    today = click.option(
        "--today",
        type=Day(),
        default=_today,
        help="The day to judge by.  [default: SOURCE_DATE_EPOCH, else today in UTC]",
    )
    return config(today(debugging(command)))


def cache_option(command: Command) -> Command:
    """Add `--no-cache`."""
    return click.option(
        "--no-cache",
        "is_cached",
        is_flag=True,
        flag_value=False,
        default=True,
        help="Do everything anew, and keep nothing of it.",
    )(command)


BUILDABLE = (INTERNAL, "customer", "user")
"""The audiences that every project has; its settings may add others."""


def audience_option(command: Command) -> Command:
    """Add `--audience`, which may be given several times."""
    return click.option(
        "--audience",
        "audiences",
        multiple=True,
        metavar="A",
        shell_complete=_complete_audience,
        help="Whose portal; again for more.  [default: all]",
    )(command)


def _complete_audience(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    del context, parameter
    return [name for name in BUILDABLE if name.startswith(begun)]


def chosen(asked: tuple[str, ...], added: Iterable[str]) -> tuple[str, ...]:
    """The audiences asked for, each once; all where none is. `added` are those of the settings.

    Raises a usage error for one that there is not.
    """
    known = (*BUILDABLE, *sorted(set(added).difference(BUILDABLE)))
    for audience in asked:
        if audience not in known:
            from difflib import get_close_matches

            near = get_close_matches(audience, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            message = f"there is no audience {audience[:60]!r}; {hint}"
            raise click.BadParameter(message, param_hint="--audience")
    return tuple(dict.fromkeys(asked or known))


def debugging(command: Command) -> Command:
    """Add `--debug`."""

    def note(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
        del parameter
        if value:
            context.ensure_object(Invocation).debug = True

    return click.option(
        "--debug", is_flag=True, expose_value=False, callback=note, help="Show a fault in Twofold in full."
    )(command)


def _today() -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch[:40]!r}, not a number of seconds since 1970"
        raise click.UsageError(message) from None
