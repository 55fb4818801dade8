"""The same rows for a terminal and for a page of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from rich.console import Console

    from tests.bench.bounds import Verdict
    from tests.bench.figures import Figure
    from tests.bench.results import Results

BEGIN: Final = "<!-- measured: from here to the next mark, `python -m tests.bench --table` writes -->"
END: Final = "<!-- measured: to here -->"

FIGURES: Final = ("what", "items", "runs", "processor s", "wall s", "memory MB", "written MB", "pages")
BOUNDS: Final = ("what", "items", "of", "is", "bound", "holds", "other")

WIDTH: Final = 110
"""Columns where there is no terminal that has its own."""


def show(results: Results) -> None:
    """Print both tables."""
    # Only now: the memory of this process is the least that Linux reports of those that it starts.
    from rich.console import Console

    console = Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    console.print(_title(results), highlight=False)
    console.print()
    _print(console, FIGURES, map(_figure, results.figures), right=range(1, 8))
    if results.verdicts:
        _print(console, BOUNDS, map(_bound, results.verdicts), right=(1, 3, 4, 6))
        console.print(_held(results), highlight=False)
    for note in results.notes:
        console.print(note, highlight=False)


def write(page: Path, results: Results) -> None:
    """Put both tables into a page, between its marks."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        message = f"{page.name} lacks the marks between which the tables stand"
        raise ValueError(message)
    parts = [
        BEGIN,
        _title(results),
        _markdown(BOUNDS, map(_bound, results.verdicts), right=(1, 3, 4, 6)),
        _held(results),
        _markdown(FIGURES, map(_figure, results.figures), right=range(1, 8)),
        "\n".join(f"- {note}" for note in results.notes),
        END,
    ]
    page.write_text(before + "\n\n".join(filter(None, parts)) + after, encoding="utf-8")


def _title(results: Results) -> str:
    machine = results.machine
    runs = f"medians of {results.runs} runs" if results.runs > 1 else "one run"
    return (
        f"{results.on.day} {results.on:%B %Y}, {runs} on {machine['processors_used']} processors: "
        f"{machine['memory_gb']} GB of memory, {machine['system']}, Python {machine['python']}, "
        f"MkDocs {machine['mkdocs']}, Material {machine['material']}, PyYAML {machine['pyyaml']}."
    )


def _held(results: Results) -> str:
    held = sum(verdict.holds for verdict in results.verdicts)
    return f"{held} of {len(results.verdicts)} bounds hold."


def _figure(figure: Figure) -> tuple[str, ...]:
    return (
        str(figure.subject),
        f"{figure.items:,}",
        str(figure.runs),
        f"{figure.processor:.2f}",
        f"{figure.wall:.2f}",
        f"{figure.memory / 1e6:.0f}",
        f"{figure.written / 1e6:.1f}",
        f"{figure.pages:,}" if figure.pages else "",
    )


def _bound(verdict: Verdict) -> tuple[str, ...]:
    least, most, unit = verdict.least, verdict.most, verdict.unit
    if least is None:
        bound = f"≤ {most:g}{unit}"
    elif most is None:
        bound = f"≥ {least:g}{unit}"
    else:
        bound = f"{least:g}–{most:g}{unit}"
    value = "none" if verdict.value is None else f"{verdict.value:.{0 if unit == ' MB' else 2}f}{unit}"
    other = "" if verdict.other is None else f"{verdict.other:.2f}{unit}"
    return verdict.name, verdict.items, verdict.of, value, bound, "yes" if verdict.holds else "NO", other


def _print(
    console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int]
) -> None:
    from rich import box
    from rich.table import Table

    # Fits into 80 columns: only headings wrap.
    table = Table(box=box.SIMPLE_HEAD, padding=0, show_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number in right else "left", no_wrap=number == 0)
    for row in rows:
        table.add_row(*row, style="red" if "NO" in row else None)
    console.print(table)
    console.print()


def _markdown(headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int]) -> str:
    rule = ["--:" if number in right else "---" for number in range(len(headings))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, rule, *rows))
