"""`twofold score`: what comes first, and how that comes about."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from twofold.cli import judged, output
from twofold.cli.options import common

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from twofold.model import ItemId
    from twofold.plan import Plan
    from twofold.scoring.ranking import Ranking

FORMATS = ("table", "json", "csv")
SORTS = ("priority", "value", "customer", "user")


@click.command(
    "score",
    short_help="Rank the open items, and show how a score comes about.",
    epilog="""\b
Examples:
  twofold score                                 every open item, ranked
  twofold score offline-charting                one score, step by step
  twofold score --sort user
  twofold score --model rice --format csv > ranking.csv
""",
)
@common
@click.argument("item", required=False)
@click.option(
    "--model", metavar="NAME", help="The scoring model.  [default: the setting `scoring`, else balanced]"
)
@click.option(
    "--sort", "by", type=click.Choice(SORTS), default="priority", show_default=True, help="The order."
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="The output."
)
def command(
    *, config_file: Path, today: date, item: str | None, model: str | None, by: str, form: str
) -> int:
    """Score every idea and every item that is planned or in progress, for customers and for users.

    With ITEM, show how its score comes about, step by step.

    Exit status: 0 scored, 1 the plan has errors, 2 usage or configuration.
    """
    loaded = judged.load(config_file, today=today)
    plan = loaded.plan
    id = _found(plan, item) if item is not None else None
    from twofold.scoring.ranking import rank

    ranking = rank(plan, model=model)
    if form == "table":
        lines = _table(plan, ranking, by) if id is None else _steps(plan, ranking, id)
        sys.stdout.write("\n".join(lines) + "\n")
    else:
        sys.stdout.write(_data(plan, ranking, id, by, form))
    return 0


def _table(plan: Plan, ranking: Ranking, by: str) -> list[str]:
    from twofold.emit import score_table

    width = shutil.get_terminal_size().columns
    return list(score_table.render(plan, ranking, by=by, width=width, paint=judged.paint))


def _steps(plan: Plan, ranking: Ranking, id: ItemId) -> list[str]:
    from twofold.emit import score_steps
    from twofold.scoring.derivation import derivation

    place = next((one for one in ranking.items if one.id == id), None)
    found = derivation(plan, ranking.hearing, id, ranking.asked)
    return list(score_steps.render(plan, found, place, ranked=len(ranking.ranked), paint=judged.paint))


def _data(plan: Plan, ranking: Ranking, id: ItemId | None, by: str, form: str) -> str:
    from twofold.emit import scores
    from twofold.emit.score_table import in_order

    if id is None:
        entries = [scores.entry(plan, one) for one in in_order(ranking, by)]
    else:
        from twofold.scoring.derivation import derivation
        from twofold.scoring.ranking import single

        # What is released or declined has scores, and no rank.
        place = next((one for one in ranking.items if one.id == id), None)
        one = place if place is not None else single(plan, ranking, id)
        steps = scores.derivation(derivation(plan, ranking.hearing, id, ranking.asked))
        entries = [{**scores.entry(plan, one), "derivation": steps}]
    return scores.as_csv(entries) if form == "csv" else scores.as_json(entries)


def _found(plan: Plan, asked: str) -> ItemId:
    """The item of an id, present or earlier; a usage error where there is none."""
    found = plan.items.canonical(asked)  # type: ignore[arg-type] # what was typed may be an id
    if found is not None:
        return found
    from difflib import get_close_matches

    known = [*plan.items, *plan.items.aliases]
    near = get_close_matches(asked, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`twofold score` lists those that are open"
    raise click.UsageError(output.plain(f"there is no item {asked[:60]!r}; {hint}"))
