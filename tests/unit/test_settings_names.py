"""A name in the settings that means nothing is an error at its place, with the nearest one that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from twofold import config
from twofold.checks.catalogue import RULES
from twofold.config import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold:\n      "


def problems(folder: Path, settings: str, **environ: str) -> list[tuple[int, str, str | None]]:
    """Column, message and hint of each."""
    (folder / "content").mkdir()
    (folder / "mkdocs.yml").write_text(f"{HEAD}{settings}\n", encoding="utf-8")
    slugs = {code: rule.slug for code, rule in RULES.items()}
    try:
        config.read(folder / "mkdocs.yml", environ=environ, rules=slugs)
    except ConfigurationError as error:
        return [(one.span.column, one.message, one.hint) for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("settings", "column", "message", "hint"),
    [
        ("audience: custmer", 17, "there is no audience `custmer`", "did you mean `customer`?"),
        ("audiences: {p: {reads: [usr]}}", 31, "`usr` is not a label", "did you mean `user`?"),
        ("audiences: {p: {reads: [internal]}}", 31, "what is `internal`", "publish what they may read"),
        ("sections: {Para clientes: cliente}", 33, "`cliente` is not a label", "known: `customer`"),
        ("show: {custmer: []}", 14, "there is no audience `custmer`", "did you mean `customer`?"),
        ("show: {internal: []}", 14, "the internal portal shows every field", "name a public audience"),
        ("show: {user: [item.targt]}", 21, "no field `item.targt`", "did you mean `item.target`?"),
        ("show: {user: [itm.target]}", 21, "no field `itm.target`", "did you mean `item.target`?"),
        ("show: {user: [target]}", 21, "no field `target`", None),
        ("show: {user: [item.title]}", 21, "`item.title` is shown wherever", "take it out"),
        ("show: {user: [item.effort]}", 21, "`item.effort` never leaves", "take it out"),
        (
            "show: {user: [finding.quotes]}",
            21,
            "`finding.quotes` is shown by its own labels",
            "publish its parts",
        ),
        ("rules: {TF444: off}", 15, "there is no rule `TF444`", "did you mean `TF404`?"),
        ("rules: {thin-evidence: off}", 15, "there is no rule `thin-evidence`", "did you mean `TF404`?"),
        ("rules: {XF*: off}", 15, "there is no rule `XF*`", "known: `TF001`"),
    ],
)
def test_an_unknown_name_is_an_error_with_a_hint(
    settings: str, column: int, message: str, hint: str | None, tmp_path: Path
) -> None:
    [(at, said, hinted)] = problems(tmp_path, settings)
    assert at == column
    assert message in said
    assert hint is None or hint in (hinted or "")


@pytest.mark.parametrize(
    "settings",
    [
        "audiences: {p: {reads: [p, customer, user]}}",
        "audiences: {p: {}, q: {reads: [p]}}",
        "audience: p\n      audiences: {p: {}}",
        "sections: {Para socios: p, Intern: internal}\n      audiences: {p: {}}",
        "show: {p: [item.target, metric.target, finding.theme]}\n      audiences: {p: {}}",
        "rules: {TF404: off, 'TF4*': off, 'TF40[45]': info, 'TF5*': off, 'TF*': info}",
    ],
)
def test_a_name_that_means_something_passes(settings: str, tmp_path: Path) -> None:
    assert problems(tmp_path, settings) == []


def test_an_audience_from_the_environment_is_looked_up_as_well(tmp_path: Path) -> None:
    [(column, message, hint)] = problems(tmp_path, "audience: !ENV [A, internal]", A="usr")
    assert (column, message, hint) == (17, "there is no audience `usr`", "did you mean `user`?")


def test_every_wrong_name_is_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "{audience: x, show: {y: [z]}, sections: {A: w}, rules: {v: off}}")
    assert len(found) == 5
