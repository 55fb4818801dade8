"""`twofold explain`: what a diagnostic means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from twofold.cli.options import common

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from twofold.diagnostics import Rule


def complete(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Codes for the prompt, and names once a small letter is typed."""
    del context, parameter
    from click.shell_completion import CompletionItem

    from twofold.checks.catalogue import RULES

    items = [CompletionItem(code, help=rule.slug) for code, rule in RULES.items()]
    if begun[:1].islower():
        items += [CompletionItem(rule.slug, help=rule.code) for rule in RULES.values()]
    return [item for item in items if item.value.lower().startswith(begun.lower())]


@click.command(
    "explain",
    short_help="Show what a diagnostic means and how to mend it.",
    epilog="""\b
Examples:
  twofold explain TF104
  twofold explain invalid-value
""",
)
@common
@click.argument("code", shell_complete=complete)
def command(*, code: str, config_file: Path, today: date) -> int:
    """Show the page of a diagnostic: what it means, why it matters, a wrong and a right example.

    CODE is the code (in any case) or the name: TF104, tf104 or invalid-value.
    """
    del config_file, today  # every command takes them; a page is the same everywhere
    from twofold.checks.catalogue import RULES

    rule = _find(code, RULES)
    click.echo(f"{rule.code} {rule.slug} ({rule.severity})\n\n{rule.page.strip()}")
    return 0


def _find(code: str, rules: Mapping[str, Rule]) -> Rule:
    by_slug = {rule.slug: rule for rule in rules.values()}
    wanted = code.strip()
    rule = rules.get(wanted.upper()) or by_slug.get(wanted.lower())
    if rule is not None:
        return rule
    from difflib import get_close_matches

    close = get_close_matches(wanted.lower(), [name.lower() for name in (*rules, *by_slug)], n=1, cutoff=0.5)
    meant = f"; did you mean {_written(close[0], rules)}?" if close else "; `twofold check` shows the codes"
    raise click.UsageError(f"there is no diagnostic {code[:60]!r}{meant}")


def _written(name: str, rules: Mapping[str, Rule]) -> str:
    return name.upper() if name.upper() in rules else name
