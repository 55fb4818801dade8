"""Every rule, on small contents: `tests/golden/<CODE>/<name>.yml`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.golden_case import FOLDER, Case, cases
from twofold.checks.catalogue import RULES

if TYPE_CHECKING:
    from pathlib import Path

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_diagnostics_are_exactly_those_expected(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    assert case.differences(tmp_path) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_states_its_purpose(case: Case) -> None:
    assert case.purpose.endswith(".")
    assert len(case.purpose.split()) >= 4


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_case_that_fails_and_one_that_passes(code: str) -> None:
    own = [case for case in CASES if case.path.parent.name == code]
    assert any(code in case.codes for case in own), f"tests/golden/{code}/ has no case that fails"
    assert any(code not in case.codes for case in own), f"tests/golden/{code}/ has no case that passes"


def test_every_folder_of_cases_is_named_after_a_rule() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_page_that_explains_it(code: str) -> None:
    page = RULES[code].page
    assert len(page.split()) >= 20
    assert "Wrong" in page
    assert "Right" in page


def test_no_two_rules_have_one_slug() -> None:
    counts = Counter(rule.slug for rule in RULES.values())
    assert [slug for slug, count in counts.items() if count > 1] == []


def test_no_two_rules_have_one_code() -> None:
    # The catalogue maps codes to rules, so a second rule of a code would vanish from it.
    from twofold.checks.catalogue import _HOMES

    found: dict[str, set[str]] = {}
    for home in _HOMES:
        for value in vars(home).values():
            for rule in value.values() if isinstance(value, dict) else (value,):
                if type(rule).__name__ == "Rule":
                    found.setdefault(rule.code, set()).add(rule.slug)
    assert {code: slugs for code, slugs in found.items() if len(slugs) > 1} == {}
